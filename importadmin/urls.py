"""All addresses of the site. tests/access has a row for every one of them."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from importadmin.admin import frame_patterns
from importadmin.rq_pages import rq_patterns
from importadmin.views import accounts, audit, dashboard, people, search, system

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("search/", search.search, name="search"),
    path("", include("meets.urls")),
    path("", include("reconciliation.urls")),
    path("audit/", audit.audit, name="audit"),
    path("system/", system.system, name="system"),
    path("system/triggers/enable/", system.trigger_enable, name="trigger-enable"),
    path("healthz", login_not_required(system.healthz), name="healthz"),
    path("healthz/web", login_not_required(system.healthz_web), name="healthz-web"),
    path("metrics", login_not_required(system.metrics), name="metrics"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/password/", accounts.ChangePassword.as_view(), name="password-change"),
    path("join/<str:key>/<str:token>/", login_not_required(accounts.join), name="join"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.people_invite, name="people-invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/role/", people.person_role, name="person-role"),
    path("people/<int:pk>/active/", people.person_active, name="person-active"),
    path("people/<int:pk>/link/", people.person_link, name="person-link"),
    path("django-admin/", include((frame_patterns, "admin"))),
    path("django-rq/", include((rq_patterns(), "django_rq"))),
]
handler500 = "importadmin.views.errors.broken"

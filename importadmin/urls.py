"""All addresses of the site. tests/access has a row for every one of them."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from importadmin.admin import people_site
from importadmin.rq_pages import rq_patterns
from importadmin.views import accounts, audit, dashboard, search, system

urlpatterns = [
    path("", dashboard.dashboard, name="dashboard"),
    path("search/", search.search, name="search"),
    path("", include("meets.urls")),
    path("", include("reconciliation.urls")),
    path("audit/", audit.audit, name="audit"),
    path("system/", system.system, name="system"),
    path("healthz", login_not_required(system.healthz), name="healthz"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign-in"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign-out"),
    path("account/password/", accounts.ChangePassword.as_view(), name="password-change"),
    path("django-admin/", people_site.urls),
    path("django-rq/", include((rq_patterns(), "django_rq"))),
]
handler500 = "importadmin.views.errors.broken"

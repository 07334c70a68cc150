"""What django-rq's pages need of Django's admin: the addresses that its frame links to. People have pages of ours."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path

from importadmin.roles import View, role_required
from importadmin.views.accounts import SignOut


def _leads_to(name: str) -> View[...]:
    @role_required("admin")
    def lead(request: HttpRequest, **kwargs: str) -> HttpResponse:
        return redirect(name)

    return lead


@login_not_required
def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect("sign-in")


frame_patterns = [
    path("", _leads_to("people"), name="index"),
    path("login/", _sign_in, name="login"),
    path("logout/", role_required("admin")(SignOut.as_view()), name="logout"),
    path("password_change/", _leads_to("password-change"), name="password_change"),
    path("<str:app_label>/", _leads_to("people"), name="app_list"),
]

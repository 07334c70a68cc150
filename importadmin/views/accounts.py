"""Sign in, sign out, change one's password, choose the first one by a link."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, login, views
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from importadmin.audit import record
from importadmin.people import links, passwords, throttle


class SignIn(views.LoginView):
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.typed = request.POST.get("username", "").replace("\x00", "")[:150]
        self.attempt = throttle.begin(request, self.typed)
        if self.attempt.wait:
            context = {
                "wait": self.attempt.wait,
                "form": self.form_class(request),
                "next": request.POST.get("next", ""),
            }
            page = render(request, self.template_name, context, status=429)
            page.headers["Retry-After"] = str(self.attempt.wait)
            return page
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        throttle.succeeded(self.attempt, self.request, response, self.typed)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        # Of a name that no account has nothing is kept: people type passwords into the wrong field.
        account = User.objects.filter(username=self.typed).first()
        if account is not None:
            after = {"name": account.username, "from": throttle.address_of(self.request), "times": self.attempt.times}
            record(user=None, who="somebody not signed in", kind="sign_in.refused", subject=account, after=after)
        return super().form_invalid(form)


class SignOut(views.LogoutView):
    http_method_names = ["post", "options"]


class ChangePassword(views.PasswordChangeView):
    """For everybody with an account, with a role or without."""

    template_name = "accounts/password.html"
    success_url = reverse_lazy("dashboard")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        passwords.note_own_change(self.request.user)
        messages.success(self.request, "Your password is changed. You stay signed in here, not elsewhere.")
        return response


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Where an admin's link leads: choose a password, and be signed in with it."""
    user = links.owner_of(key, token)
    if user is None:
        return _alone(request, "accounts/link_dead.html", {}, status=410)
    form = SetPasswordForm(user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _alone(request, "accounts/join.html", {"form": form, "person": user})
    password = form.cleaned_data["new_password1"]
    passwords.set_by_link(user=user, password=password)
    signed_in = authenticate(request, username=user.username, password=password)
    if signed_in is None:
        return redirect("sign-in")
    login(request, signed_in)
    messages.success(request, f"Your password is set. Next time, sign in as {user.username}.")
    return redirect("dashboard")


def _alone(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    page = render(request, template, context, status=status)
    # The address is the key: it must not travel on to wherever the page leads.
    page.headers["Referrer-Policy"] = "no-referrer"
    return page

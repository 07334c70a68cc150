"""django-rq's own pages, for admins: what Redis holds, when the System page is not enough."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django_rq.urls import get_admin_urlpatterns, get_api_urlpatterns

from importadmin.roles import role_required


def rq_patterns() -> list[URLPattern]:
    """Every pattern of django-rq behind our role, the JSON ones included (their token is not used)."""
    # Its pages come in the frame of Django's admin, of which nothing else is used.
    admin.site.site_header = admin.site.site_title = "Meet Import Admin"
    admin.site.enable_nav_sidebar = False
    json_patterns = get_api_urlpatterns()
    for pattern in json_patterns:
        pattern.callback = for_admins(pattern.callback)
    return [*json_patterns, *get_admin_urlpatterns(view_wrapper=for_admins)]


def for_admins(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # django-rq asks for Django's is_staff flag. Here the role alone decides, for this request only.
        request.user.is_staff = True
        response = view(request, *args, **kwargs)
        # Its pages carry a little inline style and script of their own.
        response.headers["Content-Security-Policy"] = (
            "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; "
            "form-action 'self'"
        )
        return response

    return role_required("admin")(guarded)

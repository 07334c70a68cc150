"""The System page, and what machines ask: /healthz, /healthz/web and /metrics."""

import platform
import secrets
import time
from importlib.metadata import version

import django
from django.conf import settings
from django.contrib import messages
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from importadmin import health
from importadmin import metrics as told
from importadmin.enable_trigger import enable_trigger
from importadmin.health.postgres_parts import trigger_rows
from importadmin.roles import has_role, role_required
from meets.actions.refused import Refused

PACKAGES = ("psycopg", "rq", "django-rq", "django-tables2", "redis")
# Strangers may ask /healthz: however often they do, the servers are asked no oftener than this.
KEPT_SECONDS = 2.0


@require_safe
@role_required("staff")
def system(request: HttpRequest) -> HttpResponse:
    versions = {"Python": platform.python_version(), "Django": django.get_version()}
    versions |= {package: version(package) for package in PACKAGES}
    rows = trigger_rows()
    off = [row for row in rows if not row["on"]]
    context = {"parts": health.all_parts(), "triggers": rows, "off": off, "versions": versions}
    return render(request, "system/system.html", context)


@require_POST
@role_required("admin")
def trigger_enable(request: HttpRequest) -> HttpResponse:
    table, name = (request.POST.get(key, "").replace("\x00", "") for key in ("table", "name"))
    try:
        done = enable_trigger(table=table, name=name, user=request.user)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("system")
    words = "is on again. Rebuild the derived tables: they were not kept up while it was off." if done else "was on."
    messages.success(request, f"{name} {words}")
    return redirect("system")


_kept: tuple[float, HttpResponse] | None = None


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For monitoring: 503 when any part fails. A line a part, its state and nothing else: strangers read this."""
    global _kept
    if _kept is None or time.monotonic() - _kept[0] > KEPT_SECONDS:
        parts = health.all_parts()
        lines = "".join(f"{part.key} {part.state}\n" for part in parts)
        failing = any(part.ok is False for part in parts)
        _kept = (time.monotonic(), HttpResponse(lines, status=503 if failing else 200, content_type="text/plain"))
    return HttpResponse(_kept[1].content, status=_kept[1].status_code, content_type="text/plain")


@require_safe
def healthz_web(request: HttpRequest) -> HttpResponse:
    """For a load balancer or container: may this process be sent requests? That takes PostgreSQL and nothing else:
    with Redis or all workers down uploads are still taken."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return HttpResponse("database does not answer\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For whoever has the token, or is signed in with a role."""
    if not _has_token(request) and not has_role(request.user, "staff"):
        refused = HttpResponse("Sign in, or send the token.\n", status=401, content_type="text/plain")
        refused.headers["WWW-Authenticate"] = "Bearer"
        return refused
    return HttpResponse(told.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _has_token(request: HttpRequest) -> bool:
    wanted = settings.IMPORTADMIN_METRICS_TOKEN
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if not wanted or scheme.lower() != "bearer":
        return False
    return secrets.compare_digest(given.strip().encode(), wanted.encode())

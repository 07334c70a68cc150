"""Sign-in slowed against guessing: by account, and by the address that the guesses come from.

An attempt is counted before the password is looked at, so that a hundred at once don't all get through; one that
succeeds takes its count back. After some free tries each failure doubles the wait, up to a limit, and an hour of
silence forgets all. Nobody is locked out for ever: a browser that its person has signed in with before carries a
signed cookie and is counted by itself, so that a stranger's guesses at the account don't slow it (OWASP's device
cookies); and an admin's link opens the account at once.

PostgreSQL keeps the counts, since it is the one server without which nobody could be signed in anyway; Redis may be
away or flushed. Names are kept as keyed hashes: people type passwords into the wrong field.
"""

import ipaddress
import secrets
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

COOKIE, COOKIE_SECONDS = "known_browser", 180 * 24 * 3600
# kind of key: (free tries, longest wait in seconds). A school's whole staff may share one address.
LIMITS = {"account": (5, 300), "browser": (5, 300), "address": (20, 900)}
FORGET_SECONDS = 3600

# Counts an attempt unless one must still be waited for; then nothing is written and no row comes back.
ATTEMPT = """
    INSERT INTO sign_in_attempts AS a (key, failures, last_at, next_at)
    VALUES (%(key)s, 1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN a.last_at < clock_timestamp() - make_interval(secs => %(forget)s)
                        THEN 1 ELSE a.failures + 1 END,
        last_at = clock_timestamp(),
        next_at = CASE WHEN a.last_at < clock_timestamp() - make_interval(secs => %(forget)s) OR a.failures < %(free)s
                       THEN clock_timestamp()
                       ELSE clock_timestamp()
                            + make_interval(secs => least(%(most)s, 2 ^ least(a.failures + 1 - %(free)s, 20))) END
    WHERE a.next_at <= clock_timestamp()
    RETURNING failures"""
WAIT = "SELECT ceil(extract(epoch FROM next_at - clock_timestamp())) FROM sign_in_attempts WHERE key = %s"
TAKE_BACK = """
    UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), next_at = clock_timestamp() WHERE key = %s"""
OLD = "DELETE FROM sign_in_attempts WHERE last_at < clock_timestamp() - make_interval(secs => %s)"


@dataclass(frozen=True)
class Attempt:
    """`wait` seconds until it may be tried again; 0: it was counted, the `times`-th of its account, and may go on."""

    account: str
    address: str
    wait: int = 0
    times: int = 0


def begin(request: HttpRequest, name: str) -> Attempt:
    known = _known_browser(request, name)
    account = f"browser:{known}" if known else _account_key(name)
    address = f"address:{address_of(request)}"
    times = 0
    with transaction.atomic(), connection.cursor() as cursor:
        # In one order always, so that two attempts never wait for each other's row.
        for key in sorted((account, address)):
            free, most = LIMITS[key.partition(":")[0]]
            cursor.execute(ATTEMPT, {"key": key, "free": free, "most": most, "forget": FORGET_SECONDS})
            counted = cursor.fetchone()
            if counted is None:
                cursor.execute(WAIT, [key])
                found = cursor.fetchone()
                # What the other key has counted already is no attempt: nobody looked at the password.
                transaction.set_rollback(True)
                return Attempt(account, address, max(1, int(found[0])) if found else 1)
            times = counted[0] if key == account else times
    return Attempt(account, address, times=times)


def succeeded(attempt: Attempt, request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Forgives the account's failures, not the address's: its owner may be guessing at others."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_attempts WHERE key = %s", [attempt.account])
        cursor.execute(TAKE_BACK, [attempt.address])
    if _known_browser(request, name) is None:
        response.set_cookie(
            COOKIE,
            signing.dumps([_account_key(name), secrets.token_urlsafe(12)], salt=COOKIE),
            max_age=COOKIE_SECONDS,
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def forget_account(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sign_in_attempts WHERE key = %s", [_account_key(name)])


def forget_old() -> int:
    """Housekeeping: rows that no longer count. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(OLD, [FORGET_SECONDS])
        return int(cursor.rowcount)


def address_of(request: HttpRequest) -> str:
    """The client's address. Behind a proxy the last one it wrote down: those before it are whatever the client says.

    Of IPv6 the /64, since a guesser has all of that.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    if settings.IMPORTADMIN_ENV.behind_proxy:
        text = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip() or text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(getattr(address, "ipv4_mapped", None) or address)


def _account_key(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).strip().casefold()
    return f"account:{salted_hmac('sign-in', folded, algorithm='sha256').hexdigest()}"


def _known_browser(request: HttpRequest, name: str) -> str | None:
    try:
        account, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(browser) if account == _account_key(name) else None

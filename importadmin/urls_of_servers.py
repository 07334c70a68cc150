"""DATABASE_URL and REDIS_URL taken apart, and refused with a reason where they can't work."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

SEARCH_PATH = "-c search_path=importadmin,public"
POOLED = (
    "goes through a pooler in transaction mode ({sign}): the import needs one session for its settings, "
    "temporary tables and locks, so name the direct or session-mode address (often port 5432) instead."
)


class BadUrl(ValueError):
    """Its text completes the sentence that begins with the variable's name."""


@dataclass(frozen=True)
class DatabaseUrl:
    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)
    options: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> "DatabaseUrl":
        try:
            url = urlsplit(text)
            port = url.port or 5432
        except ValueError:
            raise BadUrl("has a port that is no number: write postgresql://user:password@host:5432/name.") from None
        if url.scheme not in ("postgres", "postgresql"):
            raise BadUrl(
                f"begins with '{url.scheme}:', but only PostgreSQL works: write postgresql://user:password@host:5432/name."
            )
        name = unquote(url.path.lstrip("/"))
        if not name:
            raise BadUrl("names no database: write postgresql://user:password@host:5432/name.")
        options = dict(parse_qsl(url.query))
        refuse_pooled_address(port, options)
        return cls(
            host=unquote(url.hostname or options.pop("host", "")),
            port=port,
            name=name,
            user=unquote(url.username or ""),
            password=unquote(url.password or ""),
            options=options,
        )

    def django(self) -> dict[str, Any]:
        options = dict(self.options)
        options["options"] = f"{options.get('options', '')} {SEARCH_PATH}".strip()
        return {
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": str(self.port),
            "OPTIONS": options,
        }


def refuse_pooled_address(port: int, options: dict[str, str]) -> None:
    """Transaction poolers are known by their signs; whatever escapes this is found out at the first connection."""
    if port == 6543:
        raise BadUrl(POOLED.format(sign="port 6543"))
    for key, bad in (("pgbouncer", "true"), ("pool_mode", "transaction")):
        if options.pop(key, "").lower() == bad:
            raise BadUrl(POOLED.format(sign=f"{key}={bad}"))


def check_redis_url(text: str) -> str:
    if not text:
        return ""
    try:
        url = urlsplit(text)
        _ = url.port
    except ValueError:
        raise BadUrl("has a port that is no number: write redis://:password@host:6379/0.") from None
    if url.scheme not in ("redis", "rediss", "unix"):
        raise BadUrl(f"begins with '{url.scheme}:': write redis://:password@host:6379/0, or rediss:// for TLS.")
    if url.scheme != "unix" and not url.hostname:
        raise BadUrl("names no host: write redis://:password@host:6379/0.")
    return text


def mail_settings(text: str) -> dict[str, Any]:
    example = "write smtp://user:password@host:587, or smtps:// for TLS from the start."
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        raise BadUrl(f"has a port that is no number: {example}") from None
    if url.scheme not in ("smtp", "smtps"):
        raise BadUrl(f"begins with '{url.scheme}:': {example}")
    if not url.hostname:
        raise BadUrl(f"names no host: {example}")
    secure = url.scheme == "smtps"
    return {
        "EMAIL_HOST": url.hostname,
        "EMAIL_PORT": port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": secure,
        # A mail server on this very machine needs none.
        "EMAIL_USE_TLS": not secure and url.hostname not in ("localhost", "127.0.0.1", "::1"),
    }

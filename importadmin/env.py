"""Settings from the environment and `.env`, read once, typed, failing loudly at start.

Every variable is described in `.env.example`. A wrong or missing value raises `BadEnvironment` with one sentence that
names the variable and the remedy; `manage.py` prints that sentence and nothing else.
"""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from croniter import croniter
from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

from importadmin.urls_of_servers import BadUrl, DatabaseUrl, check_redis_url, mail_settings

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
TRUE_WORDS = {"1", "true", "yes", "on"}
FALSE_WORDS = {"0", "false", "no", "off"}


class BadEnvironment(ImproperlyConfigured):
    """A variable that stops the start. Its text is one sentence for whoever starts the app."""


@dataclass(frozen=True)
class Reader:
    """Typed access to the variables. An empty value counts as not set, as in a compose file's `VAR: ${VAR:-}`."""

    values: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        return self.values.get(name, "").strip() or default

    def flag(self, name: str, default: bool) -> bool:
        word = self.text(name).lower()
        if word and word not in TRUE_WORDS | FALSE_WORDS:
            raise BadEnvironment(f"{name} is '{word}', which is neither yes nor no: set it to 1 or 0.")
        return word in TRUE_WORDS if word else default

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        word = self.text(name)
        try:
            number = int(word or default)
        except ValueError:
            raise BadEnvironment(
                f"{name} is '{word}', which is no whole number: set it to one from {least} to {most}."
            ) from None
        if not least <= number <= most:
            raise BadEnvironment(f"{name} is {number}: set it to a number from {least} to {most}.")
        return number

    def share(self, name: str, default: float) -> float:
        word = self.text(name)
        try:
            number = float(word) if word else default
        except ValueError:
            number = -1.0
        # "nan" is a float and compares with nothing.
        if not 0 < number < 1:
            raise BadEnvironment(f"{name} is '{word}': set it to a number between 0 and 1.")
        return number

    def words(self, name: str, default: list[str]) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()] or default

    def folder(self, name: str, default: Path) -> Path:
        path = Path(self.text(name) or default).expanduser().absolute()
        if path.exists() and not path.is_dir():
            raise BadEnvironment(f"{name} is {path}, which is a file: set it to a folder.")
        return path


@dataclass(frozen=True)
class Environment:
    base_dir: Path
    data_dir: Path
    upload_dir: Path
    secret_key: str = field(repr=False)
    debug: bool
    allowed_hosts: list[str]
    csrf_trusted_origins: list[str]
    time_zone: str
    max_upload_mb: int
    https: bool
    behind_proxy: bool
    web_host: str
    web_port: int
    web_processes: int
    web_threads: int
    workers: int
    lease_seconds: int
    match_same: float
    match_doubtful: float
    nightly_rebuild: str
    fsync: bool
    log_format: str
    inbox: Path | None
    processed: Path
    session_hours: int
    metrics_token: str = field(repr=False)
    mail: dict[str, Any] = field(repr=False)
    storage: dict[str, Any] = field(repr=False)
    database_url: DatabaseUrl | None = field(repr=False)
    external_redis_url: str = field(repr=False)

    @classmethod
    def load(cls) -> "Environment":
        """Real environment variables win over those of `.env`."""
        from_file = {k: v for k, v in dotenv_values(BASE_DIR / ".env").items() if v is not None}
        # Child processes and libraries (libpq, storages) read os.environ, so that is where the file's values go.
        for name, value in from_file.items():
            os.environ.setdefault(name, value)
        return cls.read(os.environ)

    @classmethod
    def read(cls, values: Mapping[str, str]) -> "Environment":
        reader = Reader(values)
        data_dir = reader.folder("IMPORTADMIN_DATA", BASE_DIR / ".data")
        debug = reader.flag("IMPORTADMIN_DEBUG", False)
        hosts = reader.words("IMPORTADMIN_ALLOWED_HOSTS", LOOPBACK_HOSTS)
        # Whoever opens the site to other machines gets secure cookies and the redirect without asking for them.
        reachable = any(host not in LOOPBACK_HOSTS for host in hosts)
        database_url = _database_url(reader)
        inbox = reader.folder("IMPORTADMIN_INBOX", data_dir) if reader.text("IMPORTADMIN_INBOX") else None
        match_same = reader.share("IMPORTADMIN_MATCH_SAME", 0.95)
        match_doubtful = reader.share("IMPORTADMIN_MATCH_DOUBTFUL", 0.05)
        if match_doubtful > match_same:
            raise BadEnvironment(
                f"IMPORTADMIN_MATCH_DOUBTFUL is {match_doubtful}: set it below IMPORTADMIN_MATCH_SAME, {match_same}."
            )
        return cls(
            base_dir=BASE_DIR,
            data_dir=data_dir,
            upload_dir=reader.folder("IMPORTADMIN_UPLOADS", data_dir / "uploads"),
            secret_key=_secret_key(reader, data_dir, embedded=database_url is None),
            debug=debug,
            allowed_hosts=hosts,
            csrf_trusted_origins=_origins(reader),
            time_zone=_time_zone(reader),
            max_upload_mb=reader.number("IMPORTADMIN_MAX_UPLOAD_MB", 512, least=1, most=10_000),
            https=reader.flag("IMPORTADMIN_HTTPS", reachable and not debug),
            behind_proxy=reader.flag("IMPORTADMIN_BEHIND_PROXY", False),
            web_host=reader.text("IMPORTADMIN_HOST", "127.0.0.1"),
            web_port=reader.number("IMPORTADMIN_PORT", 8000, least=1, most=65535),
            web_processes=reader.number("IMPORTADMIN_WEB_PROCESSES", 2, least=1, most=64),
            web_threads=reader.number("IMPORTADMIN_WEB_THREADS", 8, least=1, most=256),
            workers=reader.number("IMPORTADMIN_WORKERS", 1, least=0, most=64),
            lease_seconds=reader.number("IMPORTADMIN_LEASE_SECONDS", 20, least=2, most=600),
            match_same=match_same,
            match_doubtful=match_doubtful,
            nightly_rebuild=_nightly(reader),
            fsync=reader.flag("IMPORTADMIN_FSYNC", True),
            log_format=_log_format(reader),
            inbox=inbox,
            processed=reader.folder("IMPORTADMIN_PROCESSED", (inbox or data_dir).parent / "processed"),
            session_hours=reader.number("IMPORTADMIN_SESSION_HOURS", 12, least=1, most=24 * 90),
            metrics_token=_metrics_token(reader),
            mail=_mail(reader),
            storage=_storage(reader),
            database_url=database_url,
            external_redis_url=_redis_url(reader),
        )

    @property
    def embedded_postgres(self) -> bool:
        return self.database_url is None

    @property
    def embedded_valkey(self) -> bool:
        return not self.external_redis_url

    def database(self) -> dict[str, Any]:
        """Django's DATABASES entry. The embedded server's port and password are filled in at connect."""
        common = {"ENGINE": "importadmin.db_backend", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
        if self.database_url is not None:
            return {**common, **self.database_url.django()}
        return {
            **common,
            "NAME": "importadmin",
            "USER": "importadmin",
            "HOST": "127.0.0.1",
            "OPTIONS": {"options": "-c search_path=importadmin,public"},
        }


def _database_url(reader: Reader) -> DatabaseUrl | None:
    try:
        return DatabaseUrl.parse(text) if (text := reader.text("DATABASE_URL")) else None
    except BadUrl as problem:
        raise BadEnvironment(f"DATABASE_URL {problem}") from None


def _redis_url(reader: Reader) -> str:
    try:
        return check_redis_url(reader.text("REDIS_URL"))
    except BadUrl as problem:
        raise BadEnvironment(f"REDIS_URL {problem}") from None


def _secret_key(reader: Reader, data_dir: Path, *, embedded: bool) -> str:
    if key := reader.text("IMPORTADMIN_SECRET_KEY"):
        if len(key) < 32:
            raise BadEnvironment(
                f"IMPORTADMIN_SECRET_KEY has {len(key)} characters: set it to a random text of at least 32."
            )
        return key
    if not embedded:
        # Several processes, perhaps on several hosts, must share it, so it can't be made up here.
        raise BadEnvironment(
            "IMPORTADMIN_SECRET_KEY is not set: DATABASE_URL needs it, a random text of at least 32 characters."
        )
    return keep_secret(data_dir / "secret_key")


def keep_secret(path: Path) -> str:
    """The secret kept in this file (mode 0600), made up at the first call. Two first calls agree on one."""
    try:
        path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        if not path.exists():
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text()
    except OSError as problem:
        raise BadEnvironment(
            f"IMPORTADMIN_DATA: {path} can't be used ({problem.strerror}): set it to a folder that this user may write."
        ) from None


def _origins(reader: Reader) -> list[str]:
    origins = reader.words("IMPORTADMIN_TRUSTED_ORIGINS", [])
    for origin in origins:
        if not origin.startswith(("https://", "http://")):
            raise BadEnvironment(
                f"IMPORTADMIN_TRUSTED_ORIGINS has '{origin}': write it with its scheme, such as https://{origin}."
            )
    return origins


def _time_zone(reader: Reader) -> str:
    zone = reader.text("IMPORTADMIN_TIME_ZONE", "UTC")
    if zone not in available_timezones():
        raise BadEnvironment(
            f"IMPORTADMIN_TIME_ZONE is '{zone}', which is no known zone: set it to one like America/Los_Angeles."
        )
    return zone


def _log_format(reader: Reader) -> str:
    word = reader.text("IMPORTADMIN_LOG_FORMAT", "plain").lower()
    if word not in ("plain", "json"):
        raise BadEnvironment(f"IMPORTADMIN_LOG_FORMAT is '{word}': set it to plain or json.")
    return word


def _metrics_token(reader: Reader) -> str:
    token = reader.text("IMPORTADMIN_METRICS_TOKEN")
    if token and len(token) < 16:
        raise BadEnvironment(
            f"IMPORTADMIN_METRICS_TOKEN has {len(token)} characters: set it to a random text of at least 16."
        )
    return token


def _mail(reader: Reader) -> dict[str, Any]:
    """Django's settings for mail; none are needed, since links can be copied."""
    text, sender = reader.text("IMPORTADMIN_MAIL_URL"), reader.text("IMPORTADMIN_MAIL_FROM")
    if not text:
        return {"EMAIL_HOST": ""}
    try:
        return {**mail_settings(text), "DEFAULT_FROM_EMAIL": sender or "importadmin@localhost", "EMAIL_TIMEOUT": 10}
    except BadUrl as problem:
        raise BadEnvironment(f"IMPORTADMIN_MAIL_URL {problem}") from None


def _nightly(reader: Reader) -> str:
    """Five cron fields in the site's time zone; '' for never."""
    when = reader.text("IMPORTADMIN_NIGHTLY_REBUILD", "30 3 * * *")
    if when.lower() in FALSE_WORDS:
        return ""
    if len(when.split()) != 5 or not croniter.is_valid(when):
        raise BadEnvironment(
            f"IMPORTADMIN_NIGHTLY_REBUILD is '{when}': write five cron fields such as '30 3 * * *' for half past three "
            "every night, or off."
        )
    return when


def _storage(reader: Reader) -> dict[str, Any]:
    backend = reader.text("IMPORTADMIN_STORAGE", "django.core.files.storage.FileSystemStorage")
    try:
        options = json.loads(reader.text("IMPORTADMIN_STORAGE_OPTIONS", "{}"))
    except ValueError:
        options = None
    if backend.startswith("storages.") and find_spec("storages") is None:
        raise BadEnvironment(
            "IMPORTADMIN_STORAGE names a backend of django-storages, which is not installed: "
            "install requirements-s3.lock as well."
        )
    if not isinstance(options, dict):
        raise BadEnvironment('IMPORTADMIN_STORAGE_OPTIONS is no JSON object: write it like {"bucket_name": "meets"}.')
    return {"BACKEND": backend, "OPTIONS": options}

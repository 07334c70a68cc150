"""Django settings. Everything that differs between installations is read by `importadmin.env`."""

from typing import Any

from importadmin.env import Environment
from importadmin.servers import Servers

env = Environment.load()
IMPORTADMIN_ENV = env
_valkey = Servers(env).valkey

BASE_DIR = env.base_dir
DATA_DIR = env.data_dir

SECRET_KEY = env.secret_key
DEBUG = env.debug
ALLOWED_HOSTS = env.allowed_hosts
CSRF_TRUSTED_ORIGINS = env.csrf_trusted_origins

INSTALLED_APPS = [
    "importadmin",
    "meets",
    "reconciliation",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django_tables2",
    "django_htmx",
    "django_rq",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every view demands sign-in unless it says otherwise: forgetting a decorator must not open a page.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "importadmin.middleware.ContentSecurityPolicyMiddleware",
    "importadmin.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "importadmin.urls"
WSGI_APPLICATION = "importadmin.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "importadmin.context.chrome",
            ],
            "builtins": ["importadmin.templatetags.words"],
        },
    }
]

DATABASES = {"default": env.database()}

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "dashboard"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# How long an invitation's link is good.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600

globals().update(env.mail)  # EMAIL_HOST and its like

LANGUAGE_CODE = "en-gb"
TIME_ZONE = env.time_zone
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.upload_dir
STORAGES = {
    "default": env.storage,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# An embedded Valkey's port and password are settled here, though it may only be started later.
RQ_QUEUES: dict[str, dict[str, Any]] = {
    "imports": {"URL": _valkey.url() if _valkey else env.external_redis_url, "DEFAULT_TIMEOUT": 6 * 3600}
}
RQ_SHOW_ADMIN_LINK = False

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
# Uploads name young people: on a machine with several users they are for the app's alone.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# A dropped folder arrives as one form with several files; its fields are few, its files may be large.
DATA_UPLOAD_MAX_NUMBER_FILES = 2000
IMPORTADMIN_MAX_UPLOAD_BYTES = env.max_upload_mb * 1024 * 1024
IMPORTADMIN_LEASE_SECONDS = env.lease_seconds
MATCH_SAME = env.match_same
MATCH_DOUBTFUL = env.match_doubtful
IMPORTADMIN_INBOX, IMPORTADMIN_PROCESSED = env.inbox, env.processed
IMPORTADMIN_METRICS_TOKEN = env.metrics_token
IMPORTADMIN_NIGHTLY_REBUILD = env.nightly_rebuild
DJANGO_TABLES2_TEMPLATE = "tables/table.html"

if not DEBUG:
    SECURE_SSL_REDIRECT = env.https
    SECURE_REDIRECT_EXEMPT = [r"^healthz(/web)?$", r"^metrics$"]  # asked by the machine itself, past the proxy
    SESSION_COOKIE_SECURE = env.https
    CSRF_COOKIE_SECURE = env.https
    SECURE_HSTS_SECONDS = 3600 * 24 * 30 if env.https else 0
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.behind_proxy else None
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.https
SESSION_COOKIE_AGE = env.session_hours * 3600
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "importadmin.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": env.log_format}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # What a job did is said by the import itself; RQ's telling of it would bury the address that was printed.
    "loggers": {"rq": {"level": "WARNING"}, "rq.worker": {"level": "WARNING"}},
}

"""The one settings file: the environment is read here, once, and what is unsafe is refused.

Every variable is described in `.env.example`.
"""

import os
from pathlib import Path
from typing import Any

import pgtrigger
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from inventory.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
# Tables are in memory or on flash. The planner's usual guess, a turning disk, makes it read a
# whole table where an index would do: a change would cost more the larger the register is.
NEAR_PAGES = "-c random_page_cost=1.1"
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SHORTEST_SECRET = 50


def read_secret_key(env: Environment, *, private: bool) -> str:
    """The configured key; a private cluster may use the one that set-up made for this checkout."""
    key = env.secret("SECRET_KEY")
    made = VAR_DIR / "secret-key"
    if not key and private and made.exists():
        key = made.read_text(encoding="utf-8").strip()
    if not key:
        raise ImproperlyConfigured("SECRET_KEY is not set (`make run` makes one for a trial)")
    if len(key) < SHORTEST_SECRET or len(set(key)) < 10:
        raise ImproperlyConfigured(f"SECRET_KEY needs {SHORTEST_SECRET} random characters or more")
    return key


def read_database(env: Environment) -> dict[str, Any]:
    """DATABASE_URL (or DATABASE_URL_FILE) if set, otherwise the private cluster's socket."""
    written = env.secret("DATABASE_URL") or private_connection()
    try:
        parts = conninfo_to_dict(written)
    except ProgrammingError as error:  # its text may hold the password: don't repeat it
        raise ImproperlyConfigured("DATABASE_URL is no PostgreSQL address") from error
    if not parts.get("dbname"):
        raise ImproperlyConfigured("DATABASE_URL names no database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {"connect_timeout": 5, "options": NEAR_PAGES, **parts},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def private_connection() -> str:
    written = VAR_DIR / "database.conninfo"
    if written.exists():
        return written.read_text(encoding="utf-8")
    return f"host='{VAR_DIR / 'postgres' / 'socket'}' dbname=grounds user=grounds"


def read_hosts(env: Environment, *, public_host: str, https: bool, debug: bool) -> list[str]:
    """Whom we answer to. Beyond this machine only by https, and never with DEBUG."""
    hosts = [*env.names("ALLOWED_HOSTS"), public_host]
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; '*' is refused")
    outside = sorted(set(hosts) - {*LOCAL_HOSTS, "::1"})
    if outside and debug:
        raise ImproperlyConfigured(f"DEBUG is for this machine alone, not for {outside[0]}")
    if outside and not https:
        raise ImproperlyConfigured(
            f"{outside[0]} would be served without encryption: set PUBLIC_URL=https://…"
        )
    return [*LOCAL_HOSTS, *outside]


ENV = Environment(os.environ)
DEBUG = ENV.flag("DEBUG")
PORT = ENV.number("PORT", 8000, least=1, most=65535)
PRIVATE_CLUSTER = not ENV.secret("DATABASE_URL")
SECRET_KEY = read_secret_key(ENV, private=PRIVATE_CLUSTER)
SECRET_KEY_FALLBACKS = ENV.names("SECRET_KEY_FALLBACKS")

PUBLIC_URL = ENV.url("PUBLIC_URL", f"http://localhost:{PORT}")
HTTPS = PUBLIC_URL.scheme == "https"
ALLOWED_HOSTS = read_hosts(ENV, public_host=PUBLIC_URL.hostname or "", https=HTTPS, debug=DEBUG)
CSRF_TRUSTED_ORIGINS = [f"{PUBLIC_URL.scheme}://{PUBLIC_URL.netloc}"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "inventory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "inventory.urls"
WSGI_APPLICATION = "inventory.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": read_database(ENV)}
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
                "inventory.web.shell.shell",
            ],
        },
    },
]

# Who signs in, and how long they stay.
AUTH_USER_MODEL = "inventory.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "overview"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "inventory.web.failures.forged"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS

# What a browser may do with our pages. Behind a proxy, gunicorn's FORWARDED_ALLOW_IPS decides
# whose X-Forwarded-Proto counts.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

# A megabyte-sized string is refused before anything reads it.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Languages and time.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("pt-br", "Português (Brasil)"),
    ("he", "עברית"),
]
LOCALE_PATHS = [BASE_DIR / "inventory" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "files"

REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Grounds",
    "DESCRIPTION": "The engineers' door to the register.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# Work that outlasts a request: where its tasks are written.
PROCRASTINATE_IMPORT_PATHS = ["inventory.services.tasks"]

# History: by database trigger, once a statement, never changed afterwards.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_LEVEL = pgtrigger.Statement
PGHISTORY_ADMIN_ALL_EVENTS = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "inventory.logs.OneLine",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {
        "handlers": ["stderr"],
        "level": ENV.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
    },
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # Answered with 400; anybody can send a wrong host, and often does.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.server": {"handlers": [], "propagate": True},
        "procrastinate": {"level": "WARNING"},  # it tells of every job's start and end
        "weasyprint": {"level": "ERROR"},  # it tells of every step
        "fontTools": {"level": "WARNING"},
        "django.db.backends": {"level": "INFO"},  # DEBUG would log what people typed
    },
}

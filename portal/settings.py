"""The only settings file. Everything an operator may change is read from the environment;
docs/operator.md has the list, and a test keeps the two in step."""

import sys
from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

# Lets classes of Django be given their types (`ModelForm[Guide]`), which they do not know at run
# time; it has to happen before any of them is used.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _mode() -> str:
    mode: str = env.str("PORTAL_ENV", default="embedded")
    if mode not in ("embedded", "production"):
        raise ImproperlyConfigured(f"PORTAL_ENV is {mode!r}; use 'embedded' or 'production'.")
    return mode


PRODUCTION = _mode() == "production"
DEBUG = env.bool("DEBUG", default=False)
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG shows code and data to readers: not in production.")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _required(name: str) -> str:
    value: str = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when PORTAL_ENV=production.")
    return value


def _kept_secret(path: Path) -> str:
    """The embedded site's key: made once, readable by its owner only."""
    try:
        with path.open("x", encoding="ascii") as file:
            path.chmod(0o600)
            file.write(get_random_secret_key())
    except FileExistsError:
        pass
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise ImproperlyConfigured(f"{path} is empty; delete it to have a new secret-key made.")
    return key


def _secret_key() -> str:
    if PRODUCTION:
        return _required("SECRET_KEY")
    given: str = env.str("SECRET_KEY", default="")
    return given or _kept_secret(VAR_DIR / "secret-key")


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
if PRODUCTION:
    _required("ALLOWED_HOSTS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "guides.apps.GuidesConfig",
    "markdownx",
    "guides.apps.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # Before staticfiles: whitenoise serves the files in development as it does in production.
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

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
                "guides.context_processors.interface",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"


# --- Database ---------------------------------------------------------------------------------

SQLITE_OPTIONS: dict[str, Any] = {
    # A writer takes its lock when its transaction begins, so two writers queue up to `timeout`
    # seconds instead of failing when the second one first writes.
    "transaction_mode": "IMMEDIATE",
    "timeout": 10,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
        # A search looks at rows all over the file; 2 MB, the default, are too few to keep them.
        "PRAGMA cache_size=-32768;"
        "PRAGMA mmap_size=1073741824;"
    ),
}


def _sqlite(config: dict[str, Any]) -> dict[str, Any]:
    options = {**SQLITE_OPTIONS, **config.get("OPTIONS", {})}
    # A file, as in production: requests of a live server then have a connection each.
    return {**config, "OPTIONS": options, "TEST": {"NAME": f"{config['NAME']}-test"}}


def _postgres(config: dict[str, Any], pool_size: int) -> dict[str, Any]:
    pool = {"pool": {"min_size": 1, "max_size": pool_size}} if pool_size else {}
    return {
        **config,
        "OPTIONS": {**pool, **config.get("OPTIONS", {})},
        # A connection that a restart of the server broke is replaced before a reader sees it.
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"CHARSET": "UTF8", "TEMPLATE": "template0"},
    }


def _database() -> dict[str, Any]:
    url: str = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portal.sqlite3'}")
    if not url.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:// or postgres://.")
    config: dict[str, Any] = env.db_url_config(url)
    if url.startswith("sqlite://"):
        return _sqlite(config)
    return _postgres(config, env.int("DATABASE_POOL_SIZE", default=8))


DATABASES = {"default": _database()}


# --- Accounts ---------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "home"


# --- Language and time ------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "guides" / "locale"]
TIME_ZONE = env.str("TIME_ZONE", default="Asia/Shanghai")
USE_TZ = True


# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Every image passes guides' own view; nothing else below MEDIA_ROOT is served.
MEDIA_URL = "/media/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o640},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "portal.static_bundles.BundlingStorage"
    },
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

MEGABYTE = 1024 * 1024
# A guide of 200,000 Chinese characters is 600 KB, three times that in a form's percent-encoding.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * MEGABYTE
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * MEGABYTE


# --- The editor -------------------------------------------------------------------------------
# markdownx's own two views are open to anybody, so they are not routed at all: its widget talks
# to the admin's views instead.

MARKDOWNX_URLS_PATH = "/admin/markdown/preview/"
MARKDOWNX_UPLOAD_URLS_PATH = "/admin/markdown/image/"
MARKDOWNX_MEDIA_PATH = "images/"
MARKDOWNX_UPLOAD_MAX_SIZE = 5 * MEGABYTE
MARKDOWNX_UPLOAD_CONTENT_TYPES = ["image/jpeg", "image/png", "image/webp"]
MARKDOWNX_SVG_JAVASCRIPT_PROTECTION = True
MARKDOWNX_SERVER_CALL_LATENCY = 500


# --- Review -----------------------------------------------------------------------------------
# Whoever wrote a part of a text does not approve it. A team of one may turn this off; its pages
# then say so.

REVIEW_REQUIRED = env.bool("REVIEW_REQUIRED", default=True)


# --- Questions --------------------------------------------------------------------------------
# What readers ask is counted without knowing who asks, and forgotten after so many days.

QUESTION_DAYS = env.int("QUESTION_DAYS", default=180)


# --- Feedback ---------------------------------------------------------------------------------
# How often one address may say how a guide went, in ten minutes; an office behind one address is
# one. What was said is forgotten after so many days.

FEEDBACK_LIMIT = env.int("FEEDBACK_LIMIT", default=20)
FEEDBACK_DAYS = env.int("FEEDBACK_DAYS", default=365)

# Limits are counted here. Django's default of 300 entries would forget them under a few hundred
# visitors, and with them the limits.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}


# --- Security ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

HTTPS = env.bool("HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = HTTPS
# Health checks come from the machine itself or its load balancer, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "guides.views.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS


# --- Log --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"}
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Django's own handlers (mail to the admins, console only under DEBUG) are left out.
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

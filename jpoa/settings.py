"""Every setting, from environment variables. Safe by default: development has to be asked for.

`DEVELOPMENT=1` (the Makefile sets it) allows a throw-away secret key and plain HTTP on this machine.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from jpoa.logs import logging_of
from jpoa.openapi import SPECTACULAR_SETTINGS  # noqa: F401
from jpoa.sign_in import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)
env = environ.FileAwareEnv()  # of each variable X also X_FILE: a secret that something else keeps

DEVELOPMENT = env.bool("DEVELOPMENT", default=False)
DEBUG = env.bool("DEBUG", default=False)
# Demonstration accounts, with a password printed at start, and no second factor asked for.
DEMONSTRATION = env.bool("DEMONSTRATION", default=DEVELOPMENT)

DEVELOPMENT_SECRET_KEY = "development-only-" + "0123456789abcdef" * 4
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_SECRET_KEY if DEVELOPMENT else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEVELOPMENT else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

if not DEVELOPMENT:
    if not SECRET_KEY or SECRET_KEY == DEVELOPMENT_SECRET_KEY or len(SECRET_KEY) < 50:
        raise ImproperlyConfigured(
            "Set SECRET_KEY to at least 50 random characters (or DEVELOPMENT=1 on your own machine)."
        )
    if not ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site answers to, separated by commas.")
    if SECRET_KEY in SECOND_FACTOR_KEYS:  # noqa: F405
        raise ImproperlyConfigured("SECOND_FACTOR_KEYS are other keys than SECRET_KEY.")
    if DEBUG or DEMONSTRATION:
        raise ImproperlyConfigured("DEBUG and DEMONSTRATION are for development only.")

INSTALLED_APPS = [
    "commitments",
    "reporting",
    "operations",
    "jpoa.apps.JpoaAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "operations.middleware.numbered",
    "jpoa.middleware.closed_to_other_sites",
    "operations.middleware.answered_first",
    "jpoa.transport.programs_by_tls_alone",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "jpoa.middleware.fit_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "jpoa.middleware.named_reader",
    "jpoa.sessions.kept_alive",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jpoa.middleware.second_factor_by_role",
    "jpoa.middleware.both_proofs",
    "jpoa.middleware.private_answers",
    "jpoa.middleware.readings_noted",
]

ROOT_URLCONF = "jpoa.urls"
WSGI_APPLICATION = "jpoa.wsgi.application"

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # jpoa/templates/django/forms stands before Django's own
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "jpoa" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "jpoa.navigation.menu",
            ],
            "libraries": {
                "site": "reporting.site.tags",
                "desk": "commitments.desk.tags",
                "languages": "jpoa.languages",
            },
        },
    }
]

# --- Database -------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'jpoa.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a read-then-write transaction never meets "database is locked".
    # synchronous FULL: an acknowledged write survives a power cut.
    # recursive_triggers: INSERT OR REPLACE does not walk past the triggers of the append-only tables.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
else:
    DATABASES["default"]["ENGINE"] = "jpoa.postgresql"
    options = DATABASES["default"].setdefault("OPTIONS", {})
    # A server that cannot be reached is given up in seconds: whoever waits is told to come back.
    options.setdefault("connect_timeout", 5)
    # Who reads, while no request names anybody: the system in commands (manage.py says so), nobody in the web server.
    if READER := env("READER", default=""):
        options["options"] = f"-c jpoa.reader={READER}"
# A connection is kept between requests: opening one costs a fifth of a short request, on SQLite too.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits of sign-in are counted over all workers, under a lock; those of reading, in each worker's memory.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counters of limits, who has a page open, worksheets being previewed. So many that nobody can push a counter
        # out by making others; what has run out is taken away by `tidy`.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Rendered reports, some megabytes each, on the disk of this machine.
    "files": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "rendered",
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# --- API ------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "jpoa.authentication.ApiToken",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["commitments.api.rendering.JsonRenderer", "commitments.api.rendering.CsvRenderer"],
    "DEFAULT_PARSER_CLASSES": ["commitments.api.rendering.JsonParser"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "commitments.api.rendering.Negotiation",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_SCHEMA_CLASS": "commitments.api.schema.NounSchema",
    "EXCEPTION_HANDLER": "jpoa.refusals.answer_refusal",
    "DEFAULT_THROTTLE_CLASSES": [
        "commitments.api.throttles.AnonymousThrottle",
        "commitments.api.throttles.PersonThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {
        "anonymous": env("THROTTLE_ANONYMOUS", default="600/min"),
        "person": env("THROTTLE_PERSON", default="1200/min"),
    },
    "NUM_PROXIES": env.int("NUM_PROXIES", default=0),
}
ALLAUTH_TRUSTED_PROXY_COUNT = REST_FRAMEWORK["NUM_PROXIES"]
REST_KNOX = {"TOKEN_TTL": timedelta(hours=env.int("TOKEN_HOURS", default=10))}

# --- Work in the background: `manage.py work` takes it from the database ----------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Who has read what a State has not released: how long that is kept, for the privacy of the readers ---
READINGS_KEPT_DAYS = env.int("READINGS_KEPT_DAYS", default=730)
if READINGS_KEPT_DAYS < 365:
    raise ImproperlyConfigured("READINGS_KEPT_DAYS is at least 365: the database refuses to drop younger readings.")

# --- Languages and time ---------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each named in itself. What one of the last five cannot say yet, it says in Russian (decision 23).
LANGUAGES = [
    ("en", "English"),
    ("ru", "Русский"),
    ("kk", "Қазақша"),
    ("ky", "Кыргызча"),
    ("tg", "Тоҷикӣ"),
    ("tk", "Türkmençe"),
    ("uz", "Oʻzbekcha"),
]
LOCALE_PATHS = [BASE_DIR / "jpoa" / "locale" / folder for folder in ("", "falling_back", "libraries")]
FORMAT_MODULE_PATH = "jpoa.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- Files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns of a missing one
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "evidence")))
# Styles and scripts packed, and kept by browsers for good under names that change with them: after `collectstatic`.
PACKED = env.bool("PACKED", default=not DEVELOPMENT)
MANIFEST_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": MANIFEST_STORAGE if PACKED else "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not PACKED
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Passes files before anybody is shown them: clamd://host:port, clamd:///its/socket, or a dotted path (scanning.py).
SCANNER = env("SCANNER", default="")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Mail -----------------------------------------------------------------------------------
EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
MAIL_BACKEND, EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"], "operations.mail.Counted"
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="jpoa-tracker@localhost")
# Where links in messages and calendars lead: without a request there is no other way to know.
_HOST = f"http://127.0.0.1:{env('PORT', default='8000')}" if DEVELOPMENT else f"https://{ALLOWED_HOSTS[0].lstrip('.')}"
PUBLIC_URL = env("PUBLIC_URL", default=_HOST).rstrip("/")

# --- Security headers -----------------------------------------------------------------------
SECURE_SSL_REDIRECT = not DEVELOPMENT
SECURE_HSTS_SECONDS = 0 if DEVELOPMENT else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEVELOPMENT
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEVELOPMENT
SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # the token against forgery is read by a script of the desk
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if not DEVELOPMENT:  # browsers take such a cookie from this very host alone, over TLS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    LANGUAGE_COOKIE_NAME = "__Host-django_language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # in no cookie of its own
SESSION_ENGINE = "jpoa.sessions"
SESSION_COOKIE_AGE = 60 * 60 * env.int("SESSION_HOURS", default=12)  # the longest, whatever is done in it
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
DESK_SAVES_AFTER = 1500  # milliseconds without a key, and what was typed is saved
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "jpoa.refusals.refuse_csrf"
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "font", "connect", "manifest")},
        "form-action": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "upgrade-insecure-requests": not DEVELOPMENT,
    }
}

# --- Operations -----------------------------------------------------------------------------
LOGGING = logging_of(
    env("LOG_LEVEL", default="WARNING"),
    is_plain=DEVELOPMENT,
    notes_requests=env.bool("LOG_REQUESTS", default=not DEVELOPMENT),
)
BACKUP_DIR = Path(env("BACKUP_DIR", default=str(VAR_DIR / "backups")))
METRICS_TOKEN = env("METRICS_TOKEN", default="")  # opens /metrics; without one there is no such page

"""All settings, from environment variables or `.env`; `.env.example` explains each."""

from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

from cms.wagtail_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- what an operator decides -------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
# No site starts, and nothing is sealed, while a key is empty (cms/signoff/keys.py).
SECRET_KEY = env("SECRET_KEY", default="")
# Keys the chains of signatures and publications. Changing it makes every chain fail to verify.
SIGNATURE_KEY = env("SIGNATURE_KEY", default="")
PORT = env.int("PORT", default=8000)
BASE_URL = env("BASE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
HTTPS = env.bool("HTTPS", default=True)
# The office's name in the header of every public page.
SITE_NAME_TH = env("SITE_NAME_TH", default="องค์การบริหารส่วนตำบลตัวอย่าง")
SITE_NAME_EN = env(
    "SITE_NAME_EN", default="Tua Yang Subdistrict Administrative Organization (example)"
)
# Who sends emergency alerts, for other warning systems (CAP 1.2): a domain that never changes;
# empty: that of BASE_URL.
ALERT_SENDER = env("ALERT_SENDER", default="")
# Where the web site sends its stored operations; empty: in-process.
GRAPHQL_URL = env("GRAPHQL_URL", default="")
# Where another front end shows drafts to editors, e.g. https://www.example.go.th/{language}/preview/
# ({language}, {path}); empty: our own site shows them. The key to the draft comes behind a `#`.
FRONT_END_PREVIEW_URL = env("FRONT_END_PREVIEW_URL", default="")
FRONT_END_ORIGIN = "/".join(FRONT_END_PREVIEW_URL.split("/", 3)[:3])
# Whose scripts may read the API in a browser: origins, or * for everyone's, as all is public.
GRAPHQL_ORIGINS = env.list("GRAPHQL_ORIGINS", default=["*"])
GRAPHQL_ORIGINS += [FRONT_END_ORIGIN] if FRONT_END_ORIGIN else []
# Answer the operations in graphql/operations/ and nothing else.
GRAPHQL_STORED_ONLY = env.bool("GRAPHQL_STORED_ONLY", default=False)

# --- limits of GraphQL (docs/operations.md) --------------------------------------------------
GRAPHQL_MAX_BODY = env.int("GRAPHQL_MAX_BODY", default=200_000)  # bytes
GRAPHQL_MAX_TOKENS = env.int("GRAPHQL_MAX_TOKENS", default=3_000)
GRAPHQL_MAX_DEPTH = env.int("GRAPHQL_MAX_DEPTH", default=14)
GRAPHQL_MAX_ALIASES = env.int("GRAPHQL_MAX_ALIASES", default=30)
GRAPHQL_MAX_DIRECTIVES = env.int("GRAPHQL_MAX_DIRECTIVES", default=50)
GRAPHQL_MAX_FIELDS = env.int("GRAPHQL_MAX_FIELDS", default=5_000)
GRAPHQL_MAX_INPUT_VALUES = env.int("GRAPHQL_MAX_INPUT_VALUES", default=1_000)
GRAPHQL_MAX_COST = env.int("GRAPHQL_MAX_COST", default=100_000)
GRAPHQL_TIMEOUT = env.float("GRAPHQL_TIMEOUT", default=10.0)  # seconds; 0: none
GRAPHQL_INTROSPECTION = env.bool("GRAPHQL_INTROSPECTION", default=True)
# Points of cost that one address, or one key of a trusted client, may spend in a minute; 0: any.
GRAPHQL_RATE = env.int("GRAPHQL_RATE", default=500_000)
GRAPHQL_RATE_WITH_KEY = env.int("GRAPHQL_RATE_WITH_KEY", default=10_000_000)
GRAPHQL_API_KEYS = env.list("GRAPHQL_API_KEYS", default=[])
# What the web site shows to the process that GRAPHQL_URL names: one of its GRAPHQL_API_KEYS.
GRAPHQL_API_KEY = env("GRAPHQL_API_KEY", default="")

# --- what an operator can see ----------------------------------------------------------------
GRAPHQL_SLOW_MS = env.int("GRAPHQL_SLOW_MS", default=1_000)  # 0: nothing is logged as slow
METRICS_TOKEN = env("METRICS_TOKEN", default="")  # empty: /metrics answers this machine alone
OTEL_EXPORTER_OTLP_ENDPOINT = env("OTEL_EXPORTER_OTLP_ENDPOINT", default="")

# --- applications: order of the layers, left to right (docs/decisions/0005) ----------------
INSTALLED_APPS = [
    "website",
    "content_api",
    "cms.demonstration",
    "cms.assessors",
    "cms.transparency",
    "cms.watching",
    "cms.importing",
    "cms.alerts",
    "cms.engagement",
    "cms.opendata",
    "cms.oversight",
    "cms.moderation",
    "cms.evidence",
    "cms.webhooks",
    "cms.access",
    "cms.publication",
    "cms.audit",
    "cms.signoff",
    "pages",
    "cms.divisions",
    "cms.mail",
    "cms.schedule",
    "cms.thai",
    "cms.accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "cms.accounts.apps.OfficeUsersAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "graphene_django",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "content_api.ready.ReadyAnswersMiddleware",
    "cms.accounts.middleware.PresentRequestMiddleware",
    "cms.audit.middleware.AuditMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "website.headers.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.accounts.middleware.SignedInPersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data -----------------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'prakat.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: concurrent writers wait for each other instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
# Opening SQLite costs more than most answers.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.cache("CACHE_URL", default="locmemcache://prakat"),
    # What a worker tells the web processes, in files where there is no cache that all share.
    "shared": env.cache("CACHE_URL", default=f"filecache://{DATA_DIR / 'cache'}"),
}
# Drafts' files are private (served to signed-in staff only); files of publications are public.
STORAGES = {
    "default": {
        "BACKEND": "cms.thai.filenames.ThaiFileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "private"), "base_url": "/admin/media/"},
    },
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "public"), "base_url": "/files/"},
    },
    # What citizens send: for the desks alone, so apart from what all staff may open.
    "cases": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "cases"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    # What is uploaded to be imported: for the uploader and the worker.
    "imports": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DATA_DIR / "imports"),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # long StreamField forms

# --- links to other sites ------------------------------------------------------------------------
# The check never asks addresses of private networks, whatever an editor types; tests may.
LINK_CHECK_PRIVATE_ADDRESSES = False

# --- caches and other front ends -----------------------------------------------------------------
# Memory of one process for ready answers, in megabytes; 0: none is kept.
RESPONSE_CACHE_MB = env.int("RESPONSE_CACHE_MB", default=64)
# So many seconds shared caches may keep a public answer, never beyond the next scheduled change.
# 0: they ask each time. More only where WAGTAILFRONTENDCACHE purges every cache in front, or a
# withdrawal is late by as much.
EDGE_SECONDS = env.int("EDGE_SECONDS", default=0)
# Wagtail's frontend-cache backends, and ours for tags (cms.webhooks.backends), as JSON.
WAGTAILFRONTENDCACHE = env.json("WAGTAILFRONTENDCACHE", default={})
# Webhooks never go to private networks, or without HTTPS, unless the operator allows it.
WEBHOOK_PRIVATE_ADDRESSES = env.bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)

# --- background work --------------------------------------------------------------------------
# `default` runs at once (Wagtail's search and reference indexes); `queue` waits for db_worker.
# 0: `manage.py serve` starts no worker and no loop of periodic jobs, as they run elsewhere.
RUN_WORKER = env.bool("RUN_WORKER", default=True)
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "queue": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}

# --- people ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "cms.accounts.hashers.SigningArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["cms.accounts.backends.ThrottledBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cms.accounts.passwords.NoCommonThaiPassword"},
    {"NAME": "cms.accounts.passwords.NoFormerPassword"},
]
# How long a session lasts at all is set for each role in the admin (Settings, Sign-in rules).
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=60)
# Days that the audit log is kept; never less than the 90 of the Computer Crime Act, section 26.
AUDIT_DAYS = max(90, env.int("AUDIT_DAYS", default=730))
LOGIN_URL = "wagtailadmin_login"

# --- language and time ------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "upstream"]
TIME_ZONE = "Asia/Bangkok"
USE_TZ = True
WAGTAIL_I18N_ENABLED = True

# --- previews (cms/wagtail_settings.py has the rest of Wagtail) ---------------------------------
WAGTAILADMIN_BASE_URL = BASE_URL
# Shows a draft as the public site would; named here, as `pages` may not import `website`.
DRAFT_RENDERER = "website.preview.render_draft"
# What the preview panel loads instead, where a front end elsewhere shows drafts.
PREVIEW_HANDOVER = "cms.access.front_end.hand_over" if FRONT_END_PREVIEW_URL else ""

# --- mail ---------------------------------------------------------------------------------------
# Every mail goes through the outbox, in the background; the outbox sends as EMAIL_URL says.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
MAIL_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "cms.mail.backend.OutboxBackend"
# Addresses outside the office that are told the heads of the chains every day; empty: nobody.
CHAIN_HEAD_TO = env.list("CHAIN_HEAD_TO", default=[])
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="prakat@localhost")

# --- safe by default ------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
# Then the last address of X-Forwarded-For is the reader's own.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames our own pages
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # which asks for DENY
SESSION_COOKIE_AGE = 24 * 60 * 60  # the longest that a sign-in rule allows
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
}

"""Django's settings: those of a process that only keeps the book, and those of the portal.

What differs between installations (paths, addresses, secrets) is handed over as arguments, by
`utfall.portal.setup` and `utfall.portal.site.setup_site`. As a settings module this serves tools that want
one: the type checker, and `django-admin` for migrations.
"""

from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.drivers import place_of

USE_TZ: Final = True
TIME_ZONE: Final = "UTC"
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"

DURABLE: Final = (
    "PRAGMA page_size=8192",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA wal_autocheckpoint=4000",
)
"""A commit is on the disk when it returns. Recursive triggers: what a REPLACE deletes is guarded as well.
A page holds three receipts; in one of 4 KiB stands a single one, and half of it is empty."""

REBUILDABLE: Final = (*DURABLE, "PRAGMA synchronous=OFF")
"""For a book that is rebuilt from the journal and thrown away if that is interrupted."""

PROJECTED: Final = (*DURABLE, "PRAGMA synchronous=NORMAL")
"""For what is made of the book and can be made again: whole after a crash, though a little behind."""

SERVER: Final = {"lock_timeout": "30000", "jit": "off"}
"""What a session of PostgreSQL is told. Who waits longer for a lock (ms) is refused; no statement of ours is
long enough to be compiled."""

UNHURRIED: Final = {"synchronous_commit": "off"}
"""The same as `PROJECTED`, of a session."""

BOOK_APPS: Final = ["utfall.portal.book"]
DATABASE_ROUTERS: Final = ["utfall.portal.databases.Databases"]


def database(path: Path, pragmas: tuple[str, ...] = DURABLE, *, holds: str = "book") -> dict[str, Any]:
    """One SQLite file as Django describes a database. Writing transactions take the lock at once (IMMEDIATE).

    `holds`: "book", "portal" or "conversions", which the router reads.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": ";".join(pragmas)},
        "CONN_MAX_AGE": None,
        "HOLDS": holds,
        "STANDS_FOR": str(path),
    }


def server_database(url: str, path: Path, *, holds: str = "book") -> dict[str, Any]:
    """One schema of a PostgreSQL database, which stands for the file at a path, as Django describes it."""
    place = place_of(url)
    return {
        "ENGINE": "utfall.portal.postgresql",
        "NAME": place.pop("dbname", None) or place.get("user"),
        "OPTIONS": {"application_name": f"utfall {holds}", **place, "prepare_threshold": 5},
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "SESSION": {**SERVER, "search_path": holds, **(UNHURRIED if holds == "conversions" else {})},
        "HOLDS": holds,
        "STANDS_FOR": str(path),
    }


def book_database(path: Path, server: str, pragmas: tuple[str, ...] = DURABLE) -> dict[str, Any]:
    """The book of a path: a file, or a schema of a server's database."""
    return server_database(server, path) if server else database(path, pragmas)


def databases(portal: Path, conversions: Path, book: Path | None = None, server: str = "") -> dict[str, Any]:
    """The databases of the portal's processes by Django's names; books are opened as they are needed.

    `server`: the URL of the PostgreSQL database that holds all three; without one they are files.
    """
    if not server:
        return {
            "default": database(portal, holds="portal"),
            "conversions": database(conversions, PROJECTED, holds="conversions"),
        }
    found = {
        "default": server_database(server, portal, holds="portal"),
        "conversions": server_database(server, conversions, holds="conversions"),
    }
    return found if book is None else {**found, str(book): server_database(server, book)}


DATABASES: Final = databases(Path("var") / "portal.sqlite3", Path("var") / "conversions.sqlite3")

PORTAL_APPS: Final = [
    f"utfall.portal.{name}"
    for name in (
        "people",
        "audit",
        "post",
        "work",
        "programs",
        "commission",
        "partners",
        "links",
        "creatives",
        "feeds",
        "tracking",
        "changes",
        "conversions",
        "validation",
        "bonuses",
        "reports",
        "overview",
        "quality",
        "claims",
        "invoices",
        "funding",
        "payouts",
        "banking",
        "statements",
        "finance",
        "alerts",
        "webhooks",
        "imports",
        "operations",
        "sealing",
        "look",
        "home",
        "rest",
    )
    if (Path(__file__).parent / name / "apps.py").exists()
]

INSTALLED_APPS: Final = [
    *PORTAL_APPS,
    *BOOK_APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE: Final = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "utfall.portal.look.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "utfall.portal.look.uploads.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "utfall.portal.people.presence.PresenceMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "utfall.portal.look.refusals.RefusalMiddleware",
]

ROOT_URLCONF: Final = "utfall.portal.urls"
AUTH_USER_MODEL: Final = "people.User"
AUTHENTICATION_BACKENDS: Final = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS: Final = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: Final = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

TEMPLATES: Final = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "utfall.portal.look.context.surroundings",
            ],
            "builtins": ["utfall.portal.look.templatetags.look", "django.templatetags.i18n"],
        },
    }
]

USE_I18N: Final = True
LANGUAGE_CODE: Final = "en"
LANGUAGES: Final = [("en", _("English")), ("sv", _("Swedish")), ("nb", _("Norwegian"))]
LANGUAGE_COOKIE_NAME: Final = "language"
LANGUAGE_COOKIE_SAMESITE: Final = "Lax"

STATIC_URL: Final = "/static/"
WHITENOISE_USE_FINDERS: Final = True
WHITENOISE_MAX_AGE: Final = 3600

SECURE_CONTENT_TYPE_NOSNIFF: Final = True
SECURE_REFERRER_POLICY: Final = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY: Final = "same-origin"
SESSION_COOKIE_NAME: Final = "portal"
SESSION_COOKIE_HTTPONLY: Final = True
SESSION_COOKIE_SAMESITE: Final = "Lax"
SESSION_COOKIE_AGE: Final = 14 * 86_400
CSRF_COOKIE_SAMESITE: Final = "Lax"
CSRF_FAILURE_VIEW: Final = "utfall.portal.look.refusals.csrf_failure"
X_FRAME_OPTIONS: Final = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE: Final = 5 << 20
FILE_UPLOAD_MAX_MEMORY_SIZE: Final = 1 << 20

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # Charts and progress bars set the style of single elements; a style cannot run anything.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

TASKS: Final = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGGING: Final = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A page that is not there or not allowed is an answer, not a fault; what breaks is told with its trace.
    "loggers": {"django.request": {"level": "ERROR"}, "django": {"handlers": [], "propagate": True}},
}

ACCOUNT_USER_MODEL_USERNAME_FIELD: Final = None
ACCOUNT_LOGIN_METHODS: Final = {"email"}
ACCOUNT_SIGNUP_FIELDS: Final = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION: Final = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED: Final = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED: Final = True
ACCOUNT_REAUTHENTICATION_TIMEOUT: Final = 900
ACCOUNT_PREVENT_ENUMERATION: Final = True
ACCOUNT_SESSION_REMEMBER: Final = True
ACCOUNT_CHANGE_EMAIL: Final = True
ACCOUNT_EMAIL_NOTIFICATIONS: Final = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE: Final = True
ACCOUNT_ADAPTER: Final = "utfall.portal.people.sign_in.Adapter"
MFA_ADAPTER: Final = "utfall.portal.people.second_factor.Adapter"
MFA_FORMS: Final = {"add_webauthn": "utfall.portal.people.passkeys.PasskeyForm"}
MFA_SUPPORTED_TYPES: Final = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED: Final = True
MFA_TOTP_ISSUER: Final = "Utfall"
MFA_TOTP_TOLERANCE: Final = 1
LOGIN_URL: Final = "/account/login/"
LOGIN_REDIRECT_URL: Final = "/"

SITE: Any = None
"""The installation's `SiteConfig`; `setup_site` puts it here."""

SECRET_KEY = "only for tools: an installation's own key replaces this"
"""Tools such as the type checker need one; `setup_site` puts the installation's own in its place."""

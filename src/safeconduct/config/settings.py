"""Django's settings. What an operator chooses comes from the environment (docs/operator.md)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf.locale import LANG_INFO

from safeconduct.core.errors import DatabaseAddressUnclear, PlaceNotUsable
from safeconduct.vault.costs import FIELD


def _folder(told: str) -> Path:
    """Also where no shell has put a folder in place of ~. Raises PlaceNotUsable where there is none."""
    try:
        return Path(told).expanduser().absolute()
    except (RuntimeError, OSError):
        problem = "this account has no home; name a folder in SAFECONDUCT_HOME"
        raise PlaceNotUsable(place=told, problem=problem) from None


HOME = _folder(os.environ.get("SAFECONDUCT_HOME") or "~/.local/share/safeconduct")
KEYS_HOME = _folder(os.environ.get("SAFECONDUCT_KEYS_HOME") or str(HOME / "keys"))


def _server_secret() -> str:
    """Without a deployment (a test, `--help`, `init`) one for this process alone; `doctor` refuses to serve so."""
    try:
        told = (HOME / "server.key").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        told = ""
    return told or secrets.token_urlsafe(48)


SECRET_KEY = _server_secret()
DEBUG = False
_HOSTS = os.environ.get("SAFECONDUCT_HOSTS") or "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = [host.strip() for host in _HOSTS.split(",") if host.strip()]
BEHIND_TLS = os.environ.get("SAFECONDUCT_TLS", "") == "yes"
_KNOWN = {
    "SAFECONDUCT_TLS": {"", "yes", "no"},
    "SAFECONDUCT_SECOND_FACTOR": {"", "always", "not on loopback"},
}
# What an operator meant by another word nobody knows: `doctor` names these, and nothing is served.
NOT_UNDERSTOOD = [name for name, words in _KNOWN.items() if os.environ.get(name, "") not in words]

# The operation that this deployment works on: an id of a pack that ships, or a pack's folder.
OPERATION = os.environ.get("SAFECONDUCT_PACK") or "afghanistan-2021"

# --- what an office may choose -----------------------------------------------------

PASSPHRASE_COST = FIELD
IDLE_END = timedelta(minutes=20)
BREAK_GLASS_LASTS = timedelta(hours=3)  # as DHIS2's break-glass does
GRANT_LASTS = timedelta(days=7)
EXPORT_ROW_CAP = 100
EXPORT_LAPSES = timedelta(days=3)
KEEP_CASES = timedelta(days=730)
KEEP_DELIVERIES = timedelta(days=30)  # files of what was imported or left
RECIPIENTS_OF = "safeconduct.exports.queries.recipients_for_consents"
# Rooms above that of cases are asked by these: what follows when something was told, what stands on a case's page.
ASSESSOR = "safeconduct.flow.assessing.assessor"
AFTER_CALL = "safeconduct.flow.after.a_call_was_taken"
AFTER_TOLD = "safeconduct.flow.after.something_was_told"
CASE_PANELS = [
    "safeconduct.triage.panels.assessment",
    "safeconduct.matching.panels.doubles",
    "safeconduct.intake.panels.arrival",
]
OTHER_CASES_OF = "safeconduct.desk.search.callers.other_cases"
# What else is sealed to an office's key is sealed anew when that is renewed: functions of (ring, office).
RESEALERS: list[str] = [
    "safeconduct.desk.worklist.kept.reseal",
    "safeconduct.matching.sealed_words.reseal",
    "safeconduct.triage.sealed.reseal",
]
# What rooms above that of cases know of one that is shredded goes with its rows: functions of (code).
FORGETTERS = [
    "safeconduct.matching.shred.forget_case",
    "safeconduct.intake.shred.forget_case",
    "safeconduct.triage.shred.forget_case",
]
STRANGERS_AT_ONCE = 4  # of the server's threads; the others are for members who are at the desk
UPLOAD_LIMIT = 15 * 1024 * 1024
SHEETS_LIMIT = 60 * 1024 * 1024  # of the files of one delivery together

# --- databases -------------------------------------------------------------------------

_POSTGRESQL = ("postgres://", "postgresql://")
_SQLITE: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    # FULL: what was acknowledged outlives a power cut (law 2). Deleted rows are overwritten with
    # zeros, and nothing is sorted in temporary files.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
        "PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
    ),
}


def _database(url: str | None, file: Path, *, name: str = "DATABASE_URL") -> dict[str, Any]:
    """Raises DatabaseAddressUnclear, which never quotes the address: it may hold a password."""
    if url:
        if not url.startswith(_POSTGRESQL):
            raise DatabaseAddressUnclear(name=name)
        try:
            return dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        except ValueError:
            raise DatabaseAddressUnclear(name=name) from None
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": file, "OPTIONS": dict(_SQLITE)}


DATABASES = {
    "default": _database(os.environ.get("DATABASE_URL"), HOME / "main.sqlite"),
    "keys": _database(
        os.environ.get("KEYS_DATABASE_URL"), KEYS_HOME / "keys.sqlite", name="KEYS_DATABASE_URL"
    ),
}
DATABASE_ROUTERS = ["safeconduct.config.router.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- rooms --------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "safeconduct.vault",
    "safeconduct.journal",
    "safeconduct.jobs",
    "safeconduct.people",
    "safeconduct.cases",
    "safeconduct.exports",
    "safeconduct.intake",
    "safeconduct.matching",
    "safeconduct.triage",
    "safeconduct.desk",
]
AUTH_USER_MODEL = "people.Member"
ROOT_URLCONF = "safeconduct.config.desk_urls"
WSGI_APPLICATION = "safeconduct.config.desk_wsgi.application"
MIDDLEWARE = [
    "safeconduct.config.middleware.clock",
    "safeconduct.people.reading.languages",
    # Headers first, so that static files and refusals have them as well.
    "safeconduct.config.middleware.kept_by_nobody",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safeconduct.config.middleware.not_too_large",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "safeconduct.people.turns.strangers_wait_their_turn",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "safeconduct.people.middleware.member_at_the_desk",
    # Last: the page of what is not there knows by now who asks.
    "safeconduct.config.middleware.addresses_of_signs",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# --- sessions, cookies, headers: nothing of a session is ever on disk -------------------------

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"
# __Host-: no other name of this domain can set it (RFC 6265bis, 4.1.3.2).
SESSION_COOKIE_NAME = "__Host-desk" if BEHIND_TLS else "desk"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "safeconduct.desk.errors.token_too_old"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
# Not "no-referrer": with it browsers send `Origin: null` with our own forms, and the check against forged ones fails
# (Fetch Standard, "append a request Origin header"). Nothing is told to another origin by this one either.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# --- uploads stay in memory (law 3) -------------------------------------------------------------

FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = UPLOAD_LIMIT + 64 * 1024  # the rest of its form; above it: 413
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("prs", "Dari"), ("ps", "Pashto")]
LANGUAGES_BIDI = ["prs", "ps"]
# Django knows neither: Dari is not the Persian of Iran ("fa").
LANG_INFO.update(
    prs={"bidi": True, "code": "prs", "name": "Dari", "name_local": "دری"},
    ps={"bidi": True, "code": "ps", "name": "Pashto", "name_local": "پښتو"},
)
LOCALE_PATHS = [Path(__file__).parents[1] / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
CLOCK: Callable[[], datetime] | None = None  # tests give their own

STATIC_URL = "/static/"
# Served from the packages themselves: no step to build, nothing to collect.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = False

# --- logs: what went wrong and where, never what anybody typed -----------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"codes": {"()": "safeconduct.config.logs.CodesOnly"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "codes"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        # Django's own handlers would write messages as they are, and send reports by email.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "safeconduct": {"level": "INFO"},
        # One line for each request of a stranger, or for each look at a page that is not theirs, is noise.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
    },
}

# --- second factors (django-allauth) -----------------------------------------------------------------

# "always", or "not on loopback": a desk that only its own computer reaches may do without.
SECOND_FACTOR = os.environ.get("SAFECONDUCT_SECOND_FACTOR") or "always"
MFA_ADAPTER = "safeconduct.people.second_factors.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = False  # a passkey holds no key of ours: the passphrase opens
MFA_PASSKEY_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["username*"]
AUTHENTICATION_BACKENDS = ["safeconduct.people.opening.OpensWithPassphrase"]
LOGIN_URL = "/door/"
LOGIN_REDIRECT_URL = "/"

"""Settings of what answers the browser: whoever changed them may not have meant to open a door."""

from __future__ import annotations

import ipaddress
from typing import Final

from django.conf import settings
from django.core.checks import ERROR, run_checks

from safeconduct.cases.wording import operation
from safeconduct.config.deployment.checks.checking import Check, Serving
from safeconduct.config.deployment.home import Home
from safeconduct.core.errors import BadPack
from safeconduct.vault.costs import FIELD

_SHORTEST_SECRET: Final = 43  # signs: 256 bits in base 64
_FEWEST_SIGNS: Final = 10
_IN_MEMORY: Final = "django.core.cache.backends.locmem.LocMemCache"
_SESSIONS: Final = "django.contrib.sessions.backends.cache"
_UPLOADS: Final = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
_GUARDS: Final = (
    "safeconduct.config.middleware.not_too_large",
    "django.middleware.security.SecurityMiddleware",
    "safeconduct.config.middleware.kept_by_nobody",
    "csp.middleware.CSPMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "safeconduct.people.middleware.member_at_the_desk",
)
# Directives that must be there, and what may stand in any of them.
_DIRECTIVES: Final = (
    "default-src",
    "script-src",
    "style-src",
    "form-action",
    "frame-ancestors",
    "base-uri",
)
_SOURCES: Final = {"'self'", "'none'"}


def debug_on(_home: Home, _serving: Serving) -> str | None:
    return "DEBUG is on: error pages would show what is in memory." if settings.DEBUG else None


def secret_too_short(_home: Home, _serving: Serving) -> str | None:
    secret = settings.SECRET_KEY
    short = len(secret) < _SHORTEST_SECRET or len(set(secret)) < _FEWEST_SIGNS
    return "The server's secret is too short to be drawn at random." if short else None


def no_tls_in_front(_home: Home, serving: Serving) -> str | None:
    if settings.BEHIND_TLS or _is_loopback(serving.host):
        return None
    return f"{serving.host or 'An empty address'} is reached from outside this machine, and nothing in front encrypts."


def any_host(_home: Home, _serving: Serving) -> str | None:
    hosts = settings.ALLOWED_HOSTS
    if not hosts or any(host.strip() in {"", "*", "."} for host in hosts):
        return "The desk would answer under any name, or under none."
    return None


def policy_open(_home: Home, _serving: Serving) -> str | None:
    """Content-Security-Policy: this desk alone, nothing inline, nothing from outside."""
    told = getattr(settings, "CONTENT_SECURITY_POLICY", {}).get("DIRECTIVES", {})
    missing = [name for name in _DIRECTIVES if not told.get(name)]
    if missing:
        return f"The content security policy says nothing of {', '.join(missing)}."
    opened = [name for name, sources in told.items() if set(sources) - _SOURCES]
    if opened or told["default-src"] != ["'none'"]:
        return f"The content security policy is open: {', '.join(opened) or 'default-src'}."
    return None


def sessions_on_disk(_home: Home, _serving: Serving) -> str | None:
    caches = {cache["BACKEND"] for cache in settings.CACHES.values()}
    if settings.SESSION_ENGINE != _SESSIONS or caches != {_IN_MEMORY}:
        return "Sessions or what is cached would leave the memory of this process."
    return None


def uploads_on_disk(_home: Home, _serving: Serving) -> str | None:
    if settings.FILE_UPLOAD_HANDLERS != _UPLOADS:
        return "An uploaded document could be written to a temporary file in clear."
    return None


def cookies_loose(_home: Home, _serving: Serving) -> str | None:
    strict = settings.SESSION_COOKIE_SAMESITE == "Strict" and settings.SESSION_COOKIE_HTTPONLY
    secure = not settings.BEHIND_TLS or (
        settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    )
    return None if strict and secure else "The session's cookie could travel further than it must."


def passphrases_cheap(_home: Home, _serving: Serving) -> str | None:
    cost = settings.PASSPHRASE_COST
    if cost.memory_kib < FIELD.memory_kib or cost.passes < FIELD.passes:
        return "Guessing a passphrase from a stolen key store would be cheaper than it should be."
    return None


def several_workers(_home: Home, serving: Serving) -> str | None:
    if serving.workers != 1:
        return "Open keys are in the memory of one process; several would not know of each other's."
    return None


def guards_missing(_home: Home, _serving: Serving) -> str | None:
    missing = [name.rpartition(".")[2] for name in _GUARDS if name not in settings.MIDDLEWARE]
    return f"Not every request passes {', '.join(missing)}." if missing else None


def django_finds(_home: Home, _serving: Serving) -> str | None:
    """Django's own checks; ids only, since their words may show settings."""
    found = [each.id for each in run_checks(databases=[]) if each.level >= ERROR]
    return f"Django's own checks find {', '.join(map(str, found))}." if found else None


def not_understood(_home: Home, _serving: Serving) -> str | None:
    """A word like "true" would else be taken for no, and the desk be served with loose cookies."""
    names = " and ".join(settings.NOT_UNDERSTOOD)
    return f"{names} says a word that is not known." if names else None


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def operation_not_read(_home: Home, _serving: Serving) -> str | None:
    """Every page of a case asks the operation for its schemes and provinces."""
    try:
        operation()
    except BadPack as error:
        return f"The operation's data cannot be read: {error}"
    return None


CHECKS: Final = (
    Check("SCD10", debug_on, "Take DEBUG out of the settings."),
    Check(
        "SCD11",
        secret_too_short,
        "Write a new one into server.key; second factors must then be set anew.",
    ),
    Check(
        "SCD12",
        no_tls_in_front,
        "Put a proxy with TLS in front and say SAFECONDUCT_TLS=yes, or serve to 127.0.0.1.",
    ),
    Check(
        "SCD13", any_host, "Name the desk's own names in SAFECONDUCT_HOSTS, with commas between."
    ),
    Check("SCD14", policy_open, "Take the settings as shipped."),
    Check("SCD15", sessions_on_disk, "Take the settings as shipped."),
    Check("SCD16", uploads_on_disk, "Take the settings as shipped."),
    Check("SCD17", cookies_loose, "Take the settings as shipped."),
    Check(
        "SCD18",
        passphrases_cheap,
        "Take the settings as shipped; keys locked cheaply must be locked anew.",
    ),
    Check("SCD19", several_workers, "Serve with one worker; its threads serve many members."),
    Check("SCD20", guards_missing, "Take the settings as shipped."),
    Check(
        "SCD21",
        django_finds,
        "DJANGO_SETTINGS_MODULE=safeconduct.config.settings .venv/bin/python -m django check says what each is.",
    ),
    Check(
        "SCD22",
        not_understood,
        "SAFECONDUCT_TLS: yes or no. SAFECONDUCT_SECOND_FACTOR: always, or not on loopback.",
    ),
    Check(
        "SCD23",
        operation_not_read,
        "Name a shipped operation or the folder of your own in SAFECONDUCT_PACK.",
    ),
)

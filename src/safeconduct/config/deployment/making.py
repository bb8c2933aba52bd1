"""`safeconduct init`: the folders, the databases, the first office and its first member."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings

from safeconduct.config.deployment.backup.tables import needs_no_rows
from safeconduct.config.deployment.home import Home, empty_home, keep_secret, write_for_us_alone
from safeconduct.config.deployment.migrating import BOTH, drop_tables, migrate_to_newest
from safeconduct.config.deployment.stores import STORES
from safeconduct.core.errors import OfficeUnnamed
from safeconduct.people.actions.offices import open_office, open_operator
from safeconduct.people.models import Office
from safeconduct.people.present import Present
from safeconduct.vault.age import new_identity

LONGEST_OFFICE: Final[int] = Office._meta.get_field("name").max_length or 80


@dataclass(frozen=True, slots=True)
class FirstMember:
    """Who is asked for at the first set-up."""

    office: str
    handle: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Made:
    """What is shown once and kept nowhere: the member's recovery code, and what opens backups."""

    member: Present = field(repr=False)
    recovery: str = field(repr=False)
    backup_identity: str = field(repr=False)


def make_deployment(
    home: Home, first: FirstMember, *, at: datetime, show: Callable[[Made], None]
) -> None:
    """A new deployment whose codes were shown, or nothing.

    Raises OfficeUnnamed, NotEmpty, PassphraseWeak, HandleTaken, and what `empty_home` and `show` raise.
    """
    office = _office_name(first.office)
    with empty_home(home):
        for database in BOTH:
            needs_no_rows(database, called=STORES[database])
        try:
            for database in BOTH:
                migrate_to_newest(database)
            identity = new_identity()
            write_for_us_alone(home.recipient, identity.recipient + "\n")
            member, recovery = open_office(office, first.handle, first.passphrase, at)
            show(Made(member, recovery, identity.private))
            # Last: where it is, the deployment is whole. This process drew it, and has used it already.
            keep_secret(home, settings.SECRET_KEY)
        except BaseException:
            for database in BOTH:
                drop_tables(database)
            raise


def _office_name(told: str) -> str:
    name = " ".join(told.split())
    # A zero-width non-joiner belongs to Dari and Pashto words: only control signs and halves of signs are kept out.
    unwritable = any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in name)
    if unwritable or not 1 <= len(name) <= LONGEST_OFFICE:
        raise OfficeUnnamed(longest=LONGEST_OFFICE)
    return name


def add_operator(handle: str, passphrase: str, *, at: datetime) -> str:
    """An account that is shown how the deployment fares. The recovery code, shown once."""
    _, recovery = open_operator(handle, passphrase, at)
    return recovery

"""What the benches of cases make and write, once Django is ready: made-up families in databases of their own."""

from __future__ import annotations

import json
import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.core.management import call_command
from django.db import transaction

from safeconduct.cases.actions import add_entry, new_case_code, new_entry_code, open_case
from safeconduct.cases.actions.opening_many import insert_sealed
from safeconduct.cases.entries import Caller, Note, Person, Place, SafeContact, Told
from safeconduct.cases.models import Case, Entry, Version
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.reading_many import open_cards
from safeconduct.cases.rows import EntryRow, VersionRow
from safeconduct.cases.wholeness import STATE, place_of, seal_anew, state_of
from safeconduct.core.facts import Relation
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member, Office, Role
from safeconduct.people.present import Present
from safeconduct.people.vouchers import VOUCHER, vouch_for
from safeconduct.vault.actions.case_keys import KEYS, new_case_keys
from safeconduct.vault.actions.members import new_member_key
from safeconduct.vault.actions.offices import new_office_key
from safeconduct.vault.sealing import seal

AT: Final = datetime(2021, 8, 15, 6, 0, tzinfo=UTC)
_AT_ONCE: Final = 500
_WORDS: Final = (
    "her brother called from the gate and says that they wait near the bridge with the two younger "
    "children since the morning and that the papers are with an uncle in the other town"
).split()


def migrate() -> None:
    for alias in ("default", KEYS):
        call_command("migrate", database=alias, verbosity=0)


def somebody() -> Present:
    """The coordinator of a new office, unlocked."""
    office = Office.objects.create(code="BENCH0001", name="Bench", public=b"", opened_at=AT)
    member = Member.objects.create(
        code="BENCH0002", handle="bench", office=office, roles=[Role.COORDINATOR], admitted_at=AT
    )
    ring, _ = new_member_key(member=member.code, passphrase="words for a bench alone")  # noqa: S106
    office.public = new_office_key(ring, office=office.code)
    office.save()
    vouch_for(ring, member)
    member.save(update_fields=VOUCHER)
    return Present(member, ring)


def family(drawn: random.Random) -> list[Told]:
    """Three persons, a caller, and what they tell: seven entries."""
    name = " ".join(drawn.sample(_WORDS, 2))
    persons: list[Told] = [
        Person(
            given_name=" ".join(drawn.sample(_WORDS, 2)),
            family_name=name,
            relation=relation,
            passport=f"P{drawn.randrange(10**8):08d}",
        )
        for relation in (Relation.PRINCIPAL, Relation.SPOUSE, Relation.CHILD)
    ]
    return [
        *persons,
        Caller(name=name, phones=("+447700900123",), relation="a brother"),
        Note(words=" ".join(drawn.choices(_WORDS, k=120))),
        Place(words=" ".join(drawn.choices(_WORDS, k=8))),
        SafeContact(hours="after eight", voicemail=False),
    ]


# --- many cases, opened --------------------------------------------------------------------


def make_cases(by: Present, many: int, seed: int) -> None:
    """So many cases of seven entries as `open_case` makes them, five hundred in one transaction."""
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    for start in range(0, many, _AT_ONCE):
        with transaction.atomic(), transaction.atomic(using=KEYS):
            made = [_made(by, family(drawn)) for _ in range(min(_AT_ONCE, many - start))]
            insert_sealed([cover for cover, _ in made], [rows for _, rows in made])
            for cover, rows in made:
                facts: dict[str, str | int] = {"entries": len(rows), STATE: state_of(cover)}
                write_line(
                    Deed.CASE_OPENED, by=by.actor, at=AT, about=cover.code, revision=1, facts=facts
                )


def _made(by: Present, told: Sequence[Told]) -> tuple[Case, list[EntryRow]]:
    cover = Case(
        code=new_case_code(),
        office=by.office,
        owner=by.member,
        household_size=3,
        opened_at=AT,
        changed_at=AT,
        keep_until=AT.date(),
    )
    keys = new_case_keys(
        by.ring,
        case=cover.code,
        office=by.office.code,
        generation=1,
        public=bytes(by.office.public),
    )
    rows = []
    for number, each in enumerate(told, 1):
        code = new_entry_code()
        sealed = seal(keys.of(each.part), each.to_bytes(), place_of(cover.code, code, each.kind, 1))
        version = VersionRow(1, AT, by.member.code, False, sealed, None)
        rows.append(EntryRow(code, number, each.part.value, each.kind, 1, False, [version]))
    seal_anew(keys, cover, rows)
    return cover, rows


def read_all(by: Present, *, contents: bool) -> int:
    """Every case opened, checked, and every entry of it read; how many entries."""
    entries = 0
    for opened in open_cards(by, at=AT, contents=contents):
        assert isinstance(opened, OpenCase)
        entries += len(opened.everything())
    return entries


def read_plain(many: int) -> int:
    """As many entries from the same rows, had they never been sealed: the text stands in place of the ciphertext."""
    entries = 0
    codes = list(Case.objects.order_by("code").values_list("code", flat=True))
    for start in range(0, many, _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        covers = {cover.code: cover for cover in Case.objects.filter(code__in=some)}
        told = Version.objects.filter(entry__case__in=some).values_list("entry__case", "sealed")
        for case, text in told.iterator(2_000):
            entries += covers[case] is not None and bool(json.loads(bytes(text)))
    return entries


def unseal_all(by: Present) -> None:
    """Put the text in place of every ciphertext, for `read_plain`: these rows open no more."""
    for opened in open_cards(by, at=AT, contents=True):
        assert isinstance(opened, OpenCase)
        with transaction.atomic():
            for kept in opened.everything():
                Version.objects.filter(entry=kept.code).update(sealed=kept.says.to_bytes())


# --- one case, written -------------------------------------------------------------------------


def one_case_each(by: Present, many: int, seed: int) -> list[OpenCase]:
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    return [open_case(by, family(drawn), at=AT) for _ in range(many)]


def write_sealed(cases: Sequence[OpenCase], many: int) -> None:
    """A note into one case after the other, each a transaction of its own."""
    for turn in range(many):
        add_entry(cases[turn % len(cases)], _note(turn), at=AT)


def write_plainly(cases: Sequence[OpenCase], many: int) -> None:
    """The same rows with the same line, and no key: nothing opened, checked, sealed or held together."""
    for turn in range(many):
        opened = cases[turn % len(cases)]
        told, code = _note(turn), secrets.token_hex(8)
        with transaction.atomic():
            cover = Case.objects.select_for_update().get(code=opened.code)
            number = Entry.objects.filter(case=cover).count() + 1
            plain: dict[str, Any] = {"part": told.part, "kind": told.kind, "number": number}
            Entry.objects.create(code=code, case=cover, **plain)
            Version.objects.create(
                entry_id=code,
                revision=1,
                written_at=AT,
                written_by=opened.by.member.code,
                sealed=told.to_bytes(),
            )
            cover.revision += 1
            cover.save()
            write_line(
                Deed.ENTRY_ADDED,
                by=opened.by.actor,
                at=AT,
                about=cover.code,
                revision=cover.revision,
                facts={"kind": told.kind, STATE: "0" * 40},
            )


def _note(turn: int) -> Note:
    return Note(words=f"{turn} " + " ".join(_WORDS))

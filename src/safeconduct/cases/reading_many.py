"""All cards that a member may open, one after another: for search and for matching. The other way in (law 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, opened_from, opened_within, way_of
from safeconduct.cases.rows import rows_of
from safeconduct.cases.wholeness import journalled_states
from safeconduct.core.errors import KeysLocked, NoSuchCase, NotOpened
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import BOTH, open_many_case_keys

_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class NotWhole:
    """A case that did not open, and why. It is told rather than left out: nobody is lost in a list."""

    code: str
    refusal: NotOpened


def open_cards(
    by: Present, *, at: datetime, purpose: Purpose = Purpose.MATCHING, contents: bool = False
) -> Iterator[OpenCase | NotWhole]:
    """The cards of every case that this member may open, or the whole cases; one journal line, written first.

    Their own and nobody's, or the whole office's; and those that other offices share. Not those that somebody granted,
    or that glass was broken for: such leave is for one case, which is opened by itself. Raises NoRight.
    """
    if not by.may(Right.OPEN_ALL_CASES):
        by.must(Right.OPEN_OWN_CASES)
    with transaction.atomic():
        codes = list(_openable_by(by).order_by("code").values_list("code", flat=True))
        write_line(
            Deed.CARDS_SEEN,
            by=by.actor,
            at=at,
            purpose=purpose.value,
            facts={"cards": len(codes), "part": "all" if contents else "card"},
        )
    return _one_by_one(by, codes, at=at, contents=contents)


def _one_by_one(
    by: Present, codes: Sequence[str], *, at: datetime, contents: bool
) -> Iterator[OpenCase | NotWhole]:
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        try:
            yield from _opened_together(by, some, at=at, contents=contents)
        except (ValueError, TypeError, AttributeError, NotOpened):
            # One row holds what nobody writes there: which one is found by opening each.
            yield from filter(None, (_again(by, code, at=at, contents=contents) for code in some))


def _opened_together(
    by: Present, codes: Sequence[str], *, at: datetime, contents: bool
) -> list[OpenCase | NotWhole]:
    covers = {cover.code: cover for cover in Case.objects.filter(code__in=codes)}
    rows = rows_of(codes, card_alone=not contents)
    journalled = journalled_states(codes)
    versions = {code: cover.key_version for code, cover in covers.items()}
    shared = {code for code, cover in covers.items() if cover.office_id != by.ring.office}
    parts = BOTH if contents else ()
    keys = open_many_case_keys(by.ring, versions, shared=shared, parts=parts)
    opened: list[OpenCase | NotWhole] = []
    for code in codes:
        cover, key = covers.get(code), keys.get(code)
        try:
            if cover is None or key is None:
                raise NoSuchCase
            way = way_of(by, cover, at=at)
            opened.append(opened_from(by, cover, way, rows[code], journalled, keys=key))
        except (NoSuchCase, NotOpened):
            # Perhaps somebody wrote between our queries: looked at again with its row held.
            again = _again(by, code, at=at, contents=contents)
            opened += [again] if again else []
    return opened


def _again(by: Present, code: str, *, at: datetime, contents: bool) -> OpenCase | NotWhole | None:
    try:
        with transaction.atomic():
            opened = opened_within(by, code, at=at)
            return opened if contents else opened.card_alone()
    except NoSuchCase:
        return None  # shredded or handed over meanwhile
    except KeysLocked:
        raise  # that is about the member's keys, not about this case
    except NotOpened as refusal:
        return NotWhole(code, refusal)


def _openable_by(by: Present) -> QuerySet[Case]:
    office = by.office.code
    ours = Q(office=office)
    if not by.may(Right.OPEN_ALL_CASES):
        ours &= Q(owner=None) | Q(owner=by.member)
    return Case.objects.filter(ours | Q(shared_with__has_key=office), shredding_since=None)

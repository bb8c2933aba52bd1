"""All cards that a member may open, one after another: for search and for matching. The other way in (law 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from safeconduct.cases.listing import covers_held
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, opened_from, opened_within, way_of
from safeconduct.cases.rows import rows_of
from safeconduct.cases.wholeness import journalled_states
from safeconduct.core.batches import batched
from safeconduct.core.errors import KeysLocked, NoSuchCase, NotOpened
from safeconduct.journal.actions import Actor, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.access import Way
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import BOTH, open_many_case_keys

_AT_ONCE: Final = 500
# By which way a cover opens: way_of, or the office's own for a job that shows nobody what it read.
WayOf = Callable[..., Way]


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


def cards_for_the_software(
    lent: Present, *, job: str, at: datetime, purpose: Purpose = Purpose.MATCHING
) -> Iterator[OpenCase | NotWhole]:
    """Every card of the office and those shared with it, for a job that compares them and shows none to anybody, or
    for the search's index, of which everybody is shown what a way leads them to.

    `lent` is whoever asked, with the office's keys; they may see less than the job does. So the line is the office's
    and no member's, and names the job.
    """
    office = lent.office.code
    with transaction.atomic():
        codes = list(covers_held(office).order_by("code").values_list("code", flat=True))
        write_line(
            Deed.CARDS_SEEN,
            by=Actor(member="", office=office),
            at=at,
            purpose=purpose.value,
            facts={"cards": len(codes), "part": "card", "job": job},
        )
    return _one_by_one(lent, codes, at=at, contents=False, led_by=_way_of_the_office)


def some_cards_for_the_software(
    lent: Present, codes: Sequence[str], *, at: datetime
) -> Iterator[OpenCase | NotWhole]:
    """The same for a few cases, within an action that journals why. Those not held by the office are left out."""
    held = list(covers_held(lent.office.code).filter(code__in=codes).values_list("code", flat=True))
    return _one_by_one(lent, held, at=at, contents=False, led_by=_way_of_the_office)


def _one_by_one(
    by: Present,
    codes: Sequence[str],
    *,
    at: datetime,
    contents: bool,
    led_by: WayOf = way_of,
) -> Iterator[OpenCase | NotWhole]:
    for some in batched(codes, _AT_ONCE):
        try:
            yield from _opened_together(by, some, at=at, contents=contents, led_by=led_by)
        except (ValueError, TypeError, AttributeError, NotOpened):
            # One row holds what nobody writes there: which one is found by opening each.
            again = (_again(by, code, at=at, contents=contents, led_by=led_by) for code in some)
            yield from filter(None, again)


def _opened_together(
    by: Present, codes: Sequence[str], *, at: datetime, contents: bool, led_by: WayOf
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
            way = led_by(by, cover, at=at)
            opened.append(opened_from(by, cover, way, rows[code], journalled, keys=key))
        except (NoSuchCase, NotOpened):
            # Perhaps somebody wrote between our queries: looked at again with its row held.
            again = _again(by, code, at=at, contents=contents, led_by=led_by)
            opened += [again] if again else []
    return opened


def _again(
    by: Present, code: str, *, at: datetime, contents: bool, led_by: WayOf
) -> OpenCase | NotWhole | None:
    try:
        with transaction.atomic():
            opened = opened_within(by, code, at=at, led_by=led_by)
            return opened if contents else opened.card_alone()
    except NoSuchCase:
        return None  # shredded or handed over meanwhile
    except KeysLocked:
        raise  # that is about the member's keys, not about this case
    except NotOpened as refusal:
        return NotWhole(code, refusal)


def _way_of_the_office(by: Present, cover: Case, *, at: datetime) -> Way:  # noqa: ARG001 (as way_of)
    office = by.office.code
    if cover.shredding_since is None and cover.office_id == office:
        return Way.WHOLE_OFFICE
    if cover.shredding_since is None and office in cover.shared_with:
        return Way.SHARED
    raise NoSuchCase


def _openable_by(by: Present) -> QuerySet[Case]:
    office = by.office.code
    ours = Q(office=office)
    if not by.may(Right.OPEN_ALL_CASES):
        ours &= Q(owner=None) | Q(owner=by.member)
    return Case.objects.filter(ours | Q(shared_with__has_key=office), shredding_since=None)

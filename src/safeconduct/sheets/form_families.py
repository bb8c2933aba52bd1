"""The rows of a form's export as families: a submission, and the rows of its repeated groups, are one (law 5).

A submission may name nobody in its own row and all of its people in a group; a group may be of something else than
people; and the head of the family may be told twice, on the form and again as a member.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation
from safeconduct.core.identifiers import normal_passport, normal_tazkira
from safeconduct.sheets.addresses import address
from safeconduct.sheets.reasons import hold
from safeconduct.sheets.repeats import name_key
from safeconduct.sheets.sheet import SheetRead
from safeconduct.sheets.told import Draft, Told

# What only a person has: a row without a name that tells one of these is of somebody.
_OF_A_PERSON = frozenset(
    "birth age sex relation passport tazkira document father_name family_name nationality".split()
)
_UNNAMED = frozenset({"no name", "note"})


def settle_forms(reads: Sequence[SheetRead]) -> None:
    """Give every row of an export its family, and settle the rows that name nobody."""
    main: dict[Hashable, Told] = {}
    repeated: dict[Hashable, list[Told]] = {}
    for read in reads:
        if read.form is None:
            continue
        for told in read.rows:
            family = read.form.families.get(told.origin.row)
            told.group = family if family is not None else ("alone", told.origin)
            if family is None:
                _hold(told, "no submission")
            elif read.form.repeat:
                repeated.setdefault(family, []).append(told)
            else:
                main[family], told.for_all = told, True
    for family, rows in repeated.items():
        if family in main:
            _settle(main[family], rows)


def _settle(submission: Told, rows: Sequence[Told]) -> None:
    unnamed = [told for told in rows if _is_unnamed(told)]
    named = any(told.hold is None and (told.people or told.more) for told in rows)
    if _is_unnamed(submission) and named:
        _take(submission, somebody=_tells_a_person(submission))
    for told in unnamed:
        if _tells_a_person(told):
            continue  # held as somebody without a name, who is counted in the family
        if not told.filled:
            _hold(told, "nobody")
            told.is_person = False
        elif submission.hold is None:
            _take(told, somebody=False)
        else:
            _hold(told, "with its submission")
            told.is_person = False
    if submission.hold is None:
        _join_told_twice(submission, rows)


def _is_unnamed(told: Told) -> bool:
    """Whether a row was read to its end and told no name. A note is, where its cells were read."""
    kind = told.hold.kind if told.hold else ""
    return kind == "no name" or (kind == "note" and bool(told.filled))


def _tells_a_person(told: Told) -> bool:
    return any(not field.who and field.name in _OF_A_PERSON for field, _ in told.filled)


def _take(told: Told, *, somebody: bool) -> None:
    """Accept a row without a name: for what it tells of its family, and of somebody in it who is not named."""
    told.hold, told.is_person = None, True
    told.more += somebody


def _hold(told: Told, kind: str) -> None:
    if told.hold is None or told.hold.kind in _UNNAMED:
        cell = told.hold.cell if told.hold else address(told.origin.row, 1)
        told.hold = hold(kind, cell)


# --- the head of the family, told twice ----------------------------------------------


def _join_told_twice(submission: Told, rows: Sequence[Told]) -> None:
    """A member called the principal, of the name of the submission's own person, and nothing told against it: the same.

    What the row of the group tells more of them is theirs; the row is a repeat.
    """
    if not submission.people:
        return
    head = submission.people[0]
    again = [told for told in rows if told.hold is None and _is_again(head, told)]
    if len(again) == 1:
        _complete(head, again[0].people[0])
        again[0].same_as = submission.origin


def _is_again(head: Draft, told: Told) -> bool:
    if len(told.people) != 1 or told.more:
        return False
    person = told.people[0]
    same = person.relation is Relation.PRINCIPAL and head.relation in {None, Relation.PRINCIPAL}
    return same and name_key(head) == name_key(person) != "" and all(_agreements(head, person))


def _agreements(one: Draft, other: Draft) -> Iterator[bool]:
    yield None in {one.sex, other.sex} or one.sex == other.sex
    yield one.birth is None or other.birth is None or _meet(one.birth, other.birth)
    for normal, name in ((normal_passport, "passport"), (normal_tazkira, "tazkira")):
        numbers = {normal(getattr(one, name)), normal(getattr(other, name))} - {None}
        yield len(numbers) <= 1


def _meet(one: UncertainDate, other: UncertainDate) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _complete(head: Draft, person: Draft) -> None:
    head.relation = Relation.PRINCIPAL
    for name in (
        "given_name",
        "family_name",
        "father_name",
        "native_name",
        "sex",
        "birth",
        "passport",
        "tazkira",
        "nationality",
    ):
        if getattr(head, name) is None:
            setattr(head, name, getattr(person, name))
    head.phones = tuple(dict.fromkeys((*head.phones, *person.phones)))
    head.words = tuple(dict.fromkeys((*head.words, *person.words)))

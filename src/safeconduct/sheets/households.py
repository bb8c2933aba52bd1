"""Accepted rows to pleas: one household for each family the sheet's signs tell of, everybody counted (law 6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Caller, Household, Origin, Person, Plea, Relation
from safeconduct.sheets.told import Draft, Told

ADULT = 18


def pleas_from(rows: Iterable[Told], on: date) -> tuple[list[Plea], dict[Origin, str]]:
    """The pleas in the order of their first row, and the plea of every accepted row.

    A row that is held keeps its place in its family's size: the sheet told of one more person.
    """
    families: dict[Hashable, list[Told]] = {}
    held: dict[Hashable, int] = {}
    for told in rows:
        if told.same_as is not None or not told.is_person:
            continue
        if told.hold is None:
            families.setdefault(told.group, []).append(told)
        else:
            held[told.group] = held.get(told.group, 0) + 1
    pleas = []
    plea_of: dict[Origin, str] = {}
    for number, (group, family) in enumerate(families.items(), start=1):
        plea = _plea(f"P{number:05d}", family, held.get(group, 0), on)
        pleas.append(plea)
        plea_of.update(dict.fromkeys(plea.origins, plea.plea_id))
    return pleas, plea_of


def _plea(plea_id: str, family: list[Told], held: int, on: date) -> Plea:
    words = _share_out_words(family)
    drafts = [draft for told in family for draft in told.people]
    relations = _relations(drafts, on)
    people = tuple(
        draft.person(f"{plea_id}-{number}", relation)
        for number, (draft, relation) in enumerate(zip(drafts, relations, strict=True), start=1)
    )
    provinces = [told.province for told in family if told.province]
    household = Household(
        household_id=plea_id,
        people=people,
        told_size=_size(family, people, held),
        province=provinces[0] if provinces else None,
        place=next((told.place for told in family if told.place), None),
        words=words,
    )
    return Plea(
        plea_id=plea_id,
        household=household,
        origins=tuple(told.origin for told in family),
        caller=_caller(family),
        received_on=min((told.received_on for told in family if told.received_on), default=None),
    )


def _share_out_words(family: list[Told]) -> tuple[str, ...]:
    """The words of the family as a whole; those of one row that tells one person become that person's.

    What a note says in the row of a brother is not told of the principal. A text that stands in several rows (a
    cell merged over them) is the family's; so is work that stands in every row of three or more.
    """
    rows_with = Counter(text for told in family for text in dict.fromkeys(told.words))
    doing = Counter(
        text for told in family for text in {text for draft in told.people for text in draft.words}
    )
    of_all = {text for text, rows in doing.items() if len(family) >= 3 and rows == len(family)}
    of_family: dict[str, None] = dict.fromkeys(sorted(of_all))
    for told in family:
        for draft in told.people:
            draft.words = tuple(text for text in draft.words if text not in of_all)
        alone = len(family) > 1 and len(told.people) == 1 and not told.more and not told.for_all
        for text in told.words:
            if alone and rows_with[text] == 1:
                told.people[0].words += (text,)
            else:
                of_family[text] = None
    return tuple(of_family)


def _size(family: list[Told], people: tuple[Person, ...], held: int) -> int | None:
    """The number told; or the people named and those only counted, where that is more."""
    told = max((told.told_size for told in family if told.told_size), default=None)
    counted = len(people) + sum(one.more for one in family) + held
    if counted > len(people):
        return max(told or 0, counted)
    return told


def _relations(drafts: list[Draft], on: date) -> Iterator[Relation | None]:
    """The relations as told, with one principal: the one so called, else the first adult of whom none is told.

    Relations to a caller abroad say nothing of the relation to the principal.
    """
    told = [draft.relation for draft in drafts]
    principal = next(
        (at for at, relation in enumerate(told) if relation is Relation.PRINCIPAL), None
    )
    if principal is None:
        principal = _first_adult(drafts, on)
    for at, relation in enumerate(told):
        if at == principal:
            yield Relation.PRINCIPAL
        else:
            yield None if relation is Relation.PRINCIPAL else relation


def _first_adult(drafts: list[Draft], on: date) -> int | None:
    """The first without a relation who is not known to be a child; the only person of a family in any case."""
    if len(drafts) == 1:
        return 0
    for at, draft in enumerate(drafts):
        if draft.relation is None and (
            draft.birth is None or draft.birth.is_under(ADULT, on) is not Answer.YES
        ):
            return at
    return None


def _caller(family: list[Told]) -> Caller:
    def first(name: str) -> str | None:
        return next((value for told in family if (value := getattr(told, name))), None)

    return Caller(
        name=first("caller_name"),
        phones=tuple(dict.fromkeys(phone for told in family for phone in told.caller_phones)),
        email=first("caller_email"),
        relation=first("caller_relation"),
        town=first("caller_town"),
    )

"""One row of cells to what it tells (`told.Told`). Rows that are not people are held, each with its cell and reason."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.answers import Answer
from safeconduct.core.plain_text import plain
from safeconduct.sheets.addresses import address
from safeconduct.sheets.cells import (
    Provinces,
    has_arabic,
    has_unseen,
    line_of,
    words_of,
)
from safeconduct.sheets.columns import Guess
from safeconduct.sheets.counted import told_size
from safeconduct.sheets.family import read_family, read_ties
from safeconduct.sheets.fields import NAME_FIELDS, WORDS_FIELDS, Field
from safeconduct.sheets.grid import Grid, Line, Unread, Value
from safeconduct.sheets.layout import Layout
from safeconduct.sheets.member import is_nobody
from safeconduct.sheets.members import Members, members_in
from safeconduct.sheets.name_words import looks_like_marked_name
from safeconduct.sheets.names import Cells, Held, draft_of
from safeconduct.sheets.people import Reading, person_from
from safeconduct.sheets.reasons import hold
from safeconduct.sheets.told import Draft, Hold, Told
from safeconduct.sheets.vocabulary import said

_SPACES = re.compile(r"\s+")


@dataclass(slots=True)
class Plan:
    """How the columns of one sheet are read. `others` are persons told in columns of their own ("spouse.full_name")."""

    grid: Grid
    layout: Layout
    fields: dict[int, Field]
    names: frozenset[int]
    last_headed: int
    reading: Reading
    provinces: Provinces
    others: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        grid: Grid,
        layout: Layout,
        guesses: Sequence[Guess],
        provinces: Provinces,
        reading: Reading,
    ) -> Plan:
        fields = {guess.index: guess.field for guess in guesses if guess.field}
        names = frozenset(
            index
            for index, field in fields.items()
            if field.name in NAME_FIELDS or field.name == "members"
        )
        others = tuple(dict.fromkeys(field.who for field in fields.values() if field.who))
        headed = max([*layout.texts, *fields], default=0)
        return cls(grid, layout, fields, names, headed, reading, provinces, others)


def read_row(line: Line, plan: Plan, fill: Mapping[int, Value]) -> Told:
    """What a visible row below the headings tells. `fill` holds the values of vertical merges that reach into it."""
    told = Told(plan.grid.origin(line.number))
    cells = _visible_cells(line, plan)
    if not cells:
        told.hold = hold("hidden column", f"A{line.number}")
        return told
    try:
        _refuse_what_is_no_person(line, cells, plan, inside=bool(fill))
        _read(told, line, {**fill, **cells}, plan)
    except Held as held:
        told.hold = held.hold
        told.is_person = held.hold.kind not in _NOT_PEOPLE
        if told.is_person:
            _read_grouping(told, {**fill, **cells}, plan)
    return told


# Told by their own fields, filled down where they are blank; a row is the same row without them.
_OF_THE_GROUP = {"row_number", "reference", "caller_name"}
_NOT_PEOPLE = {"note", "total", "heading again", "hidden column"}


def _visible_cells(line: Line, plan: Plan) -> dict[int, Value]:
    hidden = plan.grid.hidden_columns
    return {
        index: value
        for index, value in enumerate(line.cells)
        if value is not None and index not in hidden
    }


# --- what is no person ---------------------------------------------------------------


def _refuse_what_is_no_person(
    line: Line, cells: Mapping[int, Value], plan: Plan, *, inside: bool
) -> None:
    first = min(cells)
    here = address(line.number, first + 1)
    if plan.layout.texts and plan.layout.repeats(line):
        raise Held(hold("heading again", here))
    for index, value in cells.items():
        if isinstance(value, Unread) and index in plan.fields:
            raise Held(hold(value.why, address(line.number, index + 1)))
    if _is_total(cells, plan):
        raise Held(hold("total", here))
    if plan.grid.delimited and plan.layout.texts and max(cells) > plan.last_headed:
        raise Held(hold("too many cells", address(line.number, max(cells) + 1)))
    if len(cells) > 1 and _is_one_text(cells):
        raise Held(hold("note", here))  # one text in every cell: "Open-Ended Response"
    if len(cells) == 1 and _is_note(first, cells[first], plan, inside=inside):
        raise Held(hold("note", here))


def _is_one_text(cells: Mapping[int, Value]) -> bool:
    values = list(cells.values())
    return isinstance(values[0], str) and all(value == values[0] for value in values[1:])


def _is_total(cells: Mapping[int, Value], plan: Plan) -> bool:
    """Words for a total, a number beside them or nothing, and no name."""
    named = [index for index in plan.names if index in cells]
    looked = named if len(named) > 1 or len(cells) > 5 else cells
    texts = {index: text for index in looked if (text := plain_of(cells[index]))}
    at = next((index for index, text in texts.items() if _says_total(text)), None)
    counted = any(
        isinstance(value, int | float) or plain_of(value).isdigit() for value in cells.values()
    )
    if at is None and len(cells) == 2 and counted:
        at = next(
            (
                index
                for index, text in texts.items()
                if not said("beside a total").isdisjoint(text.split())
            ),
            None,
        )
    if at is None or any(index in plan.names and index != at for index in cells):
        return False
    return (
        texts[at] in said("total")
        or (counted and len(cells) <= 5)
        or any(c.isdigit() for c in texts[at])
    )


def _says_total(text: str) -> bool:
    return text in said("total") or not said("total").isdisjoint(re.split(r"[\W_]+", text))


def plain_of(value: Value) -> str:
    """A short text in plain form; nothing for numbers and long texts."""
    if isinstance(value, str) and len(value) <= 60:
        return _SPACES.sub(" ", plain(value)).strip(" .:=")
    return ""


def _is_note(index: int, value: Value, plan: Plan, *, inside: bool) -> bool:
    """The only cell of a row: a person, if it stands among the names and reads as one; else a note.

    `inside`: a merge that tells the family reaches into the row, so that a name alone is a person all the same.
    """
    if plan.fields.keys() <= plan.names:
        return False  # a list of names and nothing else
    text = line_of(value)
    if text is None or not isinstance(value, str):
        return False
    if index not in plan.names:
        return not text.isdigit()
    if plan.fields[index].name == "members":
        return False
    words = text.split()
    spoken = len(words) > 5 or not said("note").isdisjoint(word.lower() for word in words)
    if spoken or not looks_like_marked_name(text) or plan.provinces.find(text):
        return True
    return not (inside or has_arabic(text) or all(word[:1].isupper() for word in words))


# --- what a person's row tells --------------------------------------------------------


def _read(told: Told, line: Line, cells: Mapping[int, Value], plan: Plan) -> None:
    by_who: dict[str, dict[str, list[tuple[int, Value]]]] = {}
    filled = []
    for index, value in cells.items():
        field = plan.fields.get(index)
        if field is None or isinstance(value, Unread):
            continue
        by_who.setdefault(field.who, {}).setdefault(field.name, []).append((index, value))
        if isinstance(value, str) and not value.isascii() and has_unseen(value):
            plan.reading.counts["unseen marks"] += 1
        if field.name not in _OF_THE_GROUP:
            filled.append((field, _same_form(value)))
    main = by_who.get("", {})
    read_family(told, main, plan.reading, plan.provinces)
    told.is_person = True
    _read_people(told, by_who, plan)
    told.filled = frozenset(filled)
    if not told.people and not told.more:
        raise Held(_no_name(line, cells, plan))


def _same_form(value: Value) -> str:
    """A value in the form in which a repeated row is the same: no case, no extra spaces, digits alike."""
    if isinstance(value, str):
        return " ".join(plain(value).split())
    return str(value)


def _no_name(line: Line, cells: Mapping[int, Value], plan: Plan) -> Hold:
    texts = [field for index in cells if (field := plan.fields.get(index))]
    first_name = min(plan.names, default=min(cells))
    kind = "no name"
    if texts and all(field.name in WORDS_FIELDS or field.name == "place" for field in texts):
        kind = "note"  # words alone: the row above, continued
    return hold(kind, address(line.number, first_name + 1))


def _read_people(
    told: Told, by_who: Mapping[str, dict[str, list[tuple[int, Value]]]], plan: Plan
) -> None:
    main = by_who.get("", {})
    draft, others = person_from(main, plan.reading, told.origin.row)
    if draft.has_name or _is_unnamed_infant(draft, plan.reading.on):
        told.people.append(draft)
    _add_members(told, others)
    for who in plan.others:
        cells = by_who.get(who)
        if cells:
            _add_other(told, who, cells, plan)
    for index, value in main.get("members", ()):
        _read_members(told, value, plan, address(told.origin.row, index + 1))
    nameless = draft not in told.people and (draft.birth or draft.passport or draft.tazkira)
    if nameless and (told.people or told.more):
        told.more += 1  # somebody of whom all but the name is told, beside the others


def _is_unnamed_infant(draft: Draft, on: date) -> bool:
    """A child under three of whom only the family is told: many are named late, and everybody counts (law 6)."""
    known = bool(draft.family_name or draft.native_name)
    return known and draft.birth is not None and draft.birth.is_under(3, on) is Answer.YES


def _add_other(told: Told, who: str, cells: Cells, plan: Plan) -> None:
    """A person in columns of their own. Without a name, but with an age or papers, somebody all the same."""
    named = [plain_of(value) for _, value in cells.get("full_name", ())]
    if any(is_nobody(text) for text in named):
        return  # "not married", "deceased"
    if not said("somebody").isdisjoint(named):
        told.more += 1
        return
    draft, others = person_from(cells, plan.reading, told.origin.row)
    draft.relation = draft.relation or Field("full_name", who).relation
    if draft.has_name:
        told.people.append(draft)
    elif draft.birth or draft.passport or draft.tazkira:
        told.more += 1
    _add_members(told, others)


def _add_members(told: Told, members: Members | None) -> None:
    if members is None:
        return
    told.more += members.more
    for member in members.people:
        draft = draft_of(member)
        if told.people and _is_again(told.people[0], draft):
            _complete(told.people[0], draft)
        else:
            told.people.append(draft)


def _is_again(principal: Draft, draft: Draft) -> bool:
    """A list of members that begins with the principal, who has a column of their own."""
    name_a, name_b = (_same_form(_name_of(one)) for one in (principal, draft))
    return bool(name_b) and name_a == name_b


def _name_of(draft: Draft) -> str:
    parts = (draft.given_name, draft.family_name)
    return " ".join(part for part in parts if part) or draft.native_name or ""


def _complete(principal: Draft, draft: Draft) -> None:
    principal.birth = principal.birth or draft.birth
    principal.sex = principal.sex or draft.sex
    principal.relation = principal.relation or draft.relation


def _read_members(told: Told, value: Value, plan: Plan, cell: str) -> None:
    text = words_of(value)
    if text is None:
        return
    told.lists = True
    size = told_size(value)
    if size is not None:  # a number among lists of members: how many they are, the principal or not
        told.told_size = max(told.told_size or 0, size)
        return
    if plain(text).strip(" .") in said("nobody") | said("nobody else"):
        return
    found = (
        members_in(text, plan.reading.on, agreed=told.told_size) if isinstance(value, str) else None
    )
    if found is None:
        raise Held(hold("members unclear", cell))
    _add_members(told, found)


def _read_grouping(told: Told, cells: Mapping[int, Value], plan: Plan) -> None:
    """Which family a held row belongs to, so that its relatives do not join another."""
    main: dict[str, list[tuple[int, Value]]] = {}
    for index, value in cells.items():
        field = plan.fields.get(index)
        if field is not None and not field.who and not isinstance(value, Unread):
            main.setdefault(field.name, []).append((index, value))
    read_ties(told, main)

"""What an entry says is kept to the letter, or refused with words; nothing of another shape is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, strategies as st
from tests.rooms.cases.families import ONE_OF_EACH, PRINCIPAL

from safeconduct.cases.entries import KINDS, Note, Person, Told
from safeconduct.cases.entries.removal import Removal
from safeconduct.cases.entries.telling import LARGEST
from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.errors import EntryTooLarge, LettersUnwritable, WrongEntryShape
from safeconduct.vault.models import Part

# Any text at all: every plane, marks that turn the direction of writing, halves of letters, commands.
ANY_TEXT = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(
    [
        "\u202egnihtemos",
        "a\0b",
        "\ud800",
        "\x1b[2J",
        "\u2066x",
        " ",
        "'); DROP TABLE",
        "=1+1",
        "\r\n",
    ]
)
DAYS = st.dates()


@st.composite
def uncertain_dates(draw: st.DrawFn) -> UncertainDate:
    one, two = sorted([draw(DAYS), draw(DAYS)])
    return UncertainDate(one, two, draw(st.sampled_from(Precision)))


def told_as(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a field's type."""
    if isinstance(hint, UnionType):
        (inner,) = (each for each in get_args(hint) if each is not type(None))
        return st.none() | told_as(inner)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return {
        str: ANY_TEXT,
        bool: st.booleans(),
        int: st.integers(0, 2**40),
        date: DAYS,
        UncertainDate: uncertain_dates(),
        tuple[str, ...]: st.lists(ANY_TEXT, max_size=3).map(tuple),
        Mapping[str, str]: st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=3),
    }[hint]


def entries_of(kind: type[Told]) -> st.SearchStrategy[Told]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: told_as(hints[each.name]) for each in fields(kind)})


ENTRIES = st.one_of(*(entries_of(kind) for kind in (*KINDS.values(), Removal)))


@given(ENTRIES)
def test_what_is_told_is_read_back_or_refused_with_words(told: Told):
    try:
        written = told.to_bytes()
    except (WrongEntryShape, LettersUnwritable):
        return
    assert type(told).from_bytes(written) == told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.sampled_from(ONE_OF_EACH), st.data())
def test_a_value_of_another_shape_is_refused_by_name(told: Told, data: st.DataObject):
    """Whatever stands in a field, it is read as what was written there or not at all."""
    form = told.to_json()
    name = data.draw(st.sampled_from(sorted(form)))
    form[name] = data.draw(JSON)
    try:
        named = {"field": name}
        read = type(told).from_json(form).to_json()
    except (WrongEntryShape, LettersUnwritable) as refusal:
        named = refusal.where
        read = form
    assert read == form
    assert named["field"] == name


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b'"note"',
        b"\xff",
        b'{"words": "a"}',
        b'{"words":"a","person":null,"x":1}',
    ],
)
def test_no_field_too_many_and_none_too_few(written: bytes):
    with pytest.raises(WrongEntryShape):
        Note.from_bytes(written)


@pytest.mark.parametrize("day", ["20210815", "2021-8-15", "2021-W33-7", "2021-02-30", "", 20210815])
def test_a_day_is_written_in_one_way(day: Any):
    form = {"recipient": "R1", "extent": "everything told", "given_on": day, "told_by": "x"}
    form |= dict.fromkeys(["until", "withdrawn_on", "withdrawal_told_by", "person"])
    with pytest.raises(WrongEntryShape):
        KINDS["consent"].from_json(form)


def test_unknown_stays_unknown():
    """Law 8: nothing is guessed, and an empty text is not a way to say unknown."""
    assert Person.from_bytes(Person().to_bytes()) == Person()
    assert [value for value in Person().to_json().values() if value is not None] == [[]]
    with pytest.raises(WrongEntryShape):
        Note(words="").to_bytes()
    with pytest.raises(WrongEntryShape):
        replace(PRINCIPAL, given_name="").to_bytes()


def test_an_uncertain_birth_stays_as_uncertain_as_it_was_told():
    birth = UncertainDate.of_age(33, on=date(2021, 8, 15))
    read = Person.from_bytes(replace(PRINCIPAL, birth=birth).to_bytes())
    assert read.birth == birth


def test_a_story_of_a_megabyte_is_kept_and_one_beyond_is_refused():
    most = "ش" * (LARGEST // 2 - 40)
    assert Note.from_bytes(Note(words=most).to_bytes()).words == most
    with pytest.raises(EntryTooLarge, match="1024 kB"):
        Note(words=most + "ش" * 100).to_bytes()


def test_a_refusal_quotes_nothing():
    with pytest.raises(LettersUnwritable) as refusal:
        Person(given_name="Zarmina\0").to_bytes()
    assert "Zarmina" not in str(refusal.value)
    with pytest.raises(WrongEntryShape) as wrong:
        Person.from_json({**PRINCIPAL.to_json(), "sex": "Zarmina"})
    assert "Zarmina" not in str(wrong.value)


def test_every_kind_is_told_once_with_its_part():
    assert [kind for kind, entry in KINDS.items() if entry.part == Part.CARD] == [
        "person",
        "caller",
    ]
    assert {told.kind for told in ONE_OF_EACH} == set(KINDS) - {"document"}
    for kind, entry in KINDS.items():
        assert entry.kind == kind
        assert json.loads(json.dumps(kind)) == kind


def test_the_core_knows_the_same_person():
    fact = PRINCIPAL.as_fact("E1")
    assert (fact.person_id, fact.given_name, fact.birth) == ("E1", "Zarmina", PRINCIPAL.birth)
    ours = {each.name for each in fields(Person)}
    assert ours == {each.name for each in fields(fact)} - {"person_id", "words", "facts"}

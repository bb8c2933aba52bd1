"""Law 4: the rows of a case are read in one place, and whatever is done to a case is told in one line."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import (
    LATER,
    PRINCIPAL,
    STORY,
    TODAY,
    again,
    family_of,
    paper,
    story_of,
)

import safeconduct
from safeconduct.cases import actions
from safeconduct.cases.entries import Consent, Direction, Document, Extent, Note, Outcome, Talk
from safeconduct.cases.models import Ground
from safeconduct.cases.reading import OpenCase
from safeconduct.journal.models import Line
from safeconduct.vault.wrapping import fingerprint

ROOT = Path(safeconduct.__file__).parent
# What holds contents, and where it may be read. Covers are read by `Case` too, where the lists below say so.
SEALED = {"Entry", "Version"}
READERS = {"cases/reading.py", "cases/reading_many.py", "cases/rows.py", "cases/shred.py"}
LISTS = {"cases/queries.py", "cases/counting.py", "cases/listing.py"}
# Makes up families in databases of its own.
BENCHES = "cases/benches/"
ASKED = {"all", "filter", "get", "first", "values_list", "exclude", "order_by"}
MANAGERS = ("objects", "_default_manager", "_base_manager")
# They compare covers' codes with the key store's, and open nothing.
COUNTERS = {
    "config/deployment/checks/keys.py",
    "config/deployment/forgetting.py",
}


def uses_of(models: set[str], source: str) -> Iterator[str]:
    """Each `Model.objects` in a source, also under another name, and each way round by a relation."""
    tree = ast.parse(source)
    names = {model: model for model in models}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "safeconduct.cases.models":
            names |= {each.asname or each.name: each.name for each in node.names}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        if node.attr in MANAGERS:
            owner = node.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            if names.get(name, name) in models:
                yield f"{name}.{node.attr}"


def sources(*words: str) -> Iterator[tuple[str, str]]:
    """Every module that holds one of these words, with its place."""
    for path in sorted(ROOT.rglob("*.py")):
        source = path.read_text()
        if any(word in source for word in words):
            yield path.relative_to(ROOT).as_posix(), source


def test_what_is_sealed_is_read_in_one_place():
    strangers = {
        place: sorted(found)
        for place, source in sources(*MANAGERS)
        if (found := set(uses_of(SEALED, source)))
        and place not in READERS
        and not place.startswith(("cases/actions/", BENCHES))
    }
    assert strangers == {}


def test_covers_are_read_by_the_readers_the_lists_and_the_actions():
    strangers = {
        place: sorted(found)
        for place, source in sources(*MANAGERS)
        if (found := set(uses_of({"Case"}, source)))
        and place not in READERS | LISTS | COUNTERS
        and not place.startswith(("cases/actions/", BENCHES))
    }
    assert strangers == {}


def test_nobody_comes_round_by_a_relation():
    """`office.cases`, `member.cases`, `case.entries`, `entry.versions`: the same rows by another name."""
    strangers = {}
    for place, source in sources(".cases.", ".entries.", ".versions."):
        if place in READERS or place.startswith(("cases/actions/", BENCHES)):
            continue
        for node in ast.walk(ast.parse(source)):
            asked = node.value if isinstance(node, ast.Attribute) and node.attr in ASKED else None
            if isinstance(asked, ast.Attribute) and asked.attr in {"cases", "entries", "versions"}:
                strangers[place] = asked.attr
    assert strangers == {}


def test_the_guard_sees_what_it_should():
    read = "from safeconduct.cases.models import Version as V\nV.objects.get(pk=1)\n"
    assert list(uses_of(SEALED, read)) == ["V.objects"]
    assert list(uses_of(SEALED, "models.Entry.objects.all()")) == ["Entry.objects"]
    assert list(uses_of({"Case"}, "Case._default_manager.get()")) == ["Case._default_manager"]
    assert list(uses_of(SEALED, "Member.objects.get()")) == []


# --- one deed, one line --------------------------------------------------------------------------------

Deed = Callable[[Cast, OpenCase], Any]


def consent(cast: Cast, opened: OpenCase) -> str:
    told = {"recipient": "R1", "extent": Extent.ALL, "given_on": TODAY, "told_by": "herself"}
    return actions.give_consent(opened, at=AT, **told)  # type: ignore[arg-type]


def attach(cast: Cast, opened: OpenCase) -> str:
    return actions.attach_document(opened, paper(), title="a letter", at=AT)


def withdraw(cast: Cast, opened: OpenCase) -> None:
    code = again(opened).entries(Consent)[0].code
    told = {"withdrawn_on": TODAY, "told_by": "herself", "expected_revision": 1}
    actions.withdraw_consent(opened, code, at=AT, **told)  # type: ignore[arg-type]


def retitle(cast: Cast, opened: OpenCase) -> None:
    code = again(opened).entries(Document)[0].code
    actions.title_document(opened, code, title="x", person=None, expected_revision=1, at=AT)


def share(cast: Cast, opened: OpenCase) -> None:
    actions.share_case(opened, cast.other.code, extent="all", at=AT)


def confirm(cast: Cast, opened: OpenCase) -> None:
    told = fingerprint(bytes(cast.other.public))
    actions.confirm_office(cast.carol, cast.other, told_fingerprint=told, at=AT)


def hand_over(cast: Cast, opened: OpenCase) -> None:
    revision = again(opened).cover.cover_revision
    actions.hand_over(opened, cast.bob.member, note="x", expected_revision=revision, at=AT)


def hand_over_all(cast: Cast, opened: OpenCase) -> None:
    actions.hand_over_all(cast.carol, leaves=cast.bob.member, to=cast.carol.member, note="x", at=AT)


def change_cover(cast: Cast, opened: OpenCase) -> None:
    revision = again(opened).cover.cover_revision
    actions.change_cover(opened, expected_revision=revision, band="urgent", at=AT)


def change(cast: Cast, opened: OpenCase) -> None:
    code, revision = story_of(again(opened))
    told = Note(words="They moved.")
    actions.change_entry(opened, code, told, expected_revision=revision, at=AT)


def remove(cast: Cast, opened: OpenCase) -> None:
    code, revision = story_of(again(opened))
    actions.remove_entry(opened, code, expected_revision=revision, at=AT)


def change_talk(cast: Cast, opened: OpenCase) -> None:
    kept = opened.entries(Talk)[0]
    told = replace(kept.says, next_on=LATER.date())
    actions.change_talk(opened, kept.code, told, expected_revision=kept.revision, at=AT)


def take_over(cast: Cast, opened: OpenCase) -> None:
    nobodys = family_of(cast.carol, STORY, owned=False)
    before = Line.objects.count()
    actions.take_over(nobodys, at=AT)
    assert Line.objects.count() == before + 1


# In an order in which each has what it needs.
DEEDS: dict[str, Deed] = {
    "open_case": lambda cast, opened: family_of(cast.carol, PRINCIPAL),
    "add_entry": lambda cast, opened: actions.add_entry(opened, STORY, at=AT),
    "change_entry": change,
    "remove_entry": remove,
    "change_cover": change_cover,
    "give_consent": consent,
    "withdraw_consent": withdraw,
    "record_decision": lambda cast, opened: actions.record_decision(
        opened, scheme="ARAP", outcome=Outcome.GRANTED, at=AT
    ),
    "record_talk": lambda cast, opened: actions.record_talk(
        opened, Talk(direction=Direction.MET, told="x", next_on=TODAY), at=AT
    ),
    "change_talk": change_talk,
    "attach_document": attach,
    "title_document": retitle,
    "hold": lambda cast, opened: actions.hold(opened, "A court asked.", at=AT),
    "end_hold": lambda cast, opened: actions.end_hold(opened, at=AT),
    "confirm_office": confirm,
    "share_case": share,
    "take_back_share": lambda cast, opened: actions.take_back_share(
        opened, [cast.other.code], at=AT
    ),
    "hand_over": hand_over,
    "hand_over_all": hand_over_all,
    "ask_to_shred": lambda cast, opened: actions.ask_to_shred(
        opened, Ground.ASKED_BY_FAMILY, at=AT
    ),
    "refuse_to_shred": lambda cast, opened: actions.refuse_to_shred(cast.dana, opened.code, at=AT),
}
# What writes no line, or not one by itself, and why.
OTHERWISE = {
    "NewCase": "what a case begins with",
    "open_cases": "one line for each case that is opened",
    "consents_for": "reads a case that is open",
    "new_case_code": "draws a code",
    "new_entry_code": "draws a code",
    "take_over": "below, on a case that nobody owns",
    "agree_to_shred": "below, last",
    "shred_what_is_due": "one line for each case that is shredded",
    "finish_interrupted": "the line of each shredding that it ends, and no other",
}


@pytest.mark.django_db(databases=["default", "keys"])
def test_one_deed_is_one_line(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    for name, deed in DEEDS.items():
        seen = again(opened)
        looks = Line.objects.exclude(deed="case seen").count()
        deed(cast, seen)
        assert Line.objects.exclude(deed="case seen").count() == looks + 1, name
    take_over(cast, opened)
    actions.ask_to_shred(again(opened), Ground.ASKED_BY_FAMILY, at=LATER)
    before = Line.objects.count()
    actions.agree_to_shred(cast.dana, opened.code, at=LATER)
    assert Line.objects.count() == before + 1


def test_every_action_is_tried_or_says_why_not():
    assert set(actions.__all__) == DEEDS.keys() | OTHERWISE.keys()
    for name in actions.__all__:
        assert "at" in inspect.signature(getattr(actions, name)).parameters or name in OTHERWISE

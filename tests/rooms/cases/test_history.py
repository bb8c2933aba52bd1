"""Over any course of changes nothing is lost, and what stands follows from what was written."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from tests.cast import Cast
from tests.rooms.cases.families import LATER, PRINCIPAL, family_of

from safeconduct.cases import actions
from safeconduct.cases.entries import Note, Person, Told
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.errors import ChangedMeanwhile, NoSuchEntry
from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TEXTS = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "Zs", "Cf"]), min_size=1)
TOLD = st.builds(Note, words=TEXTS) | st.builds(Person, given_name=TEXTS)


@dataclass
class Model:
    """What a case should hold: each entry's texts in order (None: removed)."""

    entries: dict[str, list[Told | None]] = field(default_factory=dict)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from("acr"), st.integers(0, 9), TOLD, st.booleans()), max_size=8)
)
def test_history_replays_to_what_stands(cast: Cast, steps: list[tuple[str, int, Told, bool]]):
    """Also steps that begin from an older revision: they are refused and change nothing."""
    opened = family_of(cast.alice, PRINCIPAL)
    model = Model({opened.persons[0].code: [PRINCIPAL]})
    written = 1
    for step in steps:
        written += take(opened, model, *step)
    now = case_for(cast.alice, opened.code, Purpose.CASEWORK, at=LATER)
    for code, course in model.entries.items():
        history = now.history(code)
        assert [past.says for past in history] == course
        assert [past.revision for past in history] == list(range(1, len(course) + 1))
    standing = {code: course[-1] for code, course in model.entries.items() if course[-1]}
    assert {kept.code: kept.says for kept in now.everything()} == standing
    assert set(now.removed()) == model.entries.keys() - standing.keys()
    persons = [told for told in standing.values() if isinstance(told, Person)]
    assert now.cover.household_size == (len(persons) or None)
    # One line for each write that was not refused, and the revision follows.
    assert now.cover.revision == written
    lines = Line.objects.filter(about=now.code, revision__isnull=False)
    assert sorted(lines.values_list("revision", flat=True)) == list(range(1, written + 1))


def take(opened: OpenCase, model: Model, verb: str, which: int, told: Told, stale: bool) -> int:
    """One step on the case and on the model; how many writes that were."""
    if verb == "a":
        model.entries[actions.add_entry(opened, told, at=LATER)] = [told]
        return 1
    code = list(model.entries)[which % len(model.entries)]
    course = model.entries[code]
    expected = len(course) - stale
    try:
        if verb == "c":
            actions.change_entry(opened, code, told, expected_revision=expected, at=LATER)
            course.append(told)
        else:
            actions.remove_entry(opened, code, expected_revision=expected, at=LATER)
            course.append(None)
    except ChangedMeanwhile:
        assert stale
        return 0
    except NoSuchEntry:
        first = course[0]
        assert course[-1] is None or (verb == "c" and first and first.kind != told.kind)
        return 0
    return 1

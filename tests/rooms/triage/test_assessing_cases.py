"""A case is assessed where something moved, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.triage.callers import again, answered, caller, interpreter, opened_case

from safeconduct.cases.actions import add_entry, share_case
from safeconduct.cases.actions.offices import confirm_office
from safeconduct.cases.entries import Assessed
from safeconduct.cases.household import household_of
from safeconduct.core.errors import NoSuchCase
from safeconduct.journal.models import Line
from safeconduct.triage.actions import assess_case, note_assessed
from safeconduct.triage.actions.assessing import last_assessed
from safeconduct.triage.assessing import Assessing
from safeconduct.triage.models import Standing
from safeconduct.vault.wrapping import fingerprint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_first_assessment_puts_band_points_and_schemes_on_the_cover(cast: Cast):
    code = opened_case(cast.alice, *interpreter(), at=AT).code
    assert assess_case(cast.alice, code, at=AT)
    opened = again(cast.alice, code, AT)
    kept = last_assessed(opened)
    assert kept is not None
    assert opened.cover.band == kept.says.band == "urgent"
    assert f"{opened.cover.priority:g}" == kept.says.priority
    assert opened.cover.schemes == [s for s, said in kept.says.outcomes.items() if said == "yes"]
    standing = Standing.objects.get(case=code)
    assert (standing.band, standing.asks) == ("urgent", len(kept.says.asks))
    assert standing.revision == opened.cover.revision
    assert standing.office == cast.home.code


def test_the_second_time_nothing_moves_and_nothing_is_written(cast: Cast):
    code = opened_case(cast.alice, at=AT).code
    assess_case(cast.alice, code, at=AT)
    lines, revision = Line.objects.count(), again(cast.alice, code, AT).cover.revision
    lines += 1  # the look
    assert not assess_case(cast.alice, code, at=AT + timedelta(minutes=1))
    assert Line.objects.count() == lines
    assert again(cast.alice, code, AT).cover.revision == revision


def test_a_new_answer_changes_the_one_entry_and_keeps_what_stood_before(cast: Cast):
    opened = opened_case(cast.alice, *caller(), at=AT)
    assess_case(cast.alice, opened.code, at=AT)
    assert again(cast.alice, opened.code, AT).cover.band == "not assessed"
    add_entry(opened, answered(life_saving_treatment="yes"), at=AT)
    assert assess_case(cast.alice, opened.code, at=AT)
    now = again(cast.alice, opened.code, AT)
    assert now.cover.band == "emergency"
    assert len(now.entries(Assessed)) == 1
    bands = [past.says.band for past in now.history(now.entries(Assessed)[0].code)]
    assert bands == ["not assessed", "emergency"]
    line = Line.objects.filter(deed="case assessed").latest("number")
    assert (line.about, line.facts["band"]) == (opened.code, "emergency")


def test_another_offices_case_is_not_ours_to_assess(cast: Cast):
    opened = opened_case(cast.carol, at=AT)
    with pytest.raises(NoSuchCase):
        assess_case(cast.charlie, opened.code, at=AT)
    print_ = fingerprint(bytes(cast.other.public))
    confirm_office(cast.carol, cast.other, told_fingerprint=print_, at=AT)
    for extent in ("card", "all"):
        share_case(again(cast.carol, opened.code, AT), cast.other.code, extent=extent, at=AT)
        assert not assess_case(cast.charlie, opened.code, at=AT)
    assert not Standing.objects.exists()


def test_many_new_cases_are_noted_at_once_and_again(cast: Cast):
    assessing = Assessing.of(cast.home.code, cast.carol.ring, at=AT)
    rows = []
    for told in (interpreter(), caller()):
        opened = opened_case(cast.alice, *told, at=AT)
        rows.append((opened.code, assessing.assess(household_of(opened))))
    for _ in range(2):
        note_assessed(rows, rules=assessing.rules.version, on=assessing.day)
    standings = {each.case: each for each in Standing.objects.all()}
    assert {standings[code].band for code, _ in rows} == {"urgent", "not assessed"}
    assert {each.office for each in standings.values()} == {cast.home.code}

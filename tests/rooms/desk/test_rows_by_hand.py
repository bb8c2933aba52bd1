"""Whoever writes into the database and holds no key breaks no page, and brings no other office's case near."""

from __future__ import annotations

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import imported, read_in_this_process
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of

from safeconduct.core.codes import spelt
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.desk.models import KeptView
from safeconduct.desk.worklist.kept import keep_view
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.intake.models import Delivery, End, Plea, State
from safeconduct.matching.actions import judge
from safeconduct.matching.models import Possible, Together
from safeconduct.triage.actions import assess_case
from safeconduct.triage.models import Standing

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
VIEWS = (
    {},
    [],
    "x",
    None,
    7,
    {"size": "bogus"},
    {"due": ["a", "b"]},
    {"marks": "double"},
    {"marks": [{"a": 1}, "double"]},
    {"band": "<script>"},
    {"state": ["open"]},
    {"whose": "x" * 5000},
    {"whose": {"a": []}},
)


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    read_in_this_process(monkeypatch)


def test_a_kept_choice_that_is_none(cast: Cast):
    alice = at_the_desk(cast.alice)
    row = keep_view(cast.alice, "mine", Narrow(), at=AT)
    for chosen in VIEWS:
        KeptView.objects.filter(code=row.code).update(chosen=chosen or {})
        if chosen is not None:
            KeptView.objects.filter(code=row.code).update(chosen=chosen)
        assert alice.get("/cases/").status_code == 200, chosen
    KeptView.objects.filter(code=row.code).update(sealed_name=b"\0")
    assert alice.get("/cases/").status_code == 200
    assert alice.get("/").status_code == 200


def test_codes_of_another_office_in_our_rows(cast: Cast):
    """A pair, a family, a plea and a standing that name Charlie's case."""
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_AGAIN)
    assess_case(cast.carol, ours.code, at=AT)
    one, two = sorted((ours.code, theirs.code))
    Possible.objects.create(
        code="BYHAND001", office=cast.home, case_a_id=one, case_b_id=two, decision="same",
        probability=2.0, weight=1e300, pairs=1, among=1, found_at=AT, model="m",
    )  # fmt: skip
    Together.objects.bulk_create(Together(case=code, lead=one) for code in (one, two))
    imported(cast.carol)
    attached = Plea.objects.filter(end=End.ATTACHED)[0]
    Plea.objects.filter(code=attached.code).update(case=theirs.code)
    Standing.objects.filter(case=ours.code).update(band="no band", rules="x", revision=2**60)
    carol = at_the_desk(cast.carol)
    paths = (
        "/", "/cases/", f"/cases/{ours.code}/", "/doubles/", f"/doubles/family/{ours.code}/", "/intake/",
        "/intake/pleas/?end=any", f"/intake/pleas/{attached.code}/", "/figures/", "/triage/",
    )  # fmt: skip
    for path in paths:
        answer = carol.get(path)
        assert answer.status_code == 200, path
        told = answer.content.decode()
        if not path.startswith("/intake/pleas/"):  # the code was written into the plea
            assert theirs.code not in told, path
            assert spelt(theirs.code) not in told, path
        assert "Zarmeena" not in told, path
    assert carol.get(f"/doubles/pair/{one}/{two}/").status_code == 404
    assert carol.get(f"/cases/{theirs.code}/").status_code == 404


def test_a_delivery_altered_by_hand_is_not_opened_and_not_lost(cast: Cast):
    """Moved to another office, another revision, a state of nothing, another's seal: a page that says so, no fault."""
    mine, other = imported(cast.carol), imported(cast.carol, b"Name,Age\nMadeupfictional,7")
    carol, charlie = at_the_desk(cast.carol), at_the_desk(cast.charlie)
    path = f"/intake/{mine.code}/"
    whole = Delivery.objects.filter(code=mine.code)
    before = whole.values().get()
    seal = Delivery.objects.get(code=other.code).sealed_preview
    for altered in (
        {"revision": 7},
        {"sealed_preview": seal},
        {"sealed_preview": b""},
        {"sealed_mapping": b"x"},
        {"state": "nothing"},
        {"state": State.IMPORTING, "job": "NOJOB"},
        {"state": State.UNDOING, "job": ""},
        {"way": "nothing", "why": "<b>"},
        {"begun_at": None, "begun_by": None},
    ):
        whole.update(**altered)
        for step in ("", "columns/", "undo/", "progress/"):
            assert carol.get(path + step).status_code in {200, 409}, (altered, step)
        for step in ("read/", "begin/"):
            assert carol.post(path + step, {"revision": "1"}).status_code in {302, 400, 409}
        whole.update(**{name: value for name, value in before.items() if name != "code"})
    whole.update(office=cast.other)
    assert carol.get(path).status_code == 404
    assert charlie.get(path).status_code in {404, 409}


def test_a_words_seal_moved_to_another_plea_does_not_open(cast: Cast):
    imported(cast.carol)
    held = Plea.objects.get(end=End.QUARANTINED)
    other = Plea.objects.filter(end=End.ATTACHED)[0]
    Plea.objects.filter(code=held.code).update(sealed=other.sealed)
    carol = at_the_desk(cast.carol)
    for step in ("", "take-in/"):
        assert carol.get(f"/intake/pleas/{held.code}/{step}").status_code == 409
    sent = {"revision": held.revision, "case": other.case}
    assert carol.post(f"/intake/pleas/{held.code}/attach/", sent).status_code in {400, 409}
    held.refresh_from_db()
    assert held.end == End.QUARANTINED


def test_a_judgement_whose_words_were_altered_is_shown_without_them(cast: Cast):
    one, two = case_of(cast.carol, *TOLD_TWICE), case_of(cast.carol, *TOLD_AGAIN)
    said = judge(cast.carol, (one.code, two.code), Verdict.SAME, note="a note", at=AT)
    type(said).objects.filter(code=said.code).update(sealed=b"\0" * 80)
    carol = at_the_desk(cast.carol)
    for path in (f"/doubles/family/{one.code}/", f"/doubles/pair/{one.code}/{two.code}/"):
        assert carol.get(path).status_code == 200

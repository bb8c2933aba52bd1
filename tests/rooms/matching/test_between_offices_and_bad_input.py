"""Two offices, each with its own eyes; and what is not understood: refused clearly, nothing lost, nothing said."""

from __future__ import annotations

import ast
import base64
import re
from pathlib import Path

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.cases.families import compared
from tests.rooms.matching.conftest import Found
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of

import safeconduct
from safeconduct.cases import actions as cases
from safeconduct.cases.entries import Person
from safeconduct.cases.reading import OpenCase
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.matching.actions import judge, withdraw
from safeconduct.matching.models import Judgement, Look, Possible
from safeconduct.matching.queries import BETWEEN, queue
from safeconduct.matching.sealed_words import reseal, why_of, words_of
from safeconduct.vault.actions.offices import new_generation

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def between(cast: Cast) -> tuple[OpenCase, OpenCase]:
    """Ours, and one of the other office whose card we hold."""
    compared(cast.charlie, cast.home)
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="card", at=AT)
    return ours, theirs


def test_it_waits_for_the_other_office_and_says_what_is_missing(cast: Cast):
    ours, theirs = between(cast)
    judge(cast.carol, (ours.code, theirs.code), Verdict.SAME, note="The same caller.", at=AT)
    carol, charlie = at_the_desk(cast.carol), at_the_desk(cast.charlie)
    path = f"/doubles/pair/{ours.code}/{theirs.code}/"
    told = carol.get(path).content.decode()
    assert "it waits for the word of The Other Office" in told
    assert f"/cases/{ours.code}/share/" in told
    assert charlie.get(path).status_code == 404
    assert not Possible.objects.filter(office=cast.other).exists()
    compared(cast.carol, cast.other)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    assert f"/cases/{ours.code}/share/" not in carol.get(path).content.decode()
    told = charlie.get(path).content.decode()
    assert "it waits for the word of your office" in told
    assert "Harbour Street" in told
    assert "The same caller." not in told
    assert "carol" not in told


def test_a_word_of_one_office_puts_the_pair_into_the_others_queue(cast: Cast):
    ours, theirs = between(cast)
    compared(cast.carol, cast.other)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    judge(cast.carol, (ours.code, theirs.code), Verdict.SAME, at=AT)
    waits = queue(cast.charlie, whose=BETWEEN).get()
    assert (waits.standing, waits.settled) == ("awaited", False)
    assert queue(cast.carol, whose=BETWEEN).count() == 0
    judge(cast.charlie, (ours.code, theirs.code), Verdict.DIFFERENT, at=AT)
    assert queue(cast.carol, whose=BETWEEN).get().standing == "contested"


def test_the_length_of_our_list_is_not_told_by_a_pair_in_anothers_queue(cast: Cast):
    ours, theirs = between(cast)
    compared(cast.carol, cast.other)
    cases.share_case(ours, cast.other.code, extent="card", at=AT)
    Look.objects.create(office=cast.home, people=4711)
    Look.objects.create(office=cast.other, people=7)
    judge(cast.carol, (ours.code, theirs.code), Verdict.SAME, at=AT)
    among = dict(Possible.objects.values_list("office", "among"))
    assert among == {cast.home.code: 4711, cast.other.code: 7}


def test_nothing_of_a_long_note_is_cut_off(cast: Cast):
    one, two = case_of(cast.carol, *TOLD_TWICE), case_of(cast.carol, *TOLD_AGAIN)
    words = "She told it slowly. " * 400
    said = judge(cast.carol, (one.code, two.code), Verdict.SAME, note=words, at=AT)
    withdraw(cast.carol, said.code, why=words, at=AT)
    assert words_of(cast.carol.ring, said).note == words.strip()
    assert why_of(cast.carol.ring, Judgement.objects.get().withdrawal) == words.strip()


def test_words_are_sealed_anew_with_the_offices_newest_key(cast: Cast):
    one, two = case_of(cast.carol, *TOLD_TWICE), case_of(cast.carol, *TOLD_AGAIN)
    said = judge(cast.carol, (one.code, two.code), Verdict.SAME, note="By telephone.", at=AT)
    withdraw(cast.carol, said.code, why="It was another.", at=AT)
    generation, public = new_generation(cast.carol.ring, members=[cast.carol.member.code])
    cast.home.generation, cast.home.public = generation, public
    cast.home.save()
    assert reseal(cast.carol.ring, cast.home) == 2
    cast.carol.ring.office_keys = {generation: cast.carol.ring.office_keys[generation]}
    row = Judgement.objects.get()
    assert words_of(cast.carol.ring, row).note == "By telephone."
    assert why_of(cast.carol.ring, row.withdrawal) == "It was another."


# --- what is not understood --------------------------------------------------------------------------


def fields(page: str) -> dict[str, str]:
    hidden = r'<input type="hidden" name="(judgement|shown|whose)" value="([^"]*)"'
    return dict(re.findall(hidden, page))


BAD = {
    "no verdict": {"verdict": ""},
    "another verdict": {"verdict": "merge"},
    "shown is no base64": {"shown": "\N{RIGHT-TO-LEFT OVERRIDE}%%%"},
    "shown is nothing": {"shown": ""},
    "shown is not sealed": {"shown": base64.b64encode(b"\x01" * 90).decode()},
    "shown is endless": {"shown": "A" * 300_000},
    "a code of no judgement": {"judgement": "x"},
    "an endless code": {"judgement": "K" * 500},
    "a note without end": {"note": "long " * 40_000},
}


def test_what_is_not_understood_is_told_and_nothing_is_said(nobodys: Found):
    alice = at_the_desk(nobodys.cast.alice)
    page = alice.get(nobodys.address).content.decode()
    for bad, told in BAD.items():
        # What came back with the refusal before is what is sent on.
        sent = fields(page) | {"verdict": "same", "note": "What I know of them."} | told
        answer = alice.post(nobodys.address, sent)
        page = answer.content.decode()
        assert answer.status_code == 400, bad
        assert not Judgement.objects.exists(), bad
        if bad != "a note without end":
            assert "What I know of them." in page, bad
    sent = fields(page) | {"verdict": "same", "note": ""}
    assert alice.post(nobodys.address, sent).status_code == 302


def test_hidden_signs_are_taken_out_of_a_note(nobodys: Found):
    alice = at_the_desk(nobodys.cast.alice)
    told = fields(alice.get(nobodys.address).content.decode())
    note = "from \N{RIGHT-TO-LEFT OVERRIDE}left\N{ZERO WIDTH SPACE}"
    alice.post(nobodys.address, told | {"verdict": "unsure", "note": note})
    row = Judgement.objects.get()
    assert words_of(nobodys.cast.alice.ring, row).note == "from left"


def test_people_told_otherwise_meanwhile_are_looked_at_once_more(nobodys: Found):
    alice = at_the_desk(nobodys.cast.alice)
    told = fields(alice.get(nobodys.address).content.decode())
    cases.add_entry(nobodys.one, Person(given_name="Lateborn"), at=AT)
    sent = told | {"verdict": "same", "note": "What I know of them."}
    answer = alice.post(nobodys.address, sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "SC892" in page
    assert "Lateborn" in page
    assert "What I know of them." in page
    assert not Judgement.objects.exists()


NOWHERE = (
    "/doubles/pair/x/y/",
    "/doubles/pair/{one}/{one}/",
    "/doubles/pair/{one}/000000000/",
    "/doubles/pair/{one}/%00/",
    "/doubles/pair/{one}/%E2%80%AE/",
    "/doubles/family/x/",
    "/doubles/judgement/x/withdraw/",
    "/doubles/cards/x/end/",
)


def test_codes_of_nothing_lead_nowhere(nobodys: Found):
    carol = at_the_desk(nobodys.cast.carol)
    for path in NOWHERE:
        assert carol.get(path.format(one=nobodys.one.code)).status_code == 404, path


def test_a_strange_choice_is_as_none(nobodys: Found):
    alice = at_the_desk(nobodys.cast.alice)
    for asked in ("?whose=x", "?state=y&page=-1", "?page=%E2%80%AE", "?whose=%00"):
        assert alice.get(f"/doubles/{asked}").status_code == 200, asked


def test_two_codes_are_read_as_they_are_heard(nobodys: Found):
    alice = at_the_desk(nobodys.cast.alice)
    one, two = (f"{code[:4]}-{code[4:8]} {code[8:]}".lower() for code in nobodys.cases)
    answer = alice.post("/doubles/two/", {"one": one, "two": two})
    assert (answer.status_code, answer["Location"]) == (302, nobodys.address)
    for told in ({"one": one, "two": one}, {"one": "x", "two": two}, {"one": "", "two": ""}):
        assert alice.post("/doubles/two/", told).status_code == 400


# --- who may read every card ---------------------------------------------------------------------------


def test_only_what_shows_nobody_anything_reads_cards_for_the_software():
    root = Path(safeconduct.__file__).parent
    readers = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if "cards_for_the_software" in path.read_text()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom)
        and any(each.name.endswith("cards_for_the_software") for each in node.names)
    }
    # The index of names shows of what it read only what is open to whoever looks for it.
    assert readers <= {"matching/job_kinds.py", "matching/apart.py", "desk/search/reading.py"}

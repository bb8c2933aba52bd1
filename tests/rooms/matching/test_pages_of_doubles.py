"""The pages: who sees what, what is shown, and that a word said there is kept and can be undone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.cast import AT, at_the_desk
from tests.rooms.cases.families import compared
from tests.rooms.matching.conftest import Found
from tests.rooms.matching.doubles import STORY, TOLD_AGAIN, case_of

from safeconduct.cases import actions as cases
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.journal.models import Line
from safeconduct.matching.actions import judge
from safeconduct.matching.models import Judgement, Possible, Together

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def say(client: Client, found: Found, verdict: str, note: str = "", **more: str) -> object:
    """The form as a browser without scripts sends it."""
    shown = page(client, found.address)
    told = dict(
        re.findall(r'<input type="hidden" name="(judgement|shown|whose)" value="([^"]*)"', shown)
    )
    return client.post(found.address, told | {"verdict": verdict, "note": note} | more)


def test_the_queue_shows_codes_and_no_name(alices: Found):
    told = page(at_the_desk(alices.cast.alice), "/doubles/")
    assert all(f"{code[:4]}-{code[4:8]}-{code[8:]}" in told for code in alices.cases)
    assert "Zarmina" not in told
    assert "Popalfictional" not in told


def test_a_pair_with_a_colleagues_case_shows_neither(alices: Found):
    before = Line.objects.filter(deed="case seen").count()
    told = page(at_the_desk(alices.cast.alice), alices.address)
    assert "Zarmina" not in told
    assert "Zarmeena" not in told
    assert f"/cases/{alices.two.code}/ask/" in told
    assert Line.objects.filter(deed="case seen").count() == before


def test_side_by_side_both_are_shown_and_both_looks_are_journalled(nobodys: Found):
    told = page(at_the_desk(nobodys.cast.bob), nobodys.address)
    assert "Zarmina" in told
    assert "Zarmeena" in told
    assert "same passport number" in told
    assert "hens" not in told
    assert STORY not in told
    looks = Line.objects.filter(deed="case seen", purpose="looking for doubles")
    assert {line.about for line in looks} == set(nobodys.cases)
    assert {line.member for line in looks} == {nobodys.cast.bob.member.code}
    assert "style=" not in told


def test_a_stranger_finds_no_page(nobodys: Found):
    charlie = at_the_desk(nobodys.cast.charlie)
    page(charlie, nobodys.address, 404)
    page(charlie, f"/doubles/family/{nobodys.one.code}/", 404)
    assert nobodys.one.code[:4] not in page(charlie, "/doubles/")


def test_same_is_kept_and_they_stand_together(nobodys: Found):
    bob = at_the_desk(nobodys.cast.bob)
    answer = say(bob, nobodys, "same", "The caller is her brother.")
    assert answer.status_code == 302
    row = Judgement.objects.get()
    assert (row.verdict, row.by_id) == ("same", nobodys.cast.bob.member.code)
    assert set(Together.objects.values_list("case", flat=True)) == set(nobodys.cases)
    assert Possible.objects.get().settled
    assert b"brother" not in bytes(row.sealed)
    told = page(bob, nobodys.address)
    assert "The caller is her brother." in told
    assert "They stand together as one family." in told
    family = page(bob, f"/doubles/family/{nobodys.one.code}/")
    assert "Zarmina" in family
    assert "they do not agree" in family


def test_a_word_is_taken_back_with_a_reason(nobodys: Found):
    bob = at_the_desk(nobodys.cast.bob)
    say(bob, nobodys, "same")
    row = Judgement.objects.get()
    path = f"/doubles/judgement/{row.code}/withdraw/"
    assert "Take it back" in page(bob, path)
    assert bob.post(path, {"why": ""}).status_code == 400
    assert bob.post(path, {"why": "Another family."}).status_code == 302
    assert not Together.objects.exists()
    assert not Possible.objects.get().settled
    assert "Another family." in page(bob, nobodys.address)
    page(bob, path, 404)


def test_ones_own_word_is_taken_back_where_a_case_is_closed_to_one_since(nobodys: Found):
    """Of a colleague's case its page tells how to ask; of one that no share shows any more there is no page at all."""
    cast = nobodys.cast
    compared(cast.charlie, cast.home)
    theirs = case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="all", at=AT)
    said = judge(cast.bob, (nobodys.one.code, theirs.code), Verdict.SAME, at=AT)
    opened = case_for(cast.charlie, theirs.code, Purpose.CASEWORK, at=AT)
    cases.take_back_share(opened, [cast.home.code], at=AT)
    answer = at_the_desk(cast.bob).post(
        f"/doubles/judgement/{said.code}/withdraw/", {"why": "Another family."}, follow=True
    )
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "Taken back." in told
    assert "One of the two cases is not open to you any more" in told


def test_the_page_of_a_case_names_its_possible_double(alices: Found):
    told = page(at_the_desk(alices.cast.alice), f"/cases/{alices.one.code}/")
    assert "May be the same family as" in told
    assert alices.address in told or "/doubles/pair/" in told
    assert "Zarmeena" not in told

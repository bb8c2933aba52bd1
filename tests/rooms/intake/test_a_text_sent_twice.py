"""The same words pasted twice within an hour are told to be there already, and taken all the same if asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.intake.arrivals import SHEET, taken

from safeconduct.core.codes import spelt
from safeconduct.core.errors import TextSentBefore
from safeconduct.intake.actions.texts import receive_text
from safeconduct.intake.models import Delivery, Plea

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Eight of us, near the airport. Please call my sister."
PATH = "/intake/text/"


def test_a_second_time_it_is_told_to_be_there(cast: Cast):
    first = receive_text(cast.alice, WORDS, at=AT)
    with pytest.raises(TextSentBefore) as told:
        receive_text(cast.bob, f" {WORDS}\r\n", at=AT + timedelta(minutes=59))
    assert told.value.where == {"plea": first.code}
    assert Plea.objects.count() == Delivery.objects.count() == 1


def test_other_words_another_office_another_hour_and_a_wish_are_other_pleas(cast: Cast):
    receive_text(cast.alice, WORDS, at=AT)
    receive_text(cast.alice, f"{WORDS} Now.", at=AT)
    receive_text(cast.charlie, WORDS, at=AT)
    receive_text(cast.alice, WORDS, at=AT, again=True)
    receive_text(cast.alice, WORDS, at=AT + timedelta(minutes=61))
    assert Plea.objects.count() == 5


def test_a_sheet_of_the_same_words_is_a_sheet(cast: Cast):
    receive_text(cast.alice, SHEET.decode(), at=AT)
    assert taken(cast.alice, SHEET).way == "sheet"
    receive_text(cast.alice, "A sheet's words.", at=AT)


def test_the_page_keeps_the_words_and_offers_both_ways_on(cast: Cast):
    alice = at_the_desk(cast.alice)
    assert 'type="checkbox"' not in alice.get(PATH).content.decode()
    alice.post(PATH, {"text": WORDS})
    first = Plea.objects.get()
    answer = alice.post(PATH, {"text": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "These very words were taken within the last hour" in page
    assert "SC888" in page
    assert spelt(first.code) in page
    assert f"/intake/pleas/{first.code}/" in page
    assert WORDS in page
    assert '<input type="checkbox" name="again"' in page
    assert alice.post(PATH, {"text": WORDS, "again": "on"}).status_code == 302
    assert Plea.objects.count() == 2

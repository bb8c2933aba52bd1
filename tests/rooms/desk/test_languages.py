"""Three languages: who chooses, what goes with a choice, days of both calendars, nothing left for the next."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import given, strategies as st
from tests.cast import AT, at_the_desk

from safeconduct.cases.templatetags.told import day, heard
from safeconduct.core.dates import UncertainDate, parse_date
from safeconduct.core.errors import NoSuchMember, NotAllowed
from safeconduct.core.readers import Calendar, Reader, is_counted
from safeconduct.journal.models import Line
from safeconduct.people.models import Member
from safeconduct.people.reader import ReadersNumber, day_told, moment_in_words, read_with, reader
from safeconduct.people.reading import asked_by_browser

FALL_OF_KABUL = date(2021, 8, 15)
DARI_DAY, PASHTO_DAY = "۲۴ اسد ۱۴۰۰", "۲۴ زمری ۱۴۰۰"


@pytest.fixture(autouse=True)
def nobody_reads():
    read_with()
    yield
    read_with()


# --- days and numbers ------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "calendar", "told", "known"),
    [
        ("en-gb", "", "15 August 2021", FALL_OF_KABUL),
        ("en-gb", "solar-hijri", "24 Asad 1400", FALL_OF_KABUL),
        ("en-gb", "solar-hijri", "1 Sonbola 1400", date(2021, 8, 23)),
        ("prs", "", DARI_DAY, FALL_OF_KABUL),
        ("prs", "", "۱ سنبله ۱۴۰۰", date(2021, 8, 23)),
        ("prs", "gregorian", "۱۵ اگست ۲۰۲۱", FALL_OF_KABUL),
        ("ps", "", PASHTO_DAY, FALL_OF_KABUL),
        ("ps", "", "۱ وږی ۱۴۰۰", date(2021, 8, 23)),
        ("ps", "gregorian", "۱۵ اګست ۲۰۲۱", FALL_OF_KABUL),
        ("fr", "", "15 August 2021", FALL_OF_KABUL),
    ],
)
def test_known_days_are_told_in_each_language_and_read_back(language, calendar, told, known):
    assert Reader.of(language, calendar=calendar).day(known) == told
    assert parse_date(told, on=date(2022, 1, 1), birth=False) == UncertainDate.of_day(known)


@given(st.dates(date(1950, 1, 1), date(2031, 3, 19)), st.sampled_from(["en-gb", "prs", "ps"]))
def test_every_day_is_read_back_from_its_words_in_both_calendars(known, language):
    for calendar in Calendar:
        told = Reader.of(language, calendar=calendar).day(known)
        read = parse_date(told, on=date(2031, 3, 20), birth=False)
        assert read == UncertainDate.of_day(known), told


def test_a_day_beyond_one_calendar_is_told_in_the_other_alone():
    far = date(2400, 1, 1)
    assert not is_counted(far)
    assert Reader.of("prs").day(far) == "۱ جنوری ۲۴۰۰"
    assert Reader.of("prs").other_day(far) == ""


def test_a_reader_of_solar_hijri_finds_the_gregorian_day_beside():
    with translation.override("prs"):
        assert day_told(FALL_OF_KABUL) == f'<span title="۱۵ اگست ۲۰۲۱">{DARI_DAY}</span>'
        assert day(FALL_OF_KABUL) == f"{DARI_DAY} (۱۵ اگست ۲۰۲۱)"
    assert day_told(FALL_OF_KABUL) == "15 August 2021"


def test_what_is_uncertain_keeps_its_calendar():
    with translation.override("prs"):
        assert heard(UncertainDate.of_year(1990)) == "۱۹۹۰، میلادی"
        assert heard(UncertainDate.of_hijri_year(1369)) == "۱۳۶۹، هجری شمسی"
        assert heard(UncertainDate.of_hijri_month(1400, 5)) == "اسد ۱۴۰۰"
        assert heard(UncertainDate.of_month(2021, 8)) == "اگست ۲۰۲۱"
    assert heard(UncertainDate.of_year(1990)) == "1990"


def test_times_stay_utc_and_24_hours():
    moment = datetime(2021, 8, 15, 21, 5, tzinfo=UTC)
    assert moment_in_words(moment) == "15 August 2021 21:05"
    with translation.override("ps"):
        assert moment_in_words(moment) == f"{PASHTO_DAY} ۲۱:۰۵"


def test_a_number_is_written_in_the_readers_digits_and_still_counts():
    page = Template(
        "{% load i18n reader %}{{ n|a_number }} "
        "{% blocktranslate count here=n|a_number %}one{% plural %}{{ here }} of them{% endblocktranslate %}"
    )
    with translation.override("prs"):
        assert page.render(Context({"n": 12})) == "۱۲ ۱۲ of them"
        assert page.render(Context({"n": 1})) == "۱ one"
        assert ReadersNumber(3) + 1 == 4
    assert page.render(Context({"n": 12})) == "12 12 of them"


def test_digits_and_calendar_may_differ_from_the_language():
    read_with(calendar="gregorian", digits="western")
    with translation.override("prs"):
        assert reader().day(FALL_OF_KABUL) == "15 اگست 2021"


# --- who chooses -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("prs", "prs"),
        ("fa-AF,fa;q=0.9,en;q=0.5", "prs"),
        ("ps-AF", "ps"),
        ("de,ps;q=0.2,en;q=0.1", "ps"),
        ("de", "en-gb"),
        ("", "en-gb"),
        ("*", "en-gb"),
        ("x" * 5000, "en-gb"),
    ],
)
def test_the_browser_is_asked_first(header, language):
    assert asked_by_browser(header) == language


@pytest.mark.django_db(databases=["default", "keys"])
class TestAtTheDoor:
    def test_the_door_speaks_the_browsers_language(self, client):
        page = client.get(
            reverse("people:door"), headers={"Accept-Language": "fa"}
        ).content.decode()
        assert '<html lang="prs" dir="rtl">' in page
        assert "دروازه" in page

    def test_the_switch_outweighs_the_browser_and_sets_no_cookie_of_its_own(self, client):
        answer = client.post(reverse("people:language"), {"language": "ps"})
        assert answer.headers["Location"] == reverse("people:door")
        page = client.get(
            reverse("people:door"), headers={"Accept-Language": "prs"}
        ).content.decode()
        assert '<html lang="ps" dir="rtl">' in page
        assert set(client.cookies) <= {"desk"}

    def test_an_unknown_language_changes_nothing(self, client):
        client.post(reverse("people:language"), {"language": "xx"})
        assert (
            '<html lang="en-gb" dir="ltr">' in client.get(reverse("people:door")).content.decode()
        )

    def test_pages_of_what_went_wrong_speak_it_too(self, client):
        lost = client.get("/no/such/page/", headers={"Accept-Language": "prs"})
        assert lost.status_code == 404
        assert 'dir="rtl"' in lost.content.decode()
        large = client.post(
            reverse("people:door"), CONTENT_LENGTH=str(10**9), headers={"Accept-Language": "ps"}
        )
        assert large.status_code == 413
        assert 'lang="ps"' in large.content.decode()

    def test_nothing_is_left_for_the_next_request(self, client):
        client.get(reverse("people:door"), headers={"Accept-Language": "prs"})
        assert translation.get_language() == "en-gb"
        assert 'lang="en-gb"' in Client().get(reverse("people:door")).content.decode()

    def test_a_refusal_is_told_in_the_language_of_the_door(self, client):
        form = {"handle": "nobody", "passphrase": "not the right one"}
        page = client.post(
            reverse("people:door"), form, headers={"Accept-Language": "prs"}
        ).content.decode()
        assert "These two do not open a door together." not in page
        assert "SC" in page


@pytest.mark.django_db(databases=["default", "keys"])
class TestAMember:
    @pytest.fixture(autouse=True)
    def on_that_day(self, settings):
        settings.CLOCK = lambda: AT

    def chooses(self, client, **told) -> str:
        form = {"language": "prs", "calendar": "", "digits": ""} | told
        answer = client.post(reverse("people:reading"), form)
        assert answer.status_code == 302
        return client.get(reverse("people:me")).content.decode()

    def test_chooses_and_reads_so_from_then_on(self, cast):
        client = at_the_desk(cast.alice)
        page = self.chooses(client)
        assert '<html lang="prs" dir="rtl">' in page
        assert (
            "۲۴ اسد ۱۴۰۰" in client.get(reverse("desk:home")).content.decode()
        )  # the sheet's head
        assert Member.objects.get(code=cast.alice.member.code).language == "prs"
        assert Line.objects.filter(deed="language chosen", member=cast.alice.member.code).exists()

    def test_the_choice_is_the_members_and_not_the_browsers(self, cast):
        client = at_the_desk(cast.alice)
        self.chooses(client, language="ps", calendar="gregorian", digits="western")
        page = client.get(reverse("desk:home"), headers={"Accept-Language": "en"}).content.decode()
        assert '<html lang="ps"' in page
        assert "15 اګست 2021" in page
        assert 'lang="en-gb"' in at_the_desk(cast.bob).get(reverse("desk:home")).content.decode()

    def test_a_page_that_does_not_exist_is_theirs_too(self, cast):
        client = at_the_desk(cast.alice)
        self.chooses(client)
        assert 'lang="prs"' in client.get("/nowhere/").content.decode()

    def test_going_out_leaves_the_language_at_the_door(self, cast):
        client = at_the_desk(cast.alice)
        self.chooses(client)
        client.post(reverse("people:go_out"))
        assert 'lang="prs"' in client.get(reverse("people:door")).content.decode()

    def test_what_is_no_choice_is_refused_and_comes_back(self, cast):
        client = at_the_desk(cast.alice)
        answer = client.post(reverse("people:reading"), {"language": "xx", "calendar": "julian"})
        assert answer.status_code == 400
        assert Member.objects.get(code=cast.alice.member.code).language == ""

    def test_a_translation_says_by_whom_it_was_made(self, cast):
        client = at_the_desk(cast.alice)
        assert "standing-of-words" not in client.get(reverse("desk:home")).content.decode()
        assert "standing-of-words" in self.chooses(client)


@pytest.mark.parametrize("refusal", [NoSuchMember, NotAllowed])
def test_the_catalogue_of_errors_itself_stays_english(refusal):
    with translation.override("prs"):
        assert str(NoSuchMember()).isascii()

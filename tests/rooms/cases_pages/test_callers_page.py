"""The caller's page and the page of a case around a call: told last, due next, how to call, what to ask."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from tests.rooms.cases.families import compared
from tests.rooms.cases_pages.conftest import Pages
from tests.rooms.everyform import forms_at

from safeconduct.cases import actions
from safeconduct.cases.actions.changing import changing
from safeconduct.cases.entries import (
    Assessed,
    Caller,
    Direction,
    Facts,
    Person,
    PleaTold,
    SafeContact,
    Said,
    Talk,
    Threat,
)
from safeconduct.cases.models import Case
from safeconduct.cases.views.asking import questions
from safeconduct.cases.views.callers import promised, standing_with
from safeconduct.cases.views.timeline import SHOWS, timeline
from safeconduct.cases.wording import operation, rule_sentence
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation, Sex
from safeconduct.journal.deeds import Deed
from safeconduct.people.models import Member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def text_of(answer) -> str:
    return " ".join(re.sub("<[^>]*>", " ", answer.content.decode()).split())


def in_turn(text: str, *words: str) -> bool:
    places = [text.index(each) for each in words]
    return places == sorted(places)


def talk_form(pages: Pages, path: str = "add/talk/") -> dict[str, object]:
    (form,) = [
        each
        for each in forms_at(pages.clients["alice"], pages.url(path))
        if "direction" in each.names
    ]
    return {name: value for name, value in form.values.items() if value != [""]}


# --- the caller's page ---------------------------------------------------------------------------


def test_what_they_were_told_last_stands_first(pages: Pages):
    page = text_of(pages.get("alice", f"caller/{pages.entries['caller']}/"))
    assert in_turn(
        page,
        "What they were told last",
        "That their papers reached us.",
        "alice (they called)",
        "we call about the passports",
        "How to call them in safety",
        "+44 7700 900 123",
        "How urgent, and why",
        "Somebody came looking for them by name.",
        "To ask on the next call",
        "All conversations with them",
        "The boy has a fever.",
    )


def test_each_caller_has_their_own_and_the_household_too(pages: Pages):
    """Nobody is told what another was told."""
    opened = pages.opened()
    words = {"": "We told the family.", pages.entries["person"]: "We told Maryam."}
    for whom, told in words.items():
        talk = Talk(direction=Direction.MET, told=told, caller=whom or None)
        actions.record_talk(opened, talk, at=pages.at)
    household = text_of(pages.get("alice", "caller/"))
    maryam = text_of(pages.get("alice", f"caller/{pages.entries['person']}/"))
    ahmad = text_of(pages.get("alice", f"caller/{pages.entries['caller']}/"))
    assert ("We told the family." in household, "We told Maryam." in household) == (True, False)
    assert ("We told Maryam." in maryam, "That their papers" in maryam) == (True, False)
    assert ("That their papers" in ahmad, "We told" in ahmad) == (True, False)


def test_a_promise_that_is_late_is_said_plainly(pages: Pages):
    caller = pages.entries["caller"]
    opened = pages.opened()
    on = pages.at.date() + timedelta(days=3)
    due = standing_with(opened, caller, on=on).due
    assert due
    assert due.overdue
    talk = Talk(
        direction=Direction.WE_CALLED,
        caller=caller,
        told="x",
        next_words="we write",
        next_on=pages.at.date() - timedelta(days=1),
    )
    actions.record_talk(opened, talk, at=pages.at)
    page = text_of(pages.get("alice", f"caller/{caller}/"))
    assert "Overdue : we write" in page
    assert "late. Say that first" in page
    assert "Overdue to Ahmad" in text_of(pages.get("alice"))


def test_a_call_that_promised_nothing_does_not_keep_an_earlier_promise(pages: Pages):
    caller = pages.entries["caller"]
    silent = Talk(direction=Direction.WE_CALLED, told="No answer.", caller=caller)
    actions.record_talk(pages.opened(), silent, at=pages.at)
    standing = standing_with(pages.opened(), caller, on=pages.at.date())
    assert standing.last
    assert standing.last.says == silent
    assert standing.due
    assert standing.due.kept.says.next_words == "we call about the passports"
    assert promised([], on=pages.at.date()) is None


def test_the_rules_for_the_family_are_not_shown_as_the_callers(pages: Pages):
    ahmad = f"caller/{pages.entries['caller']}/"
    page = text_of(pages.get("alice", ahmad))
    assert "tailor" not in page
    assert "Nobody asked yet how they can be called in safety" in page
    told = talk_form(pages)
    assert told  # the form is there whatever is unknown
    rules = {"hours": "any time", "person": pages.entries["caller"], "languages": "en"}
    assert pages.post("alice", "add/safe_contact/", rules).status_code == 302
    page = text_of(pages.get("alice", ahmad))
    assert in_turn(page, "How to call them in safety", "any time", "English")
    assert "any time" not in text_of(pages.get("alice", "caller/"))
    assert "tailor" in text_of(pages.get("alice", "caller/"))


def test_where_only_a_caller_was_asked_the_case_still_warns(pages: Pages):
    opened = pages.opened()
    code = pages.entries["safe_contact"]
    actions.remove_entry(opened, code, expected_revision=1, at=pages.at)
    rules = SafeContact(hours="any time", person=pages.entries["caller"])
    actions.add_entry(opened, rules, at=pages.at)
    assert "Nobody asked yet how this family can be called" in text_of(pages.get("alice"))


def test_a_page_of_nobody_is_not_there(pages: Pages):
    for entry in (pages.entries["note"], actions.new_entry_code(), "X"):
        assert pages.get("alice", f"caller/{entry}/").status_code == 404
    actions.remove_entry(pages.opened(), pages.entries["caller"], expected_revision=1, at=pages.at)
    assert pages.get("alice", f"caller/{pages.entries['caller']}/").status_code == 404
    assert "somebody who was removed" in text_of(pages.get("alice"))


def test_an_office_with_the_card_alone_is_told_of_no_conversation(pages: Pages):
    cast = pages.cast
    compared(cast.carol, cast.other)
    actions.share_case(pages.opened(cast.carol), cast.other.code, extent="card", at=pages.at)
    assert pages.get("charlie").status_code == 200
    for path in ("caller/", f"caller/{pages.entries['caller']}/", "?show=conversations"):
        assert "papers reached us" not in pages.get("charlie", path).content.decode()
    assert pages.get("charlie", "caller/").status_code == 404
    actions.share_case(pages.opened(cast.carol), cast.other.code, extent="all", at=pages.at)
    page = text_of(pages.get("charlie", f"caller/{pages.entries['caller']}/"))
    assert "That their papers reached us." in page
    assert "I am calling now" not in page  # they read; they do not write
    assert pages.get("charlie", "add/talk/").status_code == 409


def test_other_cases_of_a_caller_are_asked_of_the_room_that_knows(pages: Pages, settings):
    settings.OTHER_CASES_OF = f"{__name__}.other_cases"
    page = text_of(pages.get("alice", f"caller/{pages.entries['caller']}/"))
    assert "They ask for other cases too" in page
    assert page.count("K7Q4-MX2P-D") == 1


def other_cases(by, phones, *, at) -> list[str]:
    assert list(phones) == ["+44 7700 900123"]
    return ["K7Q4MX2PD"]


# --- writing a conversation down -------------------------------------------------------------------


def test_a_call_is_written_down_and_the_case_is_due(pages: Pages):
    caller = pages.entries["caller"]
    told = talk_form(pages, f"add/talk/?with={caller}&calling=now")
    assert (told["caller"], told["direction"]) == ([caller], ["we called"])
    day = pages.at.date() + timedelta(days=4)
    told |= {"told": "Nothing new.", "next_words": "we call", "next_on": day.isoformat()}
    for _ in range(2):
        answer = pages.post("alice", "add/talk/", told)
        assert answer.url == pages.url(f"caller/{caller}/")
    assert len(pages.opened().entries(Talk)) == 2
    assert Case.objects.get().next_due == day


def test_a_promise_wants_a_day_and_everything_typed_stays(pages: Pages):
    told = talk_form(pages) | {"told": "Nothing new.", "next_words": "we call"}
    answer = pages.post("alice", "add/talk/", told)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "What has no day is forgotten" in page
    assert "Nothing new." in page
    past = {"next_on": (pages.at.date() - timedelta(days=1)).isoformat()}
    answer = pages.post("alice", "add/talk/", told | past)
    assert answer.status_code == 400
    assert "has passed already" in answer.content.decode()


def test_two_members_write_in_one_conversation(pages: Pages):
    path = f"entry/{pages.entries['talk']}/"
    mine = talk_form(pages, path)
    carols = mine | {"heard": "Carol heard that he is better."}
    assert pages.post("carol", path, carols).status_code == 302
    answer = pages.post("alice", path, mine | {"heard": "Alice heard that he is worse."})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Carol heard" in page
    assert "Alice heard" in page


def test_words_that_were_told_are_kept_line_by_line(pages: Pages):
    told = {"words": "work: police\r\n\r\nthey are hiding"}
    assert pages.post("alice", "add/said/", told).status_code == 302
    assert pages.opened().entries(Said)[-1].says.words == ("work: police", "they are hiding")
    cell = Said(words=("one cell\nof two lines", "another"))
    code = actions.add_entry(pages.opened(), cell, at=pages.at)
    form = next(
        each
        for each in forms_at(pages.clients["alice"], pages.url(f"entry/{code}/"))
        if "words" in each.names
    )
    assert pages.post("alice", f"entry/{code}/", form.values).status_code == 302
    assert pages.opened().entry(code, Said).says == cell


@pytest.mark.parametrize("kind", ["plea", "assessed", "facts"])
def test_what_no_form_writes_can_be_seen_and_not_written(pages: Pages, kind: str):
    entry = pages.entries[kind]
    assert pages.get("alice", f"entry/{entry}/history/").status_code == 200
    for path in (f"add/{kind}/", f"entry/{entry}/", f"entry/{entry}/remove/"):
        assert pages.get("alice", path).status_code == 404, path
        assert pages.post("alice", path, {"words": "x", "expected": "1"}).status_code == 404, path


# --- what follows ------------------------------------------------------------------------------------


def test_whatever_was_told_is_followed(pages: Pages, settings):
    settings.AFTER_TOLD = f"{__name__}.note_it"
    FOLLOWED.clear()
    talk = talk_form(pages) | {"told": "x"}
    note = pages.entries["note"]
    sent = [
        pages.post("alice", "add/note/", {"words": "x"}),
        pages.post("alice", "add/talk/", talk),
        pages.post("alice", f"entry/{note}/", {"words": "y", "expected": "1"}),
        pages.post("alice", f"entry/{note}/remove/", {"expected": "2"}),
        pages.post("alice", "add/note/", {"words": ""}),
    ]
    assert [each.status_code for each in sent] == [302] * 4 + [400]
    assert [pages.code] * 4 == FOLLOWED


FOLLOWED: list[str] = []


def note_it(by, code: str, *, at) -> None:
    FOLLOWED.append(code)


# --- unknown as questions ---------------------------------------------------------------------------


def test_what_is_unknown_is_asked_and_what_the_band_hangs_on_comes_first(pages: Pages):
    opened = pages.opened()
    asked = questions(opened, rules=True)
    first = [one.says for each in asked.first for one in each.questions]
    then = [one.says for each in asked.then for one in each.questions]
    assert "How old are they, or when were they born?" in first  # of one who is not named
    assert "For whom did each of you work, and at which place?" in first
    assert "What is their name?" in then
    assert any("2 more belong to them" in each for each in then)
    assert not any("province" in each for each in [*first, *then])  # it is known
    assert [each.who for each in asked.first] == ["", "a person not yet named"]


def test_what_was_told_is_asked_no_more(pages: Pages):
    opened = pages.opened()
    blank = opened.persons[2]
    known = Person(
        given_name="Sana",
        sex=Sex.FEMALE,
        relation=Relation.CHILD,
        birth=opened.persons[1].says.birth,
    )
    actions.change_entry(opened, blank.code, known, expected_revision=1, at=pages.at)
    asked = questions(pages.opened())
    assert "Sana" not in [each.who for each in (*asked.first, *asked.then)]


def test_every_question_leads_to_where_it_is_answered(pages: Pages):
    page = pages.get("alice").content.decode()
    links = re.findall(r'<a href="([^"]*#id_[^"]*)"', page)
    assert links
    for link in links:
        path, _, field = link.partition("#")
        answer = pages.get("alice", path).content.decode()
        assert f'id="{field}"' in answer, link


# --- everything in one line of time ------------------------------------------------------------------


def test_everything_that_happened_stands_in_one_line_of_time(pages: Pages):
    cast, opened = pages.cast, pages.opened()
    actions.withdraw_consent(
        opened,
        pages.entries["consent"],
        withdrawn_on=pages.at.date(),
        told_by="Maryam",
        expected_revision=1,
        at=pages.at + timedelta(minutes=1),
    )
    actions.change_cover(
        opened,
        expected_revision=1,
        state="settled",
        band="routine",
        at=pages.at + timedelta(minutes=2),
    )
    actions.hand_over(
        pages.opened(),
        cast.bob.member,
        note="They expect a call.",
        expected_revision=2,
        at=pages.at + timedelta(minutes=3),
    )
    opened = pages.opened(cast.carol)
    found = timeline(opened)
    assert {each.shows for each in found} == set(SHOWS)
    assert [each.at for each in found] == sorted((each.at for each in found), reverse=True)
    assert all(each.who for each in found)
    page = text_of(pages.get("carol"))
    assert in_turn(
        page, "Handed over", "cover changed : settled", "Consent withdrawn", "Consent given"
    )
    decisions = text_of(pages.get("carol", "", show="decisions"))
    assert "Handed over from" not in decisions
    assert "Decision of an authority" in decisions
    assert pages.get("carol", "", show="\u202ewhatever").status_code == 200


def test_an_assessment_stands_there_where_it_moved_the_band(pages: Pages):
    opened = pages.opened()
    kept = opened.entries(Assessed)[0]
    for revision, band in enumerate(["urgent", "emergency", "emergency"], 1):
        with changing(opened, Deed.CASE_ASSESSED, at=pages.at) as change:
            says = Assessed(rules="77", on=kept.says.on, band=band, priority="5")
            change.change(kept.code, says, expected_revision=revision)
    moved = [each.told["band"] for each in timeline(pages.opened(), show="assessments")]
    assert sorted(moved) == ["emergency", "urgent"]


def test_however_much_happened_its_beginning_is_told(pages: Pages, monkeypatch):
    monkeypatch.setattr("safeconduct.cases.views.timeline._LINES_AT_ONCE", 1)
    opened = pages.opened()
    for revision, state in enumerate(["settled", "open", "closed"], 1):
        actions.change_cover(opened, expected_revision=revision, state=state, at=pages.at)
    deeds = [each.told["deed"] for each in timeline(pages.opened(), show="case")]
    assert sorted(deeds) == ["case opened"] + ["cover changed"] * 3


def test_why_the_rules_moved_the_band_is_told_in_the_readers_language(pages: Pages):
    rule = next(each for each in operation().rulebook.rules if "{" not in each.reason)
    opened = pages.opened()
    kept = opened.entries(Assessed)[0]
    with changing(opened, Deed.CASE_ASSESSED, at=pages.at) as change:
        says = replace(kept.says, band="emergency", reasons=(rule.reason,))
        change.change(kept.code, says, expected_revision=1)
    Member.objects.filter(code=pages.cast.alice.member.code).update(language="prs")
    page = text_of(pages.get("alice", "", show="assessments"))
    with override("prs"):
        told = rule_sentence(rule.reason)
    assert told != rule.reason
    assert told in page
    assert rule.reason not in page


def test_however_many_were_spoken_to_a_conversation_is_opened_no_oftener(pages: Pages, monkeypatch):
    opened_now: list[bytes] = []
    read = Talk.from_bytes
    monkeypatch.setattr(Talk, "from_bytes", lambda told: opened_now.append(told) or read(told))
    pages.get("alice")
    of_one = len(opened_now)
    assert len(set(opened_now)) == 1
    for kept in pages.opened().persons:
        for day in range(2):
            told = Talk(direction=Direction.MET, told=f"text {day}", caller=kept.code)
            actions.record_talk(pages.opened(), told, at=pages.at)
    opened_now.clear()
    pages.get("alice")
    assert len(set(opened_now)) == 7
    assert len(opened_now) == 7 * of_one


# --- ages, of an operation that is over ----------------------------------------------------------------


def test_who_was_an_infant_is_marked_beside_the_age_that_is_told(pages: Pages):
    """The shipped operation is looked at from a day in 2021, and not from today."""
    for name, born in (("Sana", date(2021, 5, 1)), ("Nilab", date(2019, 7, 1))):
        child = Person(given_name=name, relation=Relation.CHILD, birth=UncertainDate.of_day(born))
        actions.add_entry(pages.opened(), child, at=pages.at)
    page = text_of(pages.get("alice"))
    assert "child, 3 months infant" in page
    assert "child, 2 Born 1 July 2019" in page


def test_an_age_is_told_again_as_it_was_heard(pages: Pages):
    rows = {"person-TOTAL_FORMS": "4", "person-INITIAL_FORMS": "0"}
    told = rows | {
        "person-0-given_name": "Karim",
        "person-0-relation": "sibling",
        "person-0-birth": "34",
        "names": "Zahra, wife, 31\nOmid, son, 8 months",
    }
    answer = pages.post("alice", "/cases/new/", told)
    page = text_of(pages.get("alice", answer.url))
    assert "sister or brother, 34" in page
    assert "wife or husband, 31" in page
    assert "months infant" in page


def test_who_was_born_since_is_taken(pages: Pages):
    child = {"given_name": "Sana", "relation": "child", "birth": "1 March 2022"}
    assert pages.post("alice", "add/person/", child).status_code == 302
    born = pages.opened().persons[-1].says.birth
    assert born == UncertainDate.of_day(date(2022, 3, 1))


# --- a call -------------------------------------------------------------------------------------------


def test_a_first_call_from_hello_to_hanging_up(pages: Pages):
    (form,) = [
        each
        for each in forms_at(pages.clients["alice"], "/cases/new/")
        if "caller_name" in each.names
    ]
    told = {name: value for name, value in form.values.items() if value != [""]}
    code = told["reserved"][0]
    page = text_of(pages.get("alice", "/cases/new/"))
    assert in_turn(
        page,
        "Who is on the line",
        "Who they are",
        "What threatens them",
        "Ask these, before all others",
        "Before you hang up",
        "Read their number back",
    )
    asks = sorted(name for name in form.names if name.startswith("ask-"))
    assert len(asks) == 3
    day = pages.at.date() + timedelta(days=1)
    told |= {
        "caller_name": "Ahmad",
        "caller_phones": "07700 900123",
        "caller_hours": "any time",
        "caller_language": "ps",
        "names": "Zahra, wife, 34, teacher\nOmid, son, 8 months\n\nSana",
        "person-0-given_name": "Karim",
        "person-0-relation": "principal",
        "threat": "Men asked for him.",
        "ask-occupation": "interpreter",
        "next_words": "we look at it and call you back",
        "next_on": day.isoformat(),
    }
    answer = pages.post("alice", "/cases/new/", told)
    assert answer.url == f"/cases/{code}/"
    pages.code = code
    opened = pages.opened()
    names = {kept.says.given_name: kept.says for kept in opened.persons}
    assert set(names) == {"Karim", "Zahra", "Omid", "Sana"}
    assert (names["Zahra"].relation, names["Zahra"].sex) == (Relation.SPOUSE, Sex.FEMALE)
    (said,) = opened.entries(Said)
    assert said.says.words == ("teacher",)
    assert opened.entry(said.says.person or "", Person).says.given_name == "Zahra"
    (caller,), (talk,) = opened.entries(Caller), opened.entries(Talk)
    assert talk.says.caller == caller.code
    assert (talk.says.direction, opened.cover.next_due) == (Direction.THEY_CALLED, day)
    assert opened.entries(SafeContact)[0].says.person == caller.code
    assert opened.entries(Facts)[0].says.facts == {"occupation": "interpreter"}
    assert len(opened.entries(Threat)) == 1
    assert opened.entries(PleaTold) == []
    page = text_of(pages.get("alice", f"caller/{caller.code}/"))
    assert in_turn(page, "we look at it and call you back", "any time", "Pashto")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("names", "Zahra, wife, 34\nAli, Omar and four more", "Line 2 could not be read"),
        ("next_words", "we call you", "What has no day is forgotten"),
        ("next_on", "2090-01-01", "What happens on that day?"),
        ("next_on", "1 January 2021", "has passed already"),
    ],
)
def test_what_wants_mending_on_a_call_keeps_what_was_typed(pages: Pages, field, typed, said):
    told = {"caller_name": "Ahmad", field: typed} | {
        "person-TOTAL_FORMS": "4",
        "person-INITIAL_FORMS": "0",
    }
    answer = pages.post("alice", "/cases/new/", told)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert typed.split("\n")[0] in page
    assert 'value="Ahmad"' in page
    assert Case.objects.count() == 1


def test_no_name_stands_in_the_title_that_a_browser_keeps(pages):
    """Titles stand on shared screens, and browsers keep them on the disk (law 3)."""
    for who, path in (("caller", f"caller/{pages.entries['caller']}/"), ("case", "")):
        told = pages.get("alice", path).content.decode()
        title = told.partition("<title>")[2].partition("</title>")[0]
        assert "Ahmad" in told, who
        assert "Ahmad" not in title

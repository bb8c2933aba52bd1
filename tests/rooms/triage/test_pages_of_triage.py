"""The pages of this room, as each member meets them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.rooms.triage.callers import INTERPRETER, again, answered, opened_case
from tests.rooms.triage.conftest import REASON, Desk
from tests.rooms.triage.rulebooks import SMALL, loaded
from tests.rooms.triage.working import work
from tests.visitor import _forms

from safeconduct.cases.actions import add_entry, change_entry
from safeconduct.cases.entries import Facts
from safeconduct.core.dates import UncertainDate
from safeconduct.triage.actions import decide_override, tell_facts
from safeconduct.triage.actions.facts import answers_in
from safeconduct.triage.actions.rules import COMPARE, LIKE, REASSESS
from safeconduct.triage.models import LikeCases, LoadedRules, Override, Reassessment

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SAID = INTERPRETER.partition(": ")[2]


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def initials(answer) -> dict[str, list[str]]:
    """What the form would send if nothing were touched."""
    form = next(
        f for f in _forms(answer.content.decode(), "/") if f.method == "post" and len(f.values) > 5
    )
    return form.values


# --- on the page of the case -------------------------------------------------------------------------------


def test_the_case_says_how_urgent_and_why_with_rule_source_and_day(desk: Desk):
    page = desk.get("alice", f"/cases/{desk.code}/")
    told = text_of(page)
    assert "How urgent, and why" in told
    assert "served as an interpreter beside the British" in told
    assert "urgent-worked-at-arms-with-the-uk" in told
    assert 'rel="noopener noreferrer"' in page.content.decode()
    assert "Ask on the next call" in told
    assert "Read from what was told" in told
    assert SAID in told
    assert "may be eligible" in told
    assert "not known yet" in told
    assert "Assess anew" not in told


def test_where_the_case_says_otherwise_by_now_there_is_a_button(desk: Desk):
    opened = desk.opened()
    add_entry(opened, answered(life_saving_treatment="yes"), at=desk.at)
    page = desk.get("alice", f"/cases/{desk.code}/")
    assert "Assess anew" in text_of(page)
    assert desk.post("alice", "assess/").status_code == 302
    assert again(desk.cast.alice, desk.code, desk.at).cover.band == "emergency"
    assert "Assess anew" not in text_of(desk.get("alice", f"/cases/{desk.code}/"))
    assert desk.get("bob", f"/cases/{desk.code}/").status_code == 200
    assert SAID not in text_of(desk.get("bob", f"/cases/{desk.code}/"))


def test_what_the_page_asks_of_each_person_is_not_asked_a_second_time(desk: Desk):
    whole = "Is anyone of eighteen or over with the children?"
    page = text_of(desk.get("alice", f"/cases/{desk.code}/"))
    assert "How old are they, or when were they born?" in page  # Zalmai, whose age nobody told
    assert whole not in page
    row = desk.asked()
    assert whole in text_of(desk.get("carol", f"override/{row.code}/")), "nobody else asks it there"
    zalmai, _ = desk.opened().persons
    born = replace(zalmai.says, birth=UncertainDate.of_year(2003))  # seventeen or eighteen
    change_entry(desk.opened(), zalmai.code, born, expected_revision=zalmai.revision, at=desk.at)
    page = text_of(desk.get("alice", f"/cases/{desk.code}/"))
    assert "How old are they, or when were they born?" not in page
    assert whole in page


# --- questions ------------------------------------------------------------------------------------------------


def test_what_would_change_the_outcome_is_asked_first_and_children_not_of_their_work(desk: Desk):
    page = desk.get("alice", "ask/")
    told = text_of(page)
    assert "Has anyone threatened you" in told
    zalmai, omid = (kept.code for kept in desk.opened().persons)
    html = page.content.decode()
    assert f'name="{zalmai}.employment"' in html
    assert f'name="{omid}.employment"' not in html
    assert f'name="{omid}.life_saving_treatment"' in html
    assert html.index("Has anyone threatened") < html.index("Chevening")


def test_answers_are_kept_and_the_case_is_assessed(desk: Desk):
    told = initials(desk.get("alice", "ask/"))
    told["family.in_hiding"] = ["yes"]
    answer = desk.post("alice", "ask/", told)
    assert answer.status_code == 302, text_of(answer)
    opened = desk.opened()
    assert answers_in(opened.entries(Facts)) == {(None, "in_hiding"): "yes"}


def test_everything_of_one_person_and_of_the_family(desk: Desk):
    zalmai, _ = (kept.code for kept in desk.opened().persons)
    page = desk.get("alice", "ask/", of=zalmai)
    assert "Answers about Zalmai" in text_of(page)
    told = initials(page)
    told[f"{zalmai}.employer"] = ["uk_forces"]
    told[f"{zalmai}.serious_illness"] = ["no"]
    assert desk.post("alice", f"ask/?of={zalmai}", told).status_code == 302
    kept = answers_in(desk.opened().entries(Facts))
    assert kept == {(zalmai, "employer"): "uk_forces", (zalmai, "serious_illness"): "no"}
    family = desk.get("alice", "ask/", of="family").content.decode()
    assert 'name="family.refugee_registered"' in family
    assert desk.get("alice", "ask/", of="nobody").status_code == 200


def test_a_colleagues_other_answer_is_shown_and_nothing_typed_is_lost(desk: Desk):
    told = initials(desk.get("alice", "ask/"))
    tell_facts(desk.opened(), {(None, "in_hiding"): "no"}, seen={}, at=desk.at)
    told["family.in_hiding"] = ["yes"]
    answer = desk.post("alice", "ask/", told)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "stands now: no" in page
    assert '<option value="yes" selected>' in page
    again_ = initials(answer)
    assert again_["family.in_hiding"] == ["yes"]
    assert desk.post("alice", "ask/", again_).status_code == 302
    assert answers_in(desk.opened().entries(Facts)) == {(None, "in_hiding"): "yes"}


def test_what_the_rulebook_has_no_word_for_keeps_no_answer_from_being_saved(desk: Desk):
    zalmai, _ = (kept.code for kept in desk.opened().persons)
    older = {"occupation": "interpreter|astronaut", "employer": "moon"}
    add_entry(desk.opened(), Facts(facts=older, person=zalmai), at=desk.at)
    page = desk.get("alice", "ask/", of=zalmai)
    told = initials(page)
    told[f"{zalmai}.serious_illness"] = ["no"]
    assert desk.post("alice", f"ask/?of={zalmai}", told).status_code == 302
    kept = answers_in(desk.opened().entries(Facts))
    assert kept == {(zalmai, fact): value for fact, value in older.items()} | {
        (zalmai, "serious_illness"): "no"
    }
    # Beside a colleague's other answer the form begins from what the rulebook knows, too.
    told = initials(desk.get("alice", "ask/", of=zalmai))
    seen = {(zalmai, "serious_illness"): "no"}
    tell_facts(desk.opened(), {(zalmai, "serious_illness"): "yes"}, seen=seen, at=desk.at)
    told[f"{zalmai}.serious_illness"] = [""]
    answer = desk.post("alice", f"ask/?of={zalmai}", told)
    assert answer.status_code == 409
    assert desk.post("alice", f"ask/?of={zalmai}", initials(answer)).status_code == 302
    kept = answers_in(desk.opened().entries(Facts))
    assert kept == {(zalmai, fact): value for fact, value in older.items()}
    # Answered anew, the new answer stands alone.
    told = initials(desk.get("alice", "ask/", of=zalmai))
    told[f"{zalmai}.occupation"] = ["interpreter", "teacher"]
    assert desk.post("alice", f"ask/?of={zalmai}", told).status_code == 302
    kept = answers_in(desk.opened().entries(Facts))
    assert kept[zalmai, "occupation"] == "interpreter|teacher"


def test_a_contradiction_is_asked_back(desk: Desk):
    zalmai, _ = (kept.code for kept in desk.opened().persons)
    told = initials(desk.get("alice", "ask/", of=zalmai))
    told[f"{zalmai}.occupation"] = ["teacher", "none"]
    answer = desk.post("alice", f"ask/?of={zalmai}", told)
    assert answer.status_code == 400
    assert "none of the others holds" in text_of(answer)
    told[f"{zalmai}.occupation"] = ["astronaut"]
    assert desk.post("alice", f"ask/?of={zalmai}", told).status_code == 400


def test_nobody_else_reaches_the_questions(desk: Desk):
    for who, status in {
        "dana": 404,
        "audrey": 404,
        "otto": 404,
        "charlie": 404,
        "bob": 200,
    }.items():
        answer = desk.get(who, "ask/")
        assert answer.status_code == status, who
        assert "Zalmai" not in answer.content.decode()
        assert desk.post(who, "ask/", {"family.in_hiding": "yes"}).status_code in {200, 404}
    assert desk.opened().entries(Facts) == []


# --- overrides --------------------------------------------------------------------------------------------------


def test_from_asking_to_agreeing(desk: Desk):
    assert "emergency" in text_of(desk.get("alice", "override/"))
    until = (desk.at.date() + timedelta(days=3)).isoformat()
    told = {"band": "emergency", "until": until, "reason": REASON}
    assert desk.post("alice", "override/", told).status_code == 302
    row = Override.objects.get()
    assert "a second person has to decide" in text_of(desk.get("alice", f"/cases/{desk.code}/"))
    own = text_of(desk.get("alice", f"override/{row.code}/"))
    assert "nobody agrees to what they asked for themselves" in own
    assert desk.post("alice", f"override/{row.code}/", {"answer": "agree"}).status_code == 409
    bobs = desk.get("bob", f"override/{row.code}/")
    assert REASON not in bobs.content.decode()
    carols = text_of(desk.get("carol", f"override/{row.code}/"))
    assert "Zarmina" in carols
    assert "served as an interpreter" in carols
    assert desk.post("carol", f"override/{row.code}/").status_code == 400
    assert desk.post("carol", f"override/{row.code}/", {"answer": "agree"}).status_code == 302
    assert "counts until" in text_of(desk.get("alice", f"/cases/{desk.code}/"))
    assert "another band was agreed" in text_of(desk.get("alice", "/triage/"))
    assert desk.post("carol", f"override/{row.code}/", {"answer": "refuse"}).status_code == 409
    assert desk.post("alice", f"override/{row.code}/end/").status_code == 302
    assert desk.post("alice", f"override/{row.code}/end/").status_code == 409
    assert "ended by alice" in text_of(desk.get("alice", "override/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"band": "urgent"},  # the rulebook's own
        {"band": "not assessed"},
        {"until": "2001-01-01"},
        {"until": "2099-01-01"},
        {"until": "tomorrow"},
        {"reason": "please"},
        {"reason": ""},
        {"reason": "x" * 2001},
    ],
)
def test_what_is_typed_comes_back_with_what_wants_mending(desk: Desk, wrong: dict[str, str]):
    until = (desk.at.date() + timedelta(days=3)).isoformat()
    answer = desk.post(
        "alice", "override/", {"band": "emergency", "until": until, "reason": REASON} | wrong
    )
    assert answer.status_code == 400
    assert "wants mending" in text_of(answer) or "want mending" in text_of(answer)
    if "reason" not in wrong:
        assert "brother was taken" in answer.content.decode()
    assert not Override.objects.exists()


def test_what_ran_out_says_so_until_it_is_ended(desk: Desk):
    row = desk.asked(days=1)
    desk.post("carol", f"override/{row.code}/", {"answer": "agree"})
    Override.objects.filter(code=row.code).update(until=desk.at.date() - timedelta(days=1))
    assert "Ran out: decide and say" in text_of(desk.get("alice", "/triage/"))
    assert "The override ran out" in text_of(desk.get("alice", f"/cases/{desk.code}/"))
    desk.post("alice", "assess/")
    assert again(desk.cast.alice, desk.code, desk.at).cover.band == "urgent"
    assert "the override ran out" in text_of(desk.get("alice", "/triage/"))


def test_of_another_office_nothing_is_seen(desk: Desk):
    row = desk.asked()
    for path in ("override/", f"override/{row.code}/"):
        assert desk.get("charlie", path).status_code == 404
        assert desk.post("charlie", path, {"answer": "agree"}).status_code == 404
    assert desk.post("charlie", f"override/{row.code}/end/").status_code == 404
    assert desk.code not in desk.get("charlie", "/triage/").content.decode()
    for who in ("dana", "audrey", "otto"):
        assert desk.get(who, "/triage/").status_code == 404


def test_of_many_overrides_what_ran_out_and_what_waits_stand_first_and_none_is_left_out(
    desk: Desk, monkeypatch
):
    monkeypatch.setattr("safeconduct.triage.views.overrides.MOST_SHOWN", 1)
    assert "Nothing waits" in text_of(desk.get("carol", "/triage/"))
    cast, first = desk.cast, desk.code
    decide_override(cast.carol, desk.asked(days=9).code, agreed=True, at=desk.at)
    codes = [first]
    for days in (8, 1):
        desk.code = opened_case(cast.alice, at=desk.at).code
        desk.asked(days=days)
        codes.insert(0, desk.code)
    Override.objects.filter(case=desk.code).update(until=desk.at.date() - timedelta(days=1))
    for number, code in enumerate(codes, start=1):
        page = desk.get("carol", "/triage/", page=str(number)).content.decode()
        assert [each for each in codes if f"/{each}/" in page] == [code]
        assert "Nothing waits" not in page
        assert ("After these" in page, "Before these" in page) == (number < 3, number > 1)


# --- rulebooks ---------------------------------------------------------------------------------------------------


def test_from_a_text_to_a_rulebook_in_force(desk: Desk):
    page = desk.get("carol", "/triage/rules/")
    assert "nobody has changed it" in text_of(page)
    assert "Load another" not in text_of(desk.get("alice", "/triage/rules/"))
    told = {"name": "Rules of September", "text": SMALL}
    answer = desk.post("carol", "/triage/rules/load/", told)
    version = LoadedRules.objects.get().version
    assert answer["Location"] == f"/triage/rules/{version}/"
    read = text_of(desk.get("alice", f"/triage/rules/{version}/"))
    assert "They hide." in read
    assert "Compare with" not in read
    asked = desk.post("carol", f"/triage/rules/{version}/compare/")
    run = Reassessment.objects.get()
    assert asked["Location"] == f"/triage/runs/{run.code}/"
    assert "begins within moments" in text_of(desk.get("carol", asked["Location"]))
    assert desk.post("carol", f"/triage/rules/{version}/compare/").status_code == 409
    work(desk.cast.carol, COMPARE, at=desk.at)
    shown = text_of(desk.get("carol", asked["Location"]))
    assert "1 of 1 cases moves" in shown
    assert "I have looked at who would move" in shown
    assert "Put it in force" not in text_of(desk.get("alice", asked["Location"]))
    assert desk.post("alice", asked["Location"], {"why": "x" * 20, "sure": "on"}).status_code == 404
    assert desk.post("carol", asked["Location"], {"why": "x" * 20}).status_code == 400
    why = "The letter of September names new groups."
    answer = desk.post("carol", asked["Location"], {"why": why, "sure": "on"})
    assert answer.status_code == 302
    work(desk.cast.carol, REASSESS, at=desk.at)
    assert "1 of 1 cases moves" in text_of(desk.get("alice", answer["Location"]))
    assert why in text_of(desk.get("alice", "/triage/rules/"))
    assert (
        desk.get("alice", answer["Location"], **{"from": "urgent", "to": "urgent"}).status_code
        == 200
    )


def test_a_file_is_as_good_as_a_text_and_what_is_wrong_is_named(desk: Desk):
    file = SimpleUploadedFile("rules.yaml", SMALL.encode())
    answer = desk.post("carol", "/triage/rules/load/", {"name": "Ours", "file": file})
    assert answer.status_code == 302
    for told in (
        {"name": "Ours"},
        {"text": SMALL},
        {"name": "x" * 61, "text": SMALL},
        {"name": "Ours", "text": SMALL.replace("in_hiding: 'yes'", "in_hidding: 'yes'")},
        {"name": "Ours", "text": "<script>alert(1)</script>"},
        {"name": "Ours", "file": SimpleUploadedFile("rules.yaml", b"\xff\xfe\x00")},
        {"name": "Ours", "file": SimpleUploadedFile("rules.yaml", b"")},
        {"name": "Ours", "text": SMALL, "file": SimpleUploadedFile("a.yaml", SMALL.encode())},
    ):
        answer = desk.post("carol", "/triage/rules/load/", told)
        assert answer.status_code == 400, told
        assert "<script>" not in answer.content.decode()
    named = desk.post(
        "carol",
        "/triage/rules/load/",
        {"name": "Ours", "text": SMALL.replace("{in_hiding: 'yes'}", "{in_hidding: 'yes'}")},
    )
    assert "line 18" in text_of(named)
    assert "Did you mean" in text_of(named)
    assert "in_hidding" in named.content.decode(), "what was typed comes back"
    begun = desk.get("carol", "/triage/rules/load/", **{"from": "nothing"})
    assert begun.status_code == 200


def test_a_rulebook_of_another_office_is_not_there(desk: Desk):
    version = loaded(desk.cast.carol, at=desk.at).version
    for path in (f"/triage/rules/{version}/", f"/triage/rules/{version}/compare/"):
        assert desk.post("charlie", path).status_code == 404
    assert desk.get("charlie", f"/triage/rules/{version}/").status_code == 404
    assert version not in desk.get("charlie", "/triage/rules/").content.decode()
    desk.post("carol", f"/triage/rules/{version}/compare/")
    run = Reassessment.objects.get()
    assert desk.get("charlie", f"/triage/runs/{run.code}/").status_code == 404


# --- like cases ------------------------------------------------------------------------------------------------------


def test_like_cases_are_for_whoever_may_open_them_all(desk: Desk):
    assert desk.get("alice", "/triage/like/").status_code == 404
    answer = desk.post("carol", "/triage/like/")
    assert answer.status_code == 302
    assert "begins within moments" in text_of(desk.get("carol", answer["Location"]))
    assert desk.post("carol", "/triage/like/").status_code == 409
    work(desk.cast.carol, LIKE, at=desk.at)
    assert "No like cases fared differently" in text_of(desk.get("carol", answer["Location"]))
    assert desk.get("charlie", answer["Location"]).status_code == 404
    LikeCases.objects.update(sealed=b"\x01" + b"\0" * 80)
    assert "SC" in text_of(desk.get("carol", answer["Location"]))

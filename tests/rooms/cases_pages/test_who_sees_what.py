"""Every page of a case for everybody: its owner, a colleague, the coordinator, those who open no case, strangers."""

from __future__ import annotations

import re

import pytest
from tests.rooms.cases_pages.conftest import WITHOUT_A_FORM

from safeconduct.journal.models import Line

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PAGES = [
    "",
    "looks/",
    "cover/",
    "hand-over/",
    *(
        f"add/{kind}/"
        for kind in (
            "person caller safe_contact place tie threat said talk note document consent "
            "decision".split()
        )
    ),
]


def pages_of_entries(pages) -> list[str]:
    found = [
        f"entry/{code}/{verb}"
        for kind, code in pages.entries.items()
        if kind not in WITHOUT_A_FORM
        for verb in ("", "history/", "remove/")
    ]
    found += [f"entry/{pages.entries[kind]}/history/" for kind in sorted(WITHOUT_A_FORM)]
    found += ["caller/", f"caller/{pages.entries['caller']}/", f"caller/{pages.entries['person']}/"]
    found += [f"entry/{pages.entries['consent']}/withdraw/"]
    found += [f"document/{pages.entries['document']}/{end}" for end in ("", "1/")]
    return found


def test_the_owner_sees_every_page(pages):
    for path in [*PAGES, *pages_of_entries(pages)]:
        answer = pages.get("alice", path)
        assert answer.status_code == 200, path
        assert answer["Cache-Control"] == "no-store", path


def test_the_coordinator_sees_every_page_and_may_share_hold_and_shred(pages):
    for path in [*PAGES, *pages_of_entries(pages), "share/", "hold/", "hold/end/", "shred/"]:
        assert pages.get("carol", path).status_code == 200, path


def test_a_colleague_sees_the_cover_and_how_to_ask_and_nothing_told(pages):
    for path in [*PAGES, *pages_of_entries(pages)]:
        answer = pages.get("bob", path)
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert "Ask for access" in page
        assert "Break the glass" in page
        assert "Maryam" not in page
        assert "tailor" not in page


@pytest.mark.parametrize("who", ["charlie", "dana", "audrey", "otto"])
def test_for_strangers_and_for_those_who_open_no_case_it_does_not_exist(pages, who: str):
    for path in [*PAGES, *pages_of_entries(pages), "share/", "hold/", "shred/"]:
        assert pages.get(who, path).status_code == 404, path
        assert pages.post(who, path).status_code in {404, 405}, path


def test_somebody_without_a_session_is_sent_to_the_door(pages):
    for path in [*PAGES, *pages_of_entries(pages), "/cases/", "/cases/new/", "/cases/shreddings/"]:
        answer = pages.get("nobody", path)
        assert answer.status_code == 302, path
        assert answer.url.startswith("/door/")


def test_a_caseworker_may_not_share_hold_or_shred(pages):
    for path in ("share/", "hold/", "hold/end/", "shred/", "shred/agree/", "/cases/shreddings/"):
        assert pages.get("alice", path).status_code == 404, path


def test_an_unknown_code_looks_like_a_strangers(pages):
    def page_for(path: str) -> str:
        page = pages.get("charlie", path).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert pages.get("alice", "/cases/K7Q4MX2PD/").status_code == 404
    assert page_for("/cases/K7Q4MX2PD/") == page_for("")


def test_the_list_shows_covers_and_no_names_most_urgent_first(pages):
    page = pages.get("bob", "/cases/").content.decode()
    assert pages.code[:4] in page
    assert "Maryam" not in page
    assert pages.code[:4] not in pages.get("charlie", "/cases/").content.decode()
    assert pages.get("audrey", "/cases/").status_code == 404
    dana = pages.get("dana", "/cases/").content.decode()
    assert f'href="/cases/{pages.code}/"' not in dana  # an approver sees that it is there


def test_each_look_is_journalled_with_the_purpose_that_was_chosen(pages):
    pages.get("alice")
    assert pages.post("alice", "purpose/", {"purpose": "review"}).status_code == 302
    pages.get("alice")
    looks = Line.objects.filter(
        about=pages.code, deed="case seen", member=pages.cast.alice.member.code
    )
    assert list(looks.order_by("number").values_list("purpose", flat=True))[-2:] == [
        "casework",
        "review",
    ]
    pages.get("alice", "hand-over/")
    assert looks.order_by("number").last().purpose == "handing over"
    assert "review" in pages.get("alice", "looks/").content.decode()


def test_a_purpose_that_is_none_is_not_taken(pages):
    assert pages.post("alice", "purpose/", {"purpose": "curiosity"}).status_code == 404

"""No page offers a member what is not there for them: whatever a page links to answers."""

from __future__ import annotations

import re

import pytest
from tests.rooms.cases.families import compared

from safeconduct.cases import actions
from safeconduct.cases.queries import outline_of
from safeconduct.people.actions import ask_for_access, break_glass

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

FROM = "/ /cases/ /cases/shreddings/ /access/ /exports/ /exports/recipients/ /office/ /me/ /jobs/ /journal/"


@pytest.fixture
def in_need(pages):
    """The case is shared by its card, its glass is broken and another access awaits a decision."""
    cast = pages.cast
    compared(cast.carol, cast.other)
    actions.share_case(pages.opened(cast.carol), cast.other.code, extent="card", at=pages.at)
    break_glass(cast.bob, outline_of(pages.code), reason="somebody is at their door", at=pages.at)
    other = actions.open_case(cast.alice, at=pages.at).code
    ask_for_access(cast.bob, outline_of(other), reason="the family asked for me", at=pages.at)
    return pages


@pytest.mark.slow
@pytest.mark.parametrize("who", "alice bob carol dana audrey otto charlie".split())
def test_every_link_of_every_page_leads_somewhere(in_need, who):
    links: dict[str, str] = {}
    for path in [*FROM.split(), in_need.url(""), in_need.url("looks/")]:
        page = in_need.get(who, path)
        if page.status_code == 200:
            found = re.findall(r'<a [^>]*href="(/[^"#]*)"', page.content.decode())
            links |= {link: path for link in found if link not in links}
    dead = [(on, to) for to, on in links.items() if in_need.get(who, to).status_code == 404]
    assert links
    assert dead == []

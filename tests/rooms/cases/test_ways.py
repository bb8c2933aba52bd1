"""Alice, Bob and Charlie: who comes to which case, and who finds nothing there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast
from tests.rooms.cases.families import CHILD, LATER, PRINCIPAL, STORY, compared, family_of, seen

from safeconduct.cases import actions
from safeconduct.cases.entries import Handover, Note
from safeconduct.cases.models import Case, Version
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.queries import cover_of, covers_for, open_cases, outline_of, owned_by
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.cases.reading_many import NotWhole, open_cards
from safeconduct.core.errors import (
    AlreadyOwned,
    CannotOwn,
    ChangedMeanwhile,
    KeysLocked,
    NoKey,
    NoRight,
    NoSuchCase,
)
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.access import Way
from safeconduct.people.actions import ask_for_access, break_glass, decide_access
from safeconduct.people.models import Grant
from safeconduct.people.present import Present

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def opens(by: Present, opened: OpenCase) -> Way | None:
    try:
        return seen(by, opened).way
    except NoSuchCase:
        return None


def ways(cast: Cast, opened: OpenCase) -> dict[str, Way | None]:
    return {name: opens(by, opened) for name, by in cast.everybody().items()}


NOBODY = dict.fromkeys(["alice", "bob", "carol", "dana", "audrey", "otto", "charlie"])


def test_alices_case_is_hers_and_her_coordinators(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    assert ways(cast, opened) == NOBODY | {"alice": Way.OWN, "carol": Way.WHOLE_OFFICE}


def test_a_case_that_nobody_owns_is_any_caseworkers_of_the_office(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL, owned=False)
    anybody = {"alice": Way.NOBODYS, "bob": Way.NOBODYS, "carol": Way.NOBODYS}
    assert ways(cast, opened) == NOBODY | anybody


def test_bob_needs_leave_for_alices_case(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    outline = outline_of(opened.code)
    assert outline is not None
    reason = "Alice is ill and the family telephoned."
    ask_for_access(cast.bob, outline, reason=reason, at=AT)
    assert opens(cast.bob, opened) is None
    decide_access(cast.dana, grant=Grant.objects.get().code, granted=True, at=AT)
    by_bob = seen(cast.bob, opened)
    assert by_bob.way is Way.GRANTED
    actions.add_entry(by_bob, STORY, at=AT)
    with pytest.raises(NoSuchCase):
        case_for(cast.bob, opened.code, Purpose.CASEWORK, at=AT + timedelta(days=30))
    with pytest.raises(NoSuchCase):  # the leave is over, and so is what was opened under it
        actions.add_entry(by_bob, STORY, at=AT + timedelta(days=30))


def test_glass_is_broken_for_a_while_and_the_journal_says_so(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    outline = outline_of(opened.code)
    assert outline is not None
    break_glass(cast.bob, outline, reason="They are at the gate now.", at=AT)
    assert opens(cast.bob, opened) is Way.BROKEN_GLASS
    assert Line.objects.latest("number").facts["way"] == "broken-glass"
    # Three hours must not become for good.
    with pytest.raises(NoRight):
        actions.hand_over(
            seen(cast.bob, opened), cast.bob.member, note="Mine.", expected_revision=1, at=AT
        )
    with pytest.raises(NoSuchCase):
        case_for(cast.bob, opened.code, Purpose.CASEWORK, at=AT + timedelta(days=1))


def test_charlie_finds_nothing_anywhere(cast: Cast):
    """The same refusal as for a code that never was: a stranger cannot tell the two apart."""
    opened = family_of(cast.alice, PRINCIPAL)
    with pytest.raises(NoSuchCase) as told:
        seen(cast.charlie, opened)
    with pytest.raises(NoSuchCase) as never:
        case_for(cast.charlie, "000000000", Purpose.CASEWORK, at=AT)
    assert str(told.value) == str(never.value)
    assert opened.code not in str(told.value)
    assert covers_for(cast.charlie, at=AT) == []
    assert cover_of(cast.charlie, opened.code) is None
    assert list(open_cards(cast.charlie, at=AT)) == []
    for by in (cast.charlie, cast.bob, cast.dana):
        stolen = OpenCase(opened.cover, opened.keys, Way.OWN, by, opened.rows)
        with pytest.raises(NoSuchCase):
            actions.add_entry(stolen, STORY, at=AT)
        with pytest.raises((NoSuchCase, NoRight)):
            actions.share_case(stolen, cast.other.code, extent="all", at=AT)
        with pytest.raises((NoSuchCase, NoRight)):
            actions.ask_to_shred(stolen, "opened-by-mistake", at=AT)  # type: ignore[arg-type]
    with pytest.raises(NoRight):
        actions.agree_to_shred(cast.charlie, opened.code, at=AT)


def test_a_member_who_left_opens_nothing(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    cast.alice.member.left_at = AT
    assert opens(cast.alice, opened) is None


def test_closed_keys_open_nothing(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    cast.alice.ring.close()
    with pytest.raises(KeysLocked):
        seen(cast.alice, opened)
    with pytest.raises(KeysLocked):
        family_of(cast.alice, PRINCIPAL)
    with pytest.raises(KeysLocked):
        list(open_cards(cast.alice, at=AT))


def test_every_look_is_journalled_with_its_purpose_and_its_way(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    case_for(cast.carol, opened.code, Purpose.REVIEW, at=LATER)
    line = Line.objects.latest("number")
    assert (line.deed, line.about, line.purpose) == (Deed.CASE_SEEN, opened.code, "review")
    assert (line.member, line.facts["way"]) == (cast.carol.member.code, "whole-office")
    assert line.revision is None


# --- lists ----------------------------------------------------------------------------------------


def test_a_list_of_covers_shows_ones_own_office_and_is_one_line(cast: Cast):
    mine = {family_of(cast.alice, PRINCIPAL).code, family_of(cast.bob, CHILD).code}
    theirs = family_of(cast.charlie, PRINCIPAL)
    lines = Line.objects.count()
    assert {cover.case.code for cover in covers_for(cast.dana, at=AT)} == mine
    assert Line.objects.count() == lines + 1
    last = Line.objects.latest("number")
    assert (last.deed, last.facts, last.about) == (Deed.COVERS_SEEN, {"covers": 2}, "")
    compared(cast.charlie, cast.home)
    actions.share_case(theirs, cast.home.code, extent="card", at=AT)
    shared = {cover.case.code: cover.shared_by for cover in covers_for(cast.alice, at=AT)}
    assert shared == dict.fromkeys(mine) | {theirs.code: cast.other.code}
    for by in (cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            covers_for(by, at=AT)


def test_a_cover_and_the_counts_are_for_those_who_see_covers_and_of_their_office(cast: Cast):
    mine = family_of(cast.alice, PRINCIPAL, next_due=AT.date())
    family_of(cast.bob, CHILD, owned=False)
    # What cannot be by the pages: a case of another office that one of ours would own.
    Case.objects.filter(code=family_of(cast.charlie).code).update(owner=cast.alice.member)
    family_of(cast.charlie, owned=False)
    told = open_cases(cast.alice, on=AT.date())
    assert (told.mine, told.due, told.nobodys) == (1, 1, 1)
    assert owned_by(cast.carol, cast.alice.member) == 1
    assert cover_of(cast.dana, mine.code) == mine.cover
    for by in (cast.audrey, cast.otto):
        assert cover_of(by, mine.code) is None
        with pytest.raises(NoRight):
            open_cases(by, on=AT.date())
    with pytest.raises(NoRight):
        owned_by(cast.alice, cast.alice.member)


def told_in(cards: list[OpenCase | NotWhole]) -> set[str]:
    return {each.code for each in cards}


def test_all_cards_are_those_that_one_may_open_and_are_one_line(cast: Cast):
    alices, bobs = family_of(cast.alice, PRINCIPAL, STORY), family_of(cast.bob, CHILD)
    nobodys = family_of(cast.bob, CHILD, owned=False)
    theirs = family_of(cast.charlie, PRINCIPAL, STORY)
    compared(cast.charlie, cast.home)
    actions.share_case(theirs, cast.home.code, extent="card", at=AT)
    lines = Line.objects.count()
    by_alice = list(open_cards(cast.alice, at=AT))
    assert told_in(by_alice) == {alices.code, nobodys.code, theirs.code}
    assert Line.objects.count() == lines + 1
    # As many as were opened: the journal tells of no look that was not.
    assert Line.objects.latest("number").facts["cards"] == len(by_alice)
    by_carol = list(open_cards(cast.carol, at=AT, contents=True))
    assert told_in(by_carol) == {alices.code, nobodys.code, theirs.code, bobs.code}
    for each in by_alice:
        assert isinstance(each, OpenCase)
        assert each.persons
        with pytest.raises(NoKey):
            each.entries(Note)
    with_stories = [each for each in by_carol if isinstance(each, OpenCase) and each.has_contents]
    assert {each.code for each in with_stories} == {alices.code, nobodys.code, bobs.code}
    assert [note.says for each in with_stories for note in each.entries(Note)] == [STORY]
    for by in (cast.dana, cast.audrey, cast.otto):
        with pytest.raises(NoRight):
            open_cards(by, at=AT)


def test_a_card_that_was_given_away_after_the_list_was_made_does_not_open(cast: Cast):
    """Cards open one after another: meanwhile a case may have come to somebody else, or to its end."""
    kept, given, ending = (family_of(cast.alice, PRINCIPAL) for _ in range(3))
    cards = open_cards(cast.alice, at=AT)
    actions.hand_over(given, cast.bob.member, note="Yours.", expected_revision=1, at=LATER)
    Case.objects.filter(code=ending.code).update(shredding_since=LATER)
    assert told_in(list(cards)) == {kept.code}
    assert told_in(list(open_cards(cast.carol, at=AT))) == {kept.code, given.code}
    assert Line.objects.latest("number").facts["cards"] == 2


@pytest.mark.parametrize("contents", [False, True])
def test_one_broken_case_among_many_is_told_and_the_others_open(cast: Cast, contents: bool):
    broken, cut, *whole = [family_of(cast.carol, PRINCIPAL, STORY).code for _ in range(5)]
    Case.objects.filter(code=broken).update(band="emergency")
    Version.objects.filter(entry__case=cut, entry__kind="person").update(sealed=b"")
    cards = list(open_cards(cast.carol, at=AT, contents=contents))
    assert {each.code for each in cards if isinstance(each, NotWhole)} == {broken, cut}
    assert {each.code for each in cards if isinstance(each, OpenCase)} == set(whole)
    assert {each.refusal.code for each in cards if isinstance(each, NotWhole)} == {"SC700"}


# --- owners -----------------------------------------------------------------------------------------


def test_a_case_is_handed_over_with_a_note(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    actions.hand_over(
        opened, cast.bob.member, note="They expect a call.", expected_revision=1, at=LATER
    )
    assert opens(cast.alice, opened) is None
    by_bob = seen(cast.bob, opened)
    assert by_bob.way is Way.OWN
    (handed,) = by_bob.entries(Handover)
    assert handed.says.note == "They expect a call."
    assert (handed.says.previous, handed.says.to) == (
        cast.alice.member.code,
        cast.bob.member.code,
    )
    line = Line.objects.filter(deed=Deed.CASE_HANDED_OVER).get()
    assert line.facts["to"] == cast.bob.member.code


def test_nobody_is_given_a_case_that_they_could_not_open(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    cast.bob.member.left_at = AT
    cast.bob.member.save()
    for to in (cast.charlie, cast.dana, cast.otto, cast.bob):
        with pytest.raises(CannotOwn):
            actions.hand_over(opened, to.member, note="x", expected_revision=1, at=LATER)
    assert opens(cast.alice, opened) is Way.OWN


def test_of_two_who_hand_over_one_is_told(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    by_carol = seen(cast.carol, opened)
    actions.hand_over(opened, cast.bob.member, note="x", expected_revision=1, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        actions.hand_over(by_carol, cast.carol.member, note="x", expected_revision=1, at=LATER)


def test_a_case_that_nobody_owns_is_taken_over_by_one(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL, owned=False)
    by_alice, by_carol = seen(cast.alice, opened), seen(cast.carol, opened)
    actions.take_over(by_alice, at=LATER)
    with pytest.raises(AlreadyOwned):
        actions.take_over(by_carol, at=LATER)
    assert opens(cast.alice, opened) is Way.OWN
    assert seen(cast.alice, opened).cover.cover_revision == 2


def test_who_leaves_hands_over_every_case(cast: Cast):
    codes = {family_of(cast.alice, PRINCIPAL).code for _ in range(3)}
    kept = family_of(cast.bob, PRINCIPAL)
    ending = family_of(cast.alice, PRINCIPAL)  # must not stop the others
    Case.objects.filter(code=ending.code).update(shredding_since=LATER)
    theirs = family_of(cast.charlie, PRINCIPAL)
    assert theirs.cover.owner is not None
    elsewhere = {"leaves": theirs.cover.owner, "to": cast.bob.member}
    assert actions.hand_over_all(cast.carol, **elsewhere, note="x", at=LATER) == []
    with pytest.raises(NoRight):
        actions.hand_over_all(
            cast.alice, leaves=cast.bob.member, to=cast.alice.member, note="x", at=LATER
        )
    given = actions.hand_over_all(
        cast.carol, leaves=cast.alice.member, to=cast.bob.member, note="She left.", at=LATER
    )
    assert set(given) == codes
    assert {cover.case.owner_id for cover in covers_for(cast.carol, at=LATER)} == {
        cast.bob.member.code
    }
    assert opens(cast.bob, kept) is Way.OWN
    for code in codes:
        opened = case_for(cast.bob, code, Purpose.HANDING_OVER, at=LATER)
        assert opened.entries(Handover)[0].says.note == "She left."
        # Whoever had the cover before them is told: it has another owner now.
        assert opened.cover.cover_revision == 2
    assert Line.objects.filter(deed=Deed.CASE_HANDED_OVER).count() == 3
    again = actions.hand_over_all(
        cast.carol, leaves=cast.alice.member, to=cast.bob.member, note="She left.", at=LATER
    )
    assert again == []

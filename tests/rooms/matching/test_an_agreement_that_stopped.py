"""Cards go to another office in somebody's name: where nobody stands for that any more, it stops, and says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk, make_member
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import OTHERS, TOLD_AGAIN, TOLD_TWICE, case_of, look, run_job

from safeconduct.cases import actions as cases
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import (
    AgreedAlready,
    KeysNotGiven,
    NoRight,
    NoSuchAgreement,
    NotVouchedFor,
)
from safeconduct.jobs.actions import give_up
from safeconduct.jobs.held import Held
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.models import Line
from safeconduct.matching.actions import agree_cards, cards as cards_actions, end_cards
from safeconduct.matching.models import CardsAgreement, LentCard
from safeconduct.matching.sealed_words import reseal
from safeconduct.people.actions import change_roles
from safeconduct.people.models import Member, Role
from safeconduct.people.present import Present
from safeconduct.vault.actions.offices import new_generation

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STOPPED = "It has stopped"


@pytest.fixture
def dave(cast: Cast) -> Present:
    """Another coordinator of Carol's office."""
    return make_member("dave", Role.COORDINATOR, office=cast.home, by=cast.carol)[0]


@pytest.fixture
def agreed(cast: Cast, dave: Present) -> CardsAgreement:
    """By Carol, with one card shared by it."""
    compared(cast.carol, cast.other)
    case_of(cast.alice, *TOLD_TWICE)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    do(cast.carol)
    assert shared(cast).count() == 1
    return agreement


def do(by: Present) -> None:
    for job in Job.objects.filter(LIVE, kind="matching.cards"):
        run_job(job, by)


def given_up() -> None:
    """As after the last run of a job that nobody may do."""
    for job in Job.objects.filter(LIVE, kind="matching.cards"):
        give_up(Held.of(job), trouble="SC734", at=AT)


def shared(cast: Cast):
    return Case.objects.filter(shared_with__has_key=cast.other.code)


def gone(member: Present) -> None:
    Member.objects.filter(code=member.member.code).update(left_at=AT)


def test_who_left_shares_nothing_and_a_colleague_goes_on(cast: Cast, dave, agreed):
    with pytest.raises(AgreedAlready):
        agree_cards(dave, cast.other.code, at=AT)
    page = at_the_desk(dave)
    assert STOPPED not in page.get("/doubles/cards/").content.decode()
    gone(cast.carol)
    case_of(cast.bob, *TOLD_AGAIN)
    look(cast.alice)
    with pytest.raises(KeysNotGiven):
        do(dave)
    assert STOPPED in page.get("/doubles/cards/").content.decode()
    assert STOPPED not in at_the_desk(cast.charlie).get("/doubles/cards/").content.decode()
    agree_cards(dave, cast.other.code, at=AT)
    assert STOPPED not in page.get("/doubles/cards/").content.decode()
    Job.objects.filter(LIVE).update(lease="", leased_until=None)
    do(dave)
    assert shared(cast).count() == 2
    assert CardsAgreement.objects.get().code == agreed.code
    assert Line.objects.filter(deed="case shared").latest("number").member == dave.member.code


def test_who_coordinates_no_more_shares_no_more(cast: Cast, dave, agreed):
    case_of(cast.bob, *TOLD_AGAIN)
    look(cast.alice)
    change_roles(dave, member=cast.carol.member.code, roles=["caseworker"], at=AT)
    with pytest.raises(NoRight):
        do(dave)
    assert shared(cast).count() == 1
    assert STOPPED in at_the_desk(dave).get("/doubles/cards/").content.decode()


def test_ended_while_its_job_is_stuck_all_is_taken_back(cast: Cast, dave, agreed):
    case_of(cast.bob, *TOLD_AGAIN)
    look(cast.alice)
    gone(cast.carol)
    stuck = Job.objects.get(LIVE, kind="matching.cards")
    end_cards(dave, agreed.code, at=AT)  # finds that one live, and asks for none beside it
    assert Job.objects.get(LIVE, kind="matching.cards").code == stuck.code
    do(dave)
    assert not shared(cast).exists()
    assert Line.objects.get(deed="share taken back").member == dave.member.code


def test_who_ended_it_left_before_it_was_done_and_a_colleague_ends_it_once_more(
    cast: Cast, dave, agreed
):
    end_cards(dave, agreed.code, at=AT)
    gone(dave)
    with pytest.raises(KeysNotGiven):
        do(cast.carol)
    carol = at_the_desk(cast.carol)
    assert STOPPED in carol.get("/doubles/cards/").content.decode()
    path = f"/doubles/cards/{agreed.code}/end/"
    assert carol.post(path, {"sure": "on"}).status_code == 302
    Job.objects.filter(LIVE).update(lease="", leased_until=None)
    do(cast.carol)
    assert not shared(cast).exists()
    assert CardsAgreement.objects.get().ended_at == AT
    assert carol.get(path).status_code == 404
    with pytest.raises(NoSuchAgreement):
        end_cards(cast.carol, agreed.code, at=AT)


def test_what_was_not_taken_back_is_asked_for_anew_after_a_look(cast: Cast, dave, agreed):
    end_cards(dave, agreed.code, at=AT)
    given_up()
    look(cast.alice, at=AT + timedelta(hours=1))
    do(cast.carol)
    assert not shared(cast).exists()


def test_a_row_made_by_hand_shares_nothing(cast: Cast, dave):
    """Somebody who can write into the database agrees in Carol's name, or makes an ended agreement stand again."""
    compared(cast.carol, cast.other)
    case_of(cast.alice, *TOLD_TWICE)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    end_cards(cast.carol, agreement.code, at=AT)
    do(cast.carol)
    CardsAgreement.objects.update(ended_at=None, ended_by=None)
    case_of(cast.alice, *OTHERS)
    look(cast.alice)
    with pytest.raises(NotVouchedFor):
        do(cast.carol)
    assert not shared(cast).exists()
    assert STOPPED in at_the_desk(cast.carol).get("/doubles/cards/").content.decode()


def test_it_goes_on_under_the_offices_newest_key(cast: Cast, dave, agreed):
    carol = cast.carol
    generation, public = new_generation(carol.ring, members=[carol.member.code])
    cast.home.generation, cast.home.public = generation, public
    cast.home.save()
    assert reseal(carol.ring, cast.home) == 1
    carol.ring.office_keys = {generation: carol.ring.office_keys[generation]}
    row = CardsAgreement.objects.get()
    assert row.voucher_generation == generation
    assert bytes(row.voucher) != bytes(agreed.voucher)


def test_what_was_taken_back_by_hand_is_not_shared_again(cast: Cast, dave, agreed):
    """A family asked that the other office read it no longer: the agreement does not outweigh it."""
    case = shared(cast).get()
    opened = case_for(cast.carol, case.code, Purpose.CASEWORK, at=AT)
    cases.take_back_share(opened, [cast.other.code], at=AT)
    later = case_of(cast.bob, *TOLD_AGAIN)
    look(cast.alice)
    do(cast.carol)
    assert [each.code for each in shared(cast)] == [later.code]
    end_cards(cast.carol, agreed.code, at=AT)
    do(cast.carol)
    assert not shared(cast).exists()
    assert not LentCard.objects.exists()


def test_cut_off_while_a_card_is_taken_back_the_case_stands_whole(cast: Cast, agreed, monkeypatch):
    """The old keys leave the key store when the new ones stand in the main database for good, and not before."""
    take_back = cards_actions.take_back_share

    def take_back_and_die(*told, **more):
        take_back(*told, **more)
        raise KeyboardInterrupt

    end_cards(cast.carol, agreed.code, at=AT)
    with monkeypatch.context() as cut:
        cut.setattr(cards_actions, "take_back_share", take_back_and_die)
        with pytest.raises(KeyboardInterrupt):
            do(cast.carol)
    assert not shared(cast).exists()
    assert LentCard.objects.count() == 1
    Job.objects.filter(LIVE).update(lease="", leased_until=None)
    do(cast.carol)
    assert not LentCard.objects.exists()
    assert Line.objects.filter(deed="share taken back").count() == 1

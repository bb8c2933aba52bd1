"""Cards alone, shared with another office: agreed, kept up with new cases, and taken back under new keys."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.cast import AT, Cast, at_the_desk
from tests.rooms.cases.families import compared
from tests.rooms.matching.doubles import TOLD_AGAIN, TOLD_TWICE, case_of, look, run_job, run_of

from safeconduct.cases import actions as cases
from safeconduct.cases.models import Case
from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.core.errors import (
    AgreedAlready,
    NoKey,
    NoRight,
    NoSuchAgreement,
    NoSuchCase,
    NotWithOneself,
    OfficeNotConfirmed,
)
from safeconduct.jobs.models import LIVE, Job
from safeconduct.journal.models import Line
from safeconduct.matching import lending
from safeconduct.matching.actions import agree_cards, end_cards
from safeconduct.matching.models import CardsAgreement, LentCard, Possible

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def do(cast: Cast) -> None:
    """Whatever job of cards is asked for, done with Carol's keys."""
    for job in Job.objects.filter(LIVE, kind="matching.cards"):
        run_job(job, cast.carol)


def test_cards_are_read_there_and_nothing_else(cast: Cast):
    compared(cast.carol, cast.other)
    ours = [case_of(cast.alice, *TOLD_TWICE), case_of(cast.bob, *TOLD_AGAIN)]
    agree_cards(cast.carol, cast.other.code, at=AT)
    do(cast)
    for each in ours:
        seen = case_for(cast.charlie, each.code, Purpose.MATCHING, at=AT)
        assert seen.persons
        with pytest.raises(NoKey):
            seen.keys.of("contents")
    assert Line.objects.filter(deed="case shared").count() == 2
    case_of(cast.charlie, *TOLD_TWICE)
    look(cast.charlie)
    assert Possible.objects.filter(office=cast.other).count() == 2


def test_what_comes_later_is_added_and_all_is_taken_back_at_the_end(cast: Cast):
    compared(cast.carol, cast.other)
    first = case_of(cast.alice, *TOLD_TWICE)
    by_hand = case_of(cast.carol, *TOLD_AGAIN)
    cases.share_case(by_hand, cast.other.code, extent="card", at=AT)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    do(cast)
    later = case_of(cast.bob, *TOLD_AGAIN)
    look(cast.alice, at=AT + timedelta(hours=1))
    do(cast)
    shared = Case.objects.filter(shared_with__has_key=cast.other.code)
    assert set(shared.values_list("code", flat=True)) == {first.code, by_hand.code, later.code}
    end_cards(cast.carol, agreement.code, at=AT)
    do(cast)
    # What a coordinator had shared by hand is theirs to take back.
    assert set(shared.values_list("code", flat=True)) == {by_hand.code}
    assert Case.objects.get(code=first.code).key_version == 2
    assert not LentCard.objects.exists()
    with pytest.raises(NoSuchCase):
        case_for(cast.charlie, first.code, Purpose.MATCHING, at=AT)


def test_cut_off_and_run_again_every_card_is_shared_once(cast: Cast, monkeypatch):
    compared(cast.carol, cast.other)
    codes = {case_of(cast.carol, *TOLD_TWICE).code for _ in range(3)}
    agree_cards(cast.carol, cast.other.code, at=AT)
    job = Job.objects.get(LIVE)
    lend, lent = lending.lend, []

    def lend_two(opened, agreement, *, at):
        if len(lent) == 2:
            raise KeyboardInterrupt
        lent.append(opened.code)
        return lend(opened, agreement, at=at)

    with monkeypatch.context() as cut:
        cut.setattr(lending, "lend", lend_two)
        with pytest.raises(KeyboardInterrupt):
            lending.cards(run_of(job, cast.carol))
    Job.objects.filter(code=job.code).update(lease="", leased_until=None)
    do(cast)
    assert set(LentCard.objects.values_list("case", flat=True)) == codes
    assert Line.objects.filter(deed="case shared").count() == 3


def test_ended_while_cards_are_shared_none_stays(cast: Cast, monkeypatch):
    compared(cast.carol, cast.other)
    for _ in range(3):
        case_of(cast.carol, *TOLD_TWICE)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    lend, lent = lending.lend, []

    def lend_and_end(opened, told, *, at):
        lent.append(opened.code)
        if len(lent) == 2:
            end_cards(cast.carol, agreement.code, at=AT)
        return lend(opened, told, at=at)

    monkeypatch.setattr(lending, "lend", lend_and_end)
    do(cast)
    assert not Job.objects.filter(LIVE).exists()
    assert not Case.objects.filter(shared_with__has_key=cast.other.code).exists()
    assert not LentCard.objects.exists()


def test_who_may_agree_and_with_whom(cast: Cast):
    with pytest.raises(OfficeNotConfirmed):
        agree_cards(cast.carol, cast.other.code, at=AT)
    compared(cast.carol, cast.other)
    for by in (cast.alice, cast.dana, cast.audrey):
        with pytest.raises(NoRight):
            agree_cards(by, cast.other.code, at=AT)
    with pytest.raises(NotWithOneself):
        agree_cards(cast.carol, cast.home.code, at=AT)
    agreement = agree_cards(cast.carol, cast.other.code, at=AT)
    with pytest.raises(AgreedAlready):
        agree_cards(cast.carol, cast.other.code, at=AT)
    with pytest.raises(NoSuchAgreement):
        end_cards(cast.charlie, agreement.code, at=AT)
    end_cards(cast.carol, agreement.code, at=AT)
    with pytest.raises(NoSuchAgreement):
        end_cards(cast.carol, agreement.code, at=AT)
    assert agree_cards(cast.carol, cast.other.code, at=AT).code != agreement.code


def test_the_pages_agree_and_end(cast: Cast):
    carol = at_the_desk(cast.carol)
    case_of(cast.carol, *TOLD_TWICE)
    told = {"office": cast.other.code, "sure": "on"}
    answer = carol.post("/doubles/cards/", told)
    assert answer.status_code == 400
    assert f"/cases/offices/{cast.other.code}/compare/" in answer.content.decode()
    compared(cast.carol, cast.other)
    assert carol.post("/doubles/cards/", {"office": cast.other.code}).status_code == 400
    assert carol.post("/doubles/cards/", told).status_code == 302
    agreement = CardsAgreement.objects.get()
    assert "The Other Office" in carol.get("/doubles/cards/").content.decode()
    assert "Harbour Street" in at_the_desk(cast.charlie).get("/doubles/cards/").content.decode()
    path = f"/doubles/cards/{agreement.code}/end/"
    assert carol.post(path, {}).status_code == 400
    assert carol.post(path, {"sure": "on"}).status_code == 302
    assert CardsAgreement.objects.get().ended_at is not None


def test_a_card_alone_is_shown_as_its_card_alone(cast: Cast):
    compared(cast.charlie, cast.home)
    ours, theirs = case_of(cast.carol, *TOLD_TWICE), case_of(cast.charlie, *TOLD_AGAIN)
    cases.share_case(theirs, cast.home.code, extent="card", at=AT)
    look(cast.carol)
    carol = at_the_desk(cast.carol)
    told = carol.get(f"/doubles/pair/{ours.code}/{theirs.code}/").content.decode()
    assert "the card alone is shown" in told
    assert "Zarmeena" in told
    assert "hens" not in told

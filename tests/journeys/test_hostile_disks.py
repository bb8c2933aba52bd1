"""Somebody who can write to both databases, knows this software, and holds no key of it: what they reach.

The intruder uses what stands in the databases and what anybody can reckon: key pairs of their own, wrapping to a public
key, the journal's unkeyed hashes. What is known to be open still is marked, with what it costs (SECURITY.md).
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import JSONField, Value
from django.test import Client
from tests.cast import AT, PASSPHRASE, Cast, at_the_desk, make_member
from tests.rooms.cases.families import PRINCIPAL, compared, family_of, seen

from safeconduct.cases import actions
from safeconduct.cases.actions.shredding import finish_shredding, shred_what_is_due
from safeconduct.cases.entries import Extent, Note, Person, Told
from safeconduct.cases.job_kinds import KINDS
from safeconduct.cases.models import Case, Entry, KnownOffice, State, Version
from safeconduct.cases.purposes import Purpose as Why
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.cases.rows import EntryRow, rows_of
from safeconduct.cases.wholeness import STATE, place_of, seal_anew, state_of
from safeconduct.config.clock import now
from safeconduct.core.errors import (
    KeySwapped,
    NoKey,
    NotOpened,
    NotVouchedFor,
    OfficeNotConfirmed,
    Refused,
    SealBroken,
)
from safeconduct.exports.actions import steps
from safeconduct.exports.actions.recipients import confirm_recipient, name_recipient
from safeconduct.exports.models import Export, Form, Purpose, Recipient
from safeconduct.jobs.actions import claim
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.journal.models import Line
from safeconduct.people.access import CaseOutline
from safeconduct.people.actions import (
    ask_for_access,
    change_roles,
    decide_access,
    invite,
    leave,
    set_up_app,
)
from safeconduct.people.actions.leaving import REWRAP
from safeconduct.people.models import Grant, Member, Office, Role
from safeconduct.people.opening import key_facts, unlocked
from safeconduct.people.present import Present
from safeconduct.people.queries import live_grants_of_office
from safeconduct.people.second_factors import PASSKEY, code_at, keep_app
from safeconduct.people.vouchers import STANDING, vouch_for
from safeconduct.vault.actions.case_keys import new_case_keys, open_case_keys
from safeconduct.vault.age import encrypted, new_identity
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.models import CaseKey, MemberKey, OfficeKey
from safeconduct.vault.sealing import open_sealed, seal
from safeconduct.vault.wrapping import KeyPair, new_pair, unwrap, vouched, wrap

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LATER = AT + timedelta(hours=1)
REASON = "her brother is on the line and the airport closes"


def comes_in(present: Present) -> Present:
    """With the passphrase, on the databases as they stand now. Raises as the door does."""
    member = Member.objects.select_related("office").get(code=present.member.code)
    return Present(member, unlocked(member, PASSPHRASE))


def plant(office: Office, generation: int = 2, *, in_main: bool = True) -> KeyPair:
    """The intruder's own pair as the office's next generation, wrapped to every member's public key."""
    pair = new_pair()
    members = list(office.members.values_list("code", flat=True))
    for key in MemberKey.objects.filter(member__in=members):
        purpose = f"office {office.code} generation {generation} to member {key.member}"
        OfficeKey.objects.create(
            office=office.code,
            generation=generation,
            member=key.member,
            public=pair.public,
            wrapped=wrap(bytes(key.public), pair.private, purpose=purpose),
            voucher=vouched(
                pair.private, b"next generation", office.code.encode(), b"2", pair.public
            ),
        )
    if in_main:
        Office.objects.filter(code=office.code).update(generation=generation, public=pair.public)
    return pair


# --- keys put in -------------------------------------------------------------------------------


def test_a_generation_that_the_one_before_does_not_vouch_for_opens_for_nobody(cast: Cast):
    """Else every new case is wrapped to the intruder, and the job that wraps anew hands over all the others."""
    plant(cast.home)
    for present in (cast.alice, cast.carol, cast.dana):
        with pytest.raises(KeySwapped):
            comes_in(present)


def exchange_all(office: Office) -> KeyPair:
    """Every generation of the office's key put out of the way, and the intruder's own in their place."""
    OfficeKey.objects.filter(office=office.code).delete()
    return plant(office, 1)


def test_an_office_whose_keys_were_all_exchanged_opens_for_nobody(cast: Cast):
    """Else what is opened new is the intruder's, and an office without cases sees nothing odd."""
    exchange_all(cast.home)
    for present in (cast.alice, cast.carol, cast.dana):
        with pytest.raises(KeySwapped):
            comes_in(present)
    assert comes_in(cast.charlie)


def test_a_line_added_to_the_journal_does_not_make_such_keys_the_offices(cast: Cast):
    """The first word on a generation counts; to change that one breaks the chain under every head held elsewhere."""
    exchange_all(cast.home)
    facts = key_facts(Office.objects.get(code=cast.home.code))
    for deed in (Deed.OFFICE_OPENED, Deed.MEMBER_LEFT, Deed.KEY_RENEWED):
        with transaction.atomic():
            write_line(deed, by=cast.carol.actor, at=LATER, about=cast.home.code, facts=facts)
        with pytest.raises(KeySwapped):
            comes_in(cast.alice)


def test_the_first_generation_is_not_left_out_either(cast: Cast):
    OfficeKey.objects.filter(office=cast.home.code).delete()
    plant(cast.home, 2)
    with transaction.atomic():
        facts = key_facts(Office.objects.get(code=cast.home.code))
        write_line(Deed.MEMBER_LEFT, by=cast.carol.actor, at=LATER, about="NOBODY", facts=facts)
    with pytest.raises(KeySwapped):
        comes_in(cast.alice)


def test_a_ring_that_is_open_takes_no_exchanged_key_to_give_it_on(cast: Cast):
    """Else whoever is invited, or stays when somebody leaves, is given keys that the intruder has."""
    exchange_all(cast.home)
    for deed in (
        lambda: leave(cast.carol, member=cast.bob.member.code, at=LATER),
        lambda: invite(cast.carol, handle="erin", roles=["caseworker"], at=LATER),
    ):
        with pytest.raises(KeySwapped):
            deed()


def test_after_a_member_left_the_others_still_come_in(cast: Cast):
    leave(cast.carol, member=cast.bob.member.code, at=LATER)
    assert set(comes_in(cast.alice).ring.office_keys) == {1, 2}
    leave(comes_in(cast.carol), member=cast.alice.member.code, at=LATER)
    assert set(comes_in(cast.dana).ring.office_keys) == {1, 2, 3}


def test_a_ring_that_is_open_takes_no_such_generation_either(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    pair = plant(cast.home)
    Job.objects.create(
        code="PLANTED", kind=REWRAP, facts={"office": cast.home.code}, needs_keys=True,
        office=cast.home.code, subject=cast.home.code, asked_at=AT, due_at=AT,
    )  # fmt: skip
    job, kind = Job.objects.get(code="PLANTED"), KINDS[REWRAP]
    assert kind.keys_for is not None
    with pytest.raises(NotOpened):
        keys = kind.keys_for(job, cast.carol.ring)
        held = claim(job, "desk", at=LATER, lease=timedelta(minutes=2))
        assert held is not None
        kind.run(Run(held=held, lease=timedelta(minutes=2), clock=lambda: LATER, keys=keys))
    with pytest.raises(NotOpened):
        open_case_keys(
            Keyring("", b"", cast.home.code, {2: pair.private}), case=opened.code, version=1
        )


def test_with_the_key_store_alone_nobody_is_vouched_for_by_a_planted_generation(cast: Cast):
    """Else, when the next member leaves, the office's keys of all generations are wrapped to the intruder."""
    pair, mine = plant(cast.home, in_main=False), new_pair()
    victim = cast.audrey.member.code
    voucher = vouched(pair.private, victim.encode(), mine.public)
    MemberKey.objects.filter(member=victim).update(
        public=mine.public, voucher=voucher, voucher_generation=2
    )
    with pytest.raises(KeySwapped):
        leave(cast.carol, member=cast.bob.member.code, at=LATER)
    row = OfficeKey.objects.get(office=cast.home.code, generation=1, member=victim)
    purpose = f"office {cast.home.code} generation 1 to member {victim}"
    with pytest.raises(NotOpened):
        unwrap(mine.private, bytes(row.wrapped), purpose=purpose)


def test_who_left_is_given_no_key_where_their_rows_are_put_back(cast: Cast):
    key = MemberKey.objects.get(member=cast.bob.member.code)
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    Member.objects.filter(code=cast.bob.member.code).update(left_at=None)
    key.save(force_insert=True)
    with pytest.raises(KeySwapped):
        leave(comes_in(cast.carol), member=cast.alice.member.code, at=LATER)
    with pytest.raises(NotOpened):
        comes_in(cast.bob)


def test_who_left_vouches_for_nobody_with_the_older_key(cast: Cast):
    old, mine, victim = cast.bob.ring.office_keys[1], new_pair(), cast.audrey.member.code
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    voucher = vouched(old, victim.encode(), mine.public)
    MemberKey.objects.filter(member=victim).update(
        public=mine.public, voucher=voucher, voucher_generation=1
    )
    with pytest.raises(KeySwapped):
        leave(comes_in(cast.carol), member=cast.alice.member.code, at=LATER)


def test_a_reason_is_sealed_to_no_key_that_was_put_in_since_the_unlocking(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    Office.objects.filter(code=cast.home.code).update(public=new_pair().public)
    outline = CaseOutline(opened.code, cast.home.code, cast.alice.member.code)
    with pytest.raises(KeySwapped):
        ask_for_access(cast.bob, outline, reason=REASON, at=LATER)
    assert not Grant.objects.exists()


# --- what leaves ---------------------------------------------------------------------------------


@pytest.fixture
def export(cast: Cast) -> Export:
    """Asked for by Alice, to a recipient that Carol named and Dana confirmed."""
    key = new_identity().recipient
    recipient = name_recipient(cast.carol, name="A Department", age_key=key, at=AT)
    confirm_recipient(cast.dana, recipient.code, heard=recipient.age_key[-8:], at=AT)
    opened = family_of(cast.alice, PRINCIPAL)
    actions.give_consent(
        opened, recipient=recipient.code, extent=Extent.ALL, given_on=AT.date(), told_by="caller", at=AT
    )  # fmt: skip
    return steps.ask_for_export(
        cast.alice, recipient=recipient.code, purpose=Purpose.REFERRAL, form=Form.CSV,
        columns=["case_code", "full_name"], cases=[opened.code], at=AT,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"age_key": new_identity().recipient}, {"name": "Another Department"}]
)
def test_nothing_is_encrypted_to_a_recipient_that_was_altered(cast: Cast, export: Export, change):
    Recipient.objects.update(**change)
    with pytest.raises(KeySwapped):
        steps.write_export(cast.alice, export.code, at=LATER)


@pytest.mark.parametrize(
    "change",
    [
        {"columns": ["case_code", "full_name", "phones", "place"]},
        {"cases": []},
        {"row_count": 500},
        {"needs_second_eyes": True, "agreed_at": AT},
    ],
)
def test_no_list_is_written_but_the_one_that_was_asked_for(cast: Cast, export: Export, change):
    Export.objects.update(**change)
    with pytest.raises(SealBroken):
        steps.write_export(cast.alice, export.code, at=LATER)


def test_no_file_is_handed_out_but_the_one_that_was_written(cast: Cast, export: Export):
    steps.write_export(cast.alice, export.code, at=AT)
    forged = encrypted(b"another list", [Recipient.objects.get().age_key])
    Export.objects.update(file=forged)
    with pytest.raises(SealBroken):
        steps.fetch(cast.alice, export.code, at=LATER)


# --- cases made anew ---------------------------------------------------------------------------


@pytest.mark.parametrize("with_a_voucher", [True, False])
def test_a_case_made_anew_under_keys_of_the_intruder_does_not_open(
    cast: Cast, with_a_voucher: bool
):
    """Else what members write there from then on, the intruder reads."""
    opened = family_of(cast.alice, PRINCIPAL)
    forge(cast, opened, with_a_voucher=with_a_voucher)
    with pytest.raises(NotOpened):
        actions.add_entry(seen(comes_in(cast.alice), opened), Note(words="the new place"), at=LATER)


def forge(cast: Cast, opened: OpenCase, *, with_a_voucher: bool = True) -> None:
    """The case made anew: its keys wrapped to the office, with a voucher by a key of the intruder's or with none."""
    code = opened.code
    CaseKey.objects.filter(case=code).delete()
    public, home = bytes(Office.objects.get(code=cast.home.code).public), cast.home.code
    mine = Keyring("", b"", home if with_a_voucher else None, {1: new_pair().private})
    keys = new_case_keys(mine, case=code, office=home, generation=1, public=public)
    cover, rows = Case.objects.get(code=code), rows_of([code])[code]
    for row in rows:
        row.versions = row.versions[-1:]
        told: Told = Person(given_name="Forged") if row.kind == "person" else Note(words="forged")
        last = row.versions[0]
        sealed = seal(
            keys.of(row.part), told.to_bytes(), place_of(code, row.code, row.kind, last.revision)
        )
        row.versions[0] = last._replace(sealed=sealed)
        Version.objects.filter(entry_id=row.code, revision=last.revision).update(sealed=sealed)
    cover.revision += 1
    seal_anew(keys, cover, rows)
    cover.save()
    facts = {STATE: state_of(cover)}
    write_line(
        Deed.ENTRY_CHANGED,
        by=cast.alice.actor,
        at=LATER,
        about=code,
        revision=cover.revision,
        facts=facts,
    )


def test_another_offices_key_is_not_believed_a_second_time(cast: Cast):
    opened = family_of(cast.carol, PRINCIPAL)
    compared(cast.carol, cast.other)
    actions.share_case(seen(cast.carol, opened), cast.other.code, extent="card", at=AT)
    KnownOffice.objects.all().delete()
    Office.objects.filter(code=cast.other.code).update(public=new_pair().public)
    with pytest.raises(OfficeNotConfirmed):
        actions.share_case(seen(cast.carol, opened), cast.other.code, extent="all", at=LATER)


# --- what is open still ------------------------------------------------------------------------


@pytest.mark.xfail(strict=True, reason="the clock believes the cover's columns")
def test_the_clock_shreds_nothing_that_was_made_due_by_hand(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    long_ago = AT.date() - timedelta(days=9)
    Case.objects.update(state=State.CLOSED, keep_until=long_ago, held=False)
    shred_what_is_due(on=AT.date(), at=LATER)
    assert CaseKey.objects.filter(case=opened.code).exists()


@pytest.mark.xfail(
    strict=True, reason="the mark of a shredding that has begun is a column like another"
)
def test_no_shredding_is_finished_that_nobody_agreed_to(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    Case.objects.update(shredding_since=AT)
    finish_shredding([opened.code], at=LATER)
    assert CaseKey.objects.filter(case=opened.code).exists()


# --- roles, leave and second factors -------------------------------------------------------------


def test_nobody_has_a_role_that_the_office_did_not_give(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    bob = at_the_desk(cast.bob)
    Member.objects.filter(code=cast.bob.member.code).update(roles=[Role.COORDINATOR.value])
    with pytest.raises(NotVouchedFor):
        comes_in(cast.bob)
    assert bob.get(f"/cases/{opened.code}/").url == "/door/", "nor in a session that was open"


def test_a_role_that_was_taken_away_does_not_come_back_with_its_old_row(cast: Cast):
    """The voucher of that day is good; the journal knows of a later one."""
    before = Member.objects.filter(code=cast.carol.member.code).values(*STANDING).get()
    change_roles(cast.carol, member=cast.alice.member.code, roles=["coordinator"], at=AT)
    change_roles(comes_in(cast.alice), member=cast.carol.member.code, roles=["auditor"], at=AT)
    carol = at_the_desk(cast.carol)
    assert carol.get("/journal/").status_code == 200
    Member.objects.filter(code=cast.carol.member.code).update(**before)
    with pytest.raises(NotVouchedFor):
        comes_in(cast.carol)
    assert carol.get("/cases/").url == "/door/"


def test_who_left_vouches_for_no_role_with_the_older_key(cast: Cast):
    """Bob has what generation 1 vouches with, and writes himself a colleague of many roles."""
    old = Keyring("", b"any", cast.home.code, dict(cast.bob.ring.office_keys))
    leave(cast.carol, member=cast.bob.member.code, at=AT)
    audrey = Member.objects.get(code=cast.audrey.member.code)
    audrey.roles, audrey.office = [Role.COORDINATOR.value], cast.home
    vouch_for(old, audrey)
    assert audrey.voucher_generation == 1
    audrey.save(update_fields=STANDING)
    with pytest.raises(NotVouchedFor):
        comes_in(cast.audrey)


def test_an_operator_does_not_become_an_approver(cast: Cast):
    for roles in ([Role.APPROVER.value], 5, [{}, 1], "approver", None):
        Member.objects.filter(code=cast.otto.member.code).update(roles=Value(roles, JSONField()))
        with pytest.raises(NotVouchedFor):
            comes_in(cast.otto)


def test_nobody_moves_to_another_office_in_an_open_session(cast: Cast):
    alice = at_the_desk(cast.alice)
    Member.objects.filter(code=cast.alice.member.code).update(office=cast.other)
    assert alice.get("/cases/").url == "/door/"


def asked(cast: Cast) -> tuple[OpenCase, Grant]:
    """Bob asks for a case of Alice's."""
    opened = family_of(cast.alice, PRINCIPAL)
    outline = CaseOutline(opened.code, cast.home.code, cast.alice.member.code)
    return opened, ask_for_access(cast.bob, outline, reason=REASON, at=AT)


def test_no_grant_opens_a_case_that_nobody_decided(cast: Cast):
    opened, _ = asked(cast)
    Grant.objects.update(
        granted=True,
        decided_by=cast.dana.member,
        decided_at=AT,
        ends_at=AT + timedelta(days=900),
    )
    with pytest.raises(Refused):
        seen(cast.bob, opened)
    assert not live_grants_of_office(cast.carol, at=AT)


@pytest.mark.parametrize("change", ["ends_at", "case", "member", "copy"])
def test_no_grant_opens_more_than_was_decided(cast: Cast, change: str):
    opened, grant = asked(cast)
    decide_access(cast.dana, grant=grant.code, granted=True, at=AT)
    by, of, at = cast.bob, opened, AT + timedelta(days=8)
    assert seen(by, of)
    if change == "ends_at":
        Grant.objects.update(ends_at=AT + timedelta(days=900))
    elif change == "case":
        of, at = family_of(cast.alice, PRINCIPAL), AT
        Grant.objects.update(case=of.code)
    else:
        (by, _), at = make_member("erin", Role.CASEWORKER, office=cast.home, by=cast.carol), AT
        grant.code = "COPY" if change == "copy" else grant.code
        grant = Grant(**Grant.objects.values().get() | {"code": grant.code})
        grant.member = by.member
        grant.save()
    with pytest.raises(Refused):
        case_for(by, of.code, Why.CASEWORK, at=at)


def test_an_approver_gives_no_case_but_the_one_that_was_asked_for(cast: Cast):
    """Shown is one case, and another stands there when they press."""
    _, grant = asked(cast)
    Grant.objects.update(case=family_of(cast.alice, PRINCIPAL).code)
    dana = at_the_desk(cast.dana)
    answer = dana.post(f"/access/{grant.code}/decide/", {"answer": "give"})
    assert answer.status_code == 409
    assert "SC758" in answer.content.decode()
    dana.post(f"/access/{grant.code}/decide/", {"answer": "refuse"})
    assert Grant.objects.get().granted is False


SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def has_app(present: Present) -> None:
    set_up_app(present, secret=SECRET, code=code_at(SECRET, AT), at=AT)


def test_a_second_factor_that_was_deleted_is_missed(cast: Cast):
    """Else whoever has only the passphrase is asked to set one up, as at the first time."""
    has_app(cast.alice)
    assert comes_in(cast.alice)
    Authenticator.objects.all().delete()
    with pytest.raises(NotVouchedFor):
        comes_in(cast.alice)


@pytest.mark.parametrize("whose", ["alice", "otto"])
def test_also_where_the_members_row_says_that_there_was_none(cast: Cast, whose: str):
    member = getattr(cast, whose).member
    before = Member.objects.filter(code=member.code).values(*STANDING).get()
    has_app(getattr(cast, whose))
    Authenticator.objects.all().delete()
    for none in ({"factors": ""}, before, before | {"standing": 2}):
        Member.objects.filter(code=member.code).update(**none)
        with pytest.raises(NotVouchedFor):
            comes_in(getattr(cast, whose))


def test_nor_does_it_go_between_the_two_rungs(cast: Cast):
    has_app(cast.alice)
    thief = Client()
    told = {"handle": "alice", "passphrase": PASSPHRASE}
    assert thief.post("/door/", told).url == "/door/second-factor/"
    Authenticator.objects.all().delete()
    secret = thief.get("/door/set-up/").context["secret"].replace(" ", "")
    answer = thief.post("/door/set-up/", {"code": code_at(secret, now())})
    assert "SC758" in answer.content.decode()
    assert not Authenticator.objects.exists()
    assert thief.get("/cases/").url == "/door/"


def test_a_second_factor_that_was_planted_lets_nobody_in(cast: Cast):
    """A passkey's public key is no secret: anybody who can write there puts in their own."""
    has_app(cast.alice)
    row = Authenticator.objects.create(user=cast.alice.member, type=PASSKEY, data={})
    for data in ({"name": "", "credential": {"id": "mine"}}, [], "", 0):
        Authenticator.objects.filter(pk=row.pk).update(data=Value(data, JSONField()))
        with pytest.raises(NotVouchedFor):
            comes_in(cast.alice)


def test_one_planted_between_the_two_rungs_lets_nobody_in_either(cast: Cast):
    """Here an app's row whose secret the thief knows, sealed as this server seals."""
    has_app(cast.alice)
    thief, mine = Client(), "A" * 32
    thief.post("/door/", {"handle": "alice", "passphrase": PASSPHRASE})
    keep_app(cast.alice.member, secret=mine, code=code_at(mine, AT), at=AT)
    answer = thief.post("/door/second-factor/", {"code": code_at(mine, now())})
    assert answer.url == "/door/"
    assert thief.get("/cases/").url == "/door/"
    assert not Line.objects.filter(deed=Deed.CAME_IN).exists()


# --- what holds -----------------------------------------------------------------------------------


def test_a_member_put_in_by_hand_opens_nothing(cast: Cast):
    """With a key of their own and every role; what is missing is the office's key."""
    stranger, _ = make_member("mallory", *Role, office=None)
    Member.objects.filter(code=stranger.member.code).update(office=cast.home)
    with pytest.raises(NoKey):
        comes_in(stranger)
    with pytest.raises(KeySwapped):
        leave(cast.carol, member=cast.bob.member.code, at=LATER)


def test_a_whole_case_put_back_from_before_is_noticed(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    cover = Case.objects.get(code=opened.code)
    actions.add_entry(opened, Note(words="moved on"), at=AT)
    note = max(rows_of([opened.code])[opened.code], key=lambda row: row.number)
    Version.objects.filter(entry_id=note.code).delete()
    Entry.objects.filter(code=note.code).delete()
    cover.save()
    with pytest.raises(SealBroken):
        seen(comes_in(cast.alice), opened)


def test_what_was_sealed_before_a_forgery_stays_sealed(cast: Cast):
    opened = family_of(cast.alice, PRINCIPAL)
    before = {row.code: row.versions[-1].sealed for row in rows_of([opened.code])[opened.code]}
    forge(cast, opened, with_a_voucher=False)
    for row in _rows(opened):
        place = place_of(opened.code, row.code, row.kind, 1)
        for key in open_keys(comes_in(cast.alice), opened):
            with pytest.raises(SealBroken):
                open_sealed(key, before[row.code], place)


def _rows(opened: OpenCase) -> list[EntryRow]:
    return rows_of([opened.code])[opened.code]


def open_keys(by: Present, opened: OpenCase):
    """As of a case that another office shares: nothing there has to vouch for them."""
    keys = open_case_keys(by.ring, case=opened.code, version=1, own=False)
    return [keys.card, keys.contents]

"""A plea as somebody tells it to an office: part of the truth, in a hand of their own.

Facts are told or left out, never turned round. What may differ from the truth is what differs in life: how a name is
written, a birth that is swapped or some years off, a number with a slip, a telephone that is the caller's or an older
one, and the province that a family has left. Where only a part of a family is named and no number of people given,
what is told reads as the whole of it: a wife whose husband goes unnamed reads as a woman alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Caller, Household, Person, Plea, Relation
from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.assumed import (
    HOME_STILL_TOLD,
    NAMED_IN_PART,
    OTHERS_PHONE_TOLD,
)
from safeconduct.rehearsal.caseload.callers import Callers
from safeconduct.rehearsal.caseload.dice import Choices, Dice
from safeconduct.rehearsal.caseload.family import Family, Member
from safeconduct.rehearsal.caseload.hands import Hand, Hands
from safeconduct.rehearsal.caseload.naming import NameBook
from safeconduct.rehearsal.caseload.occasions import Occasion
from safeconduct.rehearsal.caseload.places import Places
from safeconduct.rehearsal.caseload.records import SimulatedPlea
from safeconduct.rehearsal.caseload.slips import slip_in_number
from safeconduct.rehearsal.caseload.stories import Stories, ToldStory
from safeconduct.rehearsal.caseload.told_births import told_birth


class _Page(NamedTuple):
    """What is the same for everybody of one plea. `phones`: whether telephones are told; `callers`: whether the
    caller's own stands for the principal's.
    """

    plea_id: str
    office: str
    on: date
    hand: Hand
    caller: Caller
    phones: bool
    callers: bool


class Teller:
    """Tells of families, plea by plea, by the model's rates."""

    def __init__(self, model: CaseloadModel, operation: Operation, seed: int) -> None:
        self._rates = {name: rate.value for name, rate in model.rates.items()}
        self._precision = Choices(model.distributions["birth_precision"].choices.items())
        self._hands = Hands(model)
        self._callers = Callers(NameBook(model), operation, seed)
        self._stories = Stories(model, operation.rulebook.facts)
        self._places = Places(operation)

    def plea(self, plea_id: str, family: Family, at: Occasion, dice: Dice) -> SimulatedPlea:
        """One telling of a family. Its ids are the plea's, and say nothing of the family."""
        told = self._told_one_by_one(family.members, dice)
        page = _Page(
            plea_id=plea_id,
            office=at.office,
            on=at.received_on,
            hand=self._hands.hand(family, dice),
            caller=self._callers.caller(family, at.caller),
            phones=dice.chance(self._rates["told_phone"]),
            callers=dice.chance(self._rates["phone_of_caller_abroad"]),
        )
        plea = Plea(
            plea_id=plea_id,
            household=self._household(page, family, told, dice),
            origins=(),
            caller=page.caller,
            received_on=at.received_on,
        )
        true = {_person_id(plea_id, n): each.person_id for n, each in enumerate(told)}
        return SimulatedPlea(plea=plea, family_id=family.family_id, people=true)

    def _household(
        self, page: _Page, family: Family, told: Sequence[Member], dice: Dice
    ) -> Household:
        facts, words = self._stories.of_household(family, dice)
        people: list[Person] = []
        for number, member in enumerate(told):
            story = self._stories.of_person(family, member, dice)
            people.append(self._person(_person_id(page.plea_id, number), member, page, story, dice))
            words += story.beside_family
        province = self._province(family, dice)
        return Household(
            household_id=page.plea_id,
            people=tuple(people),
            told_size=len(family.members) if dice.chance(self._rates["told_size"]) else None,
            province=province,
            place=self._places.words(province, family.town, dice, native=page.hand.native_only),
            office=page.office,
            words=words,
            facts=facts,
        )

    def _person(
        self, person_id: str, member: Member, page: _Page, story: ToldStory, dice: Dice
    ) -> Person:
        rates, kin = self._rates, member.kin
        given, family, native = page.hand.full_name(member)
        return Person(
            person_id=person_id,
            given_name=given,
            family_name=family,
            father_name=page.hand.father(member),
            native_name=native,
            sex=kin.sex if dice.chance(rates["told_sex"]) else None,
            birth=self._birth(member, page.on, dice),
            relation=kin.relation if dice.chance(rates["told_relation"]) else None,
            phones=self._phones(member, page, dice),
            passport=self._document(member.papers.passport, rates["told_passport"], dice),
            tazkira=self._document(member.papers.tazkira, rates["told_tazkira"], dice),
            words=story.words,
            facts=story.facts,
        )

    def _birth(self, member: Member, on: date, dice: Dice) -> UncertainDate | None:
        if not dice.chance(self._rates["told_birth"]):
            return None
        precision = dice.one(self._precision)
        return told_birth(member.kin.born, precision, on=on, rates=self._rates, dice=dice)

    def _phones(self, member: Member, page: _Page, dice: Dice) -> tuple[str, ...]:
        phones = member.papers.phones
        if not page.phones or not phones:
            return ()
        if member.kin.relation is Relation.PRINCIPAL:
            return page.caller.phones if page.callers else (dice.pick(phones),)
        return phones if dice.chance(OTHERS_PHONE_TOLD) else ()

    def _document(self, number: str | None, told: float, dice: Dice) -> str | None:
        if number is None or not dice.chance(told):
            return None
        return slip_in_number(number, dice) if dice.chance(self._rates["document_slip"]) else number

    def _told_one_by_one(self, members: Sequence[Member], dice: Dice) -> list[Member]:
        """The principal, and of the others all, a part or nobody: in all the share `named_of_family`."""
        share = self._rates["named_of_family"]
        partly = dice.chance(NAMED_IN_PART)
        everybody = dice.chance(share)
        return [
            member
            for member in members
            if member.kin.relation is Relation.PRINCIPAL
            or (dice.chance(share) if partly else everybody)
        ]

    def _province(self, family: Family, dice: Dice) -> str | None:
        """Where the family is. Word of a move travels slowly: some tellings still name the home they left."""
        if not dice.chance(self._rates["told_province"]):
            return None
        return family.where.home if dice.chance(HOME_STILL_TOLD) else family.where.now


def _person_id(plea_id: str, place: int) -> str:
    return f"{plea_id}/{place + 1}"

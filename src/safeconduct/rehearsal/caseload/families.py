"""Making true families: who they are, what is true of them, where they live, and whose kin they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from safeconduct.core.facts import NO_FACTS
from safeconduct.core.operation import Operation
from safeconduct.packs.caseload.records import CaseloadModel
from safeconduct.rehearsal.caseload.dice import Dice
from safeconduct.rehearsal.caseload.family import Family, Member, Voices
from safeconduct.rehearsal.caseload.kin import Head, Households, Kin
from safeconduct.rehearsal.caseload.kinship_names import NamesOfFamilies
from safeconduct.rehearsal.caseload.naming import Spelling
from safeconduct.rehearsal.caseload.papers import PaperBook, Papers
from safeconduct.rehearsal.caseload.ties import Tie, Ties
from safeconduct.rehearsal.caseload.true_facts import FactBook, Facts
from safeconduct.rehearsal.caseload.whereabouts import ABROAD, Map, Whereabouts

_NUMBERS = 32  # kept for the people of one family: the largest has 20


class FamilyMaker:
    """Makes true families for one model, one operation and one first day."""

    def __init__(self, model: CaseloadModel, operation: Operation, starts: date) -> None:
        self._starts = starts
        self._households = Households(model)
        self._facts = FactBook(model, operation.rulebook.facts)
        self._names = NamesOfFamilies(model)
        self._papers = PaperBook(model)
        self._map = Map(model, operation)
        self._ties = Ties(model)

    def family(self, earlier: Sequence[Family], dice: Dice, *, most: int) -> Family:
        """The next family, of at most `most` people: the last of a caseload is drawn to fit."""
        number = len(earlier) + 1
        family_id = f"F{number:06d}"
        story = dice.one(self._facts.stories)
        told = self._facts.of_principal(story, dice)
        head = Head(dice.one(story.sex), story.ages, self._facts.is_bereaved(told))
        size = min(self._households.size(dice), most)
        people = self._households.people(size, head, self._starts, dice)
        facts = self._facts.of_household(story, dice)
        tie = self._ties.tie(people, earlier, dice)
        sibling = tie.other if tie and tie.is_kin else None
        names, line = self._names.of(people, dice, sibling.line if sibling else None)
        shared = self._facts.of_everybody(story, dice)
        where, town = self._place(facts, tie, dice)
        return Family(
            number=number,
            family_id=family_id,
            story=story,
            members=[
                Member(
                    person_id=f"{family_id}/{place + 1}",
                    kin=kin,
                    names=names[place],
                    papers=self._papers_of(kin, number * _NUMBERS + place, tie, dice),
                    facts=self._facts.of_person(
                        (told if place == 0 else NO_FACTS, shared), kin, dice
                    ),
                    story=told if place == 0 else NO_FACTS,
                )
                for place, kin in enumerate(people)
            ],
            line=line,
            voices=tie.other.voices if tie else Voices(number, line.family),
            where=where,
            town=town,
            facts=facts,
            phrases={context: dice.pick(each) for context, each in story.phrases.items()},
            spelling=Spelling(dice),
        )

    def _place(self, facts: Facts, tie: Tie | None, dice: Dice) -> tuple[Whereabouts, float]:
        """Where a family lives, and which of the towns there is theirs."""
        if not self._facts.are_there(facts):
            return ABROAD, 0.0
        if tie is not None and tie.one_place and tie.other.where != ABROAD:
            return tie.other.where, tie.other.town
        return self._map.whereabouts(dice), dice.draw()

    def _papers_of(self, kin: Kin, number: int, tie: Tie | None, dice: Dice) -> Papers:
        papers = self._papers.papers(kin, number, dice)
        if tie is not None and tie.one_phone and number % _NUMBERS == 0:
            return papers._replace(phones=tie.other.members[0].papers.phones)
        return papers

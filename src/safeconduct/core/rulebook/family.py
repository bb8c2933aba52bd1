"""A family made ready for the rules: its people's answers as bits, and what is nearest to change.

People of whom the same is known are one `Member`, met once: of 150,000 people most are like somebody
who was seen before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Relation
from safeconduct.core.rulebook.known import Held, Known
from safeconduct.core.rulebook.logic import Near, Seeker, Test, compiled, every_part, facts_in
from safeconduct.core.rulebook.rules import Condition, Rulebook
from safeconduct.core.rulebook.sentences import who

_ANYBODY = "one of the family"
_SOMEBODY = "somebody in the family"
_Extras = list[tuple[float, Test]]
_RELATIONS = {relation.value: place for place, relation in enumerate(Relation)}


@dataclass(frozen=True, slots=True)
class Alone:
    """A person as a condition sees them: without a household's bits."""

    held: Held
    yes: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """One person as the rules see them: `yes` and `unknown` are the bits of the `anyone` conditions
    they surely meet and might meet, `extras` those of the extra points they bring, `concerned` those
    that ask for anything known of them. `rank` orders people by what is known and by nothing else.
    """

    number: int
    held: Held
    rank: tuple[object, ...]
    yes: int
    unknown: int
    extras: int
    concerned: int


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A household as the rules see it. `key` is equal for families of whom the same is known."""

    key: object
    held: Held
    members: tuple[Member, ...]
    somebody: Member | None
    size: int
    yes: int
    unknown: int
    families: Families

    def nearest(self, condition: Condition) -> Near:
        """The least that would have to be heard, or be otherwise, for a condition to hold."""
        return Seeker(self.families.kinds, self._nearest_of_anyone).nearest(condition, self.held)

    def _nearest_of_anyone(self, condition: Condition, wanted: bool) -> Near:
        bit = self.families.bits[id(condition)]
        near = [self.families.nearest_of(member, bit, wanted) for member in self._concerned(bit)]
        # For somebody to meet it, the nearest; for nobody to, the furthest still to go.
        return (min if wanted else max)(near, key=lambda each: each.cost)

    def _concerned(self, bit: int) -> Iterator[Member]:
        yield from self.members
        if self.somebody is not None and (self.somebody.yes | self.somebody.unknown) >> bit & 1:
            yield self.somebody

    def unheard_exclusions(self, condition: Condition) -> tuple[str, ...]:
        """Facts that would exclude the family from a rule that holds, and of which nothing was told."""
        facts: dict[str, None] = {}
        for bit, member in self._witnesses(condition):
            facts.update(dict.fromkeys(self.families.unheard(member, bit)))
        return tuple(facts)

    def witness(self, condition: Condition) -> tuple[str, Held]:
        """The person by whom a condition holds, in words that name nobody, and what is known of
        them. Where there is none, "one of the family" and nothing.
        """
        for _, member in self._witnesses(condition):
            return (_SOMEBODY if member is self.somebody else who(member.held)), member.held
        return _ANYBODY, {}

    def _witnesses(self, condition: Condition) -> Iterator[tuple[int, Member]]:
        """For each `anyone` within a condition, the first person who surely meets it."""
        for part in every_part(condition):
            if part.anyone is None:
                continue
            bit = self.families.bits[id(part.anyone)]
            for member in self._concerned(bit):
                if member.yes >> bit & 1:
                    yield bit, member
                    break

    def extra_points(self) -> float:
        """The extra points of each member, those of "somebody" once, and those of the household."""
        of_members = reduce(or_, (member.extras for member in self.members), 0)
        of_somebody = self.somebody.extras & ~of_members if self.somebody else 0
        bits = [member.extras for member in self.members] + [of_somebody]
        points = self.families.points_of_person
        own = sum(value for each in bits for place, value in enumerate(points) if each >> place & 1)
        tests = self.families.tests_of_household
        return own + sum(value for value, test in tests if test(self) is Answer.YES)


class Families:
    """Makes families ready for one set of conditions, and remembers the members it has met."""

    def __init__(self, rulebook: Rulebook, conditions: Iterable[Condition]) -> None:
        self.kinds = rulebook.facts
        inner = [part.anyone for each in conditions for part in every_part(each) if part.anyone]
        # By identity: hashing a condition would mean hashing all that is in it. `_within` keeps them.
        self._within = list({id(condition): condition for condition in inner}.values())
        self.bits = {id(condition): bit for bit, condition in enumerate(self._within)}
        self._tests = [self.compiled(condition) for condition in self._within]
        self._concern = [tuple(sorted(facts_in(condition))) for condition in self._within]
        self._asking_for = {fact: self._bits_that_ask(fact) for fact in self.kinds}
        of_person, of_household = self._extra_points(rulebook)
        self.points_of_person = [points for points, _ in of_person]
        self._extra_tests = [test for _, test in of_person]
        self.tests_of_household = of_household
        self._members: dict[object, Member] = {}
        self._near: dict[object, Near] = {}
        self._seeker = Seeker(self.kinds, _no_family)
        self._nobody = self._met({}, None)

    def compiled(self, condition: Condition) -> Test:
        return compiled(condition, self.kinds, self.bits)

    def of(self, known: Known) -> Family:
        """The family ready for the rules. Members stand in the order of their ranks, so that the
        order in which people were written is without effect.
        """
        members = sorted((self._member(held) for held in known.members), key=_rank)
        somebody = self._somebody(known.somebody) if known.somebody else None
        told = frozenset(known.household.items())
        numbers = tuple(member.number for member in members)
        yes = reduce(or_, (member.yes for member in members), somebody.yes if somebody else 0)
        might = somebody.unknown if somebody else 0
        unknown = reduce(or_, (member.unknown for member in members), might) & ~yes
        return Family(
            key=(numbers, somebody.number if somebody else None, told, known.size),
            held=known.household,
            members=tuple(members),
            somebody=somebody,
            size=known.size,
            yes=yes,
            unknown=unknown,
            families=self,
        )

    def nearest_of(self, member: Member, bit: int, wanted: bool) -> Near:
        # People are alike for a condition if what it asks for is alike: then it was sought before.
        told: object = None
        if member.concerned >> bit & 1:
            told = tuple(map(member.held.get, self._concern[bit]))
        found = self._near.get((bit, wanted, told))
        if found is None:
            found = self._seeker.nearest(self._within[bit], member.held, wanted=wanted)
            self._near[bit, wanted, told] = found
        return found

    def unheard(self, member: Member, bit: int) -> Iterator[str]:
        """The facts of a condition's exclusions that nobody has told of a member."""
        for part in every_part(self._within[bit]):
            if part.unless is not None:
                near = self._seeker.nearest(part.unless, member.held, wanted=False)
                yield from (fact for fact in near.facts if fact not in member.held)

    def _somebody(self, held: Held) -> Member:
        """Facts told of somebody say nothing where a condition asks for other facts: there the
        members, of whom somebody is one, answer for themselves.
        """
        whole = self._member(held)
        return replace(whole, unknown=whole.unknown & self._concerned(held))

    def _member(self, held: Held) -> Member:
        key = frozenset(held.items())
        found = self._members.get(key)
        if found is None:
            found = self._members[key] = self._met(held, self._nobody)
        return found

    def _met(self, held: Held, nobody: Member | None) -> Member:
        """Only what asks for a fact that is held needs an answer: the rest is as for `nobody`, of whom
        nothing is known.
        """
        alone = Alone(held)
        concerned = self._concerned(held)
        yes = nobody.yes & ~concerned if nobody else 0
        unknown = nobody.unknown & ~concerned if nobody else 0
        for bit, test in enumerate(self._tests):
            if nobody is None or concerned >> bit & 1:
                answer = test(alone)
                yes |= (answer is Answer.YES) << bit
                unknown |= (answer is Answer.UNKNOWN) << bit
        extras = (test(alone) is Answer.YES for test in self._extra_tests)
        return Member(
            number=len(self._members),
            held=held,
            rank=_rank_of(held),
            yes=yes,
            unknown=unknown,
            extras=sum(met << place for place, met in enumerate(extras)),
            concerned=concerned,
        )

    def _bits_that_ask(self, fact: str) -> int:
        return sum(1 << bit for bit, facts in enumerate(self._concern) if fact in facts)

    def _concerned(self, held: Held) -> int:
        """The bits of the conditions that ask for any of the facts that are held."""
        return reduce(or_, (self._asking_for.get(fact, 0) for fact in held), 0)

    def _extra_points(self, rulebook: Rulebook) -> tuple[_Extras, _Extras]:
        of_person: _Extras = []
        of_household: _Extras = []
        for extra in rulebook.points.extra:
            kinds = {self.kinds[fact].of for fact in facts_in(extra.when)}
            group = of_person if "person" in kinds else of_household
            group.append((extra.points, self.compiled(extra.when)))
        return of_person, of_household


def _rank(member: Member) -> tuple[object, ...]:
    return member.rank


def _rank_of(held: Held) -> tuple[object, ...]:
    """The principal first, then by relation; among those, by what is known, in alphabetical order."""
    relation = next(iter(held.get("relation", ())), "")
    told = tuple(sorted((fact, *sorted(values)) for fact, values in held.items()))
    return _RELATIONS.get(relation, len(_RELATIONS)), told


def _no_family(_condition: Condition, _wanted: bool) -> Near:
    raise AssertionError("The loader lets no `anyone` stand within an `anyone`.")

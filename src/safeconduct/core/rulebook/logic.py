"""Conditions on what is known: do they hold, and if not, what is the nearest thing that would make
them hold?

A condition is compiled once into a function of a `View`. Conditions on "anyone" are answered for
each person first and kept as bits of two whole numbers, one for those surely met and one for those
that might be: so a household of eight costs two or-ings and not eight evaluations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

from safeconduct.core.answers import Answer
from safeconduct.core.rulebook.known import Held, held_among
from safeconduct.core.rulebook.rules import Condition, FactKind

# What it takes to change an answer, in the order in which a caseworker would try: hear what nobody
# has asked yet; find that what was told is otherwise; never: a person's age or sex.
_ASKED, _CHANGED, _NEVER = 1, 100, 10_000

Test = Callable[["View"], Answer]


class View(Protocol):
    """A person or a household as a condition sees it. A person has no bits."""

    @property
    def held(self) -> Held: ...
    @property
    def yes(self) -> int: ...
    @property
    def unknown(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Near:
    """The facts that would have to be known or be otherwise, and what that takes (0: nothing)."""

    cost: int
    facts: tuple[str, ...]


_THERE = Near(0, ())


def compiled(condition: Condition, kinds: Mapping[str, FactKind], bits: Mapping[int, int]) -> Test:
    """The condition as a function. `bits` gives every condition within an `anyone` its number, by its
    identity: hashing a condition means hashing all that is in it.
    """
    if condition.fact is not None:
        return _compiled_fact(condition.fact, condition.values, kinds[condition.fact].many)
    if condition.anyone is not None:
        return _compiled_anyone(1 << bits[id(condition.anyone)])
    if condition.unless is not None:
        exclusion = compiled(condition.unless, kinds, bits)
        return lambda view: Answer.NO if exclusion(view) is Answer.YES else Answer.YES
    tests = tuple(
        compiled(part, kinds, bits)
        for part in condition.all_of or condition.any_of or condition.none_of
    )
    if condition.all_of:
        return _until(Answer.NO, tests, otherwise=Answer.YES)
    first_yes = _until(Answer.YES, tests, otherwise=Answer.NO)
    return first_yes if condition.any_of else lambda view: ~first_yes(view)


def _until(decisive: Answer, tests: tuple[Test, ...], *, otherwise: Answer) -> Test:
    """`all_of` and `any_of` of core/answers, stopping at the first answer that decides: this is where
    the time of a large caseload goes.
    """

    def test(view: View) -> Answer:
        found = otherwise
        for each in tests:
            answer = each(view)
            if answer is decisive:
                return answer
            if answer is Answer.UNKNOWN:
                found = answer
        return found

    return test


def _compiled_fact(fact: str, values: tuple[str, ...], many: bool) -> Test:
    sought = frozenset(values)

    def test(view: View) -> Answer:
        known = view.held.get(fact)
        if known is None:
            return Answer.UNKNOWN
        if known.isdisjoint(sought):
            return Answer.NO
        return Answer.YES if many or known <= sought else Answer.UNKNOWN

    return test


def _compiled_anyone(bit: int) -> Test:
    def test(view: View) -> Answer:
        if view.yes & bit:
            return Answer.YES
        return Answer.UNKNOWN if view.unknown & bit else Answer.NO

    return test


def parts_of(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly within one."""
    inner = (condition.anyone, condition.unless)
    own = tuple(part for part in inner if part is not None)
    return (*condition.all_of, *condition.any_of, *condition.none_of, *own)


def every_part(condition: Condition) -> Iterable[Condition]:
    """The condition and all within it, from the outside in, in the order written."""
    yield condition
    for part in parts_of(condition):
        yield from every_part(part)


def facts_in(condition: Condition) -> frozenset[str]:
    return frozenset(part.fact for part in every_part(condition) if part.fact is not None)


def without_unless(condition: Condition) -> Condition | None:
    """The condition with its exclusions taken out; None where nothing else is in it."""
    if condition.unless is not None:
        return None
    if condition.anyone is not None:
        inner = without_unless(condition.anyone)
        return Condition(anyone=inner) if inner else None
    if condition.fact is not None:
        return condition
    kept = Condition(
        all_of=_without_unless(condition.all_of),
        any_of=_without_unless(condition.any_of),
        none_of=_without_unless(condition.none_of),
    )
    return kept if parts_of(kept) else None


def _without_unless(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(kept for kept in map(without_unless, parts) if kept is not None)


@dataclass(frozen=True, slots=True)
class Seeker:
    """Finds the nearest change. `in_family` answers for a condition on "anyone"."""

    kinds: Mapping[str, FactKind]
    in_family: Callable[[Condition, bool], Near]

    def nearest(self, condition: Condition, held: Held, *, wanted: bool = True) -> Near:
        """The least change after which the condition would surely hold (or, not `wanted`, not)."""
        if condition.fact is not None:
            return self._of_fact(condition, held, wanted)
        if condition.anyone is not None:
            return self.in_family(condition.anyone, wanted)
        if condition.unless is not None:
            return self._of_exclusion(condition.unless, held, wanted)
        parts = condition.all_of or condition.any_of or condition.none_of
        found = [
            self.nearest(part, held, wanted=wanted != bool(condition.none_of)) for part in parts
        ]
        # To be sure of "all" every part must change; to be sure that not all hold, one is enough.
        takes_every = wanted != bool(condition.any_of)
        return _together(found) if takes_every else min(found, key=lambda near: near.cost)

    def _of_fact(self, condition: Condition, held: Held, wanted: bool) -> Near:
        assert condition.fact is not None
        kind = self.kinds[condition.fact]
        answer = held_among(held, condition.values, kind.name, many=kind.many)
        if answer is (Answer.YES if wanted else Answer.NO):
            return _THERE
        if answer is Answer.UNKNOWN:
            return Near(_ASKED, (kind.name,))
        fixed = kind.derived or not held[kind.name]
        return Near(_NEVER if fixed else _CHANGED, (kind.name,))

    def _of_exclusion(self, condition: Condition, held: Held, wanted: bool) -> Near:
        near = self.nearest(condition, held, wanted=not wanted)
        # An exclusion that is not known does not exclude: nothing has to change.
        return _THERE if wanted and near.cost < _CHANGED else near


def _together(found: Iterable[Near]) -> Near:
    return reduce(
        lambda a, b: Near(a.cost + b.cost, tuple(dict.fromkeys((*a.facts, *b.facts)))),
        found,
        _THERE,
    )

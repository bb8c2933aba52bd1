"""What keeps two records from being one person although others would bring them together, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from safeconduct.core.linkage.judgements import TwoRecords, in_order
from safeconduct.core.linkage.standing import (
    JudgedPair,
    OfficeOf,
    Standing,
    named_offices,
    offices_of,
)

# The rules, as plain sentences, that hold two records apart; empty where none does. Asked with the ids in either order.
HeldApart = Callable[[str, str], Sequence[str]]


class Why(StrEnum):
    """Why a "same" is not followed: what is said of the pair itself, or what stands between two whom it would join."""

    CONTESTED = "contested"
    DOUBTED = "doubted"
    AWAITED = "awaited"
    DIFFERENT_BETWEEN = "different between"
    UNSURE_BETWEEN = "unsure between"
    OFFICES_BETWEEN = "offices between"
    RULE_BETWEEN = "rule between"


_SENTENCES = {
    Why.CONTESTED: "One member says same, another different: it waits until they agree",
    Why.DOUBTED: "Somebody was unsure after it was called the same: it waits for a further look",
    Why.AWAITED: "It counts when each office whose record it is has said same; not yet: {details}",
    Why.DIFFERENT_BETWEEN: "It would make one person of {two}, of whom a member says that they are different",
    Why.UNSURE_BETWEEN: "It would make one person of {two}, of whom a member is unsure",
    Why.OFFICES_BETWEEN: "It would make one person of {two}, of whom not yet said same: {details}",
    Why.RULE_BETWEEN: "It would make one person of {two}, whom nobody called the same, and {details}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A live "same" that joins nobody, and why. `between`: the two records, other than its own, that stand in the way.

    `details` are the offices awaited, or the rules that hold `between` apart.
    """

    records: TwoRecords
    why: Why
    between: TwoRecords | None = None
    details: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For a member to read; it names records and offices by their ids and quotes nothing of them."""
        two = " and ".join(self.between or ())
        return _SENTENCES[self.why].format(two=two, details=", ".join(self.details)) + "."


@dataclass(frozen=True, slots=True, kw_only=True)
class Walls:
    """What keeps two records apart when only others would bring them together.

    A "different" always does. An "unsure", two offices or a rule of the software do where no "same" on these very
    two counts: against those nobody is joined by a chain alone, but a member's own word outweighs them.
    """

    judged: Mapping[TwoRecords, JudgedPair]
    office_of: OfficeOf = None
    held_apart: HeldApart | None = None

    def part(self, one: str, two: str) -> bool:
        """Whether something keeps them apart."""
        return self.between(one, two) is not None

    def between(self, one: str, two: str) -> tuple[Why, tuple[str, ...]] | None:
        """What keeps them apart, with its details; None where nothing does."""
        records = in_order(one, two)
        judged = self.judged.get(records)
        standing = judged.standing if judged else None
        if standing is Standing.SAME:
            return None
        if standing in {Standing.DIFFERENT, Standing.CONTESTED}:
            return Why.DIFFERENT_BETWEEN, ()
        if standing in {Standing.UNSURE, Standing.DOUBTED}:
            return Why.UNSURE_BETWEEN, ()
        return self._of_two_offices(records) or self._against_a_rule(records)

    def _of_two_offices(self, records: TwoRecords) -> tuple[Why, tuple[str, ...]] | None:
        """One office's word does not reach another's records through a third record."""
        offices = offices_of(records, self.office_of)
        if len(offices) < 2:
            return None
        return Why.OFFICES_BETWEEN, named_offices(offices)

    def _against_a_rule(self, records: TwoRecords) -> tuple[Why, tuple[str, ...]] | None:
        rules = self.held_apart(*records) if self.held_apart else ()
        return (Why.RULE_BETWEEN, tuple(rules)) if rules else None


def held_by_itself(pair: JudgedPair) -> HeldBack | None:
    """A "same" that does not count because of what else is said of the pair itself; None for any other pair."""
    why = {
        Standing.CONTESTED: Why.CONTESTED,
        Standing.DOUBTED: Why.DOUBTED,
        Standing.AWAITED: Why.AWAITED,
    }.get(pair.standing)
    return HeldBack(records=pair.records, why=why, details=pair.awaited) if why else None

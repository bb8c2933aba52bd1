"""What a fictional caseload of an operation is drawn from: names as they are spelled, profiles, distributions, rates.

Each carries its source or is marked as an assumption (`Source.verified` is False). Spellings are lists of variants
that people use, gathered one by one: nothing here is produced by the rules that compare names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from safeconduct.core.facts import Source

OPEN = "unknown"
"""As a value of a fact: not even the family knows. The truth leaves the fact open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpelledName:
    """One name in the ways people write it.

    `kind` is given_f or given_m; before_f, before_m, after_f or after_m (a name that stands before or after another
    given name); family; title (of either sex), title_m or title_f.

    The first of `latin` and of `native` is the commonest; a later one is drawn less often. `weight` is how
    common the name is among its kind.
    """

    name: str
    kind: str
    weight: float
    latin: tuple[str, ...]
    native: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """Weights of choices. `what` is a sentence that says of what this is the distribution."""

    name: str
    what: str
    choices: Mapping[str, float]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share between 0 and 1: of those it speaks of (`what`), how many.

    A rate named like a person's fact may speak of some ages only (completed years, both included), or of people
    without a husband or wife in the family (`unmarried`); of all others the fact is not so.
    """

    name: str
    what: str
    value: float
    source: Source
    from_age: int | None = None
    to_age: int | None = None
    unmarried: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Words in which offices write of something. `context` is the column of a sheet they stand in: work, employer,
    threat, subject or notes.
    """

    context: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of principal: why the family asks. `facts` are true of the principal, `household_facts` of the family.

    Each fact has values with weights: one is drawn for each family; several that hold at once are separated by |, and
    the value `OPEN` leaves the fact open. A person's fact among `household_facts` is true of each of the family.
    `words` are ways of writing it. `ages` are those of the principal in ranges ("25-34"), where they differ from the
    model's.
    """

    name: str
    what: str
    weight: float
    sex: Mapping[str, float]
    facts: Mapping[str, Mapping[str, float]]
    household_facts: Mapping[str, Mapping[str, float]]
    words: tuple[Told, ...]
    source: Source
    ages: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The share of all pleas that arrives on a day (`on`), with where that is from."""

    on: date
    share: float
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadModel:
    """All that a fictional caseload of one operation is drawn from. `fact_words` are ways of writing a household's
    or person's fact, by (fact, value), for facts that no profile tells (a threat, hiding, illness).
    """

    names: tuple[SpelledName, ...]
    profiles: tuple[Profile, ...]
    distributions: Mapping[str, Distribution]
    rates: Mapping[str, Rate]
    arrivals: tuple[Arrivals, ...]
    fact_words: Mapping[tuple[str, str], tuple[Told, ...]] = field(default_factory=dict)

    def named(self, kind: str) -> tuple[SpelledName, ...]:
        """The names of one kind, in the order of the list."""
        return tuple(each for each in self.names if each.kind == kind)

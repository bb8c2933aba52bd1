"""Rules as data: dated, sourced, readable by a caseworker. `packs` loads them; `assess` applies
them.

A rulebook has *facts* (what may be known about a person or a household, with the question that asks
for it), *scheme rules* (who may be eligible for what) and *band rules* (how urgent). A rule holds
from its date, names its source and words its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from safeconduct.core.facts import Sex, Source


class Band(StrEnum):
    """How urgent, told by word and shape, never by colour alone. Order of urgency: see `BANDS`."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    PRIORITY = "priority"
    ROUTINE = "routine"
    NOT_ASSESSED = "not assessed"


BANDS: tuple[Band, ...] = tuple(Band)

# What a text's column was about: a text may begin with one of them, a colon and a space ("work: Police").
CONTEXTS = ("work", "employer", "threat", "subject", "notes")
# Where a phrase may stand, beside those: as all that a sentence says.
ALONE = "alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """Something the rulebook may ask. `of` is "person" or "household"; `values` are all it may be
    (unknown is absence).

    `many`: several values may hold at once, written with | between them ("interpreter|teacher").
    `derived`: read from the records (age, sex, who lives together), never told as a fact.
    `nobody` is the value that says none of the others holds ("no", "none"): told of a household, it
    holds for everyone in it. A person surely younger than `from_age`, surely older than `to_age` or
    surely not of `of_sex` is not asked, and counts as none of the values. `of_province` is the value
    that a known province tells of the household. `words` say each value inside a sentence
    ("interpreter": "an interpreter").
    """

    name: str
    of: str
    values: tuple[str, ...]
    label: str
    question: str
    many: bool = False
    derived: bool = False
    nobody: str | None = None
    from_age: int | None = None
    to_age: int | None = None
    of_sex: Sex | None = None
    of_province: str | None = None
    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    def in_words(self, values: Iterable[str]) -> str:
        """Values as they are said inside a sentence, in the order of the vocabulary."""
        held = frozenset(values)
        return " and ".join(self.words.get(value, value) for value in self.values if value in held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a sheet that state a fact: `words` found as whole words set the fact to `value`.

    `contexts` limit it: to the columns it counts in (`CONTEXTS`), or to where it stands `alone` as
    all that is said; none: it counts anywhere. Without a `kind` it states nothing, and keeps what is
    within it from being read ("police station").
    """

    words: str
    language: str
    kind: FactKind | None
    value: str
    contexts: frozenset[str] = frozenset()

    @property
    def fact(self) -> str:
        return self.kind.name if self.kind else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A test on facts, three-valued. Exactly one of the shapes is filled:

    `all_of` / `any_of` / `none_of`: of other conditions;
    `fact` with `values`: yes if the fact's value is among them, unknown if it is absent;
    `anyone`: some person of the household meets the conditions within (unknown if nobody surely
    does but somebody might);
    `unless`: no if the condition within is surely met, else yes. An exclusion must be told: it is
    asked for, never assumed. Only rules of eligibility may have one (see `assess`, law of bands).
    """

    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    anyone: Condition | None = None
    fact: str | None = None
    values: tuple[str, ...] = ()
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, in force from `since` until `until` (None: still).

    `scheme` is set for a rule of eligibility; `band` for a rule of urgency. `reason` is the
    sentence when it holds, `reason_not` the sentence when it does not, `reason_unless` the sentence
    when it would hold but for an exclusion. `forgotten` marks people whom the rules of the day did
    not name: the reason says so. In a reason, {Who} and {who} stand for the person who meets the
    rule ("He", "the spouse", "somebody in the family"), and {fact} for a fact's value in words.
    """

    rule_id: str
    title: str
    when: Condition
    reason: str
    source: Source
    since: date | None = None
    until: date | None = None
    scheme: str | None = None
    reason_not: str = ""
    reason_unless: str = ""
    band: Band | None = None
    forgotten: bool = False

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What one member adds to the household's priority: by band, and more for each condition that
    holds of the member. A condition on the household alone is counted once. `source` says whose
    numbers these are.
    """

    by_band: Mapping[Band, float]
    extra: tuple[ExtraPoints, ...] = ()
    source: Source = field(default_factory=lambda: Source(url=None, verified=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPoints:
    title: str
    when: Condition
    points: float
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All of an operation's rules. `version` is a digest of the rules' text: kept with every
    assessment.
    """

    version: str
    facts: Mapping[str, FactKind]
    rules: tuple[Rule, ...]
    points: Points

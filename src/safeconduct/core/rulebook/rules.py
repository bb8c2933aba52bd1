"""Rules as data: dated, sourced, readable by a caseworker. `packs` loads them; `assess` applies
them.

A rulebook has *facts* (what may be known about a person or a household, with the question that asks
for it), *scheme rules* (who may be eligible for what) and *band rules* (how urgent). A rule holds
from its date, names its source and words its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from safeconduct.core.facts import Source


class Band(StrEnum):
    """How urgent, told by word and shape, never by colour alone. Order of urgency: see `BANDS`."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    PRIORITY = "priority"
    ROUTINE = "routine"
    NOT_ASSESSED = "not assessed"


BANDS: tuple[Band, ...] = tuple(Band)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactKind:
    """Something the rulebook may ask. `of` is "person" or "household"; `values` are all it may be
    (unknown is absence)."""

    name: str
    of: str
    values: tuple[str, ...]
    label: str
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A test on facts, three-valued. Exactly one of the shapes is filled:

    `all_of` / `any_of` / `none_of`: of other conditions;
    `fact` with `values`: yes if the fact's value is among them, unknown if it is absent;
    `anyone`: some person of the household meets the conditions within (unknown if nobody surely
    does but somebody might)."""

    all_of: tuple[Condition, ...] = ()
    any_of: tuple[Condition, ...] = ()
    none_of: tuple[Condition, ...] = ()
    anyone: Condition | None = None
    fact: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, in force from `since` until `until` (None: still).

    `scheme` is set for a rule of eligibility; `band` for a rule of urgency. `reason` is the
    sentence when it holds, `reason_not` the sentence when it does not. `forgotten` marks people
    whom the rules of the day did not name: the reason says so."""

    rule_id: str
    title: str
    when: Condition
    reason: str
    source: Source
    since: date | None = None
    until: date | None = None
    scheme: str | None = None
    reason_not: str = ""
    band: Band | None = None
    forgotten: bool = False

    def in_force(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What one member adds to the household's priority: by band, and more for each condition that
    holds of the member."""

    by_band: Mapping[Band, float]
    extra: tuple[ExtraPoints, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraPoints:
    title: str
    when: Condition
    points: float
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All of an operation's rules. `version` is a digest of the rules' text: kept with every
    assessment."""

    version: str
    facts: Mapping[str, FactKind]
    rules: tuple[Rule, ...]
    points: Points

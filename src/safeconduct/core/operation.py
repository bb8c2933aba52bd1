"""An operation (one crisis) as records: what a pack loads and every engine reads.

A pack is a folder of data (docs/formats.md, "Packs"); `packs` builds these records from it and
checks them. Each record carries its source; what was not verified says so (`Source.verified`) and
is shown so on screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.core.facts import Source
from safeconduct.core.rulebook.rules import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A way to safety that an authority opened. Dates may be known to the month only: `opened_text`
    keeps what was published."""

    code: str
    name: str
    parent: str | None
    opened: date | None
    closed: date | None
    opened_text: str
    closed_text: str
    quota_people: int | None
    quota_first_year: int | None
    lead: str
    application: str
    note: str
    precedent: bool
    source: Source

    def is_open(self, on: date) -> bool | None:
        """Whether the scheme takes new people on a day; None where its opening day is unknown."""
        if self.opened is None:
            return None
        return self.opened <= on and (self.closed is None or on <= self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """`tile_row` and `tile_column` place it on the tile map (0 at the north-west)."""

    pcode: str
    iso: str
    name: str
    name_dari: str
    spellings: tuple[str, ...]
    capital: str
    capital_latitude: float | None
    capital_longitude: float | None
    population_thousands: int | None
    tile_row: int
    tile_column: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The day control of a province's capital passed, as reported, with the spread between
    reports."""

    pcode: str
    fell_on: date
    earliest_reported: date
    latest_reported: date
    confidence: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A crossing or road and its state between two days; an open end is None."""

    name: str
    neighbour: str
    kind: str
    from_date: date | None
    to_date: date | None
    status: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class MusterPoint:
    code: str
    name: str
    province: str
    opened: date | None
    closed: date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyCount:
    """People carried, as published. `people` is None where no count was published for the day: a
    gap, never a zero.

    `derived` tells how `people` was had when it is a difference of two cumulative counts, or a
    split of one over a gap."""

    on: date
    people: int | None
    cumulative: int | None
    derived: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A flight or convoy with seats. Times without offset share one zone (docs/formats.md)."""

    departure_id: str
    departs_at: datetime
    muster_point: str
    seats: int
    stretcher_spaces: int = 0
    schemes: tuple[str, ...] = ()
    derived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Hours from a province to a muster point between two days, while the way is open. A missing
    pair is unreachable."""

    province: str
    muster_point: str
    hours: float
    from_date: date | None
    to_date: date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place that offers homes. `people` in the first year; `large_homes` is how many of the homes
    take six or more."""

    code: str
    name: str
    people: int
    large_homes: int | None
    towns: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralField:
    name: str
    label: str
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whom a case is raised with, and what that authority wants to see in a referral. Addresses are
    fictional (.invalid)."""

    code: str
    name: str
    schemes: tuple[str, ...]
    address: str
    subject_line: str
    fields: tuple[ReferralField, ...]
    version_date: date
    acknowledge_working_days: int | None
    reply_working_days: int | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A published estimate of the need or of those left behind, with who stated it."""

    code: str
    group: str
    as_of: str
    low: int | None
    high: int | None
    stated_by: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One of the failures the product answers for (docs/failures.md)."""

    code: str
    when: str
    failure: str
    measured: str
    status: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words in a sheet that state a fact: `words` found as whole words set `fact` to `value`."""

    words: str
    language: str
    fact: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One crisis, whole. `assumptions` holds every number the pack's author chose, by name, with
    the sentence that says so."""

    code: str
    name: str
    starts: date
    ends: date
    summary: str
    assumptions: Mapping[str, Assumption]
    schemes: tuple[Scheme, ...]
    provinces: tuple[Province, ...]
    falls: tuple[Fall, ...]
    routes: tuple[Route, ...]
    muster_points: tuple[MusterPoint, ...]
    reach: tuple[Reach, ...]
    daily_counts: tuple[DailyCount, ...]
    departures: tuple[Departure, ...]
    localities: tuple[Locality, ...]
    authorities: tuple[Authority, ...]
    estimates: tuple[Estimate, ...]
    failures: tuple[Failure, ...]
    phrases: tuple[Phrase, ...]
    rulebook: Rulebook

    def scheme(self, code: str) -> Scheme:
        return next(scheme for scheme in self.schemes if scheme.code == code)

    def province(self, pcode: str) -> Province:
        return next(province for province in self.provinces if province.pcode == pcode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A number that no source gives, chosen by the pack's author and shown wherever it was used."""

    name: str
    value: float
    sentence: str

"""An operation (one crisis) as records: what a pack loads and every engine reads.

A pack is a folder of data (docs/formats.md, "Packs"); `packs` builds these records from it and
checks them. Each record carries its source; what was not verified says so (`Source.verified`) and
is shown so on screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from safeconduct.core.facts import Source
from safeconduct.core.rulebook.rules import Phrase, Rulebook

Span = tuple[date, date]
"""The first and the last day that something can have been."""

UNKNOWN_DAY = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A way to safety that an authority opened. Dates may be known to the month only: `opened_text`
    keeps what was published.
    """

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
    opened_span: Span | None = None
    closed_span: Span | None = None

    def is_open(self, on: date) -> bool | None:
        """Whether the scheme takes new people on a day; None where what was published does not
        settle it.
        """
        opened = self.opened_span or ((self.opened, self.opened) if self.opened else None)
        closed = self.closed_span or ((self.closed, self.closed) if self.closed else None)
        if (opened and on < opened[0]) or (closed and on > closed[1]):
            return False
        surely_opened = opened is not None and on >= opened[1]
        never_closed = closed is None and self.closed_text != UNKNOWN_DAY
        surely_not_closed = never_closed or (closed is not None and on <= closed[0])
        return True if surely_opened and surely_not_closed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """`tile_row` and `tile_column` place it on the tile map (0 at the north-west).

    `spellings` are other ways to write its name; `towns` are words for places that lie in it (its capital's other
    spellings, well-known towns), so that "Mazar" in a sheet finds Balkh.
    """

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
    towns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """The day control of a province's capital passed, as reported, with the spread between
    reports.
    """

    pcode: str
    fell_on: date
    earliest_reported: date
    latest_reported: date
    confidence: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A crossing or road and its state between two days (both inside); an open end is None.

    `status` is open, restricted, closed, taken (by those whom people flee: whether anyone passes is not known)
    or unknown.
    """

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
    split of one over a gap.
    """

    on: date
    people: int | None
    cumulative: int | None
    derived: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Aircraft:
    """How many people an aircraft takes, by one published measure. Infants count."""

    aircraft: str
    measure: str
    people: int
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
    pair is unreachable.
    """

    province: str
    muster_point: str
    hours: float
    from_date: date | None
    to_date: date | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Locality:
    """A place that offers homes. `people` in the first year; `large_homes` is how many of the homes
    take six or more.
    """

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
    fictional (.invalid).
    """

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
class ColumnSource:
    """The source of a whole column of a pack's file, where it differs from the source of the row."""

    file: str
    column: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One crisis, whole. `assumptions` holds every number the pack's author chose, by name, with the
    sentence that says so. `need` is the code of the estimate that stands for everybody who needs a
    seat: a caseload's share of the seats is its people over that (empty: none was published). `day`
    is the day from which it is looked at once it is over; None: its first.
    """

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
    aircraft: tuple[Aircraft, ...] = ()
    column_sources: tuple[ColumnSource, ...] = ()
    need: str = ""
    day: date | None = None

    def day_on(self, today: date) -> date:
        """The day to look at it from: today; once it is over, the day from which its pack looks at it."""
        return today if today <= self.ends else self.day or self.starts

    def scheme(self, code: str) -> Scheme:
        return next(scheme for scheme in self.schemes if scheme.code == code)

    def province(self, pcode: str) -> Province:
        return next(province for province in self.provinces if province.pcode == pcode)

    def assumption(self, name: str) -> Assumption:
        return self.assumptions[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A number that no source gives, chosen by the pack's author and shown wherever it was used."""

    name: str
    value: float
    sentence: str

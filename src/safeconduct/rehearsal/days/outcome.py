"""What came of a policy, counted from what was written down: the manifests and the ends, not the intentions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from safeconduct.core.rulebook.rules import BANDS, Band
from safeconduct.rehearsal.days.course import Aboard, Course
from safeconduct.rehearsal.days.ends import (
    DID_NOT_COME,
    DOUBLED,
    ENDS,
    NO_SCHEME,
    NO_WAY,
    NOT_IN_TIME,
    NOT_YET_KNOWN,
    OTHERS_FIRST,
    PLACE_NOT_KNOWN,
    TOO_LARGE,
    WAITS,
    WAITS_FOR_SEAT,
)
from safeconduct.rehearsal.days.ground import Ground, may_fly
from safeconduct.rehearsal.days.records import Day, Outcome
from safeconduct.rehearsal.days.ways import DAY, NEVER


def outcome_from(course: Course, days: Sequence[Day], *, bound: float, seconds: float) -> Outcome:
    """The outcome of a course that has run to its last day."""
    ground = course.ground
    left = {line.family for line in course.manifest}
    worth = float(sum(ground.worth[family] for family in sorted(left)))
    bands = told_bands(ground)
    waiting = Counter(band for family, band in bands.items() if family not in left)
    highest = min(bands.values(), key=BANDS.index, default=BANDS[0])
    ends = _ends_of(course)
    waits = {at: _against_a_seat(course, at) for at, end in ends.items() if end == WAITS_FOR_SEAT}
    by_end, by_wait = Counter(ends.values()), Counter(waits.values())
    seats, empty = sum(day.seats for day in days), sum(day.empty for day in days)
    return Outcome(
        policy=course.policy,
        people_moved=sum(line.people for line in course.manifest),
        families_moved=len(left),
        priority_moved=worth,
        share_of_bound=worth / bound if bound > 0 else 1.0,
        highest_band=highest,
        highest_band_families=sum(band is highest for band in bands.values()),
        highest_band_left=waiting[highest],
        in_truth_highest_left=_in_truth_left(ground, left),
        empty_seats=empty,
        empty_seat_share=empty / seats if seats else 0.0,
        no_show_families=course.no_show_families,
        sent_home_people=sum(day.sent_home for day in days),
        turned_away_too_many=course.turned_away,
        doubled_calls=course.doubled_calls,
        families_split=families_split(ground, course.manifest),
        pleas_without_an_end=sum(end not in ENDS for end in ends.values()),
        ends={end: by_end[end] for end in ENDS},
        left_by_band={band.value: waiting[band] for band in BANDS},
        days=tuple(days),
        moved={
            ground.families[line.family]: ground.departures[line.departure].departure_id
            for line in course.manifest
        },
        seconds=seconds,
        waits={why: by_wait[why] for why in WAITS},
        decided_on={
            claim.claim_id: ground.dates[int(course.decided_at[at]) // DAY]
            for at, claim in enumerate(ground.claims)
            if course.decided_at[at] >= 0
        },
        family_waits={ground.claims[at].family_id: why for at, why in waits.items()},
        held_in_error=_held_in_error(course),
    )


def families_split(ground: Ground, manifest: Sequence[Aboard]) -> int:
    """Families of whom not everybody, or not everybody once, stands on one manifest."""
    people: Counter[int] = Counter()
    departures: dict[int, set[int]] = {}
    for line in manifest:
        people[line.family] += line.people
        departures.setdefault(line.family, set()).add(line.departure)
    return sum(
        people[family] != ground.family_size[family] or len(on) != 1
        for family, on in departures.items()
    )


def told_bands(ground: Ground) -> dict[int, Band]:
    """The most urgent band that was told of each family who may fly by what was told."""
    bands: dict[int, Band] = {}
    for claim in np.flatnonzero(ground.may_fly).tolist():
        family, band = int(ground.family[claim]), ground.claims[claim].band
        if family not in bands or BANDS.index(band) < BANDS.index(bands[family]):
            bands[family] = band
    return bands


def _held_in_error(course: Course) -> int:
    """Families for whom nothing is planned because each of their pleas was taken for another family's."""
    ground = course.ground
    held, planned = set(), set(ground.family[course.planned].tolist())
    for claim in np.flatnonzero(ground.has_way & (course.decided_at >= 0)).tolist():
        family = int(ground.family[claim])
        twins = [twin for twin in ground.twins[claim] if course.planned[twin]]
        if family not in planned and twins:
            held.add(family)
    return len(held)


def _in_truth_left(ground: Ground, left: set[int]) -> int:
    needs = ground.prepared.needs
    bands = {
        at: needs[family].band
        for at, family in enumerate(ground.families)
        if may_fly(needs[family].schemes, ground.departures)
    }
    highest = min(bands.values(), key=BANDS.index, default=BANDS[0])
    return sum(band is highest and family not in left for family, band in bands.items())


def _ends_of(course: Course) -> dict[int, str]:
    """Every plea's end, as it was written down when it came about (nothing, where nothing was written).

    A plea whose family left by another one, or is planned for by a likely double, is that family's other plea.
    """
    settled = {WAITS_FOR_SEAT, NOT_YET_KNOWN, NO_SCHEME}
    ends = {claim: course.ends.get(claim, "") for claim in range(len(course.ground.claims))}
    return {
        claim: DOUBLED if end in settled and _told_otherwise(course, claim) else end
        for claim, end in ends.items()
    }


def _told_otherwise(course: Course, claim: int) -> bool:
    """Whether another plea of the same family, or likely the same, is planned for or has left."""
    family_left = bool(course.family_left[course.ground.family[claim]])
    twins = course.ground.twins[claim]
    return family_left or (
        not course.planned[claim] and any(course.planned[twin] for twin in twins)
    )


def _against_a_seat(course: Course, claim: int) -> str:
    ground = course.ground
    latest = ground.latest[ground.standing[claim]]
    decided = course.decided_at[claim]
    if ground.claims[claim].province is None and ground.scenario.reach is not None:
        return PLACE_NOT_KNOWN
    if (latest == NEVER).all():
        return NO_WAY
    if (latest < decided).all():
        return NOT_IN_TIME
    if ground.size[claim] > ground.seats[latest > NEVER].max():
        return TOO_LARGE
    return DID_NOT_COME if course.asked_enough(claim) else OTHERS_FIRST

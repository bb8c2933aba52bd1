"""The rows of a rehearsal's plain files (docs/formats.md): counts, never a family and never a plea.

Each function gives rows in the order of its `..._COLUMNS`, for one rehearsal or several; the first
column says whose they are, by the people of the caseload. Text that a spreadsheet program would run
as a formula is made harmless here, so that whoever writes the rows need not think of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.core.plain_text import neutral
from safeconduct.rehearsal.days.records import Outcome, Rehearsal

Line = tuple[str | int | float, ...]

POLICIES_COLUMNS = [
    "caseload_people",
    "policy",
    "name",
    "standby",
    "people_moved",
    "families_moved",
    "priority_moved",
    "bound",
    "share_of_bound",
    "highest_band",
    "highest_band_families",
    "highest_band_left",
    "in_truth_highest_left",
    "empty_seats",
    "empty_seat_share",
    "no_show_families",
    "sent_home_people",
    "turned_away_too_many",
    "doubled_calls",
    "families_split",
    "pleas_without_an_end",
    "seconds",
]
DAYS_COLUMNS = [
    "caseload_people",
    "policy",
    "on",
    "pleas",
    "decided",
    "waiting_decision",
    "waiting_seat",
    "seats",
    "called_people",
    "no_show_people",
    "boarded_people",
    "standby_people",
    "sent_home",
    "empty",
    "priority_moved",
]
SENSITIVITY_COLUMNS = [
    "caseload_people",
    "no_show",
    "policy",
    "bound",
    "share_of_bound",
    "people_moved",
    "empty_seats",
]
LUCK_COLUMNS = ["caseload_people", "seed", "policy", "bound", "share_of_bound", "people_moved"]
ENDS_COLUMNS = ["caseload_people", "policy", "end", "pleas"]
ASSUMPTIONS_COLUMNS = ["caseload_people", "name", "value", "sentence"]


def policies_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each policy: what came of it, beside the bound."""
    for each, outcome in _outcomes(rehearsals):
        yield _safe(
            (
                each.people,
                outcome.policy.code,
                outcome.policy.name,
                "yes" if outcome.policy.standby else "no",
                outcome.people_moved,
                outcome.families_moved,
                outcome.priority_moved,
                each.hindsight.bound,
                outcome.share_of_bound,
                outcome.highest_band.value,
                outcome.highest_band_families,
                outcome.highest_band_left,
                outcome.in_truth_highest_left,
                outcome.empty_seats,
                outcome.empty_seat_share,
                outcome.no_show_families,
                outcome.sent_home_people,
                outcome.turned_away_too_many,
                outcome.doubled_calls,
                outcome.families_split,
                outcome.pleas_without_an_end,
                outcome.seconds,
            )
        )


def days_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each policy and day."""
    for each, outcome in _outcomes(rehearsals):
        for day in outcome.days:
            yield (
                each.people,
                outcome.policy.code,
                day.on.isoformat(),
                day.pleas,
                day.decided,
                day.waiting_decision,
                day.waiting_seat,
                day.seats,
                day.called_people,
                day.no_show_people,
                day.boarded_people,
                day.standby_people,
                day.sent_home,
                day.empty,
                day.priority_moved,
            )


def sensitivity_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each rate of no-shows and policy."""
    for each in rehearsals:
        for run in each.sensitivity:
            for code, share in run.shares.items():
                yield (
                    each.people,
                    run.no_show,
                    code,
                    run.bound,
                    share,
                    run.people[code],
                    run.empty_seats[code],
                )


def luck_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each draw of luck and policy; the scenario's own draw comes first."""
    for each in rehearsals:
        for drawn in each.luck:
            for code, share in drawn.shares.items():
                yield (each.people, drawn.seed, code, drawn.bound, share, drawn.people[code])


def ends_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each policy and end: they add up to all pleas."""
    for each, outcome in _outcomes(rehearsals):
        for end, pleas in outcome.ends.items():
            yield _safe((each.people, outcome.policy.code, end, pleas))


def assumptions_rows(rehearsals: Sequence[Rehearsal]) -> Iterator[Line]:
    """One line for each number that no source gives, with its sentence."""
    for each in rehearsals:
        for assumed in each.assumptions:
            yield _safe((each.people, assumed.name, assumed.value, assumed.sentence))


def _outcomes(rehearsals: Sequence[Rehearsal]) -> Iterator[tuple[Rehearsal, Outcome]]:
    return ((each, outcome) for each in rehearsals for outcome in each.outcomes)


def _safe(line: Line) -> Line:
    return tuple(neutral(cell) if isinstance(cell, str) else cell for cell in line)

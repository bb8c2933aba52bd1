"""A rehearsal in numbers, for programs: what `replay.json` and `drill.json` hold (docs/formats.md).

Everybody in it is simulated, so counts are told exactly and in full.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from safeconduct.core.operation import Assumption, DailyCount, Operation
from safeconduct.rehearsal.days.needs import Need, Needs
from safeconduct.rehearsal.days.records import Day, Luck, Outcome, Rehearsal, Scenario, Sensitivity

Told = dict[str, object]

REPLAY_CLAIMS = (
    "Nothing is claimed of the real operation beyond the published counts: the people are simulated, "
    "the seats are those counts over a stated load factor, and the policies are compared under the assumptions "
    "listed."
)
DRILL_CLAIMS = (
    "This is an exercise: the people are simulated, and the numbers hold for this scenario and "
    "the assumptions listed. It is no forecast."
)
NO_COUNT = "no published count"


def replay_summary(
    rehearsals: Sequence[Rehearsal], operation: Operation, *, versions: Mapping[str, str]
) -> Told:
    """The replay of an operation for one caseload or several."""
    return {
        "pack": operation.code,
        "rulebook_version": operation.rulebook.version,
        "claims": REPLAY_CLAIMS,
        "published": [_published(count) for count in operation.daily_counts],
        "provinces_fallen": _fallen(operation),
        "caseloads": [rehearsal_summary(each) for each in rehearsals],
        "versions": dict(versions),
    }


def drill_summary(
    rehearsal: Rehearsal, needs: Needs, operation: Operation, *, versions: Mapping[str, str]
) -> Told:
    """A drill, with what its scenario would need."""
    return {
        "pack": operation.code,
        "rulebook_version": operation.rulebook.version,
        "claims": DRILL_CLAIMS,
        "needs": _needs(needs),
        **rehearsal_summary(rehearsal),
        "versions": dict(versions),
    }


def rehearsal_summary(rehearsal: Rehearsal) -> Told:
    """One caseload under every policy, beside the bound. Counts of people, families, pleas and
    seats; `priority` and `bound` in the same unit.
    """
    hindsight = rehearsal.hindsight
    return {
        "people": rehearsal.people,
        "families": rehearsal.families,
        "pleas": rehearsal.pleas,
        "eligible_families": rehearsal.eligible_families,
        "eligible_people": rehearsal.eligible_people,
        "doubles_proposed": rehearsal.doubles_found,
        "doubles_proposed_right": rehearsal.doubles_right,
        "doubles_there": rehearsal.doubles_there,
        "share": rehearsal.share,
        "seats": sum(each.seats for each in rehearsal.scenario.departures),
        "seats_per_day": _seats_per_day(rehearsal.scenario),
        "scenario": _scenario(rehearsal.scenario),
        "bound": hindsight.bound,
        "hindsight_plan_priority": hindsight.plan_priority,
        "hindsight_plan_people": hindsight.plan_people,
        "told_all_bound": hindsight.told_all_bound,
        "policies": [_policy(outcome) for outcome in rehearsal.outcomes],
        "sensitivity": [_sensitivity(each) for each in rehearsal.sensitivity],
        "luck": [_luck(each) for each in rehearsal.luck],
        "assumptions": [_assumed(each) for each in rehearsal.assumptions],
        "caseload_seed": rehearsal.caseload_seed,
        "seed": rehearsal.scenario.seed,
        "seconds": dict(rehearsal.seconds),
    }


def _published(count: DailyCount) -> Told:
    """A gap is null and says so; a count that was derived says how."""
    note = count.derived or ("" if count.people is not None else NO_COUNT)
    return {
        "on": count.on.isoformat(),
        "people": count.people,
        "cumulative": count.cumulative,
        "note": note,
    }


def _fallen(operation: Operation) -> list[Told]:
    """Day by day the provinces that fell on it, and how many had fallen by its end."""
    on: dict[date, list[str]] = {}
    for fall in sorted(operation.falls, key=lambda each: (each.fell_on, each.pcode)):
        on.setdefault(fall.fell_on, []).append(fall.pcode)
    fallen = 0
    told: list[Told] = []
    for day, codes in on.items():
        fallen += len(codes)
        told.append({"on": day.isoformat(), "fell": codes, "fallen": fallen})
    return told


def _seats_per_day(scenario: Scenario) -> dict[str, int]:
    seats: Counter[str] = Counter()
    for departure in scenario.departures:
        seats[departure.departs_at.date().isoformat()] += departure.seats
    return dict(seats)


def _scenario(scenario: Scenario) -> Told:
    """Every number that a scenario sets."""
    return {
        "starts": scenario.starts.isoformat(),
        "days": scenario.days,
        "caseworkers": scenario.caseworkers,
        "decisions_each_day": scenario.decisions_each_day,
        "no_show": scenario.no_show,
        "standby_shows": scenario.standby_shows,
        "standby_per_seat": scenario.standby_per_seat,
        "known_ahead_days": scenario.known_ahead_days,
        "list_closes_hours": scenario.list_closes_hours,
        "closings": [
            {**asdict(closing), "on": closing.on.isoformat()} for closing in scenario.closings
        ],
    }


def _policy(outcome: Outcome) -> Told:
    """Every count of an outcome; the families' ids stay here (they join to nothing outside)."""
    return {
        "policy": outcome.policy.code,
        "name": outcome.policy.name,
        "standby": outcome.policy.standby,
        "people_moved": outcome.people_moved,
        "families_moved": outcome.families_moved,
        "priority_moved": outcome.priority_moved,
        "share_of_bound": outcome.share_of_bound,
        "highest_band": outcome.highest_band.value,
        "highest_band_families": outcome.highest_band_families,
        "highest_band_left": outcome.highest_band_left,
        "in_truth_highest_left": outcome.in_truth_highest_left,
        "empty_seats": outcome.empty_seats,
        "empty_seat_share": outcome.empty_seat_share,
        "families_split": outcome.families_split,
        "pleas_without_an_end": outcome.pleas_without_an_end,
        "no_show_families": outcome.no_show_families,
        "sent_home_people": outcome.sent_home_people,
        "turned_away_too_many": outcome.turned_away_too_many,
        "doubled_calls": outcome.doubled_calls,
        "held_in_error": outcome.held_in_error,
        "ends": dict(outcome.ends),
        "waits": dict(outcome.waits),
        "left_by_band": dict(outcome.left_by_band),
        "days": [_day(day) for day in outcome.days],
        "seconds": outcome.seconds,
    }


def _day(day: Day) -> Told:
    return {**asdict(day), "on": day.on.isoformat()}


def _sensitivity(run: Sensitivity) -> Told:
    """One rate of no-shows, with each of the named policies at it."""
    return {
        "no_show": run.no_show,
        "bound": run.bound,
        "policies": {
            code: {
                "share_of_bound": share,
                "people_moved": run.people[code],
                "empty_seats": run.empty_seats[code],
            }
            for code, share in run.shares.items()
        },
    }


def _luck(drawn: Luck) -> Told:
    """One draw of luck, with each policy under it."""
    return {
        "seed": drawn.seed,
        "bound": drawn.bound,
        "policies": {
            code: {"share_of_bound": share, "people_moved": drawn.people[code]}
            for code, share in drawn.shares.items()
        },
    }


def _needs(needs: Needs) -> Told:
    return {
        "highest_band": needs.highest_band.value,
        "reachable_families": needs.reachable_families,
        "reachable_people": needs.reachable_people,
        "highest_reachable": needs.highest_reachable,
        "out_of_reach": dict(needs.out_of_reach),
        "may_not_fly": dict(needs.may_not_fly),
        **{need.name: _need(need) for need in needs.all},
        "runs": needs.runs,
        "seconds": needs.seconds,
    }


def _need(need: Need) -> Told:
    return {
        "what": need.what,
        "value": need.value,
        "given": need.given,
        "tried": need.tried,
        "found": need.found,
    }


def _assumed(assumed: Assumption) -> Told:
    return asdict(assumed)

"""The main job in numbers, for programs: what `summary.json` holds. Whole-caseload totals only."""

from __future__ import annotations

from collections import Counter

from safeconduct.core.main_job import Cover, MainJob
from safeconduct.core.rows import RowEnd


def summary_of(job: MainJob) -> dict[str, object]:
    """Totals of the whole caseload, in households, people, rows and seconds.

    They are exact and meant for those who hold the caseload: `households_waiting_because` may be
    small counts, so a summary is not for publishing; the brief is the protected form.
    """
    rows, seated, placed = job.intake, _seated(job), _placed(job)
    return {
        "pack": job.operation.code,
        "on": job.on.isoformat(),
        "rulebook_version": job.operation.rulebook.version,
        "rows_read": len(rows.rows),
        "rows_accepted": rows.count(RowEnd.ACCEPTED),
        "rows_quarantined": rows.count(RowEnd.QUARANTINED),
        "rows_repeated": rows.count(RowEnd.REPEATED),
        "pleas": job.pleas,
        "pleas_without_an_end": job.pleas_without_an_end,
        "households": len(job.covers),
        "people": job.people,
        "doubles_proposed": len(job.doubles),
        "households_seated": len(seated),
        "people_seated": _people(seated),
        "households_waiting_because": dict(
            sorted(Counter(cover.seat_why for cover in job.covers if not cover.departure).items())
        ),
        "seat_objective": job.seats.objective,
        "seat_bound": job.seats.bound,
        "seat_gap": job.seats.gap,
        "empty_seats": job.seats.empty,
        "households_placed": len(placed),
        "people_placed": _people(placed),
        "home_objective": job.homes.objective,
        "home_bound": job.homes.bound,
        "home_gap": job.homes.gap,
        "seconds": job.seconds,
    }


def _seated(job: MainJob) -> list[Cover]:
    return [cover for cover in job.covers if cover.departure is not None]


def _placed(job: MainJob) -> list[Cover]:
    return [cover for cover in job.covers if cover.locality is not None]


def _people(covers: list[Cover]) -> int:
    return sum(cover.size for cover in covers)

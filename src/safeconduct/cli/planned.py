"""What `seats` and `homes` have in common: writing the plan, and telling how good it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from safeconduct.core.allocation import Plan
from safeconduct.reports.writing import write_csv

# Python's own start, before our stopwatch runs, is part of the command's wall time.
START_UP = 0.25
# Writing the plan and the file system's own time.
WRITING = 0.25


def seconds_to_plan(asked: float, read: float) -> float:
    """What is left for planning of the seconds asked for the whole command, when reading took `read`."""
    return max(0.05, min(asked - read - START_UP - WRITING, 0.97 * asked))


def write_plan(path: Path, plan: Plan, *, target: str) -> None:
    """Write PLAN.csv: one row for each family, in the families' order."""
    write_csv(
        path,
        ("family_id", target, "reason"),
        ((row.family_id, row.target or "", row.reason) for row in plan.rows),
        exact=True,
    )


def as_json(plan: Plan, seconds: float) -> str:
    """The plan's figures as one JSON object (docs/formats.md)."""
    return json.dumps(
        {
            "objective": plan.objective,
            "bound": plan.bound,
            "gap": plan.gap,
            "seated_people": plan.seated_people,
            "waiting_families": len(plan.waiting),
            "empty_seats": plan.empty,
            "status": plan.status,
            "seconds": round(seconds + START_UP, 3),
        }
    )


def in_words(plan: Plan, *, done: str, left: str, path: Path, seconds: float) -> Iterable[str]:
    """The plan's figures for a person, line by line."""
    families = len(plan.rows) - len(plan.waiting)
    yield f"{families} of {len(plan.rows)} families ({plan.seated_people} people) {done}; {plan.empty} {left}."
    if plan.status == "best possible":
        yield "No plan could be better (proved)."
    else:
        yield f"No plan could be better by more than {100 * plan.gap:.3g} % (proved)."
    whys = Counter(row.why for row in plan.waiting)
    if whys:
        told = ", ".join(f"{why} {count}" for why, count in whys.most_common())
        yield f"{len(plan.waiting)} wait: {told}."
    yield f"Everybody's reason is in {path} ({seconds + START_UP:.1f} s)."

"""Every kind of job, from the rooms that own the work. Rooms never register themselves: this list is all there is."""

from __future__ import annotations

from safeconduct.cases import job_kinds as cases
from safeconduct.jobs.kinds import Kind, by_name


def job_kinds() -> dict[str, Kind]:
    """Kind by name. A room tells its own in `<room>/job_kinds.py` as KINDS."""
    return by_name(*cases.KINDS.values())

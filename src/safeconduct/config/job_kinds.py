"""Every kind of job, from the rooms that own the work. Rooms never register themselves: this list is all there is."""

from __future__ import annotations

from safeconduct.cases import job_kinds as cases
from safeconduct.flow import job_kinds as flow
from safeconduct.intake import job_kinds as intake
from safeconduct.jobs.kinds import Kind, by_name
from safeconduct.matching import job_kinds as matching
from safeconduct.triage import job_kinds as triage


def job_kinds() -> dict[str, Kind]:
    """Kind by name. A room tells its own in `<room>/job_kinds.py` as KINDS."""
    return by_name(
        *cases.KINDS.values(),
        *intake.KINDS.values(),
        *matching.KINDS.values(),
        *triage.KINDS.values(),
        *flow.KINDS.values(),
    )

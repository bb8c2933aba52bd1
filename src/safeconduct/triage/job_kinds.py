"""The work of this room that goes on beside the desk."""

from __future__ import annotations

from typing import Final

from safeconduct.jobs.kinds import Kind, by_name
from safeconduct.people.lent import office_keys_for
from safeconduct.triage.actions.rules import COMPARE, LIKE, REASSESS
from safeconduct.triage.fairness import like_cases
from safeconduct.triage.runs import compare, reassess
from safeconduct.triage.tending import TEND, tend

KINDS: Final = by_name(
    Kind(name=COMPARE, run=compare, keys_for=office_keys_for),
    Kind(name=REASSESS, run=reassess, keys_for=office_keys_for),
    Kind(name=LIKE, run=like_cases, keys_for=office_keys_for),
    Kind(name=TEND, run=tend, keys_for=office_keys_for),
)

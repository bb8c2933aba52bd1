"""What an assessment says: for each scheme yes, no or unknown; a band; a priority; reasons; what to
ask.
"""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Ask, Reason
from safeconduct.core.rulebook.rules import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Eligibility:
    """Whether a household may be eligible for a scheme. `settles`: for unknown, what would settle
    it; for no, the nearest thing that would change it.
    """

    scheme: str
    outcome: Answer
    reasons: tuple[Reason, ...]
    settles: tuple[Ask, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The rulebook's word on one household, on one day. Software proposes, a named person decides
    (law 12).

    `priority` is the household's: the sum over its members. `rulebook_version` is the digest of the
    rules that were applied.
    """

    household_id: str
    band: Band
    priority: float
    schemes: tuple[Eligibility, ...]
    reasons: tuple[Reason, ...]
    missing: tuple[Ask, ...]
    rulebook_version: str

    def schemes_with(self, outcome: Answer) -> tuple[str, ...]:
        return tuple(each.scheme for each in self.schemes if each.outcome is outcome)

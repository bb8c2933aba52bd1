"""Two written names compared: a score, a verdict and an alignment that a person can read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from safeconduct.core.names.letters import LATIN
from safeconduct.core.names.meeting import meet
from safeconduct.core.names.parts import token_score
from safeconduct.core.names.reading import Token

# An assumption, chosen on hand-made pairs (tests/core/data_names.py).
SAME_FROM = 0.8


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two parts that were set against each other; None: the other name has no such part.

    `how`: "same", "sounds alike", "initial", "written together", "contradicts" or "missing".
    """

    a_token: str | None
    b_token: str | None
    score: float
    how: str

    def __str__(self) -> str:
        if self.a_token is None or self.b_token is None:
            return f"{self.a_token or self.b_token} missing"
        sign = "≠" if self.how == "contradicts" else "="
        return f"{self.a_token} {sign} {self.b_token} ({self.score:.2f})"


@dataclass(frozen=True, slots=True)
class NameMatch:
    """How well two names agree, 0 to 1. `rarity`: the summed weight of the parts that agree: how much agreeing says."""

    score: float
    same: bool
    alignment: tuple[Aligned, ...]
    rarity: float

    @property
    def text(self) -> str:
        """The alignment as a person reads it: "Naeem = نعیم (0.97); Barech missing"."""
        return "; ".join(str(part) for part in self.alignment)


def compare(a: str, b: str) -> NameMatch:
    """How well two written names agree, in any of the scripts, whatever the order of their parts.

    A name without letters agrees with nothing (score 0): unknown is not the same. Symmetric but for the
    sides of the alignment.
    """
    meeting = meet(a, b)
    aligned = [
        Aligned(_shown(x), _shown(y), score, _how(x, y, score, joined))
        for x, y, score, joined in meeting.met
    ]
    for x, y in zip_longest(meeting.lone_a, meeting.lone_b):
        if x is not None and y is not None:
            aligned.append(Aligned(_shown(x), _shown(y), token_score(x, y), "contradicts"))
        else:
            a_only, b_only = (_shown(part) if part else None for part in (x, y))
            aligned.append(Aligned(a_only, b_only, 0.0, "missing"))
    return NameMatch(meeting.score, meeting.score >= SAME_FROM, tuple(aligned), meeting.rarity)


def _shown(part: Token) -> str:
    return part.word.title() if part.script == LATIN else part.word


def _how(x: Token, y: Token, score: float, joined: bool) -> str:
    if x.initial or y.initial:
        return "initial"
    if joined:
        return "written together"
    return "same" if score == 1.0 else "sounds alike"

"""What the desk itself writes into a case: how it arrived, what the rulebook said of it, what a caller was told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import ClassVar

from safeconduct.cases.entries.telling import Told
from safeconduct.core.facts import NO_FACTS
from safeconduct.vault.models import Part


class Way(StrEnum):
    """How a plea reached the office."""

    SHEET = "sheet"
    FORM = "form"
    CALL = "call"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class PleaTold(Told):
    """A plea as it arrived, word for word. `plea` is its code in the room of intake; `origins` say where it stood.

    What was read from it stands in entries of its own; these words are kept so that nothing that was told is lost.
    """

    kind: ClassVar[str] = "plea"
    part: ClassVar[Part] = Part.CONTENTS

    plea: str
    way: Way
    words: str
    received_on: date | None = None
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Told):
    """What was told of the household or of one person in free words ("work: police"): facts are read from these.

    A colleague's notes are not among them: nothing is concluded from what we wrote ourselves.
    """

    kind: ClassVar[str] = "said"
    part: ClassVar[Part] = Part.CONTENTS

    words: tuple[str, ...]
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Told):
    """What the rulebook said of the household on a day. The cover bears the band that counts.

    `rules` is the digest of the rulebook; `outcomes` has "yes", "no" or "unknown" for each scheme; `reasons` are
    sentences that can be read to the caller; `asks` are the facts that are unknown and would change the outcome.
    """

    kind: ClassVar[str] = "assessed"
    part: ClassVar[Part] = Part.CONTENTS

    rules: str
    on: date
    band: str
    priority: str
    outcomes: Mapping[str, str] = field(default_factory=lambda: NO_FACTS, hash=False)
    reasons: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


class Direction(StrEnum):
    """Who turned to whom."""

    THEY_CALLED = "they called"
    WE_CALLED = "we called"
    THEY_WROTE = "they wrote"
    WE_WROTE = "we wrote"
    MET = "we met"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(Told):
    """What a caller was told, and what is due to them next (F12 to F14: nobody calls to hear what they were told).

    `caller` is the code of the caller's entry; None where it was the household itself. `next_on` is promised.
    """

    kind: ClassVar[str] = "talk"
    part: ClassVar[Part] = Part.CONTENTS

    direction: Direction
    told: str
    caller: str | None = None
    heard: str | None = None
    next_words: str | None = None
    next_on: date | None = None

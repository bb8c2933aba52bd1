"""What was done or agreed about a household: papers, consents, decisions, handovers, holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from safeconduct.cases.entries.telling import Told
from safeconduct.vault.models import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Told):
    """A cleaned paper. Its bytes are sealed beside this, and opened only by `paper_of`.

    `form` is one of cases.papers.Kind; `size` and `sha256` are of the cleaned bytes; `width` and `height` as there.
    """

    kind: ClassVar[str] = "document"
    part: ClassVar[Part] = Part.CONTENTS

    title: str
    form: str
    pages: int
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    noticed: tuple[str, ...] = ()
    person: str | None = None


class Extent(StrEnum):
    """How much a consent lets go."""

    CARD = "names, contacts and numbers of papers"
    ALL = "everything told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Told):
    """The family agreed that one recipient is told. `recipient` is a code; `told_by` says who agreed, and how."""

    kind: ClassVar[str] = "consent"
    part: ClassVar[Part] = Part.CONTENTS

    recipient: str
    extent: Extent
    given_on: date
    told_by: str
    until: date | None = None
    withdrawn_on: date | None = None
    withdrawal_told_by: str | None = None
    person: str | None = None

    def holds_on(self, on: date) -> bool:
        """Given by then, not lapsed, not withdrawn: a withdrawal counts from its own day."""
        return (
            self.given_on <= on
            and (self.until is None or on <= self.until)
            and (self.withdrawn_on is None or on < self.withdrawn_on)
        )


class Outcome(StrEnum):
    """What an authority decided."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Told):
    """An authority's decision. `members` are codes of persons' entries; empty means the whole household."""

    kind: ClassVar[str] = "decision"
    part: ClassVar[Part] = Part.CONTENTS

    scheme: str
    outcome: Outcome
    members: tuple[str, ...] = ()
    authority: str | None = None
    reference: str | None = None
    decided_on: date | None = None
    valid_until: date | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Told):
    """From one owner to the next, with what the next must know. Members are named by their codes."""

    kind: ClassVar[str] = "handover"
    part: ClassVar[Part] = Part.CONTENTS

    to: str
    note: str
    previous: str | None = None  # None: nobody owned it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold(Told):
    """Why this case must not be shredded: a court, an inquiry, a complaint. Removing it ends the hold."""

    kind: ClassVar[str] = "hold"
    part: ClassVar[Part] = Part.CONTENTS

    words: str

"""What is told of a household beyond its card: where, why, to whom they belong, how to reach them in safety.

`person` is the code of the person's entry in the same case; None means the household.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from safeconduct.cases.entries.telling import Told
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import NO_FACTS
from safeconduct.vault.models import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Told):
    """Where they are, exactly and in words; the province alone stands on the cover."""

    kind: ClassVar[str] = "place"
    part: ClassVar[Part] = Part.CONTENTS

    words: str
    district: str | None = None
    since: UncertainDate | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Told):
    """To whom or to what they belong: a relative abroad, an employer, a contract."""

    kind: ClassVar[str] = "tie"
    part: ClassVar[Part] = Part.CONTENTS

    to: str
    relation: str | None = None
    country: str | None = None
    words: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat(Told):
    """What they are threatened with; `by` is who threatens, as told."""

    kind: ClassVar[str] = "threat"
    part: ClassVar[Part] = Part.CONTENTS

    words: str
    by: str | None = None
    happened: UncertainDate | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Told):
    """Anything else, in words."""

    kind: ClassVar[str] = "note"
    part: ClassVar[Part] = Part.CONTENTS

    words: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeContact(Told):
    """How to reach them without harm. `voicemail` is False where none may be left, None where nobody asked."""

    kind: ClassVar[str] = "safe_contact"
    part: ClassVar[Part] = Part.CONTENTS

    hours: str | None = None
    safe_words: str | None = None  # what may be said to whoever picks up
    never_say: str | None = None
    voicemail: bool | None = None
    messages: bool | None = None  # whether a written message may be sent
    phone_shared_with: str | None = None
    languages: tuple[str, ...] = ()  # BCP 47: prs, ps-AF
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Told):
    """What the rulebook asks, by its own names of facts and values. A name that is absent is unknown."""

    kind: ClassVar[str] = "facts"
    part: ClassVar[Part] = Part.CONTENTS

    facts: Mapping[str, str] = field(default_factory=lambda: NO_FACTS, hash=False)
    person: str | None = None

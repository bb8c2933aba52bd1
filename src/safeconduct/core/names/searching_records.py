"""What is looked for by name or number, and what is found: records that show nothing of themselves in a log."""

from __future__ import annotations

from dataclasses import dataclass

# What of a person was met.
NAME, FATHER, PHONE, DOCUMENT, CODE = "name", "father", "phone", "document", "code"
# How it was met: the whole of it, its beginning, its end, two words as one; or of a name, by an initial.
WHOLE, BEGINS, ENDS, TOGETHER, INITIAL = "whole", "begins", "ends", "together", "initial"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Findable:
    """One person to be found. `key` is the asker's own, each once, and is handed back as it came.

    `names` are their own, in any writing: given, family, native; "" is as if it were not told. `fathers` likewise.
    `phones` and `numbers` (of documents) stand as written.
    """

    key: str
    names: tuple[str, ...] = ()
    fathers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Matched:
    """What of the query met what of the person: `typed` and `told` are contents. `score`: 0 to 1."""

    what: str
    how: str
    typed: str
    told: str
    score: float

    @property
    def text(self) -> str:
        """As a person reads it: "Zahera = زهرا (0.95)"."""
        return f"{self.typed} = {self.told} ({self.score:.2f})"


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One person found. `group` and `key` are those that were put; `score` orders, 0 to 1; `matched`: why."""

    group: str
    key: str
    score: float
    matched: tuple[Matched, ...]

    @property
    def text(self) -> str:
        """Why, as a person reads it."""
        return "; ".join(each.text for each in self.matched)


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """The best first. `more`: others fit too, that the asker may see. `total`: how many in all; None where not all who
    fit were asked about, since counting those whom one may not see would tell of them.
    """

    hits: tuple[Hit, ...]
    more: bool
    total: int | None

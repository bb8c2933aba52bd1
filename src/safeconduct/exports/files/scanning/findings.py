"""What a scan found: where and what, in words that quote nothing of the file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

OF_ONE_KIND = 20  # a file with ten thousand hidden rows needs no ten thousand sentences


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence: `where` is what it is about, `what` the rest of it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where[:1].upper()}{self.where[1:]} {self.what}."


class Findings:
    """Findings while a scan goes on: each once, and of each kind the first ones with a count of the others."""

    def __init__(self) -> None:
        self._told: dict[Finding, None] = {}
        self._kinds: Counter[str] = Counter()

    def add(self, where: str, what: str) -> None:
        finding = Finding(where, what)
        if finding in self._told:
            return
        self._kinds[what] += 1
        if self._kinds[what] <= OF_ONE_KIND:
            self._told[finding] = None

    def listed(self) -> list[Finding]:
        more = [
            Finding(f"each of {count - OF_ONE_KIND} more places", what)
            for what, count in self._kinds.items()
            if count > OF_ONE_KIND
        ]
        return [*self._told, *more]

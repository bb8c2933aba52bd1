"""How many sentences of a translation a speaker has reviewed. Written by scripts/write_translations.py, read once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Standing:
    """Sentences of one language. English is the language that they are written in: 0 of 0."""

    reviewed: int = 0
    all: int = 0

    @property
    def waits(self) -> bool:
        return self.reviewed < self.all


@cache
def _all() -> dict[str, Standing]:
    told = (files("safeconduct") / "locale" / "reviewed.json").read_text("utf-8")
    return {language: Standing(**counted) for language, counted in json.loads(told).items()}


def standing_of(language: str) -> Standing:
    return _all().get(language, Standing())

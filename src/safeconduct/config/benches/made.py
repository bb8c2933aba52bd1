"""Made-up cards and contents, as long as told ones are: JSON of a few hundred bytes and of one or two thousand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Final

_WORDS: Final = (
    "her brother called from the gate and says that they wait near the bridge with the two "
    "younger children since the morning and that the papers are with an uncle in the other town"
).split()


def cards(count: int, seed: int) -> list[bytes]:
    drawn = random.Random(seed)  # noqa: S311 (made up, not a secret)
    return [_told(drawn, people=drawn.randint(1, 9), words=0) for _ in range(count)]


def contents(count: int, seed: int) -> list[bytes]:
    drawn = random.Random(seed + 1)  # noqa: S311 (made up, not a secret)
    return [_told(drawn, people=0, words=drawn.randint(60, 400)) for _ in range(count)]


def _told(drawn: random.Random, *, people: int, words: int) -> bytes:
    told = {
        "people": list(_people(drawn, people)),
        "note": " ".join(drawn.choices(_WORDS, k=words)),
    }
    return json.dumps(told).encode()


def _people(drawn: random.Random, count: int) -> Iterator[dict[str, str]]:
    for _ in range(count):
        yield {
            "name": " ".join(drawn.choices(_WORDS, k=3)),
            "born": f"{drawn.randint(1940, 2021)}",
            "passport": f"P{drawn.randint(0, 10**8):08d}",
        }

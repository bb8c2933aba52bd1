"""Numbers of people who do not exist: telephones, passports, tazkiras. Each is given to one person only.

A counter is turned into digits by a step that shares no factor with the size of the range: every number of
it comes once before any comes twice, and neighbours get numbers far apart.
"""

from __future__ import annotations

from safeconduct.rehearsal.caseload.assumed import (
    BRITISH_ONE_IN,
    ELECTRONIC_TAZKIRA,
    TAZKIRA_ENTRIES,
    TAZKIRA_FROM,
    TAZKIRA_PAGES,
    TAZKIRA_TO,
    TAZKIRA_VOLUMES,
)
from safeconduct.rehearsal.caseload.dice import Dice

# Ranges kept for fiction, as we know them: of Ofcom's for drama in Britain, the mobile one and those of the cities; in
# North America 555-0100 to 555-0199 of every area. No source that we read confirms the lists.
_BRITISH = (
    "7700900", "2079460", "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960",
    "1314960", "1414960", "1514960", "1614960", "1914980", "2896496", "2920180", "1632960",
)  # fmt: skip
_AREAS = tuple(area for area in range(201, 990) if area % 100 > 11 and area // 10 % 10 != 9)
_BRITISH_LINES = 1000 * len(_BRITISH)
_AMERICAN_LINES = 100 * len(_AREAS)

_PHONE_STEP = 6_180_339  # none of these shares a factor with its range
_PASSPORT_STEP, _TAZKIRA_STEP = 61_803_399, 381_966_011
_BRITISH_STEP, _AMERICAN_STEP = 10_507, 38_561

NOWHERE = "+999"
"""No country's code, as far as we know: for a pack that does not say how its telephones begin."""


def telephone(begins: str, number: int) -> str:
    """A mobile telephone: seven digits behind `begins`, never all of them nought."""
    return f"{begins}{1 + number * _PHONE_STEP % 9_999_998:07d}"


def is_british(caller: int) -> bool:
    """Whether the caller of this number lives in Britain: one in so many, evenly."""
    return caller % BRITISH_ONE_IN == 0


def telephone_abroad(caller: int) -> str:
    """A telephone in Britain or North America, of the ranges kept for fiction.

    There are 17,000 of the one kind and some 62,000 of the other: in a large caseload some callers speak for
    several families, as happens.
    """
    if is_british(caller):
        at = caller // BRITISH_ONE_IN * _BRITISH_STEP % _BRITISH_LINES
        return f"+44{_BRITISH[at // 1000]}{at % 1000:03d}"
    others = caller - caller // BRITISH_ONE_IN - 1
    at = others * _AMERICAN_STEP % _AMERICAN_LINES
    return f"+1{_AREAS[at // 100]}55501{at % 100:02d}"


def passport(number: int) -> str:
    """A passport's number: P and eight digits."""
    return f"P{number * _PASSPORT_STEP % 100_000_000:08d}"


def tazkira(number: int, dice: Dice) -> str:
    """A tazkira's number: electronic, thirteen digits that begin with a year, or volume, page and entry on paper."""
    if dice.chance(ELECTRONIC_TAZKIRA):
        year = dice.whole(TAZKIRA_FROM, TAZKIRA_TO)
        return f"{year}{number * _TAZKIRA_STEP % 1_000_000_000:09d}"
    volume, page = dice.whole(1, TAZKIRA_VOLUMES), dice.whole(1, TAZKIRA_PAGES)
    return f"{volume}/{page}/{dice.whole(1, TAZKIRA_ENTRIES)}"

"""Where the families are, on the map of provinces as it stood on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from safeconduct.core.operation import Operation, Province
from safeconduct.reports.office.caseload import Caseload

SHADES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A province in its place. `fell_on`: the day its capital fell as reported, None where not known; `fallen`: by the
    day shown. `shade` 0 to 3 by families."""

    province: Province
    families: int
    people: int
    fell_on: date | None
    fallen: bool
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """All provinces, in the order of their rows; and those whose province nobody told."""

    on: date
    days: tuple[date, ...]  # on which something changed, in order
    tiles: tuple[Tile, ...]
    unknown: int
    fallen: int

    @property
    def rows(self) -> int:
        return 1 + max((tile.province.tile_row for tile in self.tiles), default=0)

    @property
    def columns(self) -> int:
        return 1 + max((tile.province.tile_column for tile in self.tiles), default=0)


def map_on(caseload: Caseload, operation: Operation, on: date) -> Map:
    """Open cases by province, and which capitals had fallen by that day."""
    fell = {fall.pcode: fall.fell_on for fall in operation.falls}
    families = Counter(each.province for each in caseload.open)
    people: Counter[str] = Counter()
    for each in caseload.open:
        people[each.province] += each.size or 1
    most = max((families[each.pcode] for each in operation.provinces), default=0)
    tiles = [
        Tile(
            province=each,
            families=families[each.pcode],
            people=people[each.pcode],
            fell_on=fell.get(each.pcode),
            fallen=each.pcode in fell and fell[each.pcode] <= on,
            shade=_shade(families[each.pcode], most),
        )
        for each in operation.provinces
    ]
    known = {each.pcode for each in operation.provinces}
    return Map(
        on=on,
        days=tuple(sorted(set(fell.values()))),
        tiles=tuple(sorted(tiles, key=lambda t: (t.province.tile_row, t.province.tile_column))),
        unknown=sum(count for pcode, count in families.items() if pcode not in known),
        fallen=sum(tile.fallen for tile in tiles),
    )


def _shade(count: int, most: int) -> int:
    """0 for none; else by quarters of the most."""
    return 0 if not count else min(SHADES - 1, 1 + (count * (SHADES - 1) - 1) // max(most, 1))

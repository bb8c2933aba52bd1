"""Reading provinces.csv, falls.csv, routes.csv and muster_points.csv: the country, and who holds what on which day."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import RepeatedCode, TileTaken
from safeconduct.core.operation import Fall, MusterPoint, Province, Route
from safeconduct.packs.days import check_apart, check_order
from safeconduct.packs.located import Fields, Located
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import SOURCE_COLUMNS, Codes, known, source_of

PROVINCES = "provinces.csv"
_PROVINCE = (
    "pcode", "iso", "name", "name_dari", "spellings", "towns", "capital", "capital_latitude", "capital_longitude",
    "population_thousands", "tile_row", "tile_column", *SOURCE_COLUMNS,
)  # fmt: skip
_FALL = ("pcode", "fell_on", "earliest_reported", "latest_reported", "confidence", *SOURCE_COLUMNS)
_ROUTE = ("name", "neighbour", "kind", "from_date", "to_date", "status", *SOURCE_COLUMNS)
_MUSTER = ("code", "name", "province", "opened", "closed", *SOURCE_COLUMNS)
_CONFIDENCE = ("high", "medium", "low")
_STATUS = ("open", "restricted", "closed", "taken", "unknown")


def provinces_of(file: Path | Traversable) -> tuple[Province, ...]:
    """The provinces, each on its own square of the tile map, no word naming two of them."""
    required = ("pcode", "name", "capital", "tile_row", "tile_column")
    rows = read_csv(file, _PROVINCE, required=required, of="a province")
    codes, isos, tiles = Codes(), Codes(), dict[tuple[int, int], str]()
    words = dict[str, tuple[str, int]]()
    provinces = []
    for row in rows:
        province = _province(row, codes, isos)
        _check_tile(row, province, tiles)
        _check_words(row, province, words)
        provinces.append(province)
    return tuple(provinces)


def _province(row: Fields, codes: Codes, isos: Codes) -> Province:
    iso = row.get("iso")
    return Province(
        pcode=codes.take(row["pcode"]),
        iso=isos.take(iso) if iso else "",
        name=row["name"].text(),
        name_dari=row.text("name_dari"),
        spellings=_words(row.get("spellings")),
        capital=row["capital"].text(),
        capital_latitude=row.number("capital_latitude", least=-90, most=90),
        capital_longitude=row.number("capital_longitude", least=-180, most=180),
        population_thousands=row.whole("population_thousands", least=0),
        tile_row=row["tile_row"].whole(least=0, most=99),
        tile_column=row["tile_column"].whole(least=0, most=99),
        source=source_of(row),
        towns=_words(row.get("towns")),
    )


def _words(value: Located | None) -> tuple[str, ...]:
    return value.parts() if value else ()


def _check_tile(row: Fields, province: Province, tiles: dict[tuple[int, int], str]) -> None:
    square = (province.tile_row, province.tile_column)
    if square in tiles:
        row["tile_row"].refuse(
            TileTaken, found=province.name, row=square[0], column=square[1], first=tiles[square]
        )
    tiles[square] = province.name


def _check_words(row: Fields, province: Province, words: dict[str, tuple[str, int]]) -> None:
    """A word that named two provinces would put a family in the wrong one."""
    named = (
        province.name,
        province.name_dari,
        *province.spellings,
        province.capital,
        *province.towns,
    )
    for word in filter(None, named):
        pcode, line = words.setdefault(word.casefold(), (province.pcode, row.entry.line))
        if pcode != province.pcode:
            row.entry.refuse(
                RepeatedCode, field="name, spelling or town", found=word, first_line=line
            )


def falls_of(file: Path | Traversable, provinces: Collection[str]) -> tuple[Fall, ...]:
    """The day each province fell, with the spread between reports. One without a row did not fall, or is unknown."""
    codes, falls = Codes(), []
    for row in read_csv(file, _FALL, required=("pcode", "fell_on", "confidence"), of="a fall"):
        known(row["pcode"], provinces, PROVINCES)
        check_order(row, "earliest_reported", "fell_on", "latest_reported")
        fell_on = row["fell_on"].date()
        falls.append(
            Fall(
                pcode=codes.take(row["pcode"]),
                fell_on=fell_on,
                earliest_reported=row.date("earliest_reported") or fell_on,
                latest_reported=row.date("latest_reported") or fell_on,
                confidence=row["confidence"].one_of(_CONFIDENCE),
                source=source_of(row),
            )
        )
    return tuple(falls)


def routes_of(file: Path | Traversable) -> tuple[Route, ...]:
    """Crossings and roads, each with one status a day; days that no row covers are unknown."""
    rows = read_csv(file, _ROUTE, required=("name", "kind", "status"), of="a route")
    for row in rows:
        check_order(row, "from_date", "to_date")
    check_apart(((row["name"].text(), row) for row in rows), "from_date", "to_date")
    return tuple(
        Route(
            name=row["name"].text(),
            neighbour=row.text("neighbour"),
            kind=row["kind"].text(),
            from_date=row.date("from_date"),
            to_date=row.date("to_date"),
            status=row["status"].one_of(_STATUS),
            source=source_of(row),
        )
        for row in rows
    )


def muster_points_of(
    file: Path | Traversable, provinces: Collection[str]
) -> tuple[MusterPoint, ...]:
    """Where people assemble. `closed` is the last day."""
    codes, points = Codes(), []
    for row in read_csv(file, _MUSTER, required=("code", "name", "province"), of="a muster point"):
        check_order(row, "opened", "closed")
        points.append(
            MusterPoint(
                code=codes.take(row["code"]),
                name=row["name"].text(),
                province=known(row["province"], provinces, PROVINCES),
                opened=row.date("opened"),
                closed=row.date("closed"),
                source=source_of(row),
            )
        )
    return tuple(points)

"""Reading localities.csv: who offers homes. Where no number of people is given, the first year's are shared out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import MissingField, RepeatedCode
from safeconduct.core.facts import Source
from safeconduct.core.operation import Assumption, Locality
from safeconduct.core.sharing import apportion
from safeconduct.packs.assumptions import assumed
from safeconduct.packs.located import Fields
from safeconduct.packs.reading import read_csv
from safeconduct.packs.sources import SOURCE_COLUMNS, Codes, source_of

_COLUMNS = ("code", "name", "past_arrivals", "people", "large_homes", "towns", *SOURCE_COLUMNS)
_FOR = "the number of places that localities offer"


def localities_of(
    file: Path | Traversable, assumptions: Mapping[str, Assumption], *, operation: str
) -> tuple[Locality, ...]:
    """The localities. `people` and `large_homes` are the file's; or derived, and then not verified.

    Derived, the places of the first year are shared in proportion to `past_arrivals`, the people
    each locality received before. Raises NoAssumption (naming the file `operation`) where a number
    that this rests on is not stated.
    """
    rows = read_csv(file, _COLUMNS, required=("code", "name"), of="a locality")
    codes, towns = Codes(), dict[str, int]()
    for row in rows:
        codes.take(row["code"])
        _check_towns(row, towns)
    unsaid = [row for row in rows if "people" not in row]
    shared = dict[str, int]()
    if unsaid:
        year = int(assumed(assumptions, "homes_first_year_people", _FOR, operation))
        said = sum(row.whole("people", least=0) or 0 for row in rows)
        places = apportion(max(0, year - said), [_past(row) for row in unsaid])
        shared = {row["code"].text(): some for row, some in zip(unsaid, places, strict=True)}
    return tuple(_locality(row, shared, assumptions, operation) for row in rows)


def _past(row: Fields) -> int:
    past = row.whole("past_arrivals", least=0)
    if past is None:
        row.entry.refuse(MissingField, of=row.of, field="people (or past_arrivals)")
    return past


def _check_towns(row: Fields, towns: dict[str, int]) -> None:
    value = row.get("towns")
    for town in value.parts() if value else ():
        if town.casefold() in towns:
            row["towns"].refuse(
                RepeatedCode, field="town", found=town, first_line=towns[town.casefold()]
            )
        towns[town.casefold()] = row.entry.line


def _locality(
    row: Fields, shared: Mapping[str, int], assumptions: Mapping[str, Assumption], operation: str
) -> Locality:
    code, towns = row["code"].text(), row.get("towns")
    people = shared[code] if code in shared else row["people"].whole(least=0)
    large_homes, source = row.whole("large_homes", least=0), source_of(row)
    if code in shared:
        stated = [assumptions["homes_first_year_people"].sentence]
        if large_homes is None:
            home = assumed(assumptions, "people_per_home", _FOR, operation)
            large = assumed(assumptions, "large_home_share", _FOR, operation)
            large_homes = round(people / home * large)
            stated += [
                assumptions[name].sentence for name in ("people_per_home", "large_home_share")
            ]
        source = _assumed_source(source, stated)
    return Locality(
        code=code,
        name=row["name"].text(),
        people=people,
        large_homes=large_homes,
        towns=towns.parts() if towns else (),
        source=source,
    )


def _assumed_source(source: Source, stated: Sequence[str]) -> Source:
    """The row's source stands behind the proportion alone: the number of places is an assumption."""
    return replace(source, verified=False, note=" ".join(["Assumption.", *stated]))

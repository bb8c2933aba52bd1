"""Provinces as tiles of a map, and the sign of a doubt about the day a capital fell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from safeconduct.core.operation import Fall, Province
from safeconduct.reports import charts
from safeconduct.reports.parts import Figure, Table
from safeconduct.reports.wording import count_of, short_day

DOUBTS = {"high": "", "medium": " ~"}  # any other: " ?"
DOUBTS_NOTE = (
    "~ reported by few or claimed by one side, or the reports differ much; the table gives the "
    "first and the last day. ? inferred, not reported."
)


def tile(
    province: Province, below: str, *, doubt: str = "", shade: int = 0, solid: bool = False
) -> charts.Tile:
    """The province in its place on the map; `below` is what stands under its name."""
    return charts.Tile(
        row=province.tile_row,
        column=province.tile_column,
        name=province.name,
        short=province.iso.rpartition("-")[2],
        below=below,
        doubt=doubt,
        shade=shade,
        solid=solid,
    )


def dated(province: Province, fall: Fall | None, days: list[date]) -> charts.Tile:
    """The province with the day its capital fell; the earlier among `days`, the darker."""
    if fall is None:
        return tile(province, "not known")
    return tile(
        province,
        short_day(fall.fell_on),
        doubt=DOUBTS.get(fall.confidence, " ?"),
        shade=3 - (4 * days.index(fall.fell_on)) // len(days),
    )


def spread(fall: Fall) -> str:
    """The first and last day reported, where the reports differ."""
    if fall.earliest_reported == fall.latest_reported:
        return ""
    return f" ({short_day(fall.earliest_reported)} to {short_day(fall.latest_reported)})"


def map_of_falls(provinces: Sequence[Province], falls: Mapping[str, Fall], table: Table) -> Figure:
    """The day each capital fell, as a map; `table` tells the same, and may tell more."""
    days = sorted(fall.fell_on for fall in falls.values())
    shown = [dated(each, falls.get(each.pcode), days) for each in provinces]
    says = (
        f"A map of {count_of(len(shown), 'province')} as squares, each with the day its capital "
        "fell; the darker, the earlier."
    )
    wide, narrow = charts.twice(
        lambda width, key: charts.tiles(shown, width=width, key=key, says=says), "provinces"
    )
    return Figure(
        key="provinces-figure",
        title="The day each capital fell: the darker, the earlier",
        says=says,
        wide=wide,
        narrow=narrow,
        table=table,
        note=DOUBTS_NOTE,
        legend=tuple(
            Markup("<strong>{}</strong> {}").format(each.short, each.name)
            for each in sorted(shown, key=lambda each: each.short)
        ),
    )

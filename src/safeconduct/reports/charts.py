"""Two shapes of figure: rows of bars, and a map of tiles. Drawn for a width, in the units of the
viewBox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from safeconduct.reports import figures
from safeconduct.reports.figures import ACCENT, HATCH, INK, OUTLINE, PAPER, QUIET

WIDE, NARROW = 720, 340
LETTER = 6.5  # as wide as the letters of a label are, one with another
LONG = 10  # letters; a longer name is set in two lines or smaller, so that it stays in its tile


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of bars: a filled part, then a shaded one where there is one, then an outlined rest. `filled` None: not
    known or not told, so hatched: over the length of `rest`, or from end to end where that is not known either.
    `head`: its label stands strong, over the rows that follow."""

    label: str
    value: str
    filled: float | None
    rest: float = 0
    shaded: float = 0
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A square of the map. `shade` 0 (white) to 3 (darkest tint); `solid` fills it with the accent.
    `doubt` is a sign that stands by the day, or on a phone by the name, where there is room."""

    row: int
    column: int
    name: str
    short: str
    below: str
    doubt: str = ""
    shade: int = 0
    solid: bool = False


SHADES = (PAPER, "#e3eff4", "#bcd9e5", "#8fbfd3")


def twice(draw: Callable[[int, str], Markup], key: str) -> tuple[Markup, Markup]:
    """A figure for a page and for a phone: the same marks, other widths, ids kept apart."""
    return draw(WIDE, f"{key}-w"), draw(NARROW, f"{key}-n")


def room_for(labels: Iterable[str]) -> int:
    """How much room labels left of their bars need."""
    return 12 + round(LETTER * max(map(len, labels), default=0))


def bars_twice(
    rows: Sequence[Bar], key: str, *, says: str, value_width: int
) -> tuple[Markup, Markup]:
    """Bars with their labels at the left on a page, and above them on a phone."""
    room = room_for(each.label for each in rows)
    return twice(
        lambda width, drawn_key: bars(
            rows,
            width=width,
            key=drawn_key,
            says=says,
            label_width=0 if width <= NARROW else room,
            value_width=0 if width <= NARROW else value_width,
        ),
        key,
    )


def bars(
    rows: Sequence[Bar],
    *,
    width: int,
    key: str,
    says: str,
    label_width: int = 0,
    value_width: int = 0,
) -> Markup:
    """Rows of bars on one scale from zero.

    With `label_width` the labels stand left of the bars (days); without it they stand above, with
    the value at the far side, so that long labels have the whole width.
    """
    alt = figures.altair()
    above = not label_width
    step, first, high = (46, 25, 14) if above else (26, 5, 16)
    longest = max([1.0, *((row.filled or 0) + row.shaded + row.rest for row in rows)])
    parts: list[dict[str, object]] = [
        {**part, "top": at * step + first, "bottom": at * step + first + high}
        for at, row in enumerate(rows)
        for part in _parts(row, longest)
    ]
    words, heads = (
        [
            {"label": row.label, "value": row.value, "middle": at * step + 13}
            for at, row in enumerate(rows)
            if row.head is head
        ]
        for head in (False, True)
    )
    scale = alt.Scale(domain=[0, longest], range=[label_width, width - value_width], nice=False)
    drawn = (
        alt.Chart(alt.Data(values=parts))
        .mark_rect(strokeWidth=1)
        .encode(
            x=alt.X("start:Q", scale=scale),
            x2=alt.X2("end"),
            y=_at(alt, "top"),
            y2=alt.Y2("bottom"),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
        )
    )
    base = alt.Chart(alt.Data(values=words))
    labels = _labels(alt, base, at=0, field="label", align="left")
    color = INK if above else QUIET
    values = _labels(alt, base, at=width, field="value", align="right", color=color)
    layers = [drawn, labels, values]
    if heads:
        over = alt.Chart(alt.Data(values=heads))
        layers.append(_labels(alt, over, at=0, field="label", align="left", strong=True))
    chart = alt.layer(*layers).properties(width=width, height=step * len(rows))
    return figures.drawn(chart, key=key, says=says)


def _parts(row: Bar, longest: float) -> Iterator[dict[str, object]]:
    """The rectangles of one row, in the units of what is counted."""
    if row.filled is None:
        yield {"start": 0, "end": row.rest or longest, "fill": HATCH, "stroke": OUTLINE}
        return
    if row.filled:
        yield {"start": 0, "end": row.filled, "fill": ACCENT, "stroke": ACCENT}
    shaded = row.filled + row.shaded
    if row.shaded:
        yield {"start": row.filled, "end": shaded, "fill": SHADES[2], "stroke": ACCENT}
    if row.rest:
        yield {"start": shaded, "end": shaded + row.rest, "fill": PAPER, "stroke": OUTLINE}


def tiles(shown: Sequence[Tile], *, width: int, key: str, says: str, small: bool = False) -> Markup:
    """A map of labelled squares; the darker, the earlier. Words and days stand in the tiles."""
    alt = figures.altair()
    across = max([1, *(tile.column + 1 for tile in shown)])
    side = width / across
    high = side if small or width <= NARROW else side * 0.72
    values = [_tile(tile, side, high, short=width <= NARROW) for tile in shown]
    base = alt.Chart(alt.Data(values=values))
    layers = [
        base.mark_rect(stroke=OUTLINE, strokeWidth=0.8 if small else 1).encode(
            x=_at(alt, "left", "x"),
            x2=alt.X2("right"),
            y=_at(alt, "top"),
            y2=alt.Y2("bottom"),
            fill=alt.Fill("fill:N", scale=None),
        )
    ]
    if not small:
        centre = {"align": "center", "color": INK}
        x = _at(alt, "centre", "x")
        size = 12 if width > NARROW else 11
        layers += [
            base.mark_text(fontWeight="bold", lineBreak="\n", lineHeight=13, **centre).encode(
                x=x, y=_at(alt, "upper"), text="name:N", size=alt.Size("size:Q", scale=None)
            ),
            base.mark_text(fontSize=size, **centre).encode(
                x=x, y=_at(alt, "lower"), text="below:N"
            ),
        ]
    down = max([1, *(tile.row + 1 for tile in shown)])
    chart = alt.layer(*layers).properties(width=width, height=round(high * down))
    return figures.drawn(chart, key=key, says=says)


def _labels(
    alt: Any,
    base: Any,
    *,
    at: float,
    field: str,
    align: str,
    color: str = INK,
    strong: bool = False,
) -> Any:
    weight = {"fontWeight": "bold"} if strong else {}
    return base.mark_text(align=align, color=color, **weight).encode(
        x=alt.value(at), y=_at(alt, "middle"), text=f"{field}:N"
    )


def _at(alt: Any, field: str, channel: str = "y") -> Any:
    """A place in the units of the viewBox, on no scale."""
    made = alt.Y if channel == "y" else alt.X
    return made(f"{field}:Q", scale=None)


def _tile(tile: Tile, side: float, high: float, *, short: bool) -> dict[str, object]:
    left, top = tile.column * side, tile.row * high
    name = f"{tile.short}{tile.doubt}" if short else tile.name
    lines = 1
    if not short and len(name) > LONG and " " in name:
        name, lines = name.replace(" ", "\n", 1), 2
    return {
        "left": left + 1,
        "right": left + side - 1,
        "top": top + 1,
        "bottom": top + high - 1,
        "centre": left + side / 2,
        "upper": top + high * 0.36 - 13 * (lines - 1),
        "lower": top + high * (0.68 if lines == 1 else 0.76),
        "name": name,
        "size": 11 if short else 12 if max(map(len, name.split("\n"))) <= LONG else 9.5,
        "below": tile.below if short else f"{tile.below}{tile.doubt}",
        "fill": ACCENT if tile.solid else SHADES[tile.shade],
    }

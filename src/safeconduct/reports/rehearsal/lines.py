"""Lines over days or rates: each told by its word, its dashes and the shape of its points."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from markupsafe import Markup

from safeconduct.reports import figures
from safeconduct.reports.charts import LETTER, NARROW
from safeconduct.reports.figures import ACCENT, HATCH, INK, OUTLINE, PAPER, QUIET, RULE

LEFT, RIGHT = 52, 12  # room for the numbers of the scale; for half a label
KEY_ROW, HIGH, FOOT = 22, 230, 34
SIGN = {"size": 46, "strokeWidth": 1.5, "opacity": 1}
CROSS = "M-1,-1L1,1M-1,1L1,-1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a line is told from others without its colour. `dash` empty: unbroken; None: points alone."""

    dash: tuple[int, ...] | None
    shape: str
    color: str
    fill: str


PLAIN = Look(dash=(), shape="square", color=ACCENT, fill=ACCENT)
DASHED = Look(dash=(8, 4), shape="triangle-up", color=INK, fill=PAPER)
DOTTED = Look(dash=(2, 3), shape=CROSS, color=QUIET, fill=PAPER)
RINGS = Look(dash=None, shape="circle", color=OUTLINE, fill=PAPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is counted, by place: at `points` (x, y), in the units of the scales."""

    name: str
    look: Look
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """`labels` stand under the places x that they name. `told` words a number of the upright scale.
    Places in `gaps` are marked at the foot: nothing is known of them."""

    labels: tuple[tuple[float, str], ...]
    told: Callable[[float], str]
    gaps: tuple[float, ...] = ()


def lines(shown: Sequence[Line], scales: Scales, *, width: int, key: str, says: str) -> Markup:
    """The lines over one scale from zero, with the key to them above. The first stands in front."""
    alt = figures.altair()
    rows = _key_rows(shown, width)
    top = KEY_ROW * len(rows) + 14
    place = _Places(shown, scales, width=width, top=top)
    layers = [
        *_grid(alt, place, scales, width),
        *_gaps(alt, place, scales),
        *(part for line in reversed(shown) for part in _drawn(alt, line, place)),
        *(part for at, row in enumerate(rows) for part in _key(alt, row, KEY_ROW * at + 9)),
    ]
    chart = alt.layer(*layers).properties(width=width, height=top + HIGH + FOOT)
    return figures.drawn(chart, key=key, says=says)


def round_steps(most: float) -> list[float]:
    """Three to six round numbers from zero to at least `most`: 0, 1,000, 2,000 ..."""
    rough = max(most, 1e-9) / 5
    size = 10.0 ** floor(log10(rough))
    step = size * next(many for many in (1, 2, 5, 10) if many * size >= rough * 0.999999)
    count = ceil(most / step - 1e-9)
    return [step * at for at in range(max(count, 1) + 1)]


class _Places:
    """Where a point of the scales stands in the figure, in the units of the viewBox."""

    def __init__(self, shown: Sequence[Line], scales: Scales, *, width: int, top: int) -> None:
        self.steps = round_steps(max([0.0, *(y for line in shown for _, y in line.points)]))
        self.bottom = top + HIGH
        self._xs = [x for x, _ in scales.labels]
        self._width = width

    def x(self, value: float) -> float:
        first, last = self._xs[0], self._xs[-1]
        room = self._width - LEFT - RIGHT - 16
        return LEFT + 8 + room * ((value - first) / (last - first) if last > first else 0.5)

    def y(self, value: float) -> float:
        return self.bottom - HIGH * value / self.steps[-1]


def _grid(alt: Any, place: _Places, scales: Scales, width: int) -> Iterator[Any]:
    across = [
        {"x": LEFT, "x2": width - RIGHT, "y": place.y(step), "says": scales.told(step)}
        for step in place.steps
    ]
    base = alt.Chart(alt.Data(values=across))
    yield base.mark_rule(stroke=RULE).encode(x=_at(alt, "x"), x2=alt.X2("x2"), y=_at(alt, "y"))
    yield base.mark_text(align="right", color=QUIET, fontSize=12).encode(
        x=alt.value(LEFT - 8), y=_at(alt, "y"), text="says:N"
    )
    under = [
        {"x": place.x(x), "y": place.bottom + 24, "says": says}
        for x, says in _with_room(scales.labels, place)
    ]
    yield (
        alt.Chart(alt.Data(values=under))
        .mark_text(color=QUIET, fontSize=12)
        .encode(x=_at(alt, "x"), y=_at(alt, "y"), text="says:N")
    )


def _with_room(labels: Sequence[tuple[float, str]], place: _Places) -> Iterator[tuple[float, str]]:
    """Every label, or every second, third ... of them, so that no two run into each other."""
    longest = max((len(says) for _, says in labels), default=0) * LETTER + 8
    apart = [place.x(after) - place.x(before) for (before, _), (after, _) in pairwise(labels)]
    every = max(1, ceil(longest / min(apart))) if apart else 1
    return (label for at, label in enumerate(labels) if at % every == 0)


def _gaps(alt: Any, place: _Places, scales: Scales) -> Iterator[Any]:
    if not scales.gaps:
        return
    half = max(3.0, (place.x(1) - place.x(0)) / 2 - 1)
    marked = [
        {
            "x": place.x(gap) - half,
            "x2": place.x(gap) + half,
            "y": place.bottom + 3,
            "y2": place.bottom + 11,
        }
        for gap in scales.gaps
    ]
    yield (
        alt.Chart(alt.Data(values=marked))
        .mark_rect(fill=HATCH, stroke=OUTLINE, strokeWidth=0.8)
        .encode(x=_at(alt, "x"), x2=alt.X2("x2"), y=_at(alt, "y"), y2=alt.Y2("y2"))
    )


def _drawn(alt: Any, line: Line, place: _Places) -> Iterator[Any]:
    points = [{"x": place.x(x), "y": place.y(y)} for x, y in line.points]
    return _line(alt, line.look, points, points)


def _line(
    alt: Any, look: Look, along: Sequence[dict[str, float]], marked: Sequence[dict[str, float]]
) -> Iterator[Any]:
    """A line `along` its way, unless its look is of points alone, and its points where it is `marked`."""
    where = {"x": _at(alt, "x"), "y": _at(alt, "y")}
    if look.dash is not None:
        dash = list(look.dash)
        yield (
            alt.Chart(alt.Data(values=along))
            .mark_line(stroke=look.color, strokeWidth=2, strokeDash=dash)
            .encode(**where, order="x:Q")
        )
    yield (
        alt.Chart(alt.Data(values=marked))
        .mark_point(shape=look.shape, stroke=look.color, fill=look.fill, **SIGN)
        .encode(**where)
    )


def _key_rows(shown: Sequence[Line], width: int) -> list[list[tuple[Line, float]]]:
    """The key to the lines, each with where it begins; on a phone each has its own row."""
    rows: list[list[tuple[Line, float]]] = []
    room = 0.0
    for line in shown:
        wide = 44 + LETTER * len(line.name) + 18
        if not rows or width <= NARROW or room + wide > width:
            rows.append([])
            room = 0.0
        rows[-1].append((line, room))
        room += wide
    return rows


def _key(alt: Any, row: Sequence[tuple[Line, float]], middle: float) -> Iterator[Any]:
    for line, start in row:
        sample = [{"x": start + along, "y": middle} for along in (1, 17, 33)]
        yield from _line(alt, line.look, sample, sample[1:2])
        yield (
            alt.Chart(alt.Data(values=[{"says": line.name}]))
            .mark_text(align="left")
            .encode(x=alt.value(start + 42), y=alt.value(middle), text="says:N")
        )


def _at(alt: Any, field: str) -> Any:
    """A place in the units of the viewBox, on no scale."""
    made = alt.Y if field == "y" else alt.X
    return made(f"{field}:Q", scale=None)

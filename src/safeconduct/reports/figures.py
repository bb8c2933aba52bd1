"""The one door to the chart engines: Altair draws the specification, vl-convert renders it to SVG.

Nothing is fetched: data stands in the chart, fonts are the reader's own. The SVG keeps its text as
text, scales by its viewBox and carries no script.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

INK = "#1b2329"
QUIET = "#55626b"
RULE = "#d5dbdf"
OUTLINE = "#71808a"  # 4:1 on white: an outline must be seen (WCAG 1.4.11)
ACCENT = "#1f5f7a"
PAPER = "#ffffff"
HATCH = "url(#hatch)"  # what is not known is hatched, never drawn as zero

SIZE = 13  # of text, in the units of the viewBox
MEASURED_WITH = "Liberation Sans"  # comes with vl-convert; the page's own font is then used

_HATCH_PATTERN = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect width="6" height="6" fill="#fff"/>'
    f'<line x1="0" y1="0" x2="0" y2="6" stroke="{OUTLINE}" stroke-width="1.6"/></pattern></defs>'
)
_CONFIG: dict[str, Any] = {
    "aria": False,
    "background": None,
    "font": MEASURED_WITH,
    "padding": 0,
    "autosize": "none",  # the viewBox is what was asked for; the page lets strokes lap over it
    "view": {"stroke": None, "fill": None},
    "axis": {"disable": True},
    "bar": {"color": ACCENT},
    "text": {"fontSize": SIZE, "color": INK, "baseline": "middle"},
    "title": {"fontSize": SIZE, "fontWeight": "normal", "color": INK, "anchor": "start"},
}


def altair() -> Any:
    """The drawing library: heavy, so it is loaded when a figure is first drawn."""
    import altair as loaded  # noqa: PLC0415 (a heavy engine, loaded at its one named door)

    return loaded


def drawn(chart: Any, *, key: str, says: str) -> Markup:
    """A chart as an SVG element. `key` keeps its ids apart from other figures'; `says` is its text
    alternative."""
    import vl_convert  # noqa: PLC0415 (a heavy engine, loaded at its one named door)

    svg = vl_convert.vegalite_to_svg(
        chart.to_dict(validate=False), config=_CONFIG, allowed_base_urls=[]
    )
    return Markup(_made_ready(svg, key, says))  # noqa: S704 (our own marks; text was escaped)


def _made_ready(svg: str, key: str, says: str) -> str:
    """Let the page set size and font, keep ids unique, and hide the inner marks from readers."""
    svg = re.sub(
        r' (font-family|aria-[a-z]+|role|class|pointer-events|xmlns:xlink)="[^"]*"', "", svg
    )
    svg = re.sub(r' opacity="1"| stroke-miterlimit="10"', "", svg)
    svg = re.sub(r'<path d="" display="none"/>|<g>\s*</g>', "", svg)
    svg = re.sub(r' (d|transform)="[^"]*"', _tenths, svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{key}-\1"', svg)
    head, rest = svg.split(">", 1)
    view = re.search(r'viewBox="[^"]+"', head)
    assert view is not None, "vl-convert always gives a viewBox"
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {view.group()} role="img" '
        f'aria-label="{escape(says)}">'
    )
    defs = _HATCH_PATTERN if HATCH in rest else ""
    whole = opening + defs + rest
    return whole.replace('id="hatch"', f'id="{key}-hatch"').replace("url(#", f"url(#{key}-")


def _tenths(attribute: re.Match[str]) -> str:
    """Places to a tenth of a unit: finer is not seen, and weighs."""
    return re.sub(r"\d+\.\d{2,}", lambda place: f"{float(place.group()):.1f}", attribute.group())

"""How a page is made from sections: one set of templates and one look for every report."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from safeconduct.reports import wording


@cache
def templates(report: str) -> Environment:
    """The templates of a report ("brief", "rehearsal"), with those that all of them share."""
    environment = Environment(
        loader=ChoiceLoader(
            [PackageLoader(f"safeconduct.reports.{report}"), PackageLoader("safeconduct.reports")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = wording.day
    environment.filters["css_text"] = css_text
    environment.globals["count_of"] = wording.count_of
    return environment


def css_text(text: str) -> Markup:
    """Text that may stand in a quoted string of a style sheet: other signs are left out."""
    return Markup(re.sub(r"[^\w ,.:·–-]", "", text.replace(wording.NO_BREAK, " ")))  # noqa: S704 (only harmless signs are left)

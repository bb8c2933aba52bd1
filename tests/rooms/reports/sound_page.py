"""What every page of ours must be, whatever it tells: fetches nothing, is read aloud well, and its links arrive."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from brief_page import Element

FETCHING = ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "base", "form")


def faults_of(page: Element) -> list[str]:
    """Every fault, in words; none of a sound page."""
    return [*_fetching(page), *_links(page), *_tables(page), *_figures(page), *_headings(page)]


def _fetching(page: Element) -> list[str]:
    found = [f"<{each.tag}> would fetch or run" for each in page.all(*FETCHING)]
    for element in page.all():
        found += [
            f"<{element.tag} {name}>"
            for name in element.attributes
            if name.startswith("on") or name in {"src", "srcset", "data", "xlink:href"}
        ]
    styles = " ".join(style.text for style in page.all("style"))
    if "url(" in styles or "@import" in styles:
        found.append("a style that fetches")
    return found


def _links(page: Element) -> list[str]:
    ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
    found = [f"the id {name} stands twice" for name, count in ids.items() if count > 1]
    for element in page.all():
        wanted = element.attributes.get("aria-labelledby", "").split()
        href = element.attributes.get("href", "")
        wanted += [href[1:]] if href.startswith("#") else []
        for value in element.attributes.values():
            wanted += re.findall(r"url\(#([^)]+)\)", value)
        found += [f"{name} is nowhere" for name in wanted if name not in ids]
    return found


def _tables(page: Element) -> list[str]:
    found = []
    for table in page.all("table"):
        caption = table.all("caption")[0].text
        heads = table.all("thead")[0].all("th")
        if not caption or not all(each.text for each in heads):
            found.append(f"a table or column without a name: {caption}")
        if {each.attributes["scope"] for each in heads} != {"col"}:
            found.append(f"a heading without scope: {caption}")
        for row in table.all("tbody")[0].all("tr"):
            if len(row.all("th", "td")) != len(heads):
                found.append(f"a row of another length: {caption}")
            if row.all("th")[0].attributes["scope"] != "row":
                found.append(f"a row without its head: {caption}")
    return found


def _figures(page: Element) -> list[str]:
    found = []
    for figure in page.all("figure"):
        title = figure.all("figcaption")[0].text
        drawings = figure.all("svg")
        if not title or not drawings or not figure.all("details")[0].all("table"):
            found.append(f"a figure without words, drawing or table: {title}")
        for drawing in drawings:
            if drawing.attributes["role"] != "img" or not drawing.attributes["aria-label"]:
                found.append(f"a drawing without a text alternative: {title}")
            if "nan" in str(drawing.attributes).lower():
                found.append(f"a drawing of no size: {title}")
    return found


def _headings(page: Element) -> list[str]:
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    sound = levels[0] == 1 and levels.count(1) == 1
    sound = sound and all(after <= before + 1 for before, after in pairwise(levels))
    return [] if sound else [f"headings that skip a level: {levels}"]

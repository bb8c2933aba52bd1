"""The definition of a form (XLSForm): its questions, the groups and repeats they stand in, the words of answers.

Sheets and columns as https://xlsform.org/en/ tells them: survey (type, name, label), choices (list_name, name, label),
settings. Labels may be in several languages, one column for each ("label::Dari (prs)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from safeconduct.core.errors import FormEncrypted, FormNotRead
from safeconduct.sheets.cells import clean
from safeconduct.sheets.grid import Grid, Line, Value

# Answers that nobody gives: what the telephone or the form itself adds.
BY_ITSELF = frozenset(
    "start end today deviceid username phonenumber simserial subscriberid audit note hidden xml-external".split()
) | {"background-audio", "start-geopoint", "csv-external"}
FILES = frozenset({"image", "photo", "audio", "video", "file"})
EXACT_PLACES = frozenset({"geopoint", "geotrace", "geoshape", "location", "gps"})
WITH_CHOICES = ("select_one", "select_multiple", "rank")
_LABEL = re.compile(r"label(?:\s*::?\s*(?P<language>.+))?", re.IGNORECASE)
_INSERTED = re.compile(r"\$\{[^{}]*\}|<[^<>]{1,200}>|\*\*|^#+ ")
HEADINGS_WITHIN = 5  # rows


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: its code, and its words by language, those of the default or English first."""

    code: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of questions; `repeat`: asked again for each of several."""

    name: str
    labels: tuple[str, ...]
    repeat: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A question and where it stands. `kind` is its type without the list of its choices."""

    kind: str
    name: str
    labels: tuple[str, ...]
    groups: tuple[Group, ...] = ()
    choices: Mapping[str, Choice] = field(default_factory=dict)

    @property
    def repeat(self) -> str | None:
        """The innermost repeat that it stands in: a sheet of its own in an export."""
        return next((group.name for group in reversed(self.groups) if group.repeat), None)

    @property
    def inner_groups(self) -> tuple[Group, ...]:
        """The groups inside of that repeat, or all of them."""
        at = max((at + 1 for at, group in enumerate(self.groups) if group.repeat), default=0)
        return self.groups[at:]


def folded(text: Value) -> str:
    """A name, code or label in the form in which it is compared."""
    return " ".join(clean(str(text)).lower().split()) if text is not None else ""


def without_marks(label: str) -> str:
    """A label without its styling, and without the answers that the form inserts ("How old is ${name}?")."""
    return " ".join(_INSERTED.sub(" ", label).split())


def questions_of(grids: Sequence[Grid], file: str) -> tuple[Question, ...]:
    """Every question of a form in its order.

    Raises FormEncrypted where its settings hold a public key, FormNotRead where it is no form.
    """
    sheets = {folded(grid.name): grid for grid in grids}
    _refuse_encrypted(sheets.get("settings"), file)
    survey = sheets.get("survey")
    if survey is None:
        raise FormNotRead(file=file, what="it has no sheet called survey")
    rows = list(_records(survey, {"type", "name"}))
    if not rows:
        raise FormNotRead(
            file=file, what="its sheet survey has no columns called type and name, or no rows"
        )
    choices = _choices(sheets.get("choices"))
    found = tuple(_questions(rows, choices))
    if not found:
        raise FormNotRead(file=file, what="its sheet survey holds no question")
    return found


def _refuse_encrypted(settings: Grid | None, file: str) -> None:
    if settings is None:
        return
    for record in _records(settings, {"public_key"}):
        if record.get("public_key"):
            raise FormEncrypted(file=file, what="its settings hold a public_key")


def _records(grid: Grid, needed: set[str]) -> Iterator[dict[str, str]]:
    """The rows below the headings, as texts by folded heading; nothing where a needed heading is not there."""
    for at, line in enumerate(grid.lines[:HEADINGS_WITHIN]):
        names = {index: folded(line.cells[index]) for index in line.filled()}
        if needed <= set(names.values()):
            for below in grid.lines[at + 1 :]:
                yield {name: _text(below, index) for index, name in reversed(names.items())}
            return


def _text(line: Line, index: int) -> str:
    value = line.cell(index)
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _choices(grid: Grid | None) -> dict[str, dict[str, Choice]]:
    lists: dict[str, dict[str, Choice]] = {}
    for needed in ({"list_name", "name"}, {"list name", "name"}):
        for record in _records(grid, needed) if grid else ():
            name = record.get("list_name") or record.get("list name") or ""
            code = record.get("name", "")
            if name and code:
                of_list = lists.setdefault(folded(name), {})
                of_list.setdefault(folded(code), Choice(code, _labels(record)))
    return lists


def _labels(record: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of a row, each once: without a language first, then English, then as they stand."""
    found: list[tuple[int, str]] = []
    for heading, text in record.items():
        match = _LABEL.fullmatch(heading)
        label = without_marks(text)
        if match and label:
            language = (match["language"] or "").strip()
            found.append((0 if not language else 1 if language.startswith("en") else 2, label))
    found.reverse()  # records are told from the right, so that of two columns of one name the first counts
    return tuple(dict.fromkeys(label for _, label in sorted(found, key=lambda each: each[0])))


def _questions(
    rows: Sequence[Mapping[str, str]], choices: Mapping[str, Mapping[str, Choice]]
) -> Iterator[Question]:
    groups: list[Group] = []
    for row in rows:
        words = (
            row.get("type", "").lower().replace("begin_", "begin ").replace("end_", "end ").split()
        )
        if words[:1] == ["begin"] and len(words) > 1:
            groups.append(Group(row.get("name", ""), _labels(row), words[1] == "repeat"))
        elif words[:1] == ["end"] and len(words) > 1:
            del groups[-1:]
        elif words and row.get("name"):
            yield _question(words, row, tuple(groups), choices)


def _question(
    words: Sequence[str],
    row: Mapping[str, str],
    groups: tuple[Group, ...],
    choices: Mapping[str, Mapping[str, Choice]],
) -> Question:
    kind = words[0]
    if kind == "select" and len(words) > 1:  # "select one from yes_no", as old forms write
        kind, words = f"select_{words[1]}", words[2:]
    listed = [word for word in words[1:] if word not in {"from", "or_other"}]
    of_list = choices.get(folded(listed[0]), {}) if listed and kind in WITH_CHOICES else {}
    return Question(kind, row["name"], _labels(row), groups, of_list)

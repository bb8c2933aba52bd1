"""Reading a pack's YAML and CSV, every value with its file and line.

    entry = read_yaml(folder / "schemes.yaml")        -> Located
    for item in entry.items():
        scheme = item.fields({"code", "opened"}, required={"code"}, of="a scheme")
        scheme["code"].text(); scheme.date("opened")  -> str; date | None

    for row in read_csv(folder / "falls.csv", {"pcode", "fell_on"}):     -> Fields, one per row
        row["fell_on"].date()

YAML is read from its events, never constructed: nothing is guessed, nothing is run, no alias can unfold, and a file
nested too deep is refused before it costs anything.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NoReturn

import yaml

from safeconduct.core.errors import (
    AliasInPack,
    NotCsv,
    NotYaml,
    PackFileMissing,
    PackFileUnreadable,
    RepeatedKey,
    UnknownField,
)
from safeconduct.packs.located import Fields, Located, did_you_mean

try:  # libyaml where the wheel carries it: ten times faster
    from yaml import CBaseLoader as _Events
except ImportError:  # the same events, read by Python
    from yaml import BaseLoader as _Events  # type: ignore[assignment]

__all__ = [
    "Fields",
    "Located",
    "did_you_mean",
    "read_csv",
    "read_text",
    "read_yaml",
    "shown_as",
    "yaml_in",
]

_HOUSE = f"{Path(__file__).parent.parent}/"
_LARGEST = 20_000_000  # bytes: a pack is written by hand, a file this large is a mistake
_DEEPEST = 40  # levels of YAML within one another


def shown_as(file: Path | Traversable) -> str:
    """How messages name a file: packs/afghanistan_2021/schemes.yaml if it ships with us, else the path as given."""
    return str(file).removeprefix(_HOUSE)


def read_text(file: Path | Traversable) -> str:
    """A pack's file as text, without a byte order mark.

    Raises PackFileMissing where there is none, PackFileUnreadable where it is not UTF-8 or over 20 MB.
    """
    shown = shown_as(file)
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise PackFileMissing(file=shown) from None
    except OSError as problem:
        why = (problem.strerror or "the disk refused").lower()
        raise PackFileUnreadable(
            file=shown, problem=why, advice="Check that it is a file and that you may read it."
        ) from None
    if len(raw) > _LARGEST:
        raise PackFileUnreadable(
            file=shown, problem="it is over 20 MB", advice="Give each fact once, or split the pack."
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise PackFileUnreadable(
            file=shown,
            problem=f"line {line} is not UTF-8 text",
            advice="Save the file again as UTF-8 in your editor.",
        ) from None


def read_yaml(file: Path | Traversable) -> Located:
    """A YAML file as located values: texts, lists and mappings.

    Raises NotYaml, AliasInPack and RepeatedKey with the line, and what `read_text` raises.
    """
    return yaml_in(read_text(file), shown_as(file))


def yaml_in(text: str, shown: str) -> Located:
    """The same of a text at hand; `shown` is what messages call it. Raises NotYaml, AliasInPack, RepeatedKey."""
    return _Tree(shown).read(text)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read. In a mapping `key` is the name whose value comes next."""

    line: int
    key_line: int
    label: str
    values: list[Located] = field(default_factory=list)
    named: dict[str, Located] | None = None
    key: yaml.ScalarEvent | None = None


def _line(event: yaml.Event) -> int:
    """Events count lines from 0, editors from 1."""
    return event.start_mark.line + 1 if event.start_mark else 1


class _Tree:
    """Builds the tree from YAML events with a stack of its own, so that depth costs nothing."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.stack: list[_Open] = []
        self.root: Located | None = None

    def read(self, text: str) -> Located:
        try:
            for event in yaml.parse(text, Loader=_Events):
                self._take(event)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            self._refuse(mark.line + 1 if mark else 1, problem.problem or "it breaks off")
        except yaml.YAMLError as problem:
            line = text.count("\n", 0, getattr(problem, "position", 0) or 0) + 1
            self._refuse(line, "it holds a character that YAML forbids")
        if self.root is None:
            self._refuse(1, "the file is empty")
        return self.root

    def _take(self, event: yaml.Event) -> None:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise AliasInPack(file=self.file, line=line, found=event.anchor)
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.SequenceStartEvent | yaml.MappingStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            done = self.stack.pop()
            value = tuple(done.values) if done.named is None else done.named
            self._place(
                Located(
                    value=value,
                    file=self.file,
                    line=done.line,
                    key_line=done.key_line,
                    label=done.label,
                )
            )
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self._refuse(line, "a second document begins here")

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.tag is not None:
            self._refuse(line, f"the tag {event.tag} has no meaning in a pack")
        top = self.stack[-1] if self.stack else None
        if top is not None and top.named is not None and top.key is None:
            if event.value in top.named:
                first = top.named[event.value].key_line
                raise RepeatedKey(
                    file=self.file, line=line, found=event.value, of=top.label, first_line=first
                )
            top.key = event
            return
        key_line, label = self._named(line)
        self._place(
            Located(
                value=event.value.strip(), file=self.file, line=line, key_line=key_line, label=label
            )
        )

    def _begin(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent, line: int) -> None:
        if event.tag is not None:
            self._refuse(line, f"the tag {event.tag} has no meaning in a pack")
        top = self.stack[-1] if self.stack else None
        if top is not None and top.named is not None and top.key is None:
            self._refuse(line, "the name of a field must be a plain text")
        if len(self.stack) >= _DEEPEST:
            self._refuse(line, f"it is nested more than {_DEEPEST} levels deep")
        key_line, label = self._named(line)
        named: dict[str, Located] | None = {} if isinstance(event, yaml.MappingStartEvent) else None
        self.stack.append(_Open(line=line, key_line=key_line, label=label, named=named))

    def _named(self, line: int) -> tuple[int, str]:
        """The line and name that the value now coming goes by."""
        if not self.stack:
            return line, "the file"
        top = self.stack[-1]
        if top.key is not None:
            return _line(top.key), top.key.value
        return line, f"an entry of {top.label}" if top.label != "the file" else "an entry"

    def _place(self, value: Located) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if top.named is None:
            top.values.append(value)
        elif top.key is not None:
            top.named[top.key.value] = value
            top.key = None

    def _refuse(self, line: int, problem: str) -> NoReturn:
        raise NotYaml(
            file=self.file,
            line=line,
            problem=problem,
            advice="Look at this line and the one before it: indentation, quotes and colons most often go wrong.",
        )


def read_csv(
    file: Path | Traversable,
    known: Collection[str],
    *,
    required: Collection[str] = (),
    of: str = "a row",
) -> tuple[Fields, ...]:
    """A CSV file (UTF-8, comma, heading first) as located rows; blank lines are passed over.

    A column not `known` is refused with the nearest one that is; `required` ones must be there, filled in every row.
    Raises NotCsv, UnknownField, MissingField with the line, and what `read_text` raises.
    """
    shown = shown_as(file)
    lines = _csv_lines(shown, read_text(file))
    heading_line, heading = next(lines, (1, []))
    heading = [name.strip() for name in heading]
    if not heading:
        heading = [*required]  # an empty file: no rows, which for an optional table is an answer
    _check_heading(shown, heading_line, heading, known=known, required=required, of=of)
    rows = []
    for line, cells in lines:
        if len(cells) != len(heading):
            raise NotCsv(
                file=shown,
                line=line,
                problem=f"this row has {len(cells)} cells and the heading {len(heading)}",
                advice="Put a value that holds a comma in double quotes, and keep a comma for every empty cell.",
            )
        rows.append(_row(shown, line, zip(heading, cells, strict=True), required, of))
    return tuple(rows)


def _csv_lines(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise NotCsv(
            file=file,
            line=begins,
            problem="a quotation mark is opened and not closed, or closed in the middle of a cell",
            advice='Write a cell with quotes as "so", and a quote within it twice: "".',
        ) from None


def _check_heading(
    file: str,
    line: int,
    heading: list[str],
    *,
    known: Collection[str],
    required: Collection[str],
    of: str,
) -> None:
    for number, name in enumerate(heading):
        if name not in known:
            advice = did_you_mean(name, known, what="The columns are")
            raise UnknownField(file=file, line=line, found=name, of=of, advice=advice)
        if name in heading[:number]:
            raise NotCsv(
                file=file,
                line=line,
                problem=f"the column '{name}' stands twice",
                advice="Keep one of the two.",
            )
    for name in required:
        if name not in heading:
            raise NotCsv(
                file=file,
                line=line,
                problem=f"the column '{name}' is missing from the heading",
                advice=f"Add a column '{name}'.",
            )


def _row(
    file: str, line: int, cells: Iterable[tuple[str, str]], required: Collection[str], of: str
) -> Fields:
    mapping = {
        name: Located(value=cell.strip(), file=file, line=line, key_line=line, label=name)
        for name, cell in cells
    }
    entry = Located(value=mapping, file=file, line=line, key_line=line, label=of)
    return entry.fields(mapping.keys(), required=required, of=of)

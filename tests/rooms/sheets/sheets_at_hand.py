"""Reading in this process, for tests: the child process has tests of its own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from safeconduct.core.rows import Intake
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.mapping import Mapping
from safeconduct.sheets.parse import Message, parse
from safeconduct.sheets.reading import read_sheets

ON = date(2021, 8, 20)
Cells = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Somewhere:
    """As much of a province as the reader asks for."""

    pcode: str
    name: str
    name_dari: str
    spellings: tuple[str, ...] = ()


PROVINCES = (
    Somewhere("AF01", "Kabul", "کابل", ("Kabol",)),
    Somewhere("AF20", "Balkh", "بلخ", ("Mazar-e Sharif",)),
    Somewhere("AF24", "Herat", "هرات"),
)


def read_here(path: Path, limits: Limits) -> Iterator[Message]:
    return parse(path.read_bytes(), path.name, limits)


def read(*paths: Path, mapping: Mapping | None = None, read_hidden: bool = False) -> Intake:
    return read_sheets(
        paths,
        on=ON,
        provinces=PROVINCES,
        mapping=mapping,
        read_hidden=read_hidden,
        reader=read_here,
    )


def csv_text(rows: Cells, delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()

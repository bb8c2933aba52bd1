"""Forms and exports as KoBoToolbox writes them, put together by hand. The people are made up."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
from sheets_at_hand import ON, PROVINCES, Cells

from safeconduct.core.rows import Intake
from safeconduct.sheets.kobo import read_kobo
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.parse import parse
from safeconduct.sheets.told_cells import Keep

SURVEY = [
    ["type", "name", "label", "label::Dari (prs)", "required"],
    ["start", "start", "", "", ""],
    ["end", "end", "", "", ""],
    ["note", "hello", "Welcome", "خوش آمدید", ""],
    ["begin group", "caller", "Who is calling", "تماس گیرنده", ""],
    ["text", "name", "Name", "نام", "yes"],
    ["text", "phone", "Phone number", "شماره تلفون", ""],
    ["end group", "", "", "", ""],
    ["begin_group", "case", "The family", "فامیل", ""],
    ["text", "head", "Name of head of household", "نام سرپرست فامیل", ""],
    ["select_one sexes", "head_sex", "Sex", "جنسیت", ""],
    ["date", "head_born", "Date of birth", "تاریخ تولد", ""],
    ["select_one places", "where", "Which province are they in?", "ولایت", ""],
    ["select_multiple dangers", "dangers", "What threats are there?", "تهدیدات", ""],
    ["geopoint", "spot", "Exact location", "", ""],
    ["image", "tazkira_photo", "Photo of tazkira", "", ""],
    ["end_group", "", "", "", ""],
    ["begin repeat", "members", "Family members", "اعضای فامیل", ""],
    ["text", "full_name", "Full name", "نام مکمل", ""],
    ["select_one ties", "tie", "Relationship to head", "قرابت", ""],
    ["integer", "years", "How old is ${full_name}?", "سن", ""],
    ["select_one sexes", "sex", "Sex", "جنسیت", ""],
    ["end repeat", "", "", "", ""],
]
CHOICES = [
    ["list_name", "name", "label", "label::Dari (prs)"],
    ["sexes", "1", "Female", "زن"],
    ["sexes", "2", "Male", "مرد"],
    ["places", "p1", "Kabul", "کابل"],
    ["places", "p20", "Balkh", "بلخ"],
    ["dangers", "visit", "Armed men came to the house", ""],
    ["dangers", "letter", "A night letter", ""],
    ["dangers", "call", "Threats by telephone", ""],
    ["ties", "self", "Head of household", "سرپرست"],
    ["ties", "sp", "Wife or husband", "همسر"],
    ["ties", "ch", "Child", "طفل"],
    ["ties", "pa", "Parent", "والدین"],
]
SETTINGS = [["form_title", "form_id"], ["Pleas", "pleas"]]

MAIN = [
    "start", "end", "caller/name", "caller/phone", "case/head", "case/head_sex", "case/head_born", "case/where",
    "case/dangers", "case/dangers/visit", "case/dangers/letter", "case/dangers/call", "case/spot",
    "_case/spot_latitude", "case/tazkira_photo", "case/tazkira_photo_URL",
    "_id", "_uuid", "_submission_time", "_validation_status",
    "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index",
]  # fmt: skip
MEMBER = [
    "members/full_name", "members/tie", "members/years", "members/sex", "_index", "_parent_table_name", "_parent_index",
    "_submission__id", "_submission__uuid", "_submission__submission_time",
]  # fmt: skip


def submission(number: int, **told: object) -> list[object]:
    """A row of the main sheet. `told` is by the last part of its headings; "dangers" in codes with spaces."""
    added = {
        "start": "2021-08-18T09:00:00.000+04:30",
        "end": "2021-08-18T09:20:00.000+04:30",
        "_id": 5000 + number,
        "_uuid": f"aaaa-{number}",
        "_submission_time": f"2021-08-18T05:{number:02d}:00",
        "_status": "submitted_via_web",
        "_submitted_by": "enumerator_7",
        "__version__": "vXyz",
        "_index": number,
    }
    chosen = str(told.get("dangers", "")).split()
    split = {code: int(code in chosen) for code in ("visit", "letter", "call")} if chosen else {}
    cells = {**added, **split, **told}
    return [cells.get(heading, cells.get(heading.rpartition("/")[2])) for heading in MAIN]


def member(index: int, of: int, *cells: object) -> list[object]:
    """A row of the repeat, of submission `of`: name, tie, years, sex."""
    told = [*cells, None, None, None, None][:4]
    return [*told, index, "Pleas", of, 5000 + of, f"aaaa-{of}", f"2021-08-18T05:{of:02d}:00"]


def book(
    sheets: Mapping[str, Cells], change: Callable[[openpyxl.Workbook], None] = lambda _book: None
) -> bytes:
    """Sheets of rows as the bytes of an .xlsx."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    change(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def form(survey: Cells = SURVEY, choices: Cells = CHOICES, settings: Cells = SETTINGS) -> bytes:
    return book({"survey": survey, "choices": choices, "settings": settings})


def export(
    submissions: Cells, members: Cells = (), more: Mapping[str, Cells] | None = None
) -> bytes:
    sheets: dict[str, Cells] = {"Pleas": [MAIN, *submissions]}
    if members:
        sheets["members"] = [MEMBER, *members]
    return book({**sheets, **(more or {})})


def read_kobo_here(
    content: bytes,
    form: bytes | None = None,
    *,
    name: str = "export.xlsx",
    keep: Keep | None = None,
    read_hidden: bool = False,
) -> Intake:
    """Read in this process: the child process has tests of its own."""
    held = {name: content, "form.xlsx": form or b""}

    def reader(path: Path, limits: Limits) -> object:
        return parse(held[path.name], path.name, limits)

    return read_kobo(
        Path(name),
        Path("form.xlsx") if form is not None else None,
        on=ON,
        provinces=PROVINCES,
        reader=reader,  # type: ignore[arg-type]
        keep=keep,
        read_hidden=read_hidden,
    )


def ends(intake: Intake) -> list[tuple[str, int, str, str]]:
    """Where every row stood, its end, and its kind where it is held."""
    return [(row.origin.sheet, row.origin.row, str(row.end), row.kind) for row in intake.rows]


def names(intake: Intake) -> list[list[str]]:
    """The people of every plea, by the name told."""
    return [
        [person.given_name or person.native_name or "" for person in plea.household.people]
        for plea in intake.pleas
    ]


def columns(intake: Intake, sheet: str) -> dict[str, str | None]:
    """What each column of a sheet was taken for, by its letters."""
    return {each.column: each.field for each in intake.columns if each.sheet == sheet}


Rows = Sequence[Sequence[object]]

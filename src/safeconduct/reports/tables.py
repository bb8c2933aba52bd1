"""The rows of the brief's plain files (docs/formats.md): covers only, never a name, a contact, a
document or a story (law 3).

Each function gives rows in the order of its `..._COLUMNS`. Text that a spreadsheet program would
run as a formula is made harmless here, so that whoever writes the rows need not think of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.core.answers import Answer
from safeconduct.core.facts import Origin
from safeconduct.core.main_job import Cover, MainJob
from safeconduct.core.plain_text import neutral
from safeconduct.core.rows import Row, RowEnd

Line = tuple[str | int | float, ...]

ACCEPTED_COLUMNS = [
    "file",
    "sheet",
    "row",
    "plea",
    "household",
    "people",
    "province",
    "band",
    "priority",
    "schemes",
    "ask",
    "departure",
    "locality",
    "reason",
]
QUARANTINED_COLUMNS = ["file", "sheet", "row", "cell", "reason"]
REPEATED_COLUMNS = ["file", "sheet", "row", "same_as"]
DOUBLES_COLUMNS = [
    "household_a",
    "household_b",
    "probability",
    "decision",
    "reasons",
    "rows_a",
    "rows_b",
]

ASKS = 3  # questions told for each household: the first that could change most
NO_END = "This plea has no household yet: it is without an end, and comes first."


def accepted_rows(job: MainJob) -> Iterator[Line]:
    """One line for each accepted row, with what is proposed for its household and why."""
    covers = {plea: cover for cover in job.covers for plea in cover.plea_ids}
    provinces = {province.pcode: province.name for province in job.operation.provinces}
    for row in _ended(job, RowEnd.ACCEPTED):
        cover = covers.get(row.plea_id or "")
        told = _told(cover, provinces) if cover else (*[""] * 9, NO_END)
        yield _safe((*_place(row.origin), row.plea_id or "", *told))


def quarantined_rows(job: MainJob) -> Iterator[Line]:
    """One line for each quarantined row: the cell, and the reason in one sentence."""
    for row in _ended(job, RowEnd.QUARANTINED):
        yield _safe((*_place(row.origin), row.cell or "", row.reason))


def repeated_rows(job: MainJob) -> Iterator[Line]:
    """One line for each row that repeats another, and which one."""
    for row in _ended(job, RowEnd.REPEATED):
        yield _safe((*_place(row.origin), str(row.same_as) if row.same_as else ""))


def doubles_rows(job: MainJob) -> Iterator[Line]:
    """One line for each pair of households that may be one, with where each was read."""
    places = _places_read(job)
    for pair in job.doubles:
        yield _safe(
            (
                pair.household_a,
                pair.household_b,
                pair.probability,
                pair.decision,
                " | ".join(pair.reasons),
                " | ".join(places.get(pair.household_a, ())),
                " | ".join(places.get(pair.household_b, ())),
            )
        )


def _told(cover: Cover, provinces: Mapping[str, str]) -> Line:
    said = cover.assessment
    reasons = [str(reason) for reason in said.reasons]
    reasons += [cover.seat_reason, cover.home_reason]
    return (
        cover.household_id,
        cover.size,
        provinces.get(cover.province or "", cover.province or ""),
        said.band.value,
        said.priority,
        "|".join(said.schemes_with(Answer.YES)),
        " | ".join(ask.question for ask in said.missing[:ASKS]),
        cover.departure or "",
        cover.locality or "",
        " ".join(reason for reason in reasons if reason),
    )


def _places_read(job: MainJob) -> dict[str, list[str]]:
    """Household -> the places where its pleas were read."""
    doubled = {code for pair in job.doubles for code in (pair.household_a, pair.household_b)}
    origins = {plea.plea_id: plea.origins for plea in job.intake.pleas}
    return {
        cover.household_id: [
            str(origin) for plea in cover.plea_ids for origin in origins.get(plea, ())
        ]
        for cover in job.covers
        if cover.household_id in doubled
    }


def _ended(job: MainJob, end: RowEnd) -> Iterator[Row]:
    return (row for row in job.intake.rows if row.end is end)


def _place(origin: Origin) -> Line:
    return (origin.file, origin.sheet, origin.row)


def _safe(line: Line) -> Line:
    return tuple(neutral(cell) if isinstance(cell, str) else cell for cell in line)

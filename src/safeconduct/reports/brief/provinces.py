"""The day the capital of each province fell, as a map of tiles; and how many households are where."""

from __future__ import annotations

from collections import Counter
from datetime import date

from markupsafe import Markup

from safeconduct.core.disclosure import Shown, protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.operation import Fall, Operation, Province
from safeconduct.reports import charts
from safeconduct.reports.brief.counting import in_cell
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import Figure, Section, Table, Words, blocks, numbers
from safeconduct.reports.province_tiles import DOUBTS, map_of_falls, spread, tile
from safeconduct.reports.sources import linked
from safeconduct.reports.wording import day, number, plural, short_day

MAPS = 6


def section(job: MainJob) -> Section:
    """Control by day as reported, and the households of the caseload by province."""
    operation = job.operation
    if not operation.falls:
        text = "This operation has no record of control by day."
        return Section(key="provinces", title="Provinces by day", blocks=(Words(text=text),))
    return Section(
        key="provinces",
        title="Provinces by day",
        blocks=blocks(Words(text=_lead(job)), _by_day(operation), _map(job)),
    )


def _lead(job: MainJob) -> str:
    falls = job.operation.falls
    by_now = sum(fall.fell_on <= job.on for fall in falls)
    low = sum(fall.confidence == "low" for fall in falls)
    text = (
        f"By {day(job.on)}, {by_now} of {len(job.operation.provinces)} provincial capitals had fallen, "
        "as reported."
    )
    if low:
        text += f" {low} of the days {plural(low, 'is')} inferred, not reported (?)."
    later = any(fall.fell_on > job.on for fall in falls)
    return text + (" What came after that day is told with hindsight." if later else "")


def days_to_show(falls: tuple[Fall, ...]) -> list[date]:
    """A handful of days: the first, the last, and those with the most falls between."""
    counts = Counter(fall.fell_on for fall in falls)
    ends = {min(counts), max(counts)}
    between = sorted((day for day in counts if day not in ends), key=lambda d: (-counts[d], d))
    return sorted(ends | set(between[: MAPS - len(ends)]))


def _by_day(operation: Operation) -> Figure:
    days = days_to_show(operation.falls)
    fell = {fall.pcode: fall.fell_on for fall in operation.falls}
    counts = {on: sum(each <= on for each in fell.values()) for on in days}
    whole = len(operation.provinces)
    maps = []
    for at, on in enumerate(days):
        shown = [
            tile(each, "", solid=each.pcode in fell and fell[each.pcode] <= on)
            for each in operation.provinces
        ]
        says = f"{day(on)}: {counts[on]} of {whole} capitals had fallen"
        drawn = charts.tiles(shown, width=200, key=f"day{at}", says=says, small=True)
        maps.append(
            Markup(
                '<div class="small">{}<p>{}<br><span class="quiet">{} of {}</span></p></div>'
            ).format(drawn, short_day(on), counts[on], whole)
        )
    both = Markup('<div class="smalls">{}</div>').format(Markup("").join(maps))
    return Figure(
        key="days-figure",
        title="Provinces whose capital had fallen (solid), on six days"
        if len(days) == MAPS
        else "Provinces whose capital had fallen (solid), by day",
        says="",
        wide=both,
        narrow=Markup(""),
        beside=True,
        table=Table(
            key="days-table",
            caption="Provincial capitals that had fallen, by day",
            columns=("Day", "Fallen", "Out of"),
            rows=tuple((day(on), number(counts[on]), number(whole)) for on in days),
            numbers=numbers(1, 2),
        ),
    )


def _map(job: MainJob) -> Figure:
    falls = {fall.pcode: fall for fall in job.operation.falls}
    return map_of_falls(job.operation.provinces, falls, _table(job, falls))


def _table(job: MainJob, falls: dict[str, Fall]) -> Table:
    where = Counter({"": 0, **{province.pcode: 0 for province in job.operation.provinces}})
    where.update(cover.province or "" for cover in job.covers)
    kept = protect(where)
    rows = [
        _line(province, falls.get(province.pcode), kept[province.pcode])
        for province in sorted(job.operation.provinces, key=lambda each: each.name)
    ]
    if job.covers:
        rows.append(("Province not known", "", "", "", in_cell(kept[""]), ""))
    return Table(
        key="provinces-table",
        caption="Provinces: the day the capital fell, and households of this caseload",
        columns=("Province", "Dari", "Day", "Confidence", "Households", "Source"),
        rows=tuple(rows),
        numbers=numbers(4),
    )


def _line(province: Province, fall: Fall | None, kept: Shown) -> tuple[str | Markup, ...]:
    dari = Markup('<bdi lang="fa-AF" dir="rtl">{}</bdi>').format(province.name_dari)
    if fall is None:
        return (province.name, dari, "not known", "", in_cell(kept), "")
    return (
        province.name,
        dari,
        day(fall.fell_on),
        f"{fall.confidence}{DOUBTS.get(fall.confidence, ' ?')}{spread(fall)}",
        in_cell(kept),
        Markup("{}{}").format(linked(fall.source), unverified(fall.source)),
    )

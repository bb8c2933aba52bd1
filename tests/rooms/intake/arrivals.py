"""Sheets to hand in, and how far a test takes them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from importlib import resources
from pathlib import Path

from tests.cast import AT

from safeconduct.intake.actions.beginning import IMPORT, begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.taking import take_files
from safeconduct.intake.actions.undoing import UNDO
from safeconduct.intake.assessing import Assess, unassessed
from safeconduct.intake.importing import import_delivery
from safeconduct.intake.job_kinds import KINDS, LEASE
from safeconduct.intake.models import Delivery
from safeconduct.jobs import actions as jobs
from safeconduct.jobs.held import Held
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import Job
from safeconduct.people.lent import office_keys_for
from safeconduct.people.present import Present
from safeconduct.sheets import process
from safeconduct.sheets.limits import Limits
from safeconduct.sheets.parse import parse

HEAD = "Case ref,Name,Relation,Date of birth,Phone,Province,Threat,Called by"
ROWS = (
    "A1,Zarmina Popalfictional,self,1988,+447700900123,Kabul,a letter under the door,Wali",
    "A1,Little Popalfictional,daughter,2015-05-02,,Kabul,,",
    "B7,Gulmakai Madeupzai,self,1366,+447700900142,Herat,they asked for her by name,Halima",
    "B7,Temur Madeupzai,son,2009,,Herat,,",
    "C2,Haroun Inventedyar,self,1979,+447700900155,Kabul,worked for the survey,",
)
NAMES = ("Popalfictional", "Madeupzai", "Inventedyar", "Zarmina", "Gulmakai")
REPEATED = ROWS[4]
NAMELESS = "D9,,self,1990,+447700900177,Kabul,she is alone,"


def csv(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


SHEET = csv(*ROWS, REPEATED, NAMELESS)


def file(content: bytes, name: str) -> io.BytesIO:
    """As a browser hands it in."""
    found = io.BytesIO(content)
    found.name = name
    return found


def families(number: int) -> bytes:
    """So many families of two, none like another."""
    rows = []
    for place in range(number):
        name = "".join(chr(ord("a") + int(digit)) for digit in f"{place:04}")
        rows.append(f"R{place},Gul{name} Madeup{name},self,{1950 + place % 50},,Kabul,,")
        rows.append(f"R{place},Zar{name} Madeup{name},daughter,{2001 + place % 18},,Kabul,,")
    return csv(*rows)


def in_this_process(contents: bytes, name: str, limits: Limits) -> object:
    """As the child would read it, without the child: it has tests of its own."""
    yield from parse(contents, name, limits)


def read_in_this_process(monkeypatch: object) -> None:
    monkeypatch.setattr(process, "read_bytes_in_child", in_this_process)


def taken(by: Present, *sheets: bytes, at: datetime = AT) -> Delivery:
    files = {f"list {number}.csv": content for number, content in enumerate(sheets or (SHEET,), 1)}
    return take_files(by, files, at=at)


def read(by: Present, *sheets: bytes, at: datetime = AT) -> Delivery:
    delivery = taken(by, *sheets, at=at)
    read_delivery(by, delivery.code, at=at, assess=unassessed)
    return again(delivery)


def imported(by: Present, *sheets: bytes, at: datetime = AT) -> Delivery:
    delivery = read(by, *sheets, at=at)
    begin_import(by, delivery.code, at=at)
    run_import(by, at=at)
    return again(delivery)


def run_import(
    by: Present,
    *,
    at: datetime = AT,
    assess: Assess = unassessed,
    arrived: Callable[..., None] = lambda _by, _cases: None,
) -> Run:
    run = run_of(by, IMPORT, at=at)
    import_delivery(run, assess=assess, arrived=arrived)
    return run


def run_of(by: Present, kind: str, *, at: datetime = AT) -> Run:
    """The job that waits, claimed, with the keys that the desk would lend it."""
    job = Job.objects.filter(kind=kind, finished_at=None, given_up_at=None).latest("asked_at")
    held = jobs.claim(job, "test", at=at, lease=LEASE, keys_of=by.actor)
    assert isinstance(held, Held)
    keys = office_keys_for(job, by.ring) if job.needs_keys else {}
    return Run(held=held, lease=LEASE, clock=lambda: at, keys=keys)


def run_undo(by: Present, *, at: datetime = AT) -> None:
    run = run_of(by, UNDO, at=at)
    KINDS[UNDO].run(run)
    run.finish()


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(code=delivery.code)


def demo_sheets() -> list[Path]:
    folder = Path(str(resources.files("safeconduct.packs") / "afghanistan_2021" / "sheets"))
    return sorted(each for each in folder.iterdir() if each.suffix in {".xlsx", ".ods", ".csv"})

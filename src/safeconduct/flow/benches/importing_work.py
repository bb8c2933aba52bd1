"""What the bench of an import does, once Django is ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from safeconduct.cases.benches.made import migrate, somebody
from safeconduct.cases.counting import covers_to_count
from safeconduct.cases.wording import operation
from safeconduct.core.linkage import find_pairs, household_doubles, record_of
from safeconduct.core.rulebook import with_told_facts
from safeconduct.core.rulebook.assess import assess_all
from safeconduct.flow import job_kinds as flow
from safeconduct.flow.assessing import assessor
from safeconduct.intake.actions.beginning import IMPORT, begin_import
from safeconduct.intake.actions.looking import read_delivery
from safeconduct.intake.actions.taking import take_sheet
from safeconduct.intake.models import Delivery, End, Plea
from safeconduct.intake.reading import read_files
from safeconduct.jobs import actions as jobs
from safeconduct.jobs.running import run_held
from safeconduct.matching import job_kinds as matching
from safeconduct.matching.actions.looking import LOOK
from safeconduct.matching.models import Possible
from safeconduct.people.lent import office_keys_for
from safeconduct.people.present import Present

AT: Final = datetime(2021, 8, 20, 6, 0, tzinfo=UTC)
_KINDS: Final = {**flow.KINDS, **matching.KINDS}


def office() -> Present:
    migrate()
    return somebody()


def take(by: Present, sheets: Mapping[str, bytes]) -> None:
    """Each sheet as a delivery: sealed, and read for its preview."""
    assess = assessor(by.office.code, at=AT)
    for name, content in sheets.items():
        delivery = take_sheet(by, name, content, at=AT)
        read_delivery(by, delivery.code, at=AT, assess=assess)


def import_all(by: Present) -> None:
    for code in Delivery.objects.order_by("code").values_list("code", flat=True):
        begin_import(by, code, at=AT)
    _run(by, IMPORT)


def compare(by: Present) -> None:
    _run(by, LOOK)


def _run(by: Present, name: str) -> None:
    """Every due job of that kind, in this process."""
    kind = _KINDS[name]
    for job in jobs.due(at=AT, kinds=[name], needs_keys=True):
        held = jobs.claim(job, "bench", at=AT, lease=kind.lease, keys_of=by.actor)
        assert held is not None
        run_held(held, _KINDS, clock=lambda: AT, keys=office_keys_for(job, by.ring))
        job.refresh_from_db()
        assert job.finished_at is not None, f"{name} did not come to its end: {job.last_trouble}"


def counted(by: Present) -> dict[str, float]:
    covers = covers_to_count(by, at=AT)
    return {
        "cases": float(len(covers)),
        "people": float(sum(each.size or 0 for each in covers)),
        "held": float(Plea.objects.filter(end=End.QUARANTINED).count()),
        "doubles": float(Possible.objects.count()),
    }


def in_memory(sheets: Mapping[str, bytes]) -> None:
    """The same rows read, assessed and compared, as the brief does, and nothing kept."""
    work = operation()
    homes = []
    for number, (name, content) in enumerate(sheets.items()):
        read = read_files({name: content}, on=work.day_on(AT.date()))
        homes += [
            (number, with_told_facts(plea.household, work.phrases)) for plea in read.intake.pleas
        ]
    households = [home for _, home in homes]
    for _ in assess_all(households, work.rulebook, on=work.day_on(AT.date()), schemes=work.schemes):
        pass
    records = []
    home_of = {}
    for number, home in homes:
        for person in home.people:
            # Numbered anew: each file counts its own people from one.
            code, whose = f"{number}/{person.person_id}", f"{number}/{home.household_id}"
            record = record_of(person, home)
            records.append(replace(record, person_id=code, household_id=whose))
            home_of[code] = whose
    household_doubles(find_pairs(records).pairs, home_of)

"""Fictional families told twice, and the look for doubles run in this process."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tests.cast import AT
from tests.rooms.cases.families import PRINCIPAL

from safeconduct.cases.actions import open_case
from safeconduct.cases.entries import Caller, Note, Person
from safeconduct.cases.reading import OpenCase
from safeconduct.core.dates import UncertainDate
from safeconduct.core.facts import Relation, Sex
from safeconduct.jobs import actions as jobs
from safeconduct.jobs.held import Held
from safeconduct.jobs.kinds import Run
from safeconduct.jobs.models import LIVE, Job
from safeconduct.matching.actions import ask_to_look
from safeconduct.matching.job_kinds import KINDS
from safeconduct.people.present import Present

WOMAN = replace(PRINCIPAL, father_name="Gulfictional")
MAN = Person(
    given_name="Esmatfictional",
    family_name="Popalfictional",
    father_name="Karimfictional",
    sex=Sex.MALE,
    birth=UncertainDate.of_year(1985),
    relation=Relation.SPOUSE,
)
CHILD = Person(given_name="Little", relation=Relation.CHILD)
STORY = "They hide with a neighbour who keeps hens."
TOLD_TWICE = (WOMAN, MAN, CHILD)
# The same three by another caller: another spelling, a slip, less known.
TOLD_AGAIN = (
    replace(WOMAN, given_name="Zarmeena", passport="p 0000001", phones=()),
    replace(MAN, birth=UncertainDate.of_year(1986)),
    CHILD,
)
OTHERS = (
    Person(given_name="Nazokfictional", family_name="Wardakfictional", sex=Sex.FEMALE),
    Person(given_name="Hilalfictional", family_name="Wardakfictional", sex=Sex.MALE),
)


def case_of(by: Present, *people: Person, owned: bool = True, at: datetime = AT) -> OpenCase:
    told = (*people, Caller(name="A cousin", relation="cousin"), Note(words=STORY))
    return open_case(by, told, at=at, owned=owned)


def twice_told(one: Present, two: Present, *, owned: bool = True) -> tuple[OpenCase, OpenCase]:
    """Two cases of one family; and a third that has nothing to do with it."""
    first = case_of(one, *TOLD_TWICE, owned=owned)
    second = case_of(two, *TOLD_AGAIN, owned=owned)
    case_of(one, *OTHERS, owned=owned)
    return first, second


def look(by: Present, *, at: datetime = AT) -> Job:
    """Ask for a look and run what is asked for, as the desk's child process would."""
    ask_to_look(by.actor, at=at)
    job = Job.objects.get(LIVE, kind="matching.look", office=by.office.code)
    run_job(job, by, at=at)
    return job


def run_job(job: Job, by: Present, *, at: datetime = AT) -> Run:
    run = run_of(job, by, at=at)
    KINDS[job.kind].run(run)
    if not run.finished:
        run.finish()
    return run


def run_of(job: Job, by: Present, *, at: datetime = AT) -> Run:
    kind = KINDS[job.kind]
    assert kind.keys_for is not None
    held = jobs.claim(job, "test", at=at, lease=kind.lease, keys_of=by.actor)
    assert isinstance(held, Held)
    return Run(held=held, lease=kind.lease, clock=lambda: at, keys=kind.keys_for(job, by.ring))

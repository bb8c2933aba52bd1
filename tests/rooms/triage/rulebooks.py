"""Rulebooks of an office's own, made from the one that ships by changing a few of its words."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from tests.rooms.triage.working import work

from safeconduct.packs.rulebook_text import as_text
from safeconduct.people.present import Present
from safeconduct.triage.actions import ask_to_compare, load_rules, put_in_force
from safeconduct.triage.actions.rules import COMPARE
from safeconduct.triage.models import LoadedRules

SMALL = """
facts:
  in_hiding:
    of: household
    label: in hiding
    question: Are you hiding?
    values: [yes, no]
  occupation:
    of: person
    many: yes
    label: work
    question: What work has each of you done?
    values: [interpreter, teacher, none]
rules:
  - rule: hiding
    title: in hiding
    band: emergency
    when: {in_hiding: 'yes'}
    reason: They hide.
    verified: no
    note: Ours.
  - rule: interpreters
    title: interpreters
    band: urgent
    when: {anyone: {occupation: interpreter}}
    reason: "{Who} interpreted."
    verified: no
    note: Ours.
points:
  verified: no
  note: Ours.
  bands: {emergency: 8, urgent: 4, priority: 2, routine: 1, not assessed: 1}
"""


@cache
def shipped_text() -> str:
    return as_text("afghanistan-2021")


def swapped() -> str:
    """The shipped one with emergency and urgent work exchanged: many move."""
    text = shipped_text()
    assert "band: urgent" in text
    return text.replace("band: urgent", "band: priority").replace("urgent: 9 ", "urgent: 10 ")


def loaded(by: Present, *, at: datetime, text: str = SMALL, name: str = "Ours") -> LoadedRules:
    return load_rules(by, name=name, text=text, at=at)


def in_force(by: Present, *, at: datetime, text: str = SMALL) -> LoadedRules:
    """Compared and put in force; the re-assessment waits."""
    rules = loaded(by, at=at, text=text)
    ask_to_compare(by, rules.version, at=at)
    work(by, COMPARE, at=at)
    put_in_force(by, rules.version, why="September's letter named new groups.", at=at)
    return rules

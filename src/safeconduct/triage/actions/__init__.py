"""Every write of this room: one function, one transaction, one journal line."""

from safeconduct.triage.actions.assessing import assess_case, note_assessed
from safeconduct.triage.actions.facts import tell_facts
from safeconduct.triage.actions.overrides import (
    acknowledge,
    ask_for_override,
    decide_override,
    end_override,
)
from safeconduct.triage.actions.rules import (
    ask_for_like_cases,
    ask_to_compare,
    ask_to_reassess,
    load_rules,
    put_in_force,
)

__all__ = [
    "acknowledge",
    "ask_for_like_cases",
    "ask_for_override",
    "ask_to_compare",
    "ask_to_reassess",
    "assess_case",
    "decide_override",
    "end_override",
    "load_rules",
    "note_assessed",
    "put_in_force",
    "tell_facts",
]

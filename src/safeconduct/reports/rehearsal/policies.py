"""The policies of a rehearsal as a reader meets them: which are named, how each is called and drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.core.rulebook.rules import Band
from safeconduct.rehearsal.days.records import Order, Outcome, Policy, Rehearsal
from safeconduct.reports.parts import Subtitle
from safeconduct.reports.rehearsal.lines import DASHED, DOTTED, PLAIN, Look
from safeconduct.reports.wording import NO_BREAK, count_of

# What a rehearsal compares, in the order of what they ask of an office; and the six, standby told apart.
NAMED = ("fcfs", "priority", "planner-standby")
PROPOSED = "planner-standby"
LOOKS: dict[Order, Look] = {Order.ARRIVAL: DOTTED, Order.PRIORITY: DASHED, Order.PLANNER: PLAIN}


def named(rehearsal: Rehearsal) -> tuple[Outcome, ...]:
    """The outcomes of the named policies, in their order; all there are where none of them was run."""
    found = [outcome_of(rehearsal, code) for code in NAMED]
    return tuple(each for each in found if each is not None) or rehearsal.outcomes


def proposed(rehearsal: Rehearsal) -> Outcome:
    """The outcome of the planner with standby; of the last policy where that was not run."""
    return outcome_of(rehearsal, PROPOSED) or rehearsal.outcomes[-1]


def outcome_of(rehearsal: Rehearsal, code: str) -> Outcome | None:
    """The outcome of a policy by its code, where it was run."""
    return next((each for each in rehearsal.outcomes if each.policy.code == code), None)


def label(policy: Policy) -> str:
    """The policy as a figure labels it: "planner with standby"."""
    return f"{policy.order.value}{' with standby' if policy.standby else ''}"


def called(policy: Policy) -> str:
    """The policy inside a sentence: "the planner with standby"."""
    return f"the {label(policy)}" if policy.order is Order.PLANNER else label(policy)


def heading(policy: Policy) -> str:
    """The policy at the head of a row or column: "Planner with standby"."""
    return label(policy)[0].upper() + label(policy)[1:]


def of_bound(share: float) -> str:
    """A share of the bound to a tenth of a percent, never rounded to a flat 0 or 100 that it is not.

    0.9561 -> "95.6 %"; 0.99996 -> "more than 99.9 %"; 1 -> "100 %".
    """
    if 0 < share < 0.0005:
        return f"less than 0.1{NO_BREAK}%"
    if 0.9995 <= share < 1:
        return f"more than 99.9{NO_BREAK}%"
    exact = "0" if not share else "100" if share == 1 else f"{100 * share:.1f}"
    return f"{exact}{NO_BREAK}%"


def apart(rehearsals: Sequence[Rehearsal]) -> Iterator[tuple[str, Rehearsal, Subtitle | None]]:
    """Each rehearsal with what keeps the ids of its figures apart, and its heading where there are several."""
    for at, each in enumerate(rehearsals):
        title = Subtitle(text=size_in_words(each)) if len(rehearsals) > 1 else None
        yield f"-{at}", each, title


def size_in_words(rehearsal: Rehearsal) -> str:
    """The caseload by its size: "15,000 people"."""
    return count_of(rehearsal.people, "person")


def band_of(name: str) -> Band | None:
    """The band by its name; None for what is no band."""
    return next((band for band in Band if band.value == name), None)

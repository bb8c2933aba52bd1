"""The people whom the rules of the day did not name, and how many of this caseload they are."""

from __future__ import annotations

from collections import Counter

from safeconduct.core.answers import Answer
from safeconduct.core.disclosure import protect
from safeconduct.core.main_job import MainJob
from safeconduct.core.rulebook.rules import Rule
from safeconduct.reports.brief.counting import few, in_cell
from safeconduct.reports.marks import unverified
from safeconduct.reports.parts import Section, Table, Words, blocks, numbers
from safeconduct.reports.wording import plural, sentence


def section(job: MainJob) -> Section:
    """How many households meet a rule for people whom the rules of the day did not name."""
    rules = {rule.rule_id: rule for rule in job.operation.rulebook.rules if rule.forgotten}
    counts: Counter[str] = Counter(dict.fromkeys(rules, 0))
    households = 0
    for cover in job.covers:
        said = cover.assessment
        named = [scheme for scheme in said.schemes if scheme.outcome is Answer.YES]
        reasons = [*said.reasons, *(reason for scheme in named for reason in scheme.reasons)]
        held = {reason.rule_id for reason in reasons} & rules.keys()
        counts.update(held)
        households += bool(held)
    kept = protect(counts, total_shown=False)
    lead = (
        "No household has been read yet."
        if not job.covers
        else (
            f"{few(households).capitalize()} {plural(households, 'household')} of this caseload "
            f"{plural(households, 'is')} among people whom the rules of the day did not name. This "
            "rulebook sees them and says so beside each."
        )
    )
    table = Table(
        key="forgotten-table",
        caption="Households by rule; one household may meet several",
        columns=("What the rule looks for", "Households"),
        rows=tuple(
            (f"{_who(rules[code])}{unverified(rules[code].source)}", in_cell(kept[code]))
            for code, _ in counts.most_common()
        ),
        numbers=numbers(1),
    )
    return Section(
        key="forgotten",
        title="Those whom the rules of the day forgot",
        blocks=blocks(
            Words(text=lead if rules else "No rule of this rulebook is marked so."),
            table if rules and job.covers else None,
        ),
    )


def _who(rule: Rule) -> str:
    """The rule's title as a statement: titles in a rulebook may begin with "whether"."""
    return sentence(rule.title.removeprefix("whether ")).rstrip(".")

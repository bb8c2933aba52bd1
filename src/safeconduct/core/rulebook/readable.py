"""The rulebook as a text to be read and argued with: every rule, its words, its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.core.facts import Source
from safeconduct.core.rulebook.rules import BANDS, Condition, FactKind, Rule, Rulebook
from safeconduct.core.rulebook.sentences import day_in_words, places_in

_PLACES = {"Who": "He or she", "who": "he or she"}


def as_markdown(rulebook: Rulebook, *, title: str = "The rules") -> str:
    """The whole rulebook in Markdown: schemes, bands, points, and the questions that are asked."""
    return "\n".join(_lines(rulebook, title)) + "\n"


def _lines(rulebook: Rulebook, title: str) -> Iterator[str]:
    forgotten = sum(rule.forgotten for rule in rulebook.rules)
    assumed = sum(not rule.source.verified for rule in rulebook.rules)
    yield f"# {title}"
    yield ""
    yield (
        f"{len(rulebook.rules)} rules, version {rulebook.version}. {forgotten} of them are for people "
        f"whom the rules of the day did not name; {assumed} are assumptions of this pack's authors, "
        "marked as such. This page is made from the rulebook itself: change the rules, not the page."
    )
    schemes = dict.fromkeys(rule.scheme for rule in rulebook.rules if rule.scheme)
    for scheme in schemes:
        yield from ("", f"## Scheme {scheme}", "")
        yield from _rules((r for r in rulebook.rules if r.scheme == scheme), rulebook)
    for band in BANDS:
        rules = [rule for rule in rulebook.rules if rule.band is band]
        if rules:
            yield from ("", f"## Band {band}", "")
            yield from _rules(rules, rulebook)
    yield from _points(rulebook)
    yield from _questions(rulebook)


def _rules(rules: Iterable[Rule], rulebook: Rulebook) -> Iterator[str]:
    for rule in rules:
        yield f"### {rule.title[:1].upper()}{rule.title[1:]}"
        yield ""
        yield f"`{rule.rule_id}`{_days(rule)}{_forgotten(rule)}"
        yield ""
        yield f"- Holds when {in_words(rule.when, rulebook)}."
        yield f"- Said when it holds: {_filled(rule.reason, rulebook)}"
        if rule.reason_not:
            yield f"- Said when it does not: {_filled(rule.reason_not, rulebook)}"
        if rule.reason_unless:
            yield f"- Said of those excluded: {_filled(rule.reason_unless, rulebook)}"
        yield f"- {_source(rule.source)}"
        yield ""


def _days(rule: Rule) -> str:
    since = f", from {day_in_words(rule.since)}" if rule.since else ""
    return since + (f", until {day_in_words(rule.until)}" if rule.until else "")


def _forgotten(rule: Rule) -> str:
    return ". **The rules of the day did not name them.**" if rule.forgotten else ""


def _filled(sentence: str, rulebook: Rulebook) -> str:
    places = {name: f"[{name.replace('_', ' ')}]" for name in rulebook.facts}
    filled = {name: {**places, **_PLACES}[name] for name in places_in(sentence)}
    return sentence.format(**filled)


def _source(source: Source) -> str:
    where = f"[source]({source.url})" if source.url else "No source"
    when = f", {source.as_of}" if source.as_of else ""
    mark = "" if source.verified else " **Not verified.**"
    note = f" {source.note}" if source.note else ""
    return f"Source: {where}{when}.{mark}{note}"


def in_words(condition: Condition, rulebook: Rulebook) -> str:
    """A condition as half a sentence: "somebody's work in Afghanistan is a driver or a guard"."""
    if condition.fact is not None:
        return _fact_in_words(rulebook.facts[condition.fact], condition.values)
    if condition.anyone is not None:
        return f"of somebody in the family it is told that {in_words(condition.anyone, rulebook)}"
    if condition.unless is not None:
        return f"it is not told that {in_words(condition.unless, rulebook)}"
    parts = condition.all_of or condition.any_of or condition.none_of
    joined = (", and " if condition.all_of else ", or ").join(
        f"({said})" if any(word in said for word in (", and ", ", or ")) else said
        for said in (in_words(part, rulebook) for part in parts)
    )
    return f"none of this holds: {joined}" if condition.none_of else joined


def _fact_in_words(kind: FactKind, values: tuple[str, ...]) -> str:
    if set(values) == set(kind.values):
        return f"there is an answer on “{kind.label}”"
    said = " or ".join(kind.words.get(value, value) for value in values)
    return f"“{kind.label}” is {said}"


def _points(rulebook: Rulebook) -> Iterator[str]:
    points = rulebook.points
    yield from ("", "## Priority", "")
    yield "Each member brings the points of the household's band, and the extra points that hold."
    yield from ("", "| For each member | Points |", "|---|---|")
    yield from (f"| {band} | {points.by_band[band]:g} |" for band in BANDS)
    yield from (f"| {extra.title} | +{extra.points:g} |" for extra in points.extra)
    yield from ("", _source(points.source))


def _questions(rulebook: Rulebook) -> Iterator[str]:
    yield from ("", "## What is asked", "")
    yield "A fact that nobody has told is unknown: it is asked for, and never counts as no."
    yield from ("", "| Fact | Of | Question | Answers |", "|---|---|---|---|")
    for kind in rulebook.facts.values():
        whose = f"the {kind.of}{', from the records' if kind.derived else ''}"
        yield f"| {kind.name} | {whose} | {kind.question} | {', '.join(kind.values)} |"

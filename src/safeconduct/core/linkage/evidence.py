"""The evidence of one pair in words: a sentence with what was written, and one that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from safeconduct.core.linkage.name_scores import FATHER_AGREES, NOT_COMPARED
from safeconduct.core.linkage.people import UNKNOWN, People
from safeconduct.core.linkage.records import Evidence
from safeconduct.core.linkage.weighing import Weighed
from safeconduct.core.names.comparing import compare
from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.reading import read


def evidence_of(
    people: People, pairs: Weighed, at: int, household_bits: float
) -> tuple[Evidence, ...]:
    """Every field that says something about the pair at this position, strongest first."""
    made = [
        *_of_documents(people, pairs, at),
        *_of_names(people, pairs, at),
        *_of_father(people, pairs, at),
        *_of_birth(people, pairs, at),
        *_of_the_rest(pairs, at),
        *_of_household(household_bits),
    ]
    made.sort(key=lambda item: -abs(item.weight))
    return tuple(made)


def _of_documents(people: People, pairs: Weighed, at: int) -> Iterator[Evidence]:
    for field, bits, numbers, index in (
        ("passport", pairs.passport_bits[at], people.passport, people.passports),
        ("tazkira", pairs.tazkira_bits[at], people.tazkira, people.tazkiras),
    ):
        one, two = numbers[pairs.a[at]], numbers[pairs.b[at]]
        if UNKNOWN in (one, two):
            continue
        number = index.texts[one]
        if one == two:
            weak = " of an old office, which others may have too" if "plain:" in number else ""
            yield Evidence(
                field=field,
                level="same",
                weight=float(bits),
                sentence=f"same {field} number {number.split(':')[-1]}{weak}",
                plain=f"same {field} number{weak}",
            )
        elif bits > 0:
            words = f"{field} numbers one slip apart"
            other = index.texts[two]
            sentence = f"{words} ({number.split(':')[-1]}, {other.split(':')[-1]})"
            yield Evidence(
                field=field, level="slip", weight=float(bits), sentence=sentence, plain=words
            )
        else:
            words = f"{field} numbers differ"
            yield Evidence(
                field=field, level="differs", weight=float(bits), sentence=words, plain=words
            )


def _of_names(people: People, pairs: Weighed, at: int) -> Iterator[Evidence]:
    score = float(pairs.name_score[at])
    if score == NOT_COMPARED:
        return
    one, two = _best_views(people, int(pairs.a[at]), int(pairs.b[at]))
    level = "agree" if score >= 0.9 else "nearly agree" if score >= 0.7 else "differ"
    across = " across scripts" if level != "differ" and _scripts(one) != _scripts(two) else ""
    yield Evidence(
        field="name",
        level=level,
        weight=float(pairs.name_bits[at]),
        sentence=compare(one, two).text,
        plain=f"names {level}{across}",
    )


def _best_views(people: People, a: int, b: int) -> tuple[str, str]:
    """The two written forms that agree best, of the whole and the native names."""
    texts = people.names.texts
    views_a = [texts[view] for view in (people.whole[a], people.native[a]) if view != UNKNOWN]
    views_b = [texts[view] for view in (people.whole[b], people.native[b]) if view != UNKNOWN]
    pairs = [(one, two) for one in views_a for two in views_b]
    return max(pairs, key=lambda views: round(compare(*views).score, 1))


def _scripts(name: str) -> frozenset[str]:
    return frozenset(part.script for part in read(name)) & {ARABIC, LATIN}


def _of_father(people: People, pairs: Weighed, at: int) -> Iterator[Evidence]:
    score = float(pairs.father_score[at])
    if score == NOT_COMPARED:
        return
    texts = people.names.texts
    one, two = texts[people.father[pairs.a[at]]], texts[people.father[pairs.b[at]]]
    level = "agree" if score >= FATHER_AGREES else "nearly differ" if score >= 0.5 else "differ"
    plain = {
        "agree": "father's names agree",
        "nearly differ": "father's names agree only in part",
        "differ": "father's names differ",
    }[level]
    text = compare(one, two).text
    bits = float(pairs.father_bits[at])
    yield Evidence(
        field="father", level=level, weight=bits, sentence=f"father: {text}", plain=plain
    )


def _of_birth(people: People, pairs: Weighed, at: int) -> Iterator[Evidence]:
    years = float(pairs.years[at])
    if isnan(years):
        return
    bits = float(pairs.birth_bits[at])
    if pairs.exact_day[at]:
        level, plain = "same day", "same day of birth"
    elif years == 0:
        level, plain = "compatible", "births may be the same day"
        if pairs.to_the_year[at]:
            plain = "births agree as far as they are known, to the year or better"
    elif bits > 1:
        level, plain = "slip", "days of birth differ as a slip of the pen does"
    else:
        level = "apart"
        plain = (
            f"births lie {years:.0f} years apart"
            if years > 1.5
            else "births lie about a year apart"
        )
        plain = "births lie within a year" if years < 0.75 else plain
    one, two = people.records[pairs.a[at]].birth, people.records[pairs.b[at]].birth
    sentence = f"{plain} ({one}, {two})"
    yield Evidence(field="birth", level=level, weight=bits, sentence=sentence, plain=plain)


def _of_the_rest(pairs: Weighed, at: int) -> Iterator[Evidence]:
    for field, bits, agrees, differs in (
        ("sex", pairs.sex_bits[at], "same sex", "different sex"),
        ("phone", pairs.phone_bits[at], "a telephone number in common, as families have", ""),
        ("province", pairs.province_bits[at], "same province", "different provinces"),
    ):
        if bits:
            words = agrees if bits > 0 else differs
            level = "same" if bits > 0 else "differs"
            yield Evidence(
                field=field, level=level, weight=float(bits), sentence=words, plain=words
            )


def _of_household(bits: float) -> Iterator[Evidence]:
    if bits:
        words = "others of the same two households agree too"
        yield Evidence(
            field="household", level="others agree", weight=bits, sentence=words, plain=words
        )

"""The evidence of pairs in words: a sentence with what was written, and one that names nobody."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

import numpy as np

from safeconduct.core.linkage.name_scores import FATHER_AGREES, NOT_COMPARED, Floats
from safeconduct.core.linkage.people import UNKNOWN, Numbers, People
from safeconduct.core.linkage.records import Evidence
from safeconduct.core.linkage.weighing import VIEWS, Weighed
from safeconduct.core.names.letters import ARABIC, LATIN
from safeconduct.core.names.many_told import comparisons
from safeconduct.core.names.memory import remembered


class Explainer:
    """Tells of each of some pairs what spoke for and against. `others`: the bits of what other pairs say of each."""

    def __init__(self, people: People, pairs: Weighed, others: Floats) -> None:
        self._people, self._pairs, self._others = people, pairs, others.tolist()
        self._one, self._two = _views(people, pairs)
        self._names = _alignments(people, self._one, self._two)
        fathers = people.father[pairs.a], people.father[pairs.b]
        self._fathers = _alignments(people, *fathers)
        self._families = people.of_families
        self._scripts: dict[int, frozenset[str]] = {}

    def evidence(self, at: int) -> tuple[Evidence, ...]:
        """Every field that says something about the pair at this position, strongest first."""
        made = [
            *_of_documents(self._people, self._pairs, at),
            *self._of_names(at),
            *self._of_father(at),
            *_of_birth(self._people, self._pairs, at),
            *_of_the_rest(self._pairs, at),
            *_of_others(self._others[at], self._families),
        ]
        made.sort(key=lambda item: -abs(item.weight))
        return tuple(made)

    def _of_names(self, at: int) -> Iterator[Evidence]:
        score = float(self._pairs.name_score[at])
        if score == NOT_COMPARED:
            return
        level = "agree" if score >= 0.9 else "nearly agree" if score >= 0.7 else "differ"
        one, two = (self._scripts_of(int(side[at])) for side in (self._one, self._two))
        across = " across scripts" if level != "differ" and one != two else ""
        yield Evidence(
            field="name",
            level=level,
            weight=float(self._pairs.name_bits[at]),
            sentence=self._names[at],
            plain=f"names {level}{across}",
        )

    def _scripts_of(self, name: int) -> frozenset[str]:
        found = self._scripts.get(name)
        if found is None:
            parts = self._people.table.parts_of(name)
            found = frozenset(part.script for part in parts) & {ARABIC, LATIN}
            self._scripts[name] = found
        return found

    def _of_father(self, at: int) -> Iterator[Evidence]:
        score = float(self._pairs.father_score[at])
        if score == NOT_COMPARED:
            return
        level, plain = _FATHERS[(score >= 0.5) + (score >= FATHER_AGREES)]
        bits = float(self._pairs.father_bits[at])
        sentence = f"father: {self._fathers[at]}"
        yield Evidence(field="father", level=level, weight=bits, sentence=sentence, plain=plain)


_FATHERS = (
    ("differ", "father's names differ"),
    ("nearly differ", "father's names agree only in part"),
    ("agree", "father's names agree"),
)


def _views(people: People, pairs: Weighed) -> tuple[Numbers, Numbers]:
    """The two written forms of each pair that agree best, by number."""
    left = [getattr(people, one)[pairs.a] for one, _ in VIEWS]
    right = [getattr(people, two)[pairs.b] for _, two in VIEWS]
    return np.choose(pairs.name_view, left), np.choose(pairs.name_view, right)


def _alignments(people: People, one: Numbers, two: Numbers) -> list[str]:
    """How the parts of two names stand to each other, as a person reads it; empty where one is unknown."""
    known = np.flatnonzero((one != UNKNOWN) & (two != UNKNOWN))
    texts = np.full(len(one), "", dtype=object)
    told = comparisons(people.table, one[known], two[known])
    texts[known] = told.text
    found: list[str] = texts.tolist()
    return found


def _of_documents(people: People, pairs: Weighed, at: int) -> Iterator[Evidence]:
    for field, called, bits, numbers, index in (
        ("passport", "passport", pairs.passport_bits[at], people.passport, people.passports),
        ("tazkira", "tazkira", pairs.tazkira_bits[at], people.tazkira, people.tazkiras),
        ("other_id", "other", pairs.other_id_bits[at], people.other_id, people.other_ids),
    ):
        one, two = numbers[pairs.a[at]], numbers[pairs.b[at]]
        if UNKNOWN in (one, two):
            continue
        number = index[one]
        if one == two:
            weak = " of an old office, which others may have too" if "plain:" in number else ""
            yield Evidence(
                field=field,
                level="same",
                weight=float(bits),
                sentence=f"same {called} number {number.split(':')[-1]}{weak}",
                plain=f"same {called} number{weak}",
            )
        elif bits > 0:
            words = f"{called} numbers one slip apart"
            other = index[two]
            sentence = f"{words} ({number.split(':')[-1]}, {other.split(':')[-1]})"
            yield Evidence(
                field=field, level="slip", weight=float(bits), sentence=sentence, plain=words
            )
        else:
            words = f"{called} numbers differ"
            yield Evidence(
                field=field, level="differs", weight=float(bits), sentence=words, plain=words
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
    for field in _WORDS:
        bits = float(getattr(pairs, f"{field}_bits")[at])
        if bits:
            yield _plain(field, bits)


# What each of these fields says where it agrees and where it does not.
_WORDS = {
    "sex": ("same sex", "different sex"),
    "phone": ("a telephone number in common, as families have", ""),
    "province": ("same province", "different provinces"),
    "birth_place": ("same place of birth", "different places of birth"),
    "postcode": ("same postcode, or nearly", "different postcodes"),
    "address": ("addresses agree", "different addresses"),
    "occupation": ("same occupation", "different occupations"),
}


@remembered(4_096)
def _plain(field: str, bits: float) -> Evidence:
    """Evidence that shows nothing of what was written; there are few of these, and they are shared."""
    words = _WORDS[field][bits < 0]
    level = "same" if bits > 0 else "differs"
    return Evidence(field=field, level=level, weight=bits, sentence=words, plain=words)


def _of_others(bits: float, families: bool) -> Iterator[Evidence]:
    if bits:
        words = _OTHERS[families][bits < 0]
        level = "others agree" if bits > 0 else "others do not"
        field = "household" if families else "company"
        yield Evidence(field=field, level=level, weight=bits, sentence=words, plain=words)


# By whether the list is one of families: what other pairs say for, and against.
_OTHERS = {
    True: ("others of the same two households agree too", ""),
    False: (
        "others told as the same person agree with both",
        "others told as the same person agree with one alone",
    ),
}

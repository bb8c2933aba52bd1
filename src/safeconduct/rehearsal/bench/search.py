"""The bench of looking for people by what is typed, beside plain ways of doing so over all names."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median, quantiles

from rapidfuzz import fuzz, process

from safeconduct.core.names import memory
from safeconduct.core.names.searching import Findable, NameIndex
from safeconduct.packs import load
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import cpu_seconds_so_far, seconds_now, timed
from safeconduct.rehearsal.bench.optional import how_to_get
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.search_asked import (
    TELLING,
    Typed,
    findable,
    found_share,
    own_names,
    typed_queries,
)
from safeconduct.rehearsal.bench.told_people import ToldPeople, told_people
from safeconduct.rehearsal.bench.transliterating import either

# Fictional, for the cases that are put.
_FAMILY = ("Torpikai Samangani", "Nasrat Samangani", "خاطره سمنگانی")
# As many as are judged: who looks at more than ten?
MOST = 10
_MB = 2**20
WRATIO, SUBSTRING = "rapidfuzz WRatio over all names", "plain search for the text"
_ACROSS = frozenset({"native"})
_NUMBERS = frozenset({"phone", "document"})

Look = Callable[[str], Sequence[int]]


def contest(size: int, seed: int) -> Contest:
    """A list of `size` people told of, asked the same questions in three ways."""
    told = told_people(load(PACK), size, seed)
    asked = typed_queries(told, seed)
    index, building = timed(lambda: _index(told), before=memory.forget, rounds=1)
    ours = _asked(_by_us(index, told), asked, building)
    ours = ours.with_measures(put_seconds=_put_seconds(index), held_mb=_held_mb(told))
    index.forget()
    baselines, not_run = _plain_ways(told, asked)
    return Contest(size=size, ours=ours, baselines=baselines, not_run=not_run)


def _index(told: ToldPeople) -> NameIndex:
    index = NameIndex()
    cases = groupby(told.records, key=lambda record: record.household_id or record.person_id)
    index.add_many((case, map(findable, records)) for case, records in cases)
    return index


def _held_mb(told: ToldPeople) -> float:
    """What the index holds beside what it was given, by Python's own count; not while anything is timed."""
    memory.forget()
    tracemalloc.start()
    index = _index(told)
    memory.forget()
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    index.forget()
    return held / _MB


def _put_seconds(index: NameIndex) -> float:
    """The longest of fifty cases put one by one, three people each."""
    took = []
    for number in range(50):
        people = [Findable(key=f"new-{number}-{name}", names=(name,)) for name in _FAMILY]
        began = seconds_now()
        index.put(f"new-{number}", people)
        took.append(seconds_now() - began)
    return max(took)


def _by_us(index: NameIndex, told: ToldPeople) -> Look:
    place = {record.person_id: at for at, record in enumerate(told.records)}
    return lambda text: [place[hit.key] for hit in index.find(text, MOST).hits]


def _plain_ways(
    told: ToldPeople, asked: Sequence[Typed]
) -> tuple[Mapping[str, Run], Mapping[str, str]]:
    """Over one text for each person: all names in Latin letters, and the numbers, in small letters."""
    latin = either()
    if latin is None:
        missing = how_to_get("anyascii")
        return {}, {WRATIO: missing, SUBSTRING: missing}
    to_latin = latin[1]
    texts, making = timed(
        lambda: [
            to_latin(" ".join((*own_names(r), r.father_name or "", *r.phones, r.passport or "")))
            for r in told.records
        ],
        rounds=1,
    )

    def by_wratio(typed: str) -> Sequence[int]:
        return [
            at for *_, at in process.extract(to_latin(typed), texts, scorer=fuzz.WRatio, limit=MOST)
        ]

    def by_substring(typed: str) -> Sequence[int]:
        sought = to_latin(typed)
        return [at for at, text in enumerate(texts) if sought in text][:MOST]

    ways = {WRATIO: by_wratio, SUBSTRING: by_substring}
    return {name: _asked(look, asked, making) for name, look in ways.items()}, {}


def _asked(look: Look, asked: Sequence[Typed], building: Run) -> Run:
    """Every query once, after one that is not counted: nobody pays for what is loaded but once."""
    look(asked[0].text)
    took, found = [], []
    had_spent = cpu_seconds_so_far()
    for query in asked:
        began = seconds_now()
        found.append(look(query.text))
        took.append(seconds_now() - began)
    # One query alone is too short to be told by the system's count: this is the mean.
    spent = (cpu_seconds_so_far() - had_spent) / len(asked)
    run = replace(building, seconds=median(took), cpu_seconds=spent, rounds=len(took))
    return run.with_measures(
        p95_seconds=quantiles(took, n=20, method="inclusive")[-1],
        longest_seconds=max(took),
        building_seconds=building.seconds,
        found_at_10=found_share(asked, found, TELLING - _NUMBERS),
        found_across_scripts=found_share(asked, found, _ACROSS),
        found_by_number=found_share(asked, found, _NUMBERS),
        queries=len(asked),
    )


BENCH = Bench(
    name="search",
    what="people looked for by what is typed of a name, a number or both",
    unit="people",
    sizes=(1_000, 15_000, 150_000),
    small=(400,),
    contest=contest,
    higher_is_better=frozenset({"found_at_10", "found_across_scripts", "found_by_number"}),
    columns={
        "p95_seconds": "p95",
        "longest_seconds": "longest",
        "building_seconds": "building",
        "put_seconds": "a case put",
        "held_mb": "MB held",
        "found_at_10": "found",
        "found_across_scripts": "native",
        "found_by_number": "number",
    },
    notes=(
        "seconds: of the median query, on one thread. a case put: the longest of fifty put one by one.",
        "found: of names as another plea wrote them, the share with the one meant among the first ten.",
        "Namesakes are many in a long list and no query says more than the name: nobody could find all of them.",
        "The plain ways are given every name and number of a person as one text in Latin letters.",
        "Development figures on a simulated list.",
    ),
)

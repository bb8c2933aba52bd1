"""The bench of names: are two writings one name? Beside Jaro-Winkler on text transliterated into Latin letters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from rapidfuzz.distance import JaroWinkler

from safeconduct.core.names import forget
from safeconduct.core.names.many_told import compare_many
from safeconduct.packs import load
from safeconduct.packs.caseload import load_caseload_model
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of, recall_at_false_share
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.made_names import LabelledPair, labelled_pairs
from safeconduct.rehearsal.bench.measuring import timed
from safeconduct.rehearsal.bench.optional import how_to_get
from safeconduct.rehearsal.bench.records import Bench, Contest, Run
from safeconduct.rehearsal.bench.transliterating import TRANSLITERATIONS, ToLatin

# One false alarm in a thousand pairs: a list of a thousand has half a million pairs.
FALSE_SHARE = 0.001

Scores = list[float]


def contest(size: int, seed: int) -> Contest:
    """`size` pairs of names. Every contestant may remember what it worked out of a name, and begins with nothing."""
    model = load_caseload_model(PACK, load(PACK))
    pairs = list(labelled_pairs(model.names, size, random.Random(seed)))  # noqa: S311 (made up, not a secret)
    scores, ours = timed(lambda: _compared(pairs), before=forget)
    forget()
    baselines: dict[str, Run] = {}
    not_run: dict[str, str] = {}
    for module, transliteration in TRANSLITERATIONS.items():
        name = f"Jaro-Winkler on {module}"
        to_latin = transliteration()
        if to_latin is None:
            not_run[name] = how_to_get(module)
            continue
        theirs, run = timed(_jaro_winkler(pairs, to_latin))
        baselines[name] = _judged(run, theirs, pairs)
    return Contest(
        size=size, ours=_judged(ours, scores, pairs), baselines=baselines, not_run=not_run
    )


def _compared(pairs: Sequence[LabelledPair]) -> Scores:
    a, b = [pair.a for pair in pairs], [pair.b for pair in pairs]
    return [score for found in compare_many(a, b) for score in found.score.tolist()]


def _jaro_winkler(pairs: Sequence[LabelledPair], to_latin: ToLatin) -> Callable[[], Scores]:
    def work() -> Scores:
        known: dict[str, str] = {}

        def latin(text: str) -> str:
            found = known.get(text)
            if found is None:
                found = known[text] = to_latin(text)
            return found

        return [JaroWinkler.similarity(latin(pair.a), latin(pair.b)) for pair in pairs]

    return work


def _judged(run: Run, scores: Scores, pairs: Sequence[LabelledPair]) -> Run:
    truth = [pair.same for pair in pairs]
    ladder = ladder_of(scores, truth)
    return run.with_measures(
        recall_at_1_false_in_1000=recall_at_false_share(ladder, FALSE_SHARE),
        best_f1=best_f1(ladder, sum(truth)).f1,
    )


BENCH = Bench(
    name="names",
    what="two writings compared, across scripts and spellings",
    unit="pairs",
    sizes=(10_000, 100_000, 1_000_000),
    small=(300,),
    contest=contest,
    higher_is_better=frozenset({"recall_at_1_false_in_1000", "best_f1"}),
    notes=(
        "Development figures on made-up pairs: half are one name in two of its gathered spellings.",
        "The other half are other people, two in three of them namesakes or of one family.",
        "A fifth of the writings are in Arabic letters. Neither side says anything of people, only of names.",
        "Ours also says why (the alignment of the parts); Jaro-Winkler gives a number alone.",
        "The best F1 is at each one's best score, chosen with the truth in hand.",
    ),
)

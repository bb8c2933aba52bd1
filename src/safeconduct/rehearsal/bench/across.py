"""The bench of linkage across organisations (EXPERIMENTAL): what it finds, what hardening costs, what attacks get.

One caseload is told to two groups of offices. Beside the codes as the product writes them stand unhardened filters of
the same grams, and linkage on the plain lists, which is what both parties would have if they showed each other all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from safeconduct.core.linkage import find_pairs
from safeconduct.core.linkage.across import (
    BANDS,
    DEFAULT,
    Encoded,
    Protection,
    encode,
    new_round_key,
)
from safeconduct.core.linkage.across.comparing import band_of, best_pairs
from safeconduct.core.linkage.across.encoding import bits_of
from safeconduct.core.linkage.records import SAME
from safeconduct.packs import load
from safeconduct.rehearsal.bench.accuracy import best_f1, ladder_of, recall_at_precision
from safeconduct.rehearsal.bench.across_attacks import matched_by_graph, names_in_patterns
from safeconduct.rehearsal.bench.across_lists import (
    Bits,
    TwoLists,
    bloom_filters,
    dice,
    grams_by_person,
    two_lists,
)
from safeconduct.rehearsal.bench.caseloads import PACK
from safeconduct.rehearsal.bench.measuring import cpu_seconds_so_far
from safeconduct.rehearsal.bench.told_people import told_people

Measures = dict[str, float]
Ids = Sequence[str | None]
Pairs = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float64]]

# Nothing here is secret: everybody is made up, and a run must be repeatable.
_KEY = new_round_key("bench", bytes(range(1, 33)))
_OTHER_KEY = new_round_key("bench", bytes(range(2, 34)))
_A, _B, _C = (bytes([number] * 32) for number in (1, 2, 3))
# People of one list whom the graph attack looks for: its tables are square.
_ATTACKED = 600
_PRECISION = 0.95


def across_measured(size: int, seed: int) -> Measures:
    """`size` records told of, by the seed, to two parties. Shares from 0 to 1 but for counts and CPU seconds.

    Recall is of the people of whom enough is told on both lists; `encodable` says how many of all on both these are.
    """
    lists = two_lists(told_people(load(PACK), size, seed))
    began = cpu_seconds_so_far()
    a, b = encode(lists.a, _KEY, _A), encode(lists.b, _KEY, _B)
    encoded = cpu_seconds_so_far()
    pairs = best_pairs(a.codes, b.codes, folds=DEFAULT.folds, noise=DEFAULT.noise)
    compared = cpu_seconds_so_far()
    there = lists.on_both(a.person_ids, b.person_ids)
    whole = lists.on_both(*([record.person_id for record in each] for each in (lists.a, lists.b)))
    return {
        "people_on_both": whole,
        "encodable": there / max(whole, 1),
        "encode_cpu_seconds": encoded - began,
        "compare_cpu_seconds": compared - encoded,
        **_plain(lists, a, b, there),
        **_unhardened(lists, there),
        **_hardened(lists, a, b, pairs, there),
        **_attacked(lists),
    }


# --- what is found --------------------------------------------------------------


def _plain(lists: TwoLists, a: Encoded, b: Encoded, there: int) -> Measures:
    """Linkage on the plain lists, over the same people: proposals of either kind."""
    records = []
    for ids, party in ((a.person_ids, lists.a), (b.person_ids, lists.b)):
        kept = set(ids)
        records += [record for record in party if record.person_id in kept]
    of_a = set(a.person_ids)
    found = [
        (pair.decision == SAME, lists.truth[pair.person_a] == lists.truth[pair.person_b])
        for pair in find_pairs(records).pairs
        if (pair.person_a in of_a) != (pair.person_b in of_a)
    ]
    same = [true for is_same, true in found if is_same]
    return {
        "plain_recall": sum(true for _, true in found) / max(there, 1),
        "plain_precision": sum(true for _, true in found) / max(len(found), 1),
        "plain_same_recall": sum(same) / max(there, 1),
    }


def _unhardened(lists: TwoLists, there: int) -> Measures:
    ours, theirs = grams_by_person(lists.a), grams_by_person(lists.b)
    filters = (bloom_filters(list(each.values()), DEFAULT.length) for each in (ours, theirs))
    table = dice(*filters)
    best, back = table.argmax(axis=1), table.argmax(axis=0)
    mutual = np.flatnonzero(back[best] == np.arange(len(best)))
    score = table[mutual, best[mutual]]
    table[mutual, best[mutual]] = 0
    next_best = np.maximum(table[mutual].max(axis=1), table[:, best[mutual]].max(axis=0))
    truth = _true(lists, list(ours), list(theirs), mutual.tolist(), best[mutual].tolist())
    return _judged("unhardened", (2 * score - next_best).astype(np.float64), truth, there)


def _hardened(lists: TwoLists, a: Encoded, b: Encoded, pairs: Pairs, there: int) -> Measures:
    at_a, at_b, scores = pairs
    truth = _true(lists, a.person_ids, b.person_ids, at_a.tolist(), at_b.tolist())
    people = max(len(a.numbers), len(b.numbers))
    bands = np.asarray([band_of(float(score), people) or "" for score in scores])
    told = _judged("hardened", scores, truth, there)
    for band, _ in BANDS:
        of_band = np.asarray(truth)[bands == band]
        told[f"{band}_precision"] = float(of_band.mean()) if len(of_band) else 0.0
        told[f"{band}_recall"] = float(of_band.sum() / max(there, 1))
    return told


def _true(
    lists: TwoLists, of_a: Ids, of_b: Ids, at_a: Sequence[int], at_b: Sequence[int]
) -> list[bool]:
    """Whether each pair is one person; a decoy is nobody."""
    pairs = ((of_a[one], of_b[two]) for one, two in zip(at_a, at_b, strict=True))
    return [bool(one and two and lists.truth[one] == lists.truth[two]) for one, two in pairs]


def _judged(
    name: str,
    scores: npt.NDArray[np.float64],
    truth: Sequence[bool],
    there: int,
) -> Measures:
    ladder = ladder_of(scores, truth)
    return {
        f"{name}_best_f1": best_f1(ladder, there).f1,
        f"{name}_recall_at_95_precision": recall_at_precision(ladder, _PRECISION, there),
    }


# --- what attackers get -----------------------------------------------------------


def _attacked(lists: TwoLists) -> Measures:
    """Of the people of the first list: how clearly patterns show names, and how many are known again.

    By graph: an attacker without the key who holds the same list in plain text, or one of which half is the same.
    By dictionary: one who has the key and the plain list.
    """
    grams = grams_by_person(lists.a)
    filters = bloom_filters(list(grams.values()), DEFAULT.length)
    ours = encode(lists.a, _KEY, _C)
    seen = np.unpackbits(ours.codes, axis=1)
    chance = np.random.default_rng(1).integers(0, 2, seen.shape).astype(np.uint8)
    truth = [grams[person] if person else {} for person in ours.person_ids]
    return {
        "patterns_unhardened": names_in_patterns(filters, list(grams.values())),
        "patterns_hardened": names_in_patterns(seen, truth),
        "patterns_in_chance": names_in_patterns(chance, truth),
        "graph_unhardened_same_list": known_by_graph(lists, hardened=False, overlap=1.0),
        "graph_unhardened_half": known_by_graph(lists, hardened=False, overlap=0.5),
        "graph_hardened_same_list": known_by_graph(lists, hardened=True, overlap=1.0),
        "graph_hardened_half": known_by_graph(lists, hardened=True, overlap=0.5),
        "graph_hardened_tenth_known": known_by_graph(lists, overlap=1.0, known=0.1),
        "dictionary_with_key": _known_by_dictionary(lists),
    }


def known_by_graph(
    lists: TwoLists, *, overlap: float, hardened: bool = True, known: float = 0.0
) -> float:
    """Of those on both the encoded and the attacker's plain list, the share that graph matching knows again.

    `known`: the share whom the attacker knows beforehand; they do not count.
    """
    grams = grams_by_person(lists.a)
    ids = list(grams)
    count = min(_ATTACKED, len(ids) * 2 // 3)
    start = round(count * (1 - overlap))
    theirs, encoded = ids[:count], ids[start : start + count]
    plain = [grams[person] for person in theirs]
    if not hardened:
        filters = bloom_filters([grams[person] for person in encoded], DEFAULT.length)
        own = bloom_filters(plain, DEFAULT.length, b"another key")
        return _known(encoded, theirs, matched_by_graph(dice(filters, filters), dice(own, own)))
    chosen = set(encoded)
    made = encode([record for record in lists.a if record.person_id in chosen], _KEY, _C)
    # Long codes of one fold and without noise tell the attacker almost exactly how much his people resemble.
    fine = replace(DEFAULT, length=8192, folds=1, noise=0.0)
    resemblance = _agreement(bits_of(plain, _OTHER_KEY, fine, lambda _what, _share: None))
    seen = _agreement(np.unpackbits(made.codes, axis=1))
    beforehand = _beforehand(made.person_ids, theirs, known)
    tries = (
        matched_by_graph(seen, resemblance.clip(0) ** DEFAULT.folds, beforehand),
        matched_by_graph(seen.clip(0) ** (1 / DEFAULT.folds), resemblance, beforehand),
    )
    told = {made.person_ids[at] for at, _ in beforehand}
    hidden = [None if person in told else person for person in made.person_ids]
    return max(_known(hidden, theirs, places) for places in tries)


def _beforehand(encoded: Ids, plain: Sequence[str], share: float) -> list[tuple[int, int]]:
    place = {person: at for at, person in enumerate(plain)}
    both = [(at, place[person]) for at, person in enumerate(encoded) if person in place]
    return both[: round(len(both) * share)]


def _known_by_dictionary(lists: TwoLists) -> float:
    ours = encode(lists.a, _KEY, _C)
    without = Protection(noise=DEFAULT.noise, decoys=0.0)
    theirs = encode(lists.a, _KEY, _B, without)
    table = _agreement(np.unpackbits(ours.codes, axis=1), np.unpackbits(theirs.codes, axis=1))
    ids = [person for person in theirs.person_ids if person is not None]
    return _known(ours.person_ids, ids, table.argmax(axis=1))


def _agreement(one: Bits, two: Bits | None = None) -> npt.NDArray[np.float32]:
    """How far bits agree beyond chance, -1 to 1, of every row with every other."""
    signs = one.astype(np.float32) * 2 - 1
    others = signs if two is None else two.astype(np.float32) * 2 - 1
    return np.asarray(signs @ others.T / one.shape[1], np.float32)


def _known(encoded: Ids, plain: Sequence[str], places: npt.NDArray[np.int64]) -> float:
    there = set(plain)
    right = sum(person == plain[place] for person, place in zip(encoded, places, strict=True))
    return float(right / max(1, sum(person in there for person in encoded)))

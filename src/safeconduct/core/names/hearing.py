"""How near two sounds are: the costs of hearing or writing one for another, and the cheapest way through a word.

The costs are an assumption, set by hand: from how Dari, Pashto and Arabic letters are commonly put into Latin
letters, and from which slips keep a name and which make it another name (Jamil and Jamal share their
consonants, and so do Hamid and Ahmad: a vowel that contradicts must weigh). 0 is the same, 1 unrelated.
"""

from __future__ import annotations

from safeconduct.core.names.memory import remembered
from safeconduct.core.names.sounds import (
    LATIN_VOWELS,
    OF_FAITH,
    OF_GOD,
    SERVANT,
    VOWELS,
    WRITTEN_VOWELS,
)

_NEAR_PAIRS = {
    # Letters with several hearings.
    "Ts": 0.0, "TT": 0.0, "Tt": 0.2, "ðz": 0.0, "ðd": 0.15, "Dz": 0.0, "Dd": 0.05, "Dð": 0.05, "XS": 0.0,
    "Xx": 0.0, "Xk": 0.25, "XG": 0.4, "JZ": 0.0, "Jg": 0.05, "JG": 0.15, "Jj": 0.2, "Źz": 0.0, "Źj": 0.1,
    "Źd": 0.3, "Śs": 0.0, "ŚC": 0.2, "Śt": 0.3, "ŹZ": 0.2, "ŹŚ": 0.3, "TS": 0.5, "ðZ": 0.3, "Dj": 0.7,
    # Consonants that writers exchange.
    "qk": 0.08, "qG": 0.12, "qx": 0.4, "Gg": 0.12, "kg": 0.35, "xk": 0.25, "xh": 0.25, "Gk": 0.4,
    "xG": 0.4, "qg": 0.3, "Zj": 0.12, "Zz": 0.3, "jz": 0.45, "CS": 0.3, "Cj": 0.45, "sS": 0.4, "sz": 0.35,
    "td": 0.35, "pb": 0.35, "pf": 0.4, "fw": 0.3, "bw": 0.35, "mn": 0.6, "lr": 0.8, "jg": 0.3, "zd": 0.4,
    "jy": 0.35, "Zy": 0.6, "sC": 0.7, "Sj": 0.7,
    # Vowels, and what Arabic script writes for them.
    "ae": 0.1, "ai": 0.5, "ao": 0.15, "au": 0.35, "aE": 0.3, "aO": 0.2, "aI": 0.6, "aU": 0.5, "ei": 0.08,
    "eo": 0.4, "eu": 0.4, "eE": 0.12, "eO": 0.5, "eI": 0.12, "eU": 0.6, "io": 0.5, "iu": 0.45, "iE": 0.15,
    "iO": 0.6, "iI": 0.0, "iU": 0.6, "ou": 0.05, "oE": 0.6, "oO": 0.08, "oI": 0.6, "oU": 0.08, "uE": 0.6,
    "uO": 0.12, "uI": 0.6, "uU": 0.0, "EI": 0.2, "EO": 0.6, "EU": 0.7, "OI": 0.7, "OU": 0.15, "IU": 0.7,
    "Aa": 0.0, "Ao": 0.06, "Ae": 0.15, "Ai": 0.5, "Au": 0.3, "AE": 0.35, "AO": 0.3, "AI": 0.6, "AU": 0.45,
    "Ww": 0.0, "Wo": 0.02, "Wu": 0.02, "WO": 0.0, "WU": 0.0, "Wa": 0.45, "We": 0.6, "Wi": 0.6, "WE": 0.7,
    "WI": 0.7, "WA": 0.5, "Yy": 0.0, "Yi": 0.0, "YI": 0.0, "YE": 0.02, "Ye": 0.08, "Ya": 0.5, "Yo": 0.7,
    "Yu": 0.6, "YO": 0.7, "YU": 0.7, "YA": 0.5, "YW": 0.6, "Ha": 0.0, "He": 0.0, "HE": 0.25, "Hi": 0.35,
    "Ho": 0.4, "HA": 0.05, "Hh": 0.0, "HY": 0.35, "HI": 0.4, "HW": 0.5, "Hu": 0.5, "'a": 0.0, "'e": 0.02,
    "'i": 0.02, "'o": 0.02, "'u": 0.02, "'I": 0.25, "'U": 0.25, "'E": 0.1, "'O": 0.1, "'A": 0.1, "'Y": 0.25,
    "'W": 0.35, "'H": 0.2, "'h": 0.6, "yi": 0.08, "yI": 0.08, "ye": 0.3, "yE": 0.2, "wu": 0.25, "wo": 0.3,
    "wU": 0.2, "wO": 0.2,
}  # fmt: skip
_COST = {(pair[0], pair[1]): cost for pair, cost in _NEAR_PAIRS.items()}
_COST |= {(y, x): cost for (x, y), cost in _COST.items()}
UNRELATED = 1.0
# A vowel can never stand for a consonant.
_VOWEL_FOR_CONSONANT = 1.2
_SHORT_UNWRITTEN = {
    "a": 0.03,
    "e": 0.04,
    "i": 0.1,
    "o": 0.08,
    "u": 0.08,
    "E": 0.4,
    "O": 0.35,
    "I": 0.4,
    "U": 0.35,
}
_SHORT_DROPPED = {
    "a": 0.3,
    "e": 0.25,
    "i": 0.3,
    "o": 0.35,
    "u": 0.35,
    "E": 0.45,
    "O": 0.45,
    "I": 0.45,
    "U": 0.45,
}
# Rahman for Abdul Rahman is everyday; Najib for Najibullah is more often another name.
_COMPOUND_GAPS = {SERVANT: 0.35, OF_GOD: 0.9, OF_FAITH: 0.9}
# A long vowel at the start before another vowel letter (ایران, اوسامه) only carries it.
_INITIAL_OFFSET = 0.05


def _swap_cost(x: str, y: str) -> float:
    if x == y:
        return 0.0
    found = _COST.get((x, y))
    if found is not None:
        return found
    return _VOWEL_FOR_CONSONANT if (x in VOWELS) ^ (y in VOWELS) else UNRELATED


def _gap_cost(sounds: str, at: int, against_written: bool) -> float:
    """The cost of a sound that the other word does not have. `against_written`: the other is in Arabic script."""
    x = sounds[at]
    first, last = at == 0, at == len(sounds) - 1
    if x in LATIN_VOWELS:
        if last:
            return 0.6
        return _SHORT_UNWRITTEN[x] if against_written and not first else _SHORT_DROPPED[x]
    if x in WRITTEN_VOWELS:
        return _written_gap(sounds, at, against_written)
    if x == "h":
        return 0.12 if last else 0.35
    if x == "y":
        return 0.6 if first or last else 0.15
    return _COMPOUND_GAPS.get(x, UNRELATED)


def _written_gap(sounds: str, at: int, against_written: bool) -> float:
    x, last = sounds[at], at == len(sounds) - 1
    if x == "'":
        return 0.02
    if at == 0 and not last and sounds[1] in WRITTEN_VOWELS:
        return _INITIAL_OFFSET
    if x == "A" and against_written and not last:
        return 0.25
    return 0.6 if last else 0.45


@remembered(262_144)
def _gaps(sounds: str, against_written: bool) -> tuple[float, ...]:
    return tuple(_gap_cost(sounds, at, against_written) for at in range(len(sounds)))


_SWAPS: dict[str, dict[str, float]] = {}


def _swaps_of(x: str) -> dict[str, float]:
    row = _SWAPS.get(x)
    if row is None:
        row = _SWAPS[x] = {}
    return row


def distance(a: str, b: str, *, a_written: bool, b_written: bool) -> float:
    """The cheapest way from one word's sounds to the other's: a weighted edit distance with transposition.

    `a_written`: a came from Arabic script, which leaves short vowels out. Symmetric.
    """
    gaps_a, gaps_b = _gaps(a, b_written), _gaps(b, a_written)
    before: list[float] = []
    row = [0.0]
    for gap in gaps_b:
        row.append(row[-1] + gap)
    for i, x in enumerate(a):
        swaps = _swaps_of(x)
        gap_a = gaps_a[i]
        new = [row[0] + gap_a]
        last = new[0]
        for j, y in enumerate(b):
            swap = swaps.get(y)
            if swap is None:
                swap = swaps[y] = _swap_cost(x, y)
            # Comparisons written out: this is the innermost loop of linkage, and min() costs a call.
            best = row[j] + swap
            other = row[j + 1] + gap_a
            if other < best:  # noqa: PLR1730
                best = other
            other = last + gaps_b[j]
            if other < best:  # noqa: PLR1730
                best = other
            if i and j and x == b[j - 1] and a[i - 1] == y and x != y:
                best = min(best, before[j - 1] + 0.6)
            new.append(best)
            last = best
        before, row = row, new
    return row[-1]

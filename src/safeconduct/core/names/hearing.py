"""How near two sounds are: the costs of hearing or writing one for another, and the cheapest way through a word.

The costs are an assumption, set by hand: from how Dari, Pashto and Arabic letters are commonly put into Latin
letters, and from which slips keep a name and which make it another name (Jamil and Jamal share their
consonants, and so do Hamid and Ahmad: a vowel that contradicts must weigh). 0 is the same, 1 unrelated.
"""

from __future__ import annotations

from safeconduct.core.names.memory import remembered
from safeconduct.core.names.sounds import (
    ARTICLE,
    LATIN_VOWELS,
    OF_FAITH,
    OF_GOD,
    SERVANT,
    VOWELS,
    WRITTEN_VOWELS,
)

_NEAR_PAIRS = {
    # Letters of Arabic script with several hearings: Arabic has no p, v, g or ch of its own.
    "ḅb": 0.0, "ḅp": 0.03, "ḅv": 0.12, "ḅw": 0.3, "ḅf": 0.5, "ḅm": 0.7, "ḟf": 0.0, "ḟv": 0.02, "ḟw": 0.12, "ḟp": 0.2,
    "ḟŵ": 0.02, "ḟḅ": 0.35, "ḟW": 0.12, "ḟu": 0.4, "ḟU": 0.4, "ģj": 0.0, "ģĵ": 0.0, "ģg": 0.06, "ģǵ": 0.02,
    "ģG": 0.15, "ģZ": 0.05, "ģz": 0.3, "ģC": 0.3, "ģc": 0.3, "ģk": 0.3, "ģq": 0.3, "ģy": 0.3, "ģS": 0.5, "ģš": 0.5,
    "ģğ": 0.1, "ģx": 0.5, "ģd": 0.5, "ģJ": 0.2,
    "Ts": 0.03, "Tš": 0.1, "TT": 0.0, "Tt": 0.08, "Tz": 0.25, "Tð": 0.15, "TD": 0.3, "Td": 0.3, "Tç": 0.03, "Tf": 0.4,
    "ðz": 0.02, "ðd": 0.1, "ðt": 0.3, "ðs": 0.4, "Dz": 0.02, "Dd": 0.03, "Dð": 0.05, "Dt": 0.3, "Ds": 0.5,
    "Xx": 0.0, "XS": 0.0, "Xk": 0.2, "XG": 0.4, "Xc": 0.1, "Xz": 0.2, "Xh": 0.12, "Xs": 0.3, "Xš": 0.2,
    "JZ": 0.0, "Jg": 0.05, "JG": 0.15, "Jj": 0.2, "Jĵ": 0.1, "Jz": 0.15, "Jǵ": 0.05,
    "Źz": 0.0, "Źj": 0.1, "Źĵ": 0.1, "Źd": 0.3, "ŹZ": 0.2, "ŹŚ": 0.3,
    "Śs": 0.05, "Śz": 0.08, "ŚC": 0.15, "Śc": 0.2, "Śç": 0.05, "Śċ": 0.1, "Śt": 0.3, "ŚS": 0.3, "Śš": 0.15, "Śð": 0.2,
    # Letters of the Latin script that languages read in several ways.
    "cC": 0.0, "cS": 0.04, "cx": 0.08, "ck": 0.1, "ch": 0.25, "cš": 0.1, "cZ": 0.3, "cj": 0.3, "cĵ": 0.3, "cs": 0.4,
    "cç": 0.15, "cċ": 0.1, "cq": 0.25, "çs": 0.0, "çS": 0.25, "çC": 0.06, "çk": 0.12, "çz": 0.2, "çš": 0.1, "çċ": 0.1,
    "çj": 0.15, "çĵ": 0.15, "çģ": 0.15, "ċk": 0.0, "ċC": 0.05, "ċš": 0.25, "ċs": 0.25, "ċS": 0.3, "ċq": 0.05, "ċg": 0.2,
    "ĵj": 0.0, "ĵZ": 0.02, "ĵy": 0.05, "ĵY": 0.05, "ĵi": 0.08, "ĵI": 0.1, "ĵx": 0.12, "ĵh": 0.2, "ĵg": 0.3, "ĵǵ": 0.08,
    "ĵC": 0.35, "ĵS": 0.35, "ĵš": 0.35, "ĵG": 0.3, "ĵz": 0.3, "ĵð": 0.3,
    "ǵg": 0.0, "ǵj": 0.05, "ǵG": 0.08, "ǵZ": 0.06, "ǵx": 0.25, "ǵk": 0.2, "ǵq": 0.25, "ǵy": 0.3, "ǵC": 0.4, "ǵh": 0.4,
    "ǵS": 0.5, "ǵz": 0.45,
    "šS": 0.0, "šs": 0.04, "šz": 0.3, "šZ": 0.2, "šC": 0.2, "ĺl": 0.0, "ĺy": 0.1, "ĺY": 0.12, "ĺi": 0.2, "ĺj": 0.3,
    "ļl": 0.0, "ļĺ": 0.05, "ŵw": 0.0, "ŵv": 0.0, "ŵf": 0.08, "ŵu": 0.1, "ŵU": 0.1, "ŵo": 0.15, "ŵO": 0.1, "ŵW": 0.0,
    "ğG": 0.0, "ğg": 0.05, "ğǵ": 0.05, "ğk": 0.3, "ğq": 0.2, "ğh": 0.3, "ğy": 0.2, "ğY": 0.3, "ğW": 0.3,
    "vw": 0.02, "vf": 0.15, "vb": 0.3, "vW": 0.02, "vu": 0.3, "vU": 0.3, "vO": 0.4, "vo": 0.45,
    # Consonants that writers exchange.
    "qk": 0.06, "qG": 0.12, "qx": 0.4, "Gg": 0.04, "kg": 0.25, "xk": 0.15, "xh": 0.2, "Gk": 0.35,
    "xG": 0.35, "qg": 0.15, "Zj": 0.1, "Zz": 0.2, "jz": 0.4, "CS": 0.25, "Cj": 0.4, "CZ": 0.25, "sS": 0.3, "sz": 0.24,
    "SZ": 0.35, "td": 0.3, "pb": 0.3, "pf": 0.35, "fw": 0.25, "bw": 0.35, "mn": 0.4, "lr": 0.7, "jg": 0.2, "zd": 0.4,
    "jy": 0.3, "Zy": 0.4, "sC": 0.6, "Sj": 0.6, "jG": 0.35, "Gh": 0.4, "Zx": 0.5,
    # Vowels, and what Arabic script writes for them.
    "ae": 0.1, "ai": 0.5, "ao": 0.15, "au": 0.35, "aE": 0.3, "aO": 0.2, "aI": 0.6, "aU": 0.5, "ei": 0.08,
    "eo": 0.4, "eu": 0.4, "eE": 0.12, "eO": 0.5, "eI": 0.12, "eU": 0.6, "io": 0.5, "iu": 0.45, "iE": 0.15,
    "iO": 0.6, "iI": 0.0, "iU": 0.6, "ou": 0.05, "oE": 0.6, "oO": 0.08, "oI": 0.6, "oU": 0.08, "uE": 0.6,
    "uO": 0.12, "uI": 0.6, "uU": 0.0, "EI": 0.2, "EO": 0.6, "EU": 0.7, "OI": 0.7, "OU": 0.15, "IU": 0.7,
    "öo": 0.0, "öe": 0.1, "öu": 0.1, "öU": 0.15, "öO": 0.2, "öi": 0.3, "öE": 0.4, "öü": 0.2, "öa": 0.4, "öW": 0.02,
    "öY": 0.15, "öA": 0.4, "üu": 0.0, "üi": 0.1, "üU": 0.0, "üI": 0.15, "üo": 0.1, "üe": 0.2, "üW": 0.0, "üY": 0.08,
    "üE": 0.4, "üO": 0.2,
    "Aa": 0.0, "Ao": 0.06, "Ae": 0.12, "Ai": 0.4, "Au": 0.18, "AE": 0.25, "AO": 0.2, "AI": 0.5, "AU": 0.4,
    "Ww": 0.0, "Wo": 0.02, "Wu": 0.02, "WO": 0.0, "WU": 0.0, "Wa": 0.4, "We": 0.5, "Wi": 0.5, "WE": 0.6,
    "WI": 0.6, "WA": 0.45, "Yy": 0.0, "Yi": 0.0, "YI": 0.0, "YE": 0.02, "Ye": 0.06, "Ya": 0.4, "Yo": 0.6,
    "Yu": 0.45, "YO": 0.7, "YU": 0.5, "YA": 0.45, "YW": 0.5, "Ha": 0.0, "He": 0.0, "HE": 0.25, "Hi": 0.25,
    "Ho": 0.4, "HA": 0.03, "Hh": 0.0, "HY": 0.2, "HI": 0.3, "HW": 0.5, "Hu": 0.5, "Hr": 0.25, "'a": 0.0, "'e": 0.02,
    "'i": 0.02, "'o": 0.02, "'u": 0.02, "'I": 0.25, "'U": 0.25, "'E": 0.1, "'O": 0.1, "'A": 0.1, "'Y": 0.2,
    "'W": 0.35, "'H": 0.2, "'h": 0.4, "yi": 0.08, "yI": 0.08, "ye": 0.3, "yE": 0.2, "wu": 0.15, "wo": 0.2,
    "wU": 0.1, "wO": 0.2, "wW": 0.0,
    "ÂA": 0.0, "Âa": 0.0, "Âe": 0.02, "Âi": 0.04, "Âo": 0.03, "Âu": 0.04, "Âö": 0.05, "Âü": 0.05, "ÂE": 0.08,
    "ÂI": 0.12, "ÂO": 0.06, "ÂU": 0.12, "Â'": 0.05, "ÂY": 0.3, "ÂW": 0.3, "ÂH": 0.3, "Âh": 0.4,
    "ỸY": 0.0, "ỸA": 0.02, "Ỹa": 0.03, "Ỹi": 0.02, "Ỹe": 0.05, "ỸI": 0.02, "ỸE": 0.05, "ỸH": 0.1, "Ỹy": 0.05,
    # The article: "البرت" may be Albert, "Elbaradei" may be written without it.
    "Ļl": 0.05, "Ļļ": 0.0, "Ļa": 0.15, "Ļe": 0.15, "ĻÂ": 0.2, "Ļi": 0.3,
}  # fmt: skip
_COST = {(pair[0], pair[1]): cost for pair, cost in _NEAR_PAIRS.items()}
_COST |= {(y, x): cost for (x, y), cost in _COST.items()}
UNRELATED = 1.0
# A vowel can never stand for a consonant.
_VOWEL_FOR_CONSONANT = 1.2
_SHORT_UNWRITTEN = {
    "a": 0.03, "e": 0.04, "i": 0.1, "o": 0.08, "u": 0.08, "ö": 0.08, "ü": 0.1, "E": 0.3, "O": 0.3, "I": 0.3,
    "U": 0.3,
}  # fmt: skip
_SHORT_DROPPED = {
    "a": 0.3, "e": 0.25, "i": 0.3, "o": 0.35, "u": 0.35, "ö": 0.3, "ü": 0.35, "E": 0.45, "O": 0.45, "I": 0.45,
    "U": 0.45,
}  # fmt: skip
# A vowel that only one of the names ends in; a last e is silent in French and English.
_LAST_VOWEL = {"e": 0.15}
# Consonants at the end of French names that are not heard, and so not written in Arabic script.
_SILENT_AT_THE_END = {
    "t": 0.4,
    "d": 0.45,
    "s": 0.35,
    "z": 0.5,
    "p": 0.6,
    "r": 0.7,
    "x": 0.6,
    "g": 0.5,
    "n": 0.8,
}
# Rahman for Abdul Rahman is everyday; Najib for Najibullah is more often another name.
_COMPOUND_GAPS = {SERVANT: 0.35, OF_GOD: 0.9, OF_FAITH: 0.9, ARTICLE: 0.02}
# A long vowel at the start before another vowel letter (ایران, اوسامه) only carries it.
_INITIAL_OFFSET = 0.05
# Two neighbouring letters in each other's place.
EXCHANGED = 0.6


def swap_cost(x: str, y: str) -> float:
    """The cost of hearing one letter for another."""
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
            return _LAST_VOWEL.get(x, 0.6)
        return _SHORT_UNWRITTEN[x] if against_written and not first else _SHORT_DROPPED[x]
    if x in WRITTEN_VOWELS:
        return _written_gap(sounds, at, against_written)
    if last and against_written and len(sounds) > 3:
        return _SILENT_AT_THE_END.get(x, _silent(sounds, at))
    return _silent(sounds, at)


def _silent(sounds: str, at: int) -> float:
    """The cost of a consonant that the other word does not have."""
    x, following = sounds[at], sounds[at + 1 : at + 2]
    if at and sounds[at - 1] == x:
        return 0.3
    if x == "y":
        return 0.5 if not following else 0.3 if at == 0 else 0.15
    if x == "k" and at == 0 and following == "n":
        return 0.4
    found = _BEFORE.get((x, following))
    return found if found is not None else _EASILY_LOST.get(x, UNRELATED)


# Consonants that are lost before another ("" is the end): French and Italian gn, a last h, German sch before ch.
_BEFORE = {
    ("h", ""): 0.12,
    ("G", "t"): 0.15,
    ("G", ""): 0.3,
    ("w", "r"): 0.2,
    ("g", "n"): 0.45,
    ("ǵ", "n"): 0.45,
    ("S", "C"): 0.25,
}
# What is often not heard: gh and ğ, the w that ends a vowel, the l of an article that has grown on.
_EASILY_LOST = {"h": 0.3, "G": 0.7, "ğ": 0.12, "ŵ": 0.2, "ļ": 0.3, "w": 0.6} | _COMPOUND_GAPS


def _written_gap(sounds: str, at: int, against_written: bool) -> float:
    x, last = sounds[at], at == len(sounds) - 1
    following = sounds[at + 1 : at + 2]
    if x == "'":
        return 0.02
    if at == 0 and not last and (following in WRITTEN_VOWELS or following == "s"):
        return _INITIAL_OFFSET
    if x == "A" and not last and following in "WY'":
        return 0.1
    if x == "A" and against_written and not last:
        return 0.25
    if last:
        return 0.3 if x == "H" else 0.5
    return 0.35


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
                swap = swaps[y] = swap_cost(x, y)
            # Comparisons written out: this is the innermost loop of linkage, and min() costs a call.
            best = row[j] + swap
            other = row[j + 1] + gap_a
            if other < best:  # noqa: PLR1730
                best = other
            other = last + gaps_b[j]
            if other < best:  # noqa: PLR1730
                best = other
            if i and j and x == b[j - 1] and a[i - 1] == y and x != y:
                best = min(best, before[j - 1] + EXCHANGED)
            new.append(best)
            last = best
        before, row = row, new
    return row[-1]

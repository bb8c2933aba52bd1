"""Other ways to say how alike two writings of a name are, each from 0 to 1: the baselines of the benches of names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from safeconduct.rehearsal.bench.optional import how_to_get, library
from safeconduct.rehearsal.bench.transliterating import TRANSLITERATIONS, ToLatin, either


@dataclass(frozen=True, slots=True)
class Rival:
    """`prepared` is worked out once for each writing, `score` for each pair of what it gave.

    `own_line`: the score from which the method itself would call two names one, where it says so.
    """

    prepared: Callable[[str], Any]
    score: Callable[[Any, Any], float]
    own_line: float | None = None
    is_slow: bool = False

    def warmed(self) -> Rival:
        """Itself, with its tables read: that is not counted against it."""
        self.score(self.prepared("Zahra Noori"), self.prepared("Zohra Nuri"))
        return self

    def scores(self, texts: Sequence[str], a: Sequence[int], b: Sequence[int]) -> list[float]:
        """The score of each pair of positions (a, b) in `texts`."""
        ready = [self.prepared(text) for text in texts]
        return [self.score(ready[one], ready[two]) for one, two in zip(a, b, strict=True)]


def rivals() -> tuple[dict[str, Rival], dict[str, str]]:
    """Those that can run here by name, and of the others why not."""
    found: dict[str, Rival] = {}
    missing: dict[str, str] = {}
    for name, made, modules in _all():
        absent = [module for module in modules if library(module) is None]
        if absent:
            missing[name] = " ".join(how_to_get(module) for module in absent)
        else:
            found[name] = made().warmed()
    return found, missing


def _latin(module: str) -> ToLatin:
    to_latin = TRANSLITERATIONS[module]()
    assert to_latin is not None
    return to_latin


def _jaro_winkler(module: str) -> Rival:
    return Rival(_latin(module), JaroWinkler.similarity)


def _token_sort(to_latin: ToLatin) -> Rival:
    """rapidfuzz's token_sort_ratio: the words in the order of the alphabet, then the share of letters kept."""
    return Rival(
        lambda text: " ".join(sorted(to_latin(text).split())),
        lambda one, two: fuzz.ratio(one, two) / 100,
    )


def _metaphone(to_latin: ToLatin) -> Rival:
    """Double metaphone (Philips 2000) of each word; the share of words that have a code in common (Dice)."""
    coded = _module("metaphone").doublemetaphone

    def prepared(text: str) -> list[frozenset[str]]:
        codes = (frozenset(filter(None, coded(word))) for word in to_latin(text).split())
        return [each for each in codes if each]

    return Rival(prepared, _words_in_common)


def _words_in_common(one: list[frozenset[str]], two: list[frozenset[str]]) -> float:
    left = list(two)
    met = 0
    for codes in one:
        other = next((at for at, each in enumerate(left) if codes & each), None)
        if other is not None:
            met += 1
            del left[other]
    return 2 * met / (len(one) + len(two)) if one and two else 0.0


def _logic_v2() -> Rival:
    """OpenSanctions' own matcher, told of two people of whom nothing but the name is known."""
    logic = _module("nomenklatura.matching").LogicV2
    entity = _module("followthemoney").EntityProxy
    config = logic.default_config()

    def prepared(text: str) -> Any:
        told = {"id": text or "-", "schema": "Person", "properties": {"name": [text]}}
        return entity.from_dict(told)

    def score(one: Any, two: Any) -> float:
        return float(logic.compare(one, two, config).score)

    return Rival(prepared, score, own_line=0.7, is_slow=True)


def _module(name: str) -> Any:
    found = library(name)
    assert found is not None, name
    return found


def _all() -> Iterator[tuple[str, Callable[[], Rival], tuple[str, ...]]]:
    """Name, how it is made, and the modules it needs. Where a Latin writing is needed, ICU's is the better one."""
    yield "Jaro-Winkler on ICU", lambda: _jaro_winkler("icu"), ("icu",)
    yield "Jaro-Winkler on anyascii", lambda: _jaro_winkler("anyascii"), ("anyascii",)
    name, to_latin = either() or ("ICU", str.casefold)
    module = name.casefold()
    yield f"token_sort_ratio on {name}", lambda: _token_sort(to_latin), (module,)
    yield f"double metaphone on {name}", lambda: _metaphone(to_latin), (module, "metaphone")
    yield "nomenklatura logic-v2", _logic_v2, ("nomenklatura",)

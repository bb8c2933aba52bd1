"""Keys by which names that may be the same can be found without comparing every two of them."""

from __future__ import annotations

from itertools import combinations

from safeconduct.core.names.memory import remembered
from safeconduct.core.names.reading import Token, read, skeleton_of


@remembered(262_144)
def keys(name: str) -> tuple[str, ...]:
    """The consonant skeletons of a name's parts, equal across scripts and most spellings; titles and initials left out.

    A name of titles alone gives their skeletons. Sorted, each once; empty where the name holds no letter.
    """
    parts = read(name)
    telling = [part for part in parts if part.weight >= 0.25 and not part.initial]
    found: set[str] = set()
    for part in telling or parts:
        found.update(_skeletons(part))
    return tuple(sorted(found))


# Letters whose other hearing gives another skeleton: ښ also sh, څ also ch, ږ also g, ض also d.
_OTHER_HEARINGS = str.maketrans({"X": "S", "Ś": "C", "J": "g", "D": "d", "Ź": "j"})


def _skeletons(part: Token) -> tuple[str, ...]:
    other = part.sound.translate(_OTHER_HEARINGS)
    return (part.skeleton,) if other == part.sound else (part.skeleton, skeleton_of(other))


@remembered(262_144)
def pairs_of_keys(name: str) -> tuple[tuple[str, str], ...]:
    """Every two keys of a name, in no order of its parts; a name of one key stands with nothing."""
    found = keys(name)
    if len(found) == 1:
        return ((found[0], ""),)
    return tuple(combinations(found[:6], 2))

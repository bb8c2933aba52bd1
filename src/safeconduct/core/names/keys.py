"""Keys by which names that may be the same can be found without comparing every two of them."""

from __future__ import annotations

from safeconduct.core.names.memory import remembered
from safeconduct.core.names.reading import Token, read, skeleton_of

# Parts that weigh less than this are titles: nobody is looked for by them.
TELLING_FROM = 0.25


@remembered(262_144)
def keys(name: str) -> tuple[str, ...]:
    """The consonant skeletons of a name's parts, equal across scripts and most spellings; titles and initials left out.

    A name of titles alone gives their skeletons. Sorted, each once; empty where the name holds no letter.
    """
    parts = read(name)
    telling = [part for part in parts if part.weight >= TELLING_FROM and not part.initial]
    found: set[str] = set()
    for part in telling or parts:
        found.update(skeletons_of(part))
    return tuple(sorted(found))


# Letters whose other hearing gives another skeleton: ښ also sh, څ also ch, ږ also g, ض also d; Latin v and a last w
# also ف, g before e or i also ج, ch also ش.
_OTHER_HEARINGS = str.maketrans(
    {"X": "S", "Ś": "C", "J": "g", "D": "d", "Ź": "j", "v": "f", "ŵ": "f", "ǵ": "j", "c": "S"}
)


def skeletons_of(part: Token) -> tuple[str, ...]:
    """The skeletons a part is found by: its own, and that of its letters' other hearing where there is one."""
    other = part.sound.translate(_OTHER_HEARINGS)
    return (part.skeleton,) if other == part.sound else (part.skeleton, skeleton_of(other))

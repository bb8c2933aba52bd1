"""A written name as tokens: words with what is heard in them, how they are spelled in families, and their weight."""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeconduct.core.names.common import GROUP_WEIGHTS
from safeconduct.core.names.compounds import BINDING, SERVANTS, compounds, heard
from safeconduct.core.names.letters import ARABIC, LATIN, script_of, words_of
from safeconduct.core.names.memory import remembered
from safeconduct.core.names.sounds import ARTICLE, VOWELS
from safeconduct.core.names.titles import (
    ABBREVIATIONS,
    HALF_TITLE_WEIGHT,
    HALF_TITLES,
    PARTICLE_WEIGHT,
    PARTICLES,
    PATRONYMICS,
    TITLE_WEIGHT,
    TITLES,
)

_INITIAL_WEIGHT = 0.3
_SERVANT_ALONE_WEIGHT = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """One part of a name. `families`: the common names it may be (`common`); `weight`, 0 to 1: what sharing it says.

    `skeleton` holds the consonants alone, coarse enough to be equal across scripts. `parent`: it follows a word such
    as "bin" or "son of". Tokens compare by identity.
    """

    word: str
    sound: str
    skeleton: str
    script: str
    families: frozenset[int]
    weight: float
    initial: bool
    parent: bool

    @property
    def written(self) -> bool:
        """In Arabic script, which leaves short vowels out."""
        return self.script == ARABIC


@remembered(262_144)
def read(name: str) -> tuple[Token, ...]:
    """The tokens of a name in the order written; empty where it holds no letter."""
    found = words_of(name)
    if BINDING.isdisjoint(found):
        return tuple([_single(word) for word in found])
    words = [ABBREVIATIONS.get(word, word) for word in found]
    # Split at the words that say whose child someone is: what follows each begins with a parent's name.
    stretches: list[list[str]] = [[]]
    for word in words:
        if word in PATRONYMICS:
            stretches.append([])
        else:
            stretches[-1].append(word)
    if not any(stretches):
        stretches = [words]
    return tuple(
        _token(word, sound, number > 0 and place == 0)
        for number, stretch in enumerate(stretches)
        for place, (word, sound) in enumerate(compounds(stretch))
    )


@remembered(262_144)
def _single(word: str) -> Token:
    """The token of a word that touches no neighbour."""
    return _token(word, heard(word), False)


_FOLDED_SKELETON = str.maketrans(
    {"q": "k", "g": "k", "G": "k", "T": "s", "ð": "z", "D": "z", "Z": "j", "J": "j", "Ź": "z", "Ś": "s", "X": "x", "p": "b", "h": None, "w": None, "y": None}  # noqa: E501
    | {"ḅ": "b", "ḟ": "f", "ģ": "j", "c": "C", "ç": "s", "ċ": "k", "ĵ": "j", "ǵ": "k", "š": "S", "ĺ": "l", "ļ": "l"}
    | dict.fromkeys(["v", "ŵ", "ğ", ARTICLE])
    | dict.fromkeys(VOWELS)
)  # fmt: skip


def skeleton_of(sound: str) -> str:
    """The consonants alone, folded so that both scripts and most spellings give the same.

    w, y and h are left out: Arabic script writes the first two for vowels too, and h is often silent.
    A name of vowels alone ("Aya") keeps its first sound.
    """
    folded = sound.translate(_FOLDED_SKELETON)
    return _RUNS.sub(r"\1", folded) or sound[:1]


_RUNS = re.compile(r"(.)\1+")


def _families() -> tuple[dict[str, frozenset[int]], dict[str, float]]:
    """Family numbers of each spelling's sound (with its script), and each family sound's lowest weight."""
    of_sound: dict[str, frozenset[int]] = {}
    weights: dict[str, float] = {}
    lines = [
        (line.split(), weight) for group, weight in GROUP_WEIGHTS for line in group.splitlines()
    ]
    for number, (spellings, weight) in enumerate(lines):
        # Iranian and Turkish writers end Hamida in an e: not to be taken for Hamid with a silent one.
        ends_in_e = any(spelling.endswith("ه") for spelling in spellings)
        for spelling in spellings:
            read_as = "".join(sound for _, sound in compounds(list(words_of(spelling))))
            sounds = [read_as.lstrip(ARTICLE)]
            if ends_in_e and spelling.endswith("a"):
                sounds.append(sounds[0][:-1] + "e")
            for sound in sounds:
                key = _family_key(sound, script_of(spelling))
                of_sound[key] = of_sound.get(key, frozenset()) | {number}
                weights[sound] = min(weight, weights.get(sound, 1.0))
    # Many writers have a k for every q: Kasim is Qasim, unless another name is spelled so.
    for key in [key for key in of_sound if key.startswith(LATIN) and "q" in key]:
        of_sound.setdefault(key.replace("q", "k"), of_sound[key])
        sound = key.removeprefix(f"{LATIN} ")
        weights.setdefault(sound.replace("q", "k"), weights[sound])
    return of_sound, weights


def _family_key(sound: str, script: str) -> str:
    return f"{script} {sound}"


_FAMILIES_OF_SOUND, _WEIGHTS = _families()


@remembered(262_144)
def _token(word: str, sound: str, parent: bool) -> Token:
    script = script_of(word)
    first = word.split(" ", maxsplit=1)[0]
    initial = len(word) == 1
    bare = sound.lstrip(ARTICLE)
    weight = _WEIGHTS.get(bare, 1.0)
    if word in HALF_TITLES:
        weight = HALF_TITLE_WEIGHT
    elif word in TITLES:
        weight = TITLE_WEIGHT
    elif word in PARTICLES:
        weight = PARTICLE_WEIGHT
    elif initial:
        weight = _INITIAL_WEIGHT
    elif first in SERVANTS and word == first:
        weight = _SERVANT_ALONE_WEIGHT
    families = _FAMILIES_OF_SOUND.get(_family_key(bare, script), frozenset())
    return Token(word, sound, skeleton_of(sound), script, families, weight, initial, parent)


@remembered(262_144)
def together(x: Token, y: Token) -> Token:
    """Two neighbouring parts as if they had been written as one word."""
    sound = x.sound + y.sound
    families = _FAMILIES_OF_SOUND.get(_family_key(sound, x.script), frozenset())
    weight = _WEIGHTS.get(sound, min(1.0, max(x.weight, y.weight) + 0.1))
    return Token(
        f"{x.word} {y.word}", sound, skeleton_of(sound), x.script, families, weight, False, x.parent
    )

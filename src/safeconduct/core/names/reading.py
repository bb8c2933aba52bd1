"""A written name as tokens: words with what is heard in them, how they are spelled in families, and their weight.

Compounds are put into one shape, however they were written: Abdul Rahman, Abdurrahman, Abd al-Rahman and
عبدالرحمن; Habib Ullah, Habibullah and حبیب الله; Najm al-Din, Najmuddin and نجم الدین.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeconduct.core.names.common import GROUP_WEIGHTS
from safeconduct.core.names.letters import ARABIC, LATIN, script_of, words_of
from safeconduct.core.names.memory import remembered
from safeconduct.core.names.sounds import ARTICLE, OF_FAITH, OF_GOD, SERVANT, VOWELS, sound_of
from safeconduct.core.names.titles import (
    ABBREVIATIONS,
    ARTICLES,
    ASSIMILATED,
    HALF_TITLE_WEIGHT,
    HALF_TITLES,
    OWN_AL,
    PARTICLE_WEIGHT,
    PARTICLES,
    PATRONYMICS,
    TITLE_WEIGHT,
    TITLES,
)

_SERVANTS = frozenset(
    """
    abd abdul abdal abdel abdol abdur abdus abdu abdo abdoul abdou abdool abdoel abed abdil عبد عبدال عبدل
    """.split()
)
# "Father of" and "mother of" make one name with what follows; both are also written as one word with it.
# "Shams-u-Rahman": an article between two words, worn down to its vowel.
_LINKS = frozenset(("u",))
_KUNYAS = frozenset("abu abou abo aboo abi umm oum umme ابو ابی ابا ام".split())
_JOINED_KUNYA = re.compile("^(ab[uo])l(?=[bcdfghjkmnpqrstvwxz][^wy].)")
_GODS = frozenset(
    "ullah ollah allah ulla olla alla ulah olah llah lah oullah eullah الله اله لله".split()
)
_FAITHS = frozenset(
    "din deen dine uddin oddin eddin eddine aldin aldeen uldin addin uddeen udin iddin دین الدین".split()
)
_ENDS_IN_GOD = re.compile(r"(.{2,}?[ai]?)(?:(?:[eaou]|ou)l{1,2}ah|(?:ou|[uo])l{1,2}a|alla)$")
_ENDS_IN_FAITH = re.compile(
    r"(.{2,}?[ai]?)(?:(?:ou|[uoeai])l?d{2}|(?:ou|[uoe])l?d|ald)(?:ee|i|ie)n{1,2}e?$"
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
    words = [ABBREVIATIONS.get(word, word) for word in words_of(name)]
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
        for place, (word, sound) in enumerate(_compounds(stretch))
    )


def _compounds(words: list[str]) -> list[tuple[str, str]]:
    """(word as shown, sound) of each token, with articles dropped and compounds joined."""
    made: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        word = words[at]
        rest = words[at + 1 :]
        if word in _SERVANTS and rest:
            at += _join_servant(word, rest, made)
        elif word in _KUNYAS and rest:
            at += _join_kunya(word, rest, made)
        elif word in _GODS and made:
            made[-1] = (made[-1][0] + " " + word, _before_god(*made[-1]) + OF_GOD)
        elif word in _FAITHS and made:
            made[-1] = (made[-1][0] + " " + word, made[-1][1] + OF_FAITH)
        elif not (
            rest
            and (word in ARTICLES or _assimilated(word, rest[0]) or (word in _LINKS and made))
        ):
            made.append((word, _heard(word)))
        at += 1
    return made


def _before_god(word: str, sound: str) -> str:
    """The last ه of نعمه and هبه is a t before الله."""
    return sound[:-1] + "t" if word[-1] == "ه" and sound[-1] in "hH" and len(word) > 2 else sound


def _articles(rest: list[str]) -> int:
    """How many words at the beginning are articles of what follows."""
    used = 0
    while used < len(rest) - 1 and (
        rest[used] in ARTICLES or _assimilated(rest[used], rest[used + 1])
    ):
        used += 1
    return used


def _join_kunya(word: str, rest: list[str], made: list[tuple[str, str]]) -> int:
    """Join Abu with the name after it; gives how many words were used beyond it."""
    used = _articles(rest)
    name, sound = _compounds_of_one(rest[used:])
    made.append((f"{word} {name}", sound_of(word, script_of(word)) + sound))
    return used + len(name.split(" "))


def _compounds_of_one(words: list[str]) -> tuple[str, str]:
    """The word after Abu, with the name that follows where it is a servant of its own ("Abu Abdul Rahman")."""
    if words[0] in _SERVANTS and len(words) > 1:
        made: list[tuple[str, str]] = []
        used = _join_servant(words[0], words[1:], made)
        return " ".join(words[: used + 1]), made[0][1]
    return words[0], _heard(words[0]).lstrip(ARTICLE)


def _join_servant(word: str, rest: list[str], made: list[tuple[str, str]]) -> int:
    """Join Abdul with the name after it; gives how many words were used beyond it."""
    used = _articles(rest)
    name = rest[used]
    if name in _GODS:
        made.append((f"{word} {name}", SERVANT + OF_GOD))
    else:
        made.append((f"{word} {name}", SERVANT + _heard(_without_article(name))))
    return used + 1


def _assimilated(word: str, following: str) -> bool:
    return word in ASSIMILATED and following.startswith(word[1:])


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) > 3 and word not in OWN_AL and word not in _GODS:
        return word[2:]
    return word


def _heard(word: str) -> str:
    if word in _GODS or word in _FAITHS:
        return sound_of(word, script_of(word))
    script = script_of(word)
    if script == ARABIC:
        return _heard_arabic(word)
    return _heard_latin(word) if script == LATIN else sound_of(word, script)


def _heard_arabic(word: str) -> str:
    if word in ("عبدالله", "عبداله", "عبدلله"):
        return SERVANT + OF_GOD
    for ending, letter in (("الله", OF_GOD), ("لله", OF_GOD), ("الدین", OF_FAITH)):
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            return _heard_arabic(word[: -len(ending)]) + letter
    for beginning in ("عبدال", "عبدل"):
        if word.startswith(beginning) and len(word) >= len(beginning) + 2:
            return SERVANT + sound_of(word[len(beginning) :], ARABIC)
    if word.startswith("عبد") and len(word) >= 6:
        return SERVANT + sound_of(word[3:], ARABIC)
    if word.startswith("ابوال") and len(word) >= 8:
        return sound_of("ابو", ARABIC) + sound_of(word[5:], ARABIC)
    name = _without_article(word)
    return sound_of(name, ARABIC) if name == word else ARTICLE + sound_of(name, ARABIC)


def _heard_latin(word: str) -> str:
    god = _ENDS_IN_GOD.match(word)
    if god:
        stem = god.group(1)
        return (SERVANT if stem == "abd" else sound_of(stem, LATIN)) + OF_GOD
    faith = _ENDS_IN_FAITH.match(word)
    if faith and not word.startswith("abd"):
        return sound_of(faith.group(1), LATIN) + OF_FAITH
    if word.startswith("abd") and len(word) >= 7:
        name = _after_servant(word[3:])
        if len(name) >= 3:
            return SERVANT + sound_of(name, LATIN)
    if word.startswith("ab"):
        word = _JOINED_KUNYA.sub(r"\1", word)
    return sound_of(word, LATIN)


def _after_servant(rest: str) -> str:
    """What follows Abd in a word: "urrahman" and "ulrahman" give "rahman"; what is no article stays."""
    name = rest.lstrip("aeiou") or rest
    vowels = len(rest) - len(name)
    if vowels and len(name) > 1 and name[0] == "l" and not name.startswith("latif"):
        return name[1:]
    if vowels and len(name) > 1 and name[0] == name[1]:
        return name[1:]
    return name


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


# Words that touch their neighbours: a name that holds none of them can be read word by word.
BINDING = (
    _SERVANTS
    | _GODS
    | _FAITHS
    | _KUNYAS
    | _LINKS
    | ARTICLES
    | ASSIMILATED
    | PATRONYMICS
    | frozenset(ABBREVIATIONS)
)


def _families() -> tuple[dict[str, frozenset[int]], dict[str, float]]:
    """Family numbers of each spelling's sound (with its script), and each family skeleton's lowest weight."""
    of_sound: dict[str, frozenset[int]] = {}
    weights: dict[str, float] = {}
    number = 0
    for group, weight in GROUP_WEIGHTS:
        for line in group.strip().splitlines():
            number += 1
            for spelling in line.split():
                sound = "".join(sound for _, sound in _compounds(list(words_of(spelling)))).lstrip(
                    ARTICLE
                )
                word = spelling
                key = _family_key(sound, script_of(word))
                of_sound[key] = of_sound.get(key, frozenset()) | {number}
                weights[sound] = min(weight, weights.get(sound, 1.0))
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
    elif first in _SERVANTS and word == first:
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

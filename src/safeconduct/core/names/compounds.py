"""Words that belong together in a name, put into one shape however they were written, and what is heard in each.

Abdul Rahman, Abdurrahman, Abd al-Rahman and عبدالرحمن; Habib Ullah, Habibullah and حبیب الله; Najm al-Din, Najmuddin
and نجم الدین; Abu Bakr, Abubakr and ابوبکر.
"""

from __future__ import annotations

import re

from safeconduct.core.names.letters import ARABIC, LATIN, script_of
from safeconduct.core.names.sounds import ARTICLE, OF_FAITH, OF_GOD, SERVANT, sound_of
from safeconduct.core.names.titles import (
    ABBREVIATIONS,
    ARTICLES,
    ASSIMILATED,
    OWN_AL,
    PATRONYMICS,
)

SERVANTS = frozenset(
    """
    abd abdul abdal abdel abdol abdur abdus abdu abdo abdoul abdou abdool abdoel abed abdil عبد عبدال عبدل
    """.split()
)
# "Bi Bi", "بی بی": one title, written as two words.
_HALVES = frozenset(("bi", "بی"))
# "Shams-u-Rahman": an article between two words, worn down to its vowel.
_LINKS = frozenset(("u",))
# "Matiul Haq": the article has grown on to the word before these.
_AFTER_ARTICLE = frozenset("haq haqq hak islam huda hoda nisa mulk arifin arefin".split())
# "Ziaulhaq", "ضیاالحق": the article inside a word, where writers who leave a space have "Zia ul-Haq".
_INNER_ARTICLE = re.compile(
    "(?<=..)(?:[uae]l(?=haqq?$|hak$|islam$)|[uae][ln](?=nisa$))|(?<=..)ال(?=حق$|اسلام$|نسا$)"
)
_AFTER_INNER_ARTICLE = ("haq", "haqq", "hak", "islam", "nisa", "حق", "اسلام", "نسا")
_GROWN_ARTICLE = re.compile("(?<!^ras)(?<!^maqb)(?<!^bat)(?<!^zab)(?<=...)ul$")
# "Father of" and "mother of" make one name with what follows; both are also written as one word with it.
_KUNYAS = frozenset("abu abou abo aboo abi umm oum umme ابو ابی ابا ام".split())
_JOINED_KUNYA = re.compile("^(ab[uo])l(?=[bcdfghjkmnpqrstvwxz][^wy].)")
_GODS = frozenset(
    "ullah ollah allah ulla olla alla ulah olah llah lah oullah eullah الله اله لله".split()
)
_FAITHS = frozenset(
    "din deen dine uddin oddin eddin eddine aldin aldeen uldin addin uddeen udin iddin دین الدین".split()
)
_ENDS_IN_GOD = re.compile(r"(.{2,}?[ai]?)(?:(?:[eaou]|ou)l{1,2}ah|[uo]l{1,2}a|(?:ou|a)lla)$")
_ENDS_IN_FAITH = re.compile(
    r"(?!abed|abid|bou?med|bumed|lood)(.{2,}?[ai]?)(?:(?:ou|[uoeai])l?d{2}|(?:ou|[uoe])l?d|ald)(?:ee|i|ie)n{1,2}e?$"
)
# Words that touch their neighbours: a name that holds none of them can be read word by word.
BINDING = (
    SERVANTS
    | _GODS
    | _FAITHS
    | _KUNYAS
    | _LINKS
    | _HALVES
    | _AFTER_ARTICLE
    | ARTICLES
    | ASSIMILATED
    | PATRONYMICS
    | frozenset(ABBREVIATIONS)
)


def compounds(words: list[str]) -> list[tuple[str, str]]:
    """(word as shown, sound) of each token, with articles dropped and compounds joined."""
    made: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        word = words[at]
        rest = words[at + 1 :]
        if word in SERVANTS and rest:
            at += _join_servant(word, rest, made)
        elif word in _HALVES and rest and rest[0] == word:
            made.append((word + word, heard(word + word)))
            at += 1
        elif word in _KUNYAS and rest:
            at += _join_kunya(word, rest, made)
        elif word in _GODS and made:
            made[-1] = (made[-1][0] + " " + word, _before_god(*made[-1]) + OF_GOD)
        elif word in _FAITHS and made:
            made[-1] = (made[-1][0] + " " + word, made[-1][1] + OF_FAITH)
        elif not (
            rest and (word in ARTICLES or _assimilated(word, rest[0]) or (word in _LINKS and made))
        ):
            if rest and rest[0] in _AFTER_ARTICLE and script_of(word) == LATIN:
                word = _GROWN_ARTICLE.sub("", word)
            made.append((word, heard(word)))
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
    if words[0] in SERVANTS and len(words) > 1:
        made: list[tuple[str, str]] = []
        used = _join_servant(words[0], words[1:], made)
        return " ".join(words[: used + 1]), made[0][1]
    return words[0], heard(words[0]).lstrip(ARTICLE)


def _join_servant(word: str, rest: list[str], made: list[tuple[str, str]]) -> int:
    """Join Abdul with the name after it; gives how many words were used beyond it."""
    used = _articles(rest)
    name = rest[used]
    if name in _GODS:
        made.append((f"{word} {name}", SERVANT + OF_GOD))
    else:
        made.append((f"{word} {name}", SERVANT + heard(_without_article(name))))
    return used + 1


def _assimilated(word: str, following: str) -> bool:
    return word in ASSIMILATED and following.startswith(word[1:])


def _without_article(word: str) -> str:
    if word.startswith("ال") and len(word) > 3 and word not in OWN_AL and word not in _GODS:
        return word[2:]
    return word


def heard(word: str) -> str:
    if word in _GODS or word in _FAITHS:
        return sound_of(word, script_of(word))
    script = script_of(word)
    if word.endswith(_AFTER_INNER_ARTICLE) and not word.startswith(("abd", "عبد")):
        word = _INNER_ARTICLE.sub("", word)
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

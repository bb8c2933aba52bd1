"""Free text cut into clauses, with what its small words do: deny, doubt, or speak of somebody else.

English, Dari and Pashto. The lists are short on purpose and err to one side: a word too many leaves
a fact unknown and asked for, a word too few would make a fact up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.core.plain_text import plain

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|\n|[.;!?؛؟|,،:()\[\]/–—]")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")  # U.K. is one word
_BREAKS = re.compile(r"(?<=\d)[.,/](?=\d)")  # 2.5 and 12/03 are no ends of a sentence
_ENDS = frozenset(".;!?؛؟|\n")
_OPENINGS = frozenset(",،(/–—")  # after the first words of a text these close a heading of sorts
_PAUSES = frozenset(",،:()[]/–—") | {
    "but",
    "however",
    "although",
    "then",
    "اما",
    "ولی",
    "لیکن",
    "خو",
}
_QUESTIONS = frozenset("?؟")
_AND_SIGNS = re.compile(r"[ \t]*[&+][ \t]*")
_DASHES = re.compile(
    r"[ \t]-+[ \t]"
)  # "guard - British base": a dash with room on both sides is a pause
_JOINERS = frozenset({"and", "و", "او", "plus", "also"})


def _listed(text: str) -> frozenset[str]:
    return frozenset(plain(text).split())


_DENIALS = _listed(
    "no not never nobody none without neither nor nil cannot non denies denied unknown unsure "
    "isn't wasn't aren't weren't hasn't haven't hadn't didn't doesn't don't can't won't "
    "isnt wasnt arent werent hasnt havent didnt doesnt dont "
    "نه نیست نیستم نیستیم نبود نبودم نبوده ندارم ندارد نداریم ندارند نشده نکرده بدون هیچ هیچکس هیڅ "
    "نلری نلرم نشته"
)
_DOUBTS = _listed(
    "if maybe perhaps possibly probably might whether allegedly unclear unsure unconfirmed "
    "شاید ممکن اگر ښایی کیدای"
)
_RELATIVES = _listed(
    "brother brothers sister sisters father mother dad mum uncle uncles aunt aunts cousin cousins "
    "nephew nephews niece nieces son sons daughter daughters husband wife wives spouse parent "
    "parents grandfather grandmother grandson child children kid kids baby fiance fiancee inlaw "
    "neighbour neighbours neighbor neighbors friend friends colleague colleagues relative relatives "
    "boss landlord somebody someone others another "
    "برادر برادرش برادرم برادران خواهر خواهرش خواهرم پدر پدرش پدرم مادر مادرش مادرم پسر پسرش دختر "
    "دخترش فرزند فرزندان شوهر شوهرش شوهرم زن خانم خانمش همسر همسرش کاکا کاکایش ماما عمه خاله همسایه "
    "دوست دوستش رفیق همکار داماد خسر "
    "ورور خور پلار مور زوی لور میړه ښځه تره ګاونډی ملګری"
)
# Between these and a role stands another person's role: "cook for a judge", "saw a judge".
_BEFORE_ANOTHER = _listed(
    "for with to by of from against beside alongside than help helps helped helping know knows knew "
    "met see sees saw seeing need needs needed want wants wanted become becoming be wish hopes like "
    "protect protected protecting support supported supporting hired train trained teach taught "
    "treated married employ employed called برای با از توسط نزد"
)
_DEALINGS = _listed(
    "email emails emailed wrote written write writes contacted contact contacting applied apply "
    "application applications called call phoned rang reply replied response respond referred raised "
    "raise flight flights evacuated evacuation letter letters asked told visited went visa visas "
    "passport arrived airport promised informed waiting awaiting sent requested registered"
)
_BETWEEN = _listed(
    "a an the some any other his her their our my british english afghan american foreign uk us local "
    "senior junior former female male many several government supreme court"
)
# What may stand beside a word that is all that is said: "ex police, 2009 to 2014".
_BESIDE_ALL = _listed(
    "a an the he she i is was am former formerly ex retired ret rtd senior junior since until from to "
    "in for years year yrs current currently previous previously only سابق سابقه متقاعد سال است بود "
    "دی و پخوانی"
)
_WOMAN = "زن"
_BE = _listed("is was are were being بود است دی و وه")


def is_relative(word: str) -> bool:
    return word in _RELATIVES


def tokens_of(text: str) -> tuple[str, ...]:
    """The words of a phrase, cut as a text is cut."""
    return tuple(word for clause in clauses_of(text) for word in clause.words)


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two pauses. `after_another`: somebody else was named earlier in the sentence.
    `doubts`: it is asked or supposed. `is_denied`: what follows denies it whole ("Threats: none").
    `by_itself`: it is a whole sentence, or opens the text ("Colonel, retired").
    """

    words: tuple[str, ...]
    after_another: bool
    doubts: bool
    is_denied: bool
    by_itself: bool = False

    def denies(self, start: int, end: int) -> bool:
        """Whether the words from `start` to `end` are denied: by a word before them, by a bare "no"
        at the end, or, as Dari and Pashto do, by any such word of the clause.
        """
        if self.is_denied or any(word in _DENIALS for word in self.words[:start]):
            return True
        after = self.words[end:]
        if any(word in _DENIALS and not word.isascii() for word in after):
            return True
        return any(
            word in _DENIALS and (place == len(after) - 1 or (place and after[place - 1] in _BE))
            for place, word in enumerate(after)
        )

    def of_another(self, start: int, end: int, *, within: bool) -> bool:
        """Whether they are said of somebody else. `within`: the phrase names the relative itself."""
        if within:
            return self.words[max(start - 1, 0) : start] == ("'s",)  # "his sister's husband killed"
        if self.after_another or any(is_relative(word) for word in self.words[:start]):
            return True
        following = self.words[end : end + 3]
        if following[:1] == ("'s",) or any(is_relative(word) for word in following[:1]):
            return True
        return following[:1] != () and following[0] in _BE and any(map(is_relative, following))

    def of_served(self, start: int) -> bool:
        """Whether the role is that of a person served, met or wished to be: "cook for a judge"."""
        before = start - 1
        while before >= 0 and self.words[before] in _BETWEEN:
            before -= 1
        return before >= 0 and self.words[before] in _BEFORE_ANOTHER

    def is_all(self, start: int, end: int) -> bool:
        """Whether nothing else is said in a clause by itself, but for years and the like."""
        others = (*self.words[:start], *self.words[end:])
        return self.by_itself and all(word in _BESIDE_ALL or word.isdecimal() for word in others)

    def joins(self, end: int, start: int) -> bool:
        """Whether nothing but "and" stands between the end of one phrase and the start of another."""
        return end <= start and all(word in _JOINERS for word in self.words[end:start])

    def is_mere_denial(self, start: int, end: int) -> bool:
        """Whether the phrase is a "no" and no more: that answers only where it is all that is said."""
        return all(word in _DENIALS for word in self.words[start:end])

    def of_dealings(self) -> bool:
        """Whether the clause tells of dealings with an office rather than of work for it: "emailed
        the embassy", "applied to the Government".
        """
        return any(word in _DEALINGS for word in self.words)


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a text, in order."""
    pieces = list(_pieces(text))
    another = False
    for place, (words, ending) in enumerate(pieces):
        following = pieces[place + 1][0] if place + 1 < len(pieces) else ()
        denied_after = bool(following) and all(word in _DENIALS for word in following)
        doubts = ending in _QUESTIONS or any(word in _DOUBTS for word in words)
        if words:
            begins = place == 0 or pieces[place - 1][1] in _ENDS
            by_itself = begins and (ending in _ENDS or (place == 0 and ending in _OPENINGS))
            yield Clause(words, another, doubts and not denied_after, denied_after, by_itself)
        another = ending not in _ENDS and (another or _names_another(words))


def _names_another(words: tuple[str, ...]) -> bool:
    """Whether a relative is named. The Dari for "wife", after another word, says "woman" ("قاضی زن")."""
    return any(
        is_relative(word) and not (place and word == _WOMAN) for place, word in enumerate(words)
    )


def _pieces(text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Words up to a pause or an end, and the mark that closed them."""
    text = plain(text.replace("’", "'").replace("`", "'").replace("\r", "\n"))
    text = _DASHES.sub(" – ", _AND_SIGNS.sub(" and ", text))
    text = _BREAKS.sub(" ", _INITIALS.sub(lambda found: found[0].replace(".", ""), text))
    words: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _ENDS or token in _PAUSES:
            yield tuple(words), token
            words = []
        elif token.endswith("'s") and token not in _DENIALS:
            words += [token[:-2], "'s"]
        else:
            words.append(token)
    yield tuple(words), "."

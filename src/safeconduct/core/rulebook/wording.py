"""Facts that words state: "interpreter with British forces 2009-2012", "شب نامه", "no threats".

Careful rather than clever. A phrase counts as a whole word and where it says so of the person
concerned: what is denied ("not a judge"), doubted ("maybe", "?"), wished for ("wants to be a judge")
or said of somebody else ("his brother was an interpreter", "cook for a judge") leaves the fact
unknown, to be asked. So does what contradicts itself. Nothing here ever sets a fact to "no"; "no
threat" is taken only where the words say so plainly.

A text may begin with what its column was about ("work: Police", "subject: English"): then a bare word
counts that elsewhere would say nothing of the person. Without that it counts where it stands alone.
An employer's column says for whom one works: "NGO" there makes nobody an aid worker.

A phrase written over a pause ("gardaworld / british embassy", "v. sick") is one over any such pause.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from safeconduct.core.facts import Household, Person
from safeconduct.core.plain_text import plain
from safeconduct.core.rulebook.clauses import Clause, clauses_of, is_relative, tokens_of
from safeconduct.core.rulebook.rules import ALONE, CONTEXTS, FactKind, Phrase

_KEPT_IN_MEMORY = 20_000  # texts: "Interpreter" is read once, however often it stands in a caseload
_PAUSE = re.compile(r"[ \t]*[.,،/:()–—]+[ \t]*|[ \t]+-+[ \t]+")
_UNKNOWN_NUMBER = re.compile(r"\b((?:from|by) (?:an? )?unknown) no\b")  # "no." is a number there


@dataclass(frozen=True, slots=True)
class Told:
    """One fact that words state. `of_somebody`: of a member whom the phrase itself names ("his wife
    is pregnant"). `denied`: the words say that it is not so, which only takes away. `by_employer`: a
    role that only the column of the employer tells.
    """

    phrase: Phrase
    kind: FactKind
    of_somebody: bool = False
    denied: bool = False
    by_employer: bool = False


class Phrasebook(tuple[Phrase, ...]):
    """Phrases ready to be read with: a tuple of them that can find them in a text."""

    _by_first: dict[str, list[tuple[tuple[str, ...], tuple[Phrase, ...]]]]
    _over_pauses: re.Pattern[str] | None
    _read: dict[str, tuple[Told, ...]]

    def __new__(cls, phrases: Iterable[Phrase] = ()) -> Phrasebook:
        book = super().__new__(cls, tuple(phrases))
        together: dict[tuple[str, ...], list[Phrase]] = defaultdict(list)
        for phrase in book:
            together[tokens_of(phrase.words)].append(phrase)
        book._by_first = defaultdict(list)
        # The longest first: "police interpreter" is an interpreter, and not the police.
        for words in sorted(filter(None, together), key=len, reverse=True):
            book._by_first[words[0]].append((words, tuple(together[words])))
        book._over_pauses = _over_pauses(book)
        book._read = {}
        return book

    def told_in(self, text: str) -> tuple[Told, ...]:
        """What one text states, phrase by phrase."""
        found = self._read.get(text)
        if found is None:
            if len(self._read) >= _KEPT_IN_MEMORY:
                self._read.clear()
            told = _without_lesser_roles(list(self._look(text)))
            found = self._read[text] = tuple(_consistent(told))
        return found

    def forget(self) -> None:
        """Let go of the texts that were read: they are strangers' words (law 14)."""
        self._read.clear()

    def _look(self, text: str) -> Iterable[Told]:
        context, said = _context_of(text)
        for clause in clauses_of(self._joined(said)):
            for found in self._found(clause, context):
                has_relative = any(is_relative(word) for word in found.words)
                other = clause.of_another(found.start, found.end, within=has_relative)
                if clause.doubts or other:
                    continue
                for phrase in found.phrases:
                    if phrase.kind is None:
                        continue
                    of_somebody = has_relative and phrase.fact not in _OWN
                    if phrase.fact in _ROLES and clause.of_served(found.start):
                        continue
                    if phrase.fact in _OFFICES and clause.of_dealings():
                        continue
                    denied = clause.denies(found.start, found.end)
                    by_employer = phrase.fact in _ROLES and context == _EMPLOYER
                    yield Told(phrase, phrase.kind, of_somebody, denied, by_employer)

    def _joined(self, said: str) -> str:
        """The text without the pauses over which one of the phrases is written."""
        said = _UNKNOWN_NUMBER.sub(r"\1 number", plain(said))
        if self._over_pauses is None or not _PAUSE.search(said):
            return said
        return self._over_pauses.sub(lambda found: _PAUSE.sub(" ", found[0]), said)

    def _found(self, clause: Clause, context: str) -> list[_Found]:
        """The phrases that count in a clause, from left to right, the longest first."""
        found: list[_Found] = []
        at = 0
        while at < len(clause.words):
            match = self._match(clause, at, context)
            if match and found and match.is_bare and self._is_rest(clause, found[-1], match):
                match = None
            match = match and self._fuller(clause, match, context)
            found += [match] if match else []
            at = match.end if match else at + 1
        if any(each.is_open_role for each in found):
            found = [each.without_bare_roles() for each in found]
        return _with_listed(found, clause)

    def _fuller(self, clause: Clause, match: _Found, context: str) -> _Found:
        """A match that begins within this one and goes on, where it tells all that this one tells:
        "employed by a contractor of the British Army" is more than "employed by a contractor".
        """
        for at in range(match.start + 1, match.end if match.states else match.start):
            if is_relative(clause.words[at - 1]):
                break  # of whom it is told must not be lost: "wife expecting in May"
            other = self._match(clause, at, context)
            if other and other.end > match.end and other.states >= match.states:
                return other
        return match

    def _is_rest(self, clause: Clause, before: _Found, match: _Found) -> bool:
        """Whether it is but the rest of words that begin within the phrase before it: "trained by the
        British Army" tells of the British, and of no army else.
        """
        return match.start == before.end and any(
            at + len(words) >= match.end and clause.words[at : at + len(words)] == words
            for at in range(before.start + 1, before.end)
            for words, _ in self._by_first.get(clause.words[at], ())
        )

    def _match(self, clause: Clause, at: int, context: str) -> _Found | None:
        for sought, phrases in self._by_first.get(clause.words[at], ()):
            end = at + len(sought)
            if clause.words[at:end] != sought:
                continue
            counts = tuple(each for each in phrases if _counts(each, clause, at, end, context))
            listed = tuple(each for each in phrases if each.contexts and each.fact in _LISTED)
            if counts or listed:
                return _Found(at, end, sought, counts, () if counts else listed)
        return None


@dataclass(frozen=True, slots=True)
class _Found:
    """Phrases with the same words, found in a clause. `listed` count only beside one that counts."""

    start: int
    end: int
    words: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    listed: tuple[Phrase, ...] = ()

    @property
    def is_open_role(self) -> bool:
        return any(each.fact in _ROLES and not each.contexts for each in self.phrases)

    @property
    def states(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.fact, each.value) for each in self.phrases if each.kind)

    @property
    def is_bare(self) -> bool:
        return bool(self.phrases) and all(each.contexts for each in self.phrases)

    def without_bare_roles(self) -> _Found:
        """A bare "police" beside a role says where that role was: "driver at the police"."""
        kept = (each for each in self.phrases if not (each.fact in _ROLES and each.contexts))
        return replace(self, phrases=tuple(kept))


def _context_of(text: str) -> tuple[str, str]:
    """What a text's column was about, where it says so, and the text itself."""
    context, colon, said = text.partition(": ")
    return (context, said) if colon and context in CONTEXTS else ("", text)


def _counts(phrase: Phrase, clause: Clause, start: int, end: int, context: str) -> bool:
    if clause.is_mere_denial(start, end):
        return context in phrase.contexts and clause.is_all(start, end)
    if not phrase.contexts or context in phrase.contexts:
        return True
    if context == _EMPLOYER and phrase.fact in _ROLES:
        return False
    return ALONE in phrase.contexts and clause.is_all(start, end)


def _over_pauses(phrases: Iterable[Phrase]) -> re.Pattern[str] | None:
    """What finds the phrases that are written over a pause; None where there are none."""
    parts = (_PAUSE.split(plain(each.words)) for each in phrases)
    pause = f"(?:{_PAUSE.pattern})"
    found = {pause.join(map(re.escape, each)) for each in parts if len(each) > 1 and all(each)}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(found))})(?!\w)") if found else None


def _without_lesser_roles(told: list[Told]) -> list[Told]:
    """Without roles that count only where they are all that is said, where another role is told too:
    a captain of "Captain, border police" is no soldier.
    """
    roles = [each for each in told if each.phrase.fact in _ROLES and not each.denied]
    lesser = [each for each in roles if each.phrase.contexts == {ALONE}]
    return told if len(lesser) == len(roles) else [each for each in told if each not in lesser]


def _with_listed(found: list[_Found], clause: Clause) -> list[_Found]:
    """With the words of a list of which one counts: "chemistry and English teacher"."""
    for one, other in (*pairwise(range(len(found))), *pairwise(reversed(range(len(found))))):
        told, beside = found[one], found[other]
        first, second = sorted((told, beside), key=lambda each: each.start)
        same = {each.fact for each in told.phrases} & {each.fact for each in beside.listed}
        if same and not beside.phrases and clause.joins(first.end, second.start):
            found[other] = replace(beside, phrases=beside.listed)
    return found


_EMPLOYER = "employer"  # of CONTEXTS
# Facts that are roles: "for a judge" and "saw a judge" speak of another person's. An employer is no
# such fact: one works for it.
_ROLES = frozenset({"occupation"})
# Facts that are one's own, whatever word stands in the phrase: one word of Dari says both "woman" and
# "wife", and a woman whose husband was killed is the widow.
_OWN = frozenset({"occupation", "womens_rights_work", "widow"})
# Facts that are offices: one may work for them, or have only written to them.
_OFFICES = frozenset({"employer", "worked_with_uk", "chevening"})
# Facts that are told as a list: of "physics and English teacher" both were taught.
_LISTED = frozenset({"subject_taught"})


def facts_from_words(words: Iterable[str], phrases: Sequence[Phrase]) -> dict[str, str]:
    """The facts that the words state, of a person and of the household alike; several values of one
    fact stand with | between them. What contradicts itself is left out.
    """
    book = _book(phrases)
    return _settled(told for text in words for told in book.told_in(text))


def phrases_found(words: Iterable[str], phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The phrases by which `facts_from_words` knows its facts: the pack's words, never the caller's."""
    texts = tuple(words)
    book, facts = _book(phrases), facts_from_words(texts, phrases)
    told = dict.fromkeys(told.phrase for text in texts for told in book.told_in(text))
    return tuple(phrase for phrase in told if phrase.value in facts.get(phrase.fact, "").split("|"))


def with_told_facts(household: Household, phrases: Sequence[Phrase]) -> Household:
    """The household with the facts that its words and its people's words state.

    A fact given explicitly stands. What a person's own words say is theirs; what the household's
    words say of a person is the principal's, where one is named, or the only person's; otherwise it
    is told of somebody in the family. A nationality is read as the words "nationality ...".
    """
    book = _book(phrases)
    if not book:
        return household
    spoken_of = _spoken_of(household)
    of_household = [told for text in household.words for told in book.told_in(text)]
    of_family: list[Told] = []
    of_person: dict[str, list[Told]] = {person.person_id: [] for person in household.people}
    for told in of_household:
        own = spoken_of is not None and not told.of_somebody and _may_be_of(told, spoken_of)
        if told.kind.of == "person" and own and spoken_of is not None:
            of_person[spoken_of.person_id].append(told)
        else:
            of_family.append(told)
    for person in household.people:
        for told in (told for text in _words_of(person) for told in book.told_in(text)):
            own = told.kind.of == "person" and not told.of_somebody
            (of_person[person.person_id] if own else of_family).append(told)
    people = tuple(_with(person, of_person[person.person_id]) for person in household.people)
    facts = {**_settled(of_family), **household.facts}
    return replace(household, people=people, facts=facts)


def _words_of(person: Person) -> Iterable[str]:
    yield from person.words
    if person.nationality:
        yield f"nationality {person.nationality}"


def _with(person: Person, told: Sequence[Told]) -> Person:
    return replace(person, facts={**_settled(told), **person.facts}) if told else person


def _spoken_of(household: Household) -> Person | None:
    """The person of whom the household's own words speak, where that is plain."""
    only = household.people[0] if len(household.people) == 1 else None
    return household.principal or only


def _may_be_of(told: Told, person: Person) -> bool:
    sex = told.kind.of_sex
    return sex is None or person.sex in {None, sex}


def _consistent(told: Sequence[Told]) -> Iterator[Told]:
    """What a text says of the family without contradicting itself; of a person all that it says.

    Of a person a denial in any text counts against the others. Of a family it does not: "no threats"
    in one column was written before or beside the letter that another tells of.
    """
    denied = {(each.phrase.fact, each.phrase.value) for each in told if each.denied}
    said = defaultdict(set)
    for each in told:
        if not each.denied:
            said[each.phrase.fact].add(each.phrase.value)
    for each in told:
        fact, value = each.phrase.fact, each.phrase.value
        contradicted = len(said[fact]) > 1 and each.kind.nobody in said[fact]
        if each.kind.of == "person" or not (contradicted or (fact, value) in denied):
            yield each


def _settled(told: Iterable[Told]) -> dict[str, str]:
    """One value for each fact, or several where the fact may have many; none for a contradiction."""
    told = list(told)
    said: dict[str, dict[str, FactKind]] = defaultdict(dict)
    denied: set[tuple[str, str]] = set()
    own = {each.phrase.fact for each in told if not each.by_employer and not each.denied}
    for each in told:
        phrase = each.phrase
        if each.by_employer and phrase.fact in own:
            continue  # the work of the person is told, and is another than the employer's
        if each.denied:
            denied.add((phrase.fact, phrase.value))
        else:
            said[phrase.fact][phrase.value] = each.kind
    facts: dict[str, str] = {}
    for fact, values in said.items():
        kept = {value: kind for value, kind in values.items() if (fact, value) not in denied}
        kind = next(iter(kept.values()), None)
        if kind is not None and kind.of == "household" and len(kept) > 1:
            kept.pop(kind.nobody or "", None)
        if kind is None or (len(kept) > 1 and (not kind.many or kind.nobody in kept)):
            continue
        facts[fact] = "|".join(value for value in kind.values if value in kept)
    return facts


def _book(phrases: Sequence[Phrase]) -> Phrasebook:
    return phrases if isinstance(phrases, Phrasebook) else Phrasebook(phrases)


def forget(phrases: Sequence[Phrase]) -> None:
    """Let go of the texts that were read with these phrases."""
    if isinstance(phrases, Phrasebook):
        phrases.forget()

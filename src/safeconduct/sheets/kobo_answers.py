"""Answers that were chosen, from their codes back to words: of several languages those that this room reads best."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safeconduct.sheets.cells import Provinces, relation_of, sex_of
from safeconduct.sheets.fields import Field
from safeconduct.sheets.grid import Value
from safeconduct.sheets.kobo_form import Choice, Question, folded

Reads = Callable[[str], object]
MOST_WORDS = 60  # of labels joined by spaces: more is free text, and stays as it is


def reads_of(field: Field | None, provinces: Provinces) -> Reads | None:
    """How the cells of a field are read, where only certain words are; None where all words are taken."""
    if field is None:
        return None
    readers: dict[str, Reads] = {
        "sex": sex_of,
        "relation": relation_of,
        "province": provinces.find,
    }
    return readers.get(field.name)


class Answers:
    """The words of one question's answers."""

    def __init__(self, question: Question, reads: Reads | None) -> None:
        self._several = question.kind != "select_one"
        self._by_code = {code: _word(choice, reads) for code, choice in question.choices.items()}
        self._by_label = {
            folded(label): self._by_code[code]
            for code, choice in reversed(list(question.choices.items()))
            for label in choice.labels
        }

    def word(self, code: str) -> str:
        """The words of one code or label; the same text where it is none."""
        key = folded(code)
        return self._by_code.get(key) or self._by_label.get(key) or code

    def told(self, value: Value) -> Value:
        """A cell with its codes put into words. What is no code or label of the question stays as it is."""
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return value
        if not self._by_code:
            return value
        key = folded(value)
        found = self._by_code.get(key) or self._by_label.get(key)
        if found:
            return found
        parts = key.split() if self._several else []
        several = self._parted(parts, self._by_code) or self._parted(parts, self._by_label)
        return "; ".join(several) if several else value

    def _parted(self, parts: list[str], words: Mapping[str, str]) -> list[str]:
        """Codes, or labels, joined by spaces; nothing unless all of the text is told by them."""
        found: list[str] = []
        at = 0
        while at < len(parts) <= MOST_WORDS:
            ends = range(len(parts), at, -1)
            end = next((end for end in ends if " ".join(parts[at:end]) in words), None)
            if end is None:
                return []
            found.append(words[" ".join(parts[at:end])])
            at = end
        return list(dict.fromkeys(found))


def _word(choice: Choice, reads: Reads | None) -> str:
    """The words of an answer: of several languages the first that is read, else the first; its code where none."""
    candidates = (*choice.labels, choice.code)
    if reads:
        return next((text for text in candidates if reads(text) is not None), candidates[0])
    return candidates[0]

"""What was counted while a sheet was read, as sentences its sender should hear. Counts only, no value of the sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

_SENTENCES = {
    "unread phone": "{cells} held no telephone number that could be read; the people were taken without one.",
    "vague age": "{cells} told an age in words too vague for a number; the age was taken as unknown.",
    "age among dates": "{cells} in a column of dates of birth held a small number, which was read as an age.",
    "unread sex": "{cells} told the sex in a way that is not known; it was taken as unknown.",
    "unread relation": "{cells} told a relation in a way that is not clear; it was taken as unknown.",
    "unread size": "{cells} told the size of the family in a way that is not one number; it was taken as unknown.",
    "unread province": "{cells} told a place that is not one known province; its words were kept.",
    "unseen marks": "{cells} held marks that are not seen (control characters, direction marks), which were left out.",
}


def counted_remarks(counts: Counter[str]) -> Iterator[str]:
    """One sentence for each kind that was counted."""
    for kind, sentence in _SENTENCES.items():
        count = counts[kind]
        if count:
            yield sentence.format(cells=f"{count} {'cell' if count == 1 else 'cells'}")

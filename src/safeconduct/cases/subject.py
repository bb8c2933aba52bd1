"""Everything that is kept of a household, in plain sections: for the family itself (GDPR, article 15).

Who of the office wrote it is left out. What was changed or removed since is told too: it is still kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any, Final

from safeconduct.cases.entries import KINDS, Direction, Handover, Told
from safeconduct.cases.reading import OpenCase, Past
from safeconduct.cases.templatetags.told import day, heard
from safeconduct.cases.wording import answer_in_words, province_named, question_of, scheme_named
from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import NoKey
from safeconduct.core.facts import Sex
from safeconduct.people.reader import in_english

Rows = list[tuple[str, str | None]]
Section = tuple[str, Rows]

HEADINGS: Final = {
    "person": "Person",
    "caller": "Who asked for you",
    "safe_contact": "How to reach you in safety",
    "place": "Where you are",
    "tie": "To whom you belong",
    "threat": "What threatens you",
    "facts": "Answers for the rules of the schemes",
    "said": "In your own words",
    "assessed": "What the rules said of you",
    "talk": "What was said between us",
    "plea": "Your plea, as it reached us",
    "note": "Note",
    "document": "Document",
    "consent": "Who may be told",
    "decision": "What an authority decided",
    "handover": "Note for the next caseworker",
    "hold": "Why this is kept",
}
# Field: label. Where a field is not here, its name with spaces says enough.
_LABELS: Final = {
    "words": "in words",
    "by": "by whom",
    "to": "to whom",
    "birth": "date of birth",
    "form": "kind of file",
    "size": "size in bytes",
    "sha256": "fingerprint of the file (SHA-256)",
    "noticed": "what was removed from it",
    "extent": "how much",
    "given_on": "agreed on",
    "told_by": "who agreed, and how",
    "withdrawal_told_by": "who withdrew it, and how",
    "phone_shared_with": "the telephone is shared with",
    "voicemail": "messages on the answering machine allowed",
    "messages": "written messages allowed",
    "members": "for whom",
    "person": "of whom",
    "plea": "code of your plea",
    "way": "how it reached us",
    "received_on": "received on",
    "origins": "where it stood",
    "rules": "the rules that were applied (digest)",
    "on": "as of",
    "band": "how urgent",
    "priority": "points",
    "reasons": "why",
    "asks": "what is unknown and would change it",
    "direction": "who turned to whom",
    "caller": "with whom",
    "told": "what you were told",
    "heard": "what you said",
    "next_words": "what was promised",
    "next_on": "promised for",
}
# Codes of members of the office say nothing to the family, and are not theirs.
_LEFT_OUT: Final[dict[type[Told], set[str]]] = {Handover: {"to", "previous"}}
# The fields that say what somebody is called, by kind of entry.
_NAMED: Final = {"person": ("given_name", "family_name", "native_name"), "caller": ("name",)}
_CHOSEN: Final[Mapping[Sex | Direction, str]] = {
    Sex.FEMALE: "female",
    Sex.MALE: "male",
    Sex.OTHER: "neither",
    Direction.THEY_CALLED: "you called",
    Direction.THEY_WROTE: "you wrote",
}


def subject_record(opened: OpenCase) -> list[Section]:
    """Headings, each with its rows (label, told; None is unknown). Raises NoKey where the contents are not ours."""
    if not opened.has_contents:
        raise NoKey(about=f"the contents of case {opened.code}")
    names = _names_in(opened)
    with in_english():  # one language throughout: its labels are written in English alone
        sections = [("Your case", _cover(opened))]
        sections += _standing(opened, names)
        sections += _earlier(opened, names)
    return sections


def _cover(opened: OpenCase) -> Rows:
    cover = opened.cover
    size = cover.household_size
    return [
        ("code", cover.code),
        ("office", cover.office.name),
        ("opened on", day(cover.opened_at.date())),
        ("last changed on", day(cover.changed_at.date())),
        ("kept until", day(cover.keep_until)),
        ("state", cover.get_state_display()),
        ("how urgent", cover.get_band_display()),
        ("people in the household", None if size is None else str(size)),
        ("province", province_named(cover.province) if cover.province else None),
        ("schemes", ", ".join(map(scheme_named, cover.schemes)) or None),
        ("shared with offices", ", ".join(sorted(cover.shared_with)) or "none"),
    ]


def _standing(opened: OpenCase, names: Mapping[str, str]) -> Iterator[Section]:
    for kept in opened.everything():
        yield HEADINGS[kept.says.kind], _rows(kept.says, names)


def _earlier(opened: OpenCase, names: Mapping[str, str]) -> Iterator[Section]:
    """What stood before it was changed or removed, with the day."""
    order = list(KINDS)
    for row in sorted(opened.rows, key=lambda each: (order.index(each.kind), each.number)):
        versions = opened.history(row.code)
        for past, after in pairwise(versions):
            yield _before(past, after, HEADINGS[row.kind], names)


def _before(past: Past, after: Past, heading: str, names: Mapping[str, str]) -> Section:
    assert past.says is not None, "nothing is written after a removal"
    how = "removed" if after.says is None else "changed"
    rows = _rows(past.says, names)
    rows.append((f"{how} on", day(after.written_at.date())))
    if after.why:
        rows.append(("why", after.why))
    return f"{heading}, as it stood before", rows


def _rows(says: Told, names: Mapping[str, str]) -> Rows:
    left_out = _LEFT_OUT.get(type(says), set())
    return [
        row
        for each in fields(says)
        if each.name not in left_out
        for row in _row(each.name, getattr(says, each.name), names)
    ]


def _row(name: str, value: Any, names: Mapping[str, str]) -> Iterator[tuple[str, str | None]]:
    label = _LABELS.get(name, name.replace("_", " "))
    if isinstance(value, Mapping):
        for fact, told in value.items():
            known = name == "outcomes"
            yield (scheme_named(fact), told) if known else answer_in_words(fact, told)
    elif name == "scheme":
        yield label, scheme_named(value)
    elif name == "person":
        yield label, "the whole household" if value is None else names.get(value, value)
    elif name == "caller":
        yield label, "the household itself" if value is None else names.get(value, value)
    elif name == "asks":
        yield label, "\n".join(map(question_of, value)) or None
    elif name == "members":
        yield label, ", ".join(names.get(each, each) for each in value) or "the whole household"
    else:
        yield label, _told(value)


def _told(value: Any) -> str | None:
    if value is None or value == ():
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "\n".join(value)
    if isinstance(value, Sex | Direction):
        return _CHOSEN.get(value, value.value)
    if isinstance(value, (date, UncertainDate)):
        return day(value) if isinstance(value, date) else heard(value)
    return str(value)  # texts, numbers, choices


def _names_in(opened: OpenCase) -> dict[str, str]:
    """Each person's and caller's entry and what they are called, also of those who were removed."""
    called: dict[str, str] = {}
    met: Counter[str] = Counter()
    for row in opened.rows:
        if row.kind in _NAMED:
            met[row.kind] += 1
            last = next(each.says for each in reversed(opened.history(row.code)) if each.says)
            given = filter(None, (getattr(last, name) for name in _NAMED[row.kind]))
            called[row.code] = " ".join(given) or f"{row.kind} {met[row.kind]}"
    return called

"""What the cells of a column look like, whatever its heading says: dates, phones, sex words, names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from safeconduct.core.dates import UncertainDate, parse_age, parse_date
from safeconduct.core.identifiers import normal_passport, normal_tazkira, phones_in
from safeconduct.sheets.cells import (
    Provinces,
    has_arabic,
    relation_of,
    sex_of,
    words_of,
)
from safeconduct.sheets.counted import told_size
from safeconduct.sheets.grid import Value
from safeconduct.sheets.name_words import looks_like_name

SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) of a column's filled cells. `filled` is how many cells were looked at."""

    filled: int = 0
    dates: float = 0
    ages: float = 0
    phones: float = 0
    emails: float = 0
    sexes: float = 0
    relations: float = 0
    provinces: float = 0
    names: float = 0
    arabic: float = 0
    sizes: float = 0
    documents: float = 0
    different: float = 0
    long: float = 0
    words: float = 0
    births: float = 0
    lists: float = 0

    def agrees(self, field: str) -> float | None:
        """The share of cells that look like this field; None for fields that look like nothing in particular."""
        return {
            "birth": max(self.dates, self.ages),
            "age": max(self.ages, self.dates),
            "received_on": self.dates,
            "phone": self.phones,
            "caller_phone": self.phones,
            "email": self.emails,
            "caller_email": self.emails,
            "sex": self.sexes,
            "relation": self.relations,
            "province": self.provinces,
            "told_size": self.sizes,
            "dependants": self.sizes,
            "passport": self.documents,
            "tazkira": self.documents,
            "document": self.documents,
            "full_name": self.names,
            "given_name": self.names,
            "family_name": self.names,
            "native_name": self.arabic,
            "father_name": self.names,
            "caller_name": self.names,
        }.get(field)


def content_of(values: Sequence[Value], provinces: Provinces, on: date) -> Content:
    """A look at the values of one column, at most SAMPLE of them, spread over it."""
    filled = [value for value in values if value is not None]
    sample = [
        value for value in filled[:: max(len(filled) // SAMPLE, 1)] if words_of(value) is not None
    ]
    if not sample:
        return Content()
    texts = [words_of(value) or "" for value in sample]
    count = len(sample)

    def share(of: list[bool]) -> float:
        return sum(of) / count

    dates = share([_is_date(value, on) for value in sample])
    return Content(
        filled=count,
        dates=dates,
        ages=share([_is_age(value, on) for value in sample]),
        phones=share([_is_phone(value) for value in sample]),
        emails=share(["@" in text and "." in text for text in texts]),
        sexes=share([sex_of(text) is not None for text in texts]),
        relations=share([relation_of(text) is not None for text in texts]),
        provinces=share([len(text) < 40 and provinces.find(text) is not None for text in texts]),
        names=share(
            [
                isinstance(value, str) and looks_like_name(text)
                for value, text in zip(sample, texts, strict=True)
            ]
        ),
        arabic=share([has_arabic(text) for text in texts]),
        sizes=share([told_size(value) is not None for value in sample]),
        documents=share([_is_document(text) for text in texts]),
        different=len({text.lower() for text in texts}) / count,
        long=share([len(text) > 30 for text in texts]),
        words=share([len(text.split()) > 1 for text in texts]),
        lists=share([_is_list(text) for text in texts]),
        births=dates if _mostly_long_ago(sample, on) else 0.0,
    )


def _is_date(value: Value, on: date) -> bool:
    if isinstance(value, date):
        return True
    if isinstance(value, str):
        return len(value) <= 40 and any(c.isdigit() for c in value) and _read(value, on)
    return isinstance(value, int) and not isinstance(value, bool) and 1250 <= value <= 2100


def _is_list(text: str) -> bool:
    """Several words with marks between them, as people are listed in a cell."""
    return len(text.split()) > 1 and any(mark in text for mark in ",،;؛/|()&+\n")


def _mostly_long_ago(sample: Sequence[Value], on: date) -> bool:
    """Whether dates may be of birth: those of the last year are rather of calls and of answers."""
    found = [
        parse_date(value, on=on, birth=False)
        for value in sample
        if isinstance(value, str | int | date) and not isinstance(value, bool)
    ]
    told = [one for one in found if isinstance(one, UncertainDate)]
    return sum((on - one.latest).days > 400 for one in told) * 2 > len(told)


def _read(value: str, on: date) -> bool:
    return isinstance(parse_date(value, on=on, birth=False), UncertainDate)


def _is_age(value: Value, on: date) -> bool:
    if isinstance(value, bool | date):
        return False
    if isinstance(value, int | float):
        return 0 <= value <= 110
    return (
        isinstance(value, str)
        and len(value) <= 20
        and isinstance(parse_age(value, on=on), UncertainDate)
        and not _read(value, on)
    )


def _is_phone(value: Value) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return bool(phones_in(value))


def _is_document(text: str) -> bool:
    return len(text) <= 60 and (
        normal_passport(text) is not None or normal_tazkira(text) is not None
    )

"""A value that knows where it was written: file, line and field.

Everything is text until a reader asks for more: NO stays two letters, 1e5 three and 2021-08-15 ten, until `yes_or_no`,
`number` or `date` is asked for.
An empty value is unknown: `Fields.get` gives None for it, `Fields[...]` refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

from safeconduct.core.errors import (
    BadPack,
    MissingField,
    NotADate,
    NotAmongChoices,
    NotANumber,
    NumberOutOfRange,
    UnknownField,
    WrongShape,
)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_SHOWN = 60  # characters of a wrong value that a message quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A text, a list or a mapping, and where it stands.

    `label` is what messages call it: the field's name ("opened"), or what the entry is ("a scheme").
    `line` is where the value begins, `key_line` where its field's name stands (the same for most).
    """

    value: str | tuple[Located, ...] | Mapping[str, Located]
    file: str
    line: int
    key_line: int
    label: str

    @property
    def is_text(self) -> bool:
        return isinstance(self.value, str)

    @property
    def is_list(self) -> bool:
        return isinstance(self.value, tuple)

    @property
    def is_mapping(self) -> bool:
        return isinstance(self.value, Mapping)

    @property
    def is_empty(self) -> bool:
        """Nothing was written here: unknown."""
        return self.value == ""

    def refuse(self, error: type[BadPack], **where: object) -> NoReturn:
        """Raise `error` for this place: `file` and `line` are given, the rest of its words come in `where`."""
        raise error(**{"file": self.file, "line": self.line, **where})

    def text(self) -> str:
        """The text as written (an empty one is empty)."""
        if not isinstance(self.value, str):
            self._wrong_shape(
                "one text",
                "Write one value here. Put it in quotes if it holds ': ' or begins with [ or {.",
            )
        return self.value

    def items(self) -> tuple[Located, ...]:
        """The entries of a list. Nothing written is an empty list."""
        if self.is_empty:
            return ()
        if not isinstance(self.value, tuple):
            self._wrong_shape(
                "a list", "Begin each entry on its own line with '- ', or write [one, two]."
            )
        return self.value

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def parts(self) -> tuple[str, ...]:
        """Texts in one cell, separated by | as everywhere in the public formats. An empty cell has none."""
        return tuple(part for part in (part.strip() for part in self.text().split("|")) if part)

    def pairs(self) -> Iterator[tuple[str, Located]]:
        """A mapping's names and values, in the order written, when the names are the author's own."""
        yield from self._mapping("a set of 'name: value' lines").items()

    def fields(
        self, known: Collection[str], *, required: Collection[str] = (), of: str = ""
    ) -> Fields:
        """The fields of an entry. A name that is not `known` is refused with the nearest one that is.

        `required` must be there and not empty; `of` names the entry in messages ("a scheme"; by default its label).
        """
        shown = of or self.label
        mapping = self._mapping("a set of 'field: value' lines")
        for name, value in mapping.items():
            if name not in known:
                value.refuse(
                    UnknownField,
                    line=value.key_line,
                    found=name,
                    of=shown,
                    advice=did_you_mean(name, known),
                )
        fields = Fields(entry=self, mapping=mapping, of=shown)
        for name in required:
            fields[name]  # refused here if it is missing: before anything is made of the entry
        return fields

    def date(self) -> date:
        """A day written as 2021-08-15."""
        written = self.text()
        day = _day(written)
        if day is None:
            advice = "Write it as 2021-08-15: year, month, day."
            self.refuse(NotADate, field=self.label, found=written[:_SHOWN], advice=advice)
        return day

    def number(self, *, least: float | None = None, most: float | None = None) -> float:
        """A number in digits, with a full stop where there are decimals."""
        return float(self._digits(_NUMBER, "a number", least, most))

    def whole(self, *, least: int | None = None, most: int | None = None) -> int:
        """A whole number."""
        return int(self._digits(re.compile(r"-?[0-9]+"), "a whole number", least, most))

    def yes_or_no(self) -> bool:
        """yes or no (true and false are understood)."""
        return self.one_of(("yes", "no", "true", "false")) in {"yes", "true"}

    def one_of(self, choices: Collection[str]) -> str:
        """One of the words that this field may hold."""
        written = self.text()
        if written not in choices:
            advice = did_you_mean(written, choices, what="It may be")
            self.refuse(NotAmongChoices, field=self.label, found=written[:_SHOWN], advice=advice)
        return written

    def _digits(
        self, form: re.Pattern[str], expected: str, least: float | None, most: float | None
    ) -> str:
        written = self.text()
        if not form.fullmatch(written):
            bare = written.replace(",", "").replace(" ", "").rstrip("%")
            advice = (
                f"Write it as {bare}: digits only."
                if form.fullmatch(bare)
                else "Write digits only, or leave the value empty if it is unknown."
            )
            self.refuse(
                NotANumber,
                field=self.label,
                found=written[:_SHOWN],
                expected=expected,
                advice=advice,
            )
        value = float(written)
        if (least is not None and value < least) or (most is not None and value > most):
            low = "" if least is None else f"{least:g} or more"
            both = low if most is None else f"{least:g} to {most:g}" if low else f"{most:g} or less"
            self.refuse(NumberOutOfRange, field=self.label, found=written[:_SHOWN], range=both)
        return written

    def _mapping(self, expected: str) -> Mapping[str, Located]:
        if not isinstance(self.value, Mapping):
            self._wrong_shape(
                expected, "Write each field on its own line, as 'name: value', indented alike."
            )
        return self.value

    def _wrong_shape(self, expected: str, advice: str) -> NoReturn:
        found = "a list" if self.is_list else "a set of fields" if self.is_mapping else "one text"
        if self.is_empty:
            found = "empty"
        self.refuse(WrongShape, of=self.label, expected=expected, found=found, advice=advice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The fields of one entry. What was left empty counts as not there: unknown is never an empty text."""

    entry: Located
    mapping: Mapping[str, Located]
    of: str

    def __getitem__(self, name: str) -> Located:
        """The field, which must be there."""
        value = self.get(name)
        if value is None:
            self.entry.refuse(MissingField, of=self.of, field=name)
        return value

    def __contains__(self, name: str) -> bool:
        return self.get(name) is not None

    def get(self, name: str) -> Located | None:
        """The field, or None where it is absent or empty."""
        value = self.mapping.get(name)
        return None if value is None or value.is_empty else value

    def text(self, name: str) -> str:
        """The field's text; empty where it is absent."""
        value = self.get(name)
        return value.text() if value else ""

    def date(self, name: str) -> date | None:
        value = self.get(name)
        return value.date() if value else None

    def number(
        self, name: str, *, least: float | None = None, most: float | None = None
    ) -> float | None:
        value = self.get(name)
        return value.number(least=least, most=most) if value else None

    def whole(self, name: str, *, least: int | None = None, most: int | None = None) -> int | None:
        value = self.get(name)
        return value.whole(least=least, most=most) if value else None

    def items(self, name: str) -> tuple[Located, ...]:
        value = self.get(name)
        return value.items() if value else ()


def _day(written: str) -> date | None:
    if not _DATE.fullmatch(written):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:  # the thirteenth month, the thirty-second day
        return None


def did_you_mean(found: str, known: Collection[str], *, what: str = "The fields are") -> str:
    """The nearest of the known words, or all of them where none is near."""
    nearest = get_close_matches(found, known, n=1, cutoff=0.7)
    if nearest:
        return f"Did you mean '{nearest[0]}'?"
    shown = sorted(known) if len(known) <= 40 else [*sorted(known)[:40], "and others"]
    return f"{what}: {', '.join(shown)}."

"""An entry as JSON and back, by the fields that its kind declares: no field too many or too few."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, Final, NamedTuple, Self

from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.errors import EntryTooLarge, LettersUnwritable, WrongEntryShape
from safeconduct.vault.models import Part

LARGEST: Final = 1024 * 1024  # bytes of JSON
LARGEST_NUMBER: Final = 2**53  # what every reader of JSON keeps exactly
# Commands to a machine, but for the tabulator and the ends of lines: XML and PostgreSQL take none of them.
_COMMANDS: Final = frozenset(chr(sign) for sign in range(32)) - {"\t", "\n", "\r"}


@dataclass(frozen=True, slots=True)
class Told:
    """What every kind of entry is: its name, the part of the case that it belongs to, and a form in JSON."""

    kind: ClassVar[str]
    part: ClassVar[Part]

    def to_json(self) -> dict[str, Any]:
        """Every field by its name; None is unknown. Raises WrongEntryShape, LettersUnwritable."""
        return {
            name: shape.write(_Spot(self.kind, name), getattr(self, name))
            for name, shape in _shapes(type(self)).items()
        }

    @classmethod
    def from_json(cls, told: object) -> Self:
        """Raises WrongEntryShape for anything that `to_json` does not write."""
        shapes = _shapes(cls)
        if not isinstance(told, dict) or told.keys() != shapes.keys():
            raise WrongEntryShape(kind=cls.kind, field="names", what="are not those of this kind")
        return cls(
            **{
                name: shape.read(_Spot(cls.kind, name), told[name])
                for name, shape in shapes.items()
            }
        )

    def to_bytes(self) -> bytes:
        """What is sealed. Raises EntryTooLarge too."""
        told = json.dumps(self.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
        if len(told) > LARGEST:
            raise EntryTooLarge(size=len(told) // 1024 + 1, limit=LARGEST // 1024)
        return told

    @classmethod
    def from_bytes(cls, told: bytes) -> Self:
        try:
            return cls.from_json(json.loads(told))
        except ValueError as wrong:  # no JSON, or no UTF-8
            raise WrongEntryShape(kind=cls.kind, field="names", what="cannot be read") from wrong


class _Spot(NamedTuple):
    kind: str
    field: str

    def wrong(self, what: str) -> WrongEntryShape:
        return WrongEntryShape(kind=self.kind, field=self.field, what=what)


class _Shape(NamedTuple):
    """How one type of field is written to JSON and read from it; both refuse what is not of the type."""

    write: Callable[[_Spot, Any], Any]
    read: Callable[[_Spot, Any], Any]


_KNOWN: Final[dict[Any, Mapping[str, _Shape]]] = {}


def _shapes(entry: Any) -> Mapping[str, _Shape]:
    """How each field of a kind is written and read; worked out once."""
    if entry not in _KNOWN:
        hints = typing.get_type_hints(entry)
        _KNOWN[entry] = {each.name: _shape_of(hints[each.name]) for each in fields(entry)}
    return _KNOWN[entry]


def _shape_of(hint: Any) -> _Shape:
    if isinstance(hint, types.UnionType):
        (inner,) = (each for each in typing.get_args(hint) if each is not type(None))
        known = _shape_of(inner)
        return _Shape(partial(_unless_unknown, known.write), partial(_unless_unknown, known.read))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _Shape(partial(_written_choice, hint), partial(_read_choice, hint))
    return _PLAIN[hint]


def _unless_unknown(known: Callable[[_Spot, Any], Any], spot: _Spot, value: Any) -> Any:
    return None if value is None else known(spot, value)


# --- each type of field ---------------------------------------------------------------------


def _text(spot: _Spot, value: object) -> str:
    if type(value) is not str:
        raise spot.wrong("is not a text")
    if not value:
        raise spot.wrong("is an empty text; what is unknown is left out")
    if not _COMMANDS.isdisjoint(value) or not _is_utf8(value):
        raise LettersUnwritable(field=spot.field)
    return value


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # one half of a surrogate pair
        return False
    return True


def _yes_or_no(spot: _Spot, value: object) -> bool:
    if type(value) is not bool:
        raise spot.wrong("is neither yes nor no")
    return value


def _number(spot: _Spot, value: object) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise spot.wrong("is not a whole number from 0")
    return value


def _written_day(spot: _Spot, value: object) -> str:
    if type(value) is not date:
        raise spot.wrong("is not a day")
    return value.isoformat()


def _read_day(spot: _Spot, value: object) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != value:
        raise spot.wrong("is not a day")
    return day


def _written_choice(choices: type[StrEnum], spot: _Spot, value: object) -> str:
    if type(value) is not choices:
        raise spot.wrong("is not one of its choices")
    return str(value)


def _read_choice(choices: type[StrEnum], spot: _Spot, value: object) -> StrEnum:
    if type(value) is not str or value not in {str(each) for each in choices}:
        raise spot.wrong("is not one of its choices")
    return choices(value)


def _written_uncertain(spot: _Spot, value: object) -> dict[str, str]:
    if type(value) is not UncertainDate:
        raise spot.wrong("is not a date as far as it is known")
    return {
        "earliest": value.earliest.isoformat(),
        "latest": value.latest.isoformat(),
        "precision": str(value.precision),
    }


def _read_uncertain(spot: _Spot, value: object) -> UncertainDate:
    if not isinstance(value, dict) or value.keys() != {"earliest", "latest", "precision"}:
        raise spot.wrong("is not a date as far as it is known")
    precision = _read_choice(Precision, spot, value["precision"])
    earliest, latest = _read_day(spot, value["earliest"]), _read_day(spot, value["latest"])
    if earliest > latest:
        raise spot.wrong("ends before it begins")
    return UncertainDate(earliest, latest, Precision(precision))


def _written_texts(spot: _Spot, value: object) -> list[str]:
    if type(value) is not tuple:
        raise spot.wrong("is not a list of texts")
    return [_text(spot, each) for each in value]


def _read_texts(spot: _Spot, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise spot.wrong("is not a list of texts")
    return tuple(_text(spot, each) for each in value)


def _written_facts(spot: _Spot, value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise spot.wrong("is not a list of facts by name")
    return {_text(spot, name): _text(spot, told) for name, told in sorted(value.items())}


def _read_facts(spot: _Spot, value: object) -> Mapping[str, str]:
    return types.MappingProxyType(_written_facts(spot, value))


_PLAIN: Final[dict[Any, _Shape]] = {
    str: _Shape(_text, _text),
    bool: _Shape(_yes_or_no, _yes_or_no),
    int: _Shape(_number, _number),
    date: _Shape(_written_day, _read_day),
    UncertainDate: _Shape(_written_uncertain, _read_uncertain),
    tuple[str, ...]: _Shape(_written_texts, _read_texts),
    Mapping[str, str]: _Shape(_written_facts, _read_facts),
}

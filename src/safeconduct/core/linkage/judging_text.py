"""Judgements and persons as lines of JSON and back, byte for byte: equal things are written equally.

A first line says what the file holds; the others are sorted, each an object on one line. Reading takes what writing
writes and nothing else. The lines hold ids and plain sentences, no name; but they tell who is whom: they are sealed.
"""

from __future__ import annotations

import json
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from itertools import zip_longest
from typing import Any, Final

from safeconduct.core.errors import JudgementIncomplete, NotAsJudged
from safeconduct.core.linkage.held_back import HeldBack
from safeconduct.core.linkage.judgements import Judgement, Withdrawal
from safeconduct.core.linkage.persons import Joined, Persons

JUDGEMENTS: Final = {"safeconduct": "judgements", "version": 1}
PERSONS: Final = {"safeconduct": "persons", "version": 1}


@dataclass(frozen=True, slots=True)
class _Person:
    """A line of its own for each person."""

    records: tuple[str, ...]


# What a line may be, by the word it begins with.
_KINDS: Final[Mapping[str, Mapping[str, type]]] = {
    "judgements": {"judgement": Judgement, "withdrawal": Withdrawal},
    "persons": {"person": _Person, "joined": Joined, "held back": HeldBack},
}


def judgements_to_bytes(
    judgements: Iterable[Judgement], withdrawals: Iterable[Withdrawal] = ()
) -> bytes:
    """All of them, live or not, in UTF-8; each once, whatever their order."""
    return _to_bytes(JUDGEMENTS, (*judgements, *withdrawals))


def judgements_from_bytes(told: bytes) -> tuple[tuple[Judgement, ...], tuple[Withdrawal, ...]]:
    """What `judgements_to_bytes` wrote, in the order of its lines. Raises NotAsJudged for anything else."""
    read = _from_bytes(JUDGEMENTS, told)
    judgements = tuple(each for each in read if isinstance(each, Judgement))
    return judgements, tuple(each for each in read if isinstance(each, Withdrawal))


def persons_to_bytes(persons: Persons) -> bytes:
    """Persons, who joined them and what is held back, in UTF-8: equal bytes mean that nothing differs."""
    people = (_Person(records) for records in persons.people)
    return _to_bytes(PERSONS, (*people, *persons.joined, *persons.held_back))


def persons_from_bytes(told: bytes) -> Persons:
    """What `persons_to_bytes` wrote. Raises NotAsJudged for anything else."""
    read = _from_bytes(PERSONS, told)
    joined = (each for each in read if isinstance(each, Joined))
    held_back = (each for each in read if isinstance(each, HeldBack))
    return Persons(
        people=tuple(sorted(each.records for each in read if isinstance(each, _Person))),
        joined=tuple(sorted(joined, key=lambda each: each.records)),
        held_back=tuple(sorted(held_back, key=lambda each: each.records)),
    )


# --- lines --------------------------------------------------------------------------


def _to_bytes(head: Mapping[str, Any], things: Iterable[object]) -> bytes:
    kinds = {shape: word for word, shape in _KINDS[head["safeconduct"]].items()}
    lines = {_line({"kind": kinds[type(thing)], **_written(thing)}) for thing in things}
    return b"".join((_line(head), *sorted(lines)))


def _line(told: Mapping[str, Any]) -> bytes:
    text = json.dumps(told, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def _from_bytes(head: Mapping[str, Any], told: bytes) -> list[Any]:
    first, *lines = told.splitlines(keepends=True) or [b""]
    if first != _line(head):
        raise NotAsJudged(line=1, what=f"it does not say that these are {head['safeconduct']}")
    kinds = _KINDS[head["safeconduct"]]
    things = [_thing(kinds, number, line) for number, line in enumerate(lines, start=2)]
    anew = _to_bytes(head, things).splitlines(keepends=True)
    for number, (one, other) in enumerate(zip_longest(told.splitlines(keepends=True), anew), 1):
        if one != other:
            raise NotAsJudged(line=number, what="it is written or ordered otherwise")
    return things


def _thing(kinds: Mapping[str, type], number: int, line: bytes) -> object:
    try:
        told = json.loads(line)
        _line(told)  # refuses letters that cannot be written
        return _read(kinds[told.pop("kind")], told)
    except JudgementIncomplete as wrong:
        raise NotAsJudged(line=number, what=wrong.where["what"]) from wrong
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as wrong:
        raise NotAsJudged(line=number, what="it is none of the records of this file") from wrong


# --- values -------------------------------------------------------------------------


def _written(value: Any) -> Any:
    """A value as JSON has it: times in UTC to the microsecond, and one zero only."""
    if is_dataclass(value):
        record: Any = type(value)
        return {name: _written(getattr(value, name)) for name in _shape(record)}
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return float(value) + 0.0 if isinstance(value, float) else value


def _read(shape: Any, told: Any) -> Any:
    """A value of this type. Raises ValueError, TypeError or LookupError where it is of another."""
    inner = typing.get_args(shape)
    if type(None) in inner:
        return None if told is None else _read(inner[0], told)
    if inner:
        return _read_tuple(inner, told)
    if is_dataclass(shape):
        return _read_record(shape, told)
    if not isinstance(told, float if shape is float else str):
        raise TypeError
    return _of_text(shape, told) if isinstance(told, str) else told


def _of_text(shape: Any, told: str) -> Any:
    if shape is datetime:
        return datetime.fromisoformat(told)
    return shape(told) if issubclass(shape, StrEnum) else told


def _read_tuple(inner: tuple[Any, ...], told: Any) -> tuple[Any, ...]:
    """`tuple[x, ...]`, or as many as the type names."""
    if not isinstance(told, list):
        raise TypeError
    shapes = [inner[0]] * len(told) if Ellipsis in inner else inner
    return tuple(_read(shape, each) for shape, each in zip(shapes, told, strict=True))


def _read_record(shape: Any, told: Any) -> Any:
    return shape(**{name: _read(each, told.pop(name)) for name, each in _shape(shape).items()})


@cache
def _shape(record: Any) -> Mapping[str, Any]:
    """The type of each field. The time comes first, so that lines sorted are in order of time."""
    types = typing.get_type_hints(record)
    names = sorted((each.name for each in fields(record)), key=lambda name: name != "at")
    return {name: types[name] for name in names}

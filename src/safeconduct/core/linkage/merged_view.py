"""What all records of one person tell, side by side: nothing is chosen away and no record is changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from safeconduct.core.dates import UncertainDate
from safeconduct.core.linkage.records import LinkRecord

Value = str | UncertainDate
_FIELDS = tuple(each.name for each in fields(LinkRecord) if each.name != "person_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldValue:
    """A value as written, and the records that tell it, sorted."""

    value: Value
    by: tuple[str, ...]


def merged_view(
    person: Sequence[str], records: Mapping[str, LinkRecord]
) -> dict[str, tuple[ToldValue, ...]]:
    """Of every field all values that this person's records tell; () where none does (unknown).

    Values stand as written: those most often told first, then by the first record that tells them. Values are not
    compared: "Naeem" and "Naim" are two. An edit is made on one of the records, and stays with it when the person is
    taken apart again.
    """
    told = [records[record_id] for record_id in sorted(person)]
    return {name: _values(name, told) for name in _FIELDS}


def _values(name: str, told: Sequence[LinkRecord]) -> tuple[ToldValue, ...]:
    by: dict[Value, list[str]] = {}
    for record in told:
        for value in dict.fromkeys(_told(getattr(record, name))):
            by.setdefault(value, []).append(record.person_id)
    values = [ToldValue(value=value, by=tuple(who)) for value, who in by.items()]
    return tuple(sorted(values, key=lambda each: (-len(each.by), each.by)))


def _told(value: Value | tuple[str, ...] | None) -> Iterator[Value]:
    """A record tells no value, one, or as telephones several."""
    if isinstance(value, tuple):
        yield from value
    elif value:
        yield value

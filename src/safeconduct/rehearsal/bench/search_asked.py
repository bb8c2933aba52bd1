"""What caseworkers might type in looking for people of a simulated list, and who is then meant in truth."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from safeconduct.core.linkage import LinkRecord
from safeconduct.core.names.searching import Findable
from safeconduct.rehearsal.bench.told_people import ToldPeople

# Of each kind so many are asked, where the list has them.
EACH_KIND = 20


@dataclass(frozen=True, slots=True)
class Typed:
    """One query of a kind. `meant`: places in the list of those sought; any one of them counts as found."""

    kind: str
    text: str
    meant: frozenset[int]


def own_names(record: LinkRecord) -> tuple[str, ...]:
    return tuple(filter(None, (record.given_name, record.family_name, record.native_name)))


def findable(record: LinkRecord) -> Findable:
    """A record as the index takes it."""
    return Findable(
        key=record.person_id,
        names=own_names(record),
        fathers=tuple(filter(None, (record.father_name,))),
        phones=record.phones,
        numbers=tuple(filter(None, (record.passport, record.tazkira, record.other_id))),
    )


def typed_queries(told: ToldPeople, seed: int) -> tuple[Typed, ...]:
    """Drawn from people whom several pleas tell of, in a writing of one of them; another one's row is meant too."""
    records = told.records
    rows: dict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        rows[told.truth[record.person_id]].append(at)
    chance = random.Random(seed)  # noqa: S311 (a made-up list, not a secret)
    places = chance.sample(range(len(records)), len(records))
    # Those told of once are asked for last, and only where the others do not suffice.
    places.sort(key=lambda at: len(rows[told.truth[records[at].person_id]]) < 2)
    found: list[Typed] = []
    for kind, typed in _KINDS.items():
        some = 0
        for at in places:
            text = typed(records[at], chance)
            if text is None:
                continue
            # By another's writing of the name: the row that it was taken from does not count where there is another.
            same = rows[told.truth[records[at].person_id]]
            others = frozenset(same) - {at} if kind in _BY_ANOTHERS else frozenset()
            found.append(Typed(kind, text, others or frozenset(same)))
            some += 1
            if some == EACH_KIND:
                break
    return tuple(found)


def _full(record: LinkRecord, _: random.Random) -> str | None:
    return (
        f"{record.given_name} {record.family_name}"
        if record.given_name and record.family_name
        else None
    )


def _native(record: LinkRecord, _: random.Random) -> str | None:
    native = record.native_name
    return native if native and " " in native else None


def _begun(record: LinkRecord, chance: random.Random) -> str | None:
    """The whole of it but for the last third."""
    name = _full(record, chance)
    return name[: len(name) * 2 // 3].rstrip() if name else None


def _with_father(record: LinkRecord, _: random.Random) -> str | None:
    if not (record.given_name and record.father_name):
        return None
    return f"{record.given_name} s/o {record.father_name}"


def _slipped(record: LinkRecord, chance: random.Random) -> str | None:
    """Two letters in each other's place."""
    name = _full(record, chance)
    if name is None:
        return None
    at = chance.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _one_part(record: LinkRecord, _: random.Random) -> str | None:
    return record.given_name.split()[0] if record.given_name else None


def _phone(record: LinkRecord, _: random.Random) -> str | None:
    return (
        "0" + record.phones[0][3:] if record.phones and record.phones[0].startswith("+93") else None
    )


def _document(record: LinkRecord, _: random.Random) -> str | None:
    return record.passport


_KINDS: dict[str, Callable[[LinkRecord, random.Random], str | None]] = {
    "full": _full,
    "native": _native,
    "begun": _begun,
    "father": _with_father,
    "slip": _slipped,
    "part": _one_part,
    "phone": _phone,
    "document": _document,
}
_BY_ANOTHERS = frozenset({"full", "native", "begun", "father", "slip"})
# Of a part alone nobody can tell who is meant.
TELLING = frozenset(_KINDS) - {"part"}


def found_share(
    asked: Sequence[Typed], found: Sequence[Sequence[int]], kinds: frozenset[str]
) -> float:
    """Of the queries of these kinds, the share for which one who is meant is among those found."""
    judged = [
        bool(query.meant.intersection(rows))
        for query, rows in zip(asked, found, strict=True)
        if query.kind in kinds
    ]
    return sum(judged) / len(judged) if judged else 0.0

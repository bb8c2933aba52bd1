"""A list of records as columns: everything about one person that is compared, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from safeconduct.core.dates import UncertainDate, as_birth
from safeconduct.core.facts import Sex
from safeconduct.core.identifiers import normal_passport, normal_tazkira, phones_in
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.names.keys import keys, pairs_of_keys

UNKNOWN = -1
_SEX_NUMBERS = {Sex.FEMALE: 0, Sex.MALE: 1}

Numbers = npt.NDArray[np.int64]


class Index:
    """Gives each distinct text a number; None and empty texts get UNKNOWN."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """The number of a text: a new one for a new text, UNKNOWN for None and the empty text."""
        if not text:
            return UNKNOWN
        found = self._numbers.get(text)
        if found is None:
            found = self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return found


@dataclass(frozen=True, slots=True)
class People:
    """Columns over the list, by position. Numbers of texts are those of the `Index` beside them."""

    records: tuple[LinkRecord, ...]
    given: Numbers
    whole: Numbers
    native: Numbers
    father: Numbers
    sex: Numbers
    earliest: Numbers
    latest: Numbers
    passport: Numbers
    tazkira: Numbers
    plain_tazkira: npt.NDArray[np.bool_]
    province: Numbers
    household: Numbers
    names: Index
    passports: Index
    tazkiras: Index
    phones: tuple[frozenset[int], ...]
    given_skeletons: tuple[tuple[str, ...], ...]
    father_skeletons: tuple[tuple[str, ...], ...]
    name_pairs: tuple[tuple[tuple[str, str], ...], ...]
    name_keys: tuple[frozenset[str], ...]
    years: tuple[tuple[int, ...], ...] = field(default=())

    def __len__(self) -> int:
        return len(self.records)

    def born_on_known_day(self, at: int) -> bool:
        """Whether the birth of the person at this position is told to the day (1 January is the year alone)."""
        return bool(self.earliest[at] >= 0 and self.earliest[at] == self.latest[at])


def people_of(records: Sequence[LinkRecord]) -> People:
    """Work out the columns. Records stay in their order; nothing is dropped."""
    names, passports, tazkiras, provinces, households, telephones = (Index() for _ in range(6))
    rows: list[tuple[int, ...]] = []
    phones: list[frozenset[int]] = []
    skeletons: list[tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]] = []
    years: list[tuple[int, ...]] = []
    for position, record in enumerate(records):
        whole = " ".join(part for part in (record.given_name, record.family_name) if part)
        native = record.native_name or ""
        given = _given_of(record, whole)
        born = as_birth(record.birth) if record.birth else None
        tazkira = normal_tazkira(record.tazkira)
        rows.append(
            (
                names.number(given),
                names.number(whole or native),
                names.number(native if whole else None),
                names.number(record.father_name),
                _SEX_NUMBERS.get(record.sex, UNKNOWN) if record.sex else UNKNOWN,
                born.earliest.toordinal() if born else UNKNOWN,
                born.latest.toordinal() if born else UNKNOWN,
                passports.number(normal_passport(record.passport)),
                tazkiras.number(tazkira),
                int(bool(tazkira and tazkira.startswith("plain:"))),
                provinces.number((record.province or "").strip().casefold()),
                # A person of no known household is a household of one.
                households.number(record.household_id or f"\0{position}"),
            )
        )
        phones.append(_phones_of(record, telephones))
        views = tuple(view for view in (whole, native) if view)
        pairs = dict.fromkeys(pair for view in views for pair in pairs_of_keys(view))
        skeletons.append((keys(given or ""), keys(record.father_name or ""), tuple(pairs)))
        years.append(_years_of(born))
    columns = np.asarray(rows, dtype=np.int64).reshape(len(rows), 12).T.copy()
    return People(
        records=tuple(records),
        given=columns[0],
        whole=columns[1],
        native=columns[2],
        father=columns[3],
        sex=columns[4],
        earliest=columns[5],
        latest=columns[6],
        passport=columns[7],
        tazkira=columns[8],
        plain_tazkira=columns[9].astype(bool),
        province=columns[10],
        household=columns[11],
        names=names,
        passports=passports,
        tazkiras=tazkiras,
        phones=tuple(phones),
        given_skeletons=tuple(item[0] for item in skeletons),
        father_skeletons=tuple(item[1] for item in skeletons),
        name_pairs=tuple(item[2] for item in skeletons),
        name_keys=tuple(frozenset(key for pair in item[2] for key in pair) for item in skeletons),
        years=tuple(years),
    )


def _phones_of(record: LinkRecord, telephones: Index) -> frozenset[int]:
    numbers = (number for text in record.phones for number in phones_in(text))
    return frozenset(telephones.number(number) for number in numbers)


def _given_of(record: LinkRecord, whole: str) -> str | None:
    """The given name; where only a native name is told, its whole is taken, since what is given in it is not marked."""
    return record.given_name or (None if whole else record.native_name)


def _years_of(born: UncertainDate | None) -> tuple[int, ...]:
    """The years a birth may lie in, where they are few enough to look under."""
    if born is None or born.latest.year - born.earliest.year > 2:
        return ()
    return tuple(range(born.earliest.year, born.latest.year + 1))

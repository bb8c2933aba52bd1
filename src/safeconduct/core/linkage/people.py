"""A list of records as columns: everything about one person that is compared, worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from safeconduct.core.dates import UncertainDate, as_birth
from safeconduct.core.facts import Sex
from safeconduct.core.identifiers import normal_passport, normal_tazkira, phones_in
from safeconduct.core.linkage.marks import mark_of
from safeconduct.core.linkage.name_keys import name_keys
from safeconduct.core.linkage.ragged import UNKNOWN, Numbers, Ragged
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.linkage.told_words import normal_code, normal_words
from safeconduct.core.names.many import NameTable

__all__ = ["UNKNOWN", "Index", "Numbers", "People", "people_of"]

_SEX_NUMBERS = {Sex.FEMALE: 0, Sex.MALE: 1}
Flags = npt.NDArray[np.bool_]


class Index:
    """Gives each distinct text a number; None and empty texts get UNKNOWN."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def texts(self) -> list[str]:
        """The texts in the order of their numbers."""
        return list(self._numbers)

    def number(self, text: str | None) -> int:
        """The number of a text: a new one for a new text, UNKNOWN for None and the empty text."""
        return self._numbers.setdefault(text, len(self._numbers)) if text else UNKNOWN

    def column(self, texts: Iterable[str | None]) -> Numbers:
        """The numbers of many texts."""
        known = self._numbers
        return np.fromiter(
            (known.setdefault(text, len(known)) if text else UNKNOWN for text in texts),
            dtype=np.int64,
        )


@dataclass(frozen=True, slots=True)
class People:
    """Columns over the list, by position. Numbers of texts are places in the list of texts beside them.

    Provinces, places, occupations, words of addresses and telephones are marks (`marks`), the same in every list.
    `names` holds every written name once, `table` their parts, `name_keys` the blocking keys of each. Days are
    ordinals; UNKNOWN is -1 everywhere. `of_families`: see `_of_families`.
    """

    records: Sequence[LinkRecord]
    given: Numbers
    whole: Numbers
    native: Numbers
    family: Numbers
    father: Numbers
    sex: Numbers
    earliest: Numbers
    latest: Numbers
    passport: Numbers
    tazkira: Numbers
    plain_tazkira: Flags
    other_id: Numbers
    province: Numbers
    birth_place: Numbers
    postcode: Numbers
    occupation: Numbers
    address: Ragged
    household: Numbers
    phones: Ragged
    names: list[str]
    passports: list[str]
    tazkiras: list[str]
    other_ids: list[str]
    postcodes: list[str]
    table: NameTable
    name_keys: Ragged
    of_families: bool

    def __len__(self) -> int:
        return len(self.records)


def people_of(records: Sequence[LinkRecord], *, of_families: bool | None = None) -> People:
    """Work out the columns. Records stay in their order; nothing is dropped.

    `of_families`: whether families must be thought of, where that is known of a longer list these are taken from.
    """
    names = Index()
    whole_texts = [_whole_of(record) for record in records]
    native_texts = [record.native_name for record in records]
    given = names.column(map(_given_of, records, whole_texts))
    whole = names.column(
        whole or native for whole, native in zip(whole_texts, native_texts, strict=True)
    )
    native = names.column(
        native if whole else None for whole, native in zip(whole_texts, native_texts, strict=True)
    )
    father = names.column(record.father_name for record in records)
    family = names.column(record.family_name for record in records)
    passports, tazkiras, other_ids, postcodes = (Index() for _ in range(4))
    tazkira = _normal(tazkiras, (record.tazkira for record in records), normal_tazkira)
    earliest, latest = _births(records)
    tazkira_texts = tazkiras.texts
    plain = np.fromiter((text.startswith("plain:") for text in tazkira_texts), dtype=bool)
    texts = names.texts
    table = NameTable(texts)
    return People(
        records=records,
        given=given,
        whole=whole,
        native=native,
        family=family,
        father=father,
        sex=np.fromiter(
            (
                _SEX_NUMBERS.get(record.sex, UNKNOWN) if record.sex else UNKNOWN
                for record in records
            ),
            dtype=np.int64,
        ),
        earliest=earliest,
        latest=latest,
        passport=_normal(passports, (record.passport for record in records), normal_passport),
        tazkira=tazkira,
        plain_tazkira=(tazkira != UNKNOWN) & plain[tazkira] if len(plain) else tazkira > UNKNOWN,
        other_id=_normal(other_ids, (record.other_id for record in records), normal_code),
        province=_marked(record.province for record in records),
        birth_place=_marked(record.birth_place for record in records),
        postcode=_normal(postcodes, (record.postcode for record in records), normal_code),
        occupation=_marked(record.occupation for record in records),
        address=_words(record.address for record in records),
        # A person of no known household is a household of one.
        household=Index().column(
            record.household_id or f"\0{position}" for position, record in enumerate(records)
        ),
        phones=_phones(records),
        names=texts,
        passports=passports.texts,
        tazkiras=tazkira_texts,
        other_ids=other_ids.texts,
        postcodes=postcodes.texts,
        table=table,
        name_keys=name_keys(table),
        of_families=_of_families(records) if of_families is None else of_families,
    )


def _of_families(records: Sequence[LinkRecord]) -> bool:
    """Whether families must be thought of: sisters, and fathers and sons, stand in the list beside each other.

    Not in a register of single people: it tells of no household, father or telephone, but where most of them were
    born, live or work. There a differing given name, sex or birth is more often a slip than a relative.
    """
    if any(record.household_id or record.father_name or record.phones for record in records):
        return True
    told = sum(
        bool(record.birth_place) + bool(record.postcode) + bool(record.occupation)
        for record in records
    )
    return told < len(records) / 2 or not records


def _whole_of(record: LinkRecord) -> str:
    given, family = record.given_name, record.family_name
    return f"{given} {family}" if given and family else given or family or ""


def _given_of(record: LinkRecord, whole: str) -> str | None:
    """The given name; where only a native name is told, its whole is taken, since what is given in it is not marked."""
    return record.given_name or (None if whole else record.native_name)


def _normal(
    index: Index, texts: Iterable[str | None], normal: Callable[[str], str | None]
) -> Numbers:
    """The numbers of texts in their normal form, each distinct text brought into it once."""
    written = Index()
    column = written.column(texts)
    forms = index.column(map(normal, written.texts))
    return np.where(column == UNKNOWN, UNKNOWN, forms[column]) if len(forms) else column


def _marked(texts: Iterable[str | None]) -> Numbers:
    """The marks of texts in their normal form: the same in every list."""
    written = Index()
    column = written.column(texts)
    forms = (normal_words(text) for text in written.texts)
    marks = [UNKNOWN if form is None else mark_of(form) for form in forms]
    found: Numbers = np.asarray([*marks, UNKNOWN], dtype=np.int64)[column]
    return found


def _births(records: Sequence[LinkRecord]) -> tuple[Numbers, Numbers]:
    known: dict[UncertainDate, tuple[int, int]] = {}

    def days(birth: UncertainDate | None) -> tuple[int, int]:
        if birth is None:
            return UNKNOWN, UNKNOWN
        found = known.get(birth)
        if found is None:
            born = as_birth(birth)
            found = known[birth] = born.earliest.toordinal(), born.latest.toordinal()
        return found

    told = np.fromiter(
        (day for record in records for day in days(record.birth)), dtype=np.int64
    ).reshape(-1, 2)
    return told[:, 0].copy(), told[:, 1].copy()


def _phones(records: Sequence[LinkRecord]) -> Ragged:
    known: dict[str, list[int]] = {}

    def numbers(text: str) -> list[int]:
        found = known.get(text)
        if found is None:
            found = known[text] = [mark_of(number) for number in phones_in(text)]
        return found

    return Ragged.of_lists(
        sorted({number for text in record.phones for number in numbers(text)})
        if record.phones
        else ()
        for record in records
    )


def _words(texts: Iterable[str | None]) -> Ragged:
    known: dict[str, list[int]] = {}

    def marks(text: str | None) -> list[int]:
        if not text:
            return []
        found = known.get(text)
        if found is None:
            words = (normal_words(text) or "").split()
            found = known[text] = sorted(mark_of(word) for word in set(words))
        return found

    return Ragged.of_lists(map(marks, texts))

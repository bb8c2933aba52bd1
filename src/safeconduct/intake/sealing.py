"""What is sealed in this room, where, and under which key: a delivery's own, made and wrapped like a case's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from safeconduct.cases.actions.offices import own_office
from safeconduct.core.errors import DeliveryForgotten
from safeconduct.intake.models import DeliveredFile, Delivery, End, Plea
from safeconduct.people.present import Present
from safeconduct.vault.actions.case_keys import new_case_keys, open_case_keys
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place, SealKey, open_sealed, seal
from safeconduct.vault.wrapping import vouched

VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PleaWords:
    """The words of one plea: where they stood, and each cell under its heading. A text has one cell and no origin.

    `fields` tells what a heading was taken for, where it was; `cell` and `reason` why a row is held.
    """

    origins: Sequence[str]
    cells: Sequence[tuple[str, str]]
    fields: Mapping[str, str]
    cell: str = ""
    reason: str = ""

    def to_bytes(self) -> bytes:
        told = {
            "origins": list(self.origins),
            "cells": [list(each) for each in self.cells],
            "fields": dict(self.fields),
            "cell": self.cell,
            "reason": self.reason,
        }
        return as_json(told)

    @classmethod
    def from_bytes(cls, plain: bytes) -> PleaWords:
        told = json.loads(plain)
        cells = [(heading, text) for heading, text in told.pop("cells")]
        return cls(**told, cells=cells)

    def as_text(self) -> str:
        """The cells one below the other."""
        return "\n".join(f"{heading}: {text}" if heading else text for heading, text in self.cells)


def new_keys(by: Present, code: str) -> SealKey:
    """Within the transaction that writes the delivery. Raises KeySwapped, KeysLocked."""
    office = own_office(by)
    keys = new_case_keys(
        by.ring,
        case=code,
        office=office.row.code,
        generation=office.row.generation,
        public=office.public,
    )
    return keys.of("contents")


def key_of(by: Present, delivery: Delivery) -> SealKey:
    """Raises NoKey where it was forgotten, KeysLocked."""
    return open_case_keys(by.ring, case=delivery.code, version=VERSION).of("contents")


def digests(ring: Keyring, files: Mapping[str, bytes]) -> dict[int, bytes]:
    """By generation of the office's key, what these bytes are known by again; without the key it tells nothing.

    Names do not count: a file that was renamed is the same file.
    """
    told = b"".join(sorted(sha256(content).digest() for content in files.values()))
    return {
        generation: vouched(private, b"delivered", told)
        for generation, private in ring.office_keys.items()
    }


def seal_files(key: SealKey, delivery: Delivery, files: Mapping[str, bytes]) -> list[DeliveredFile]:
    return [
        DeliveredFile(
            delivery=delivery,
            number=number,
            sealed_name=seal(key, name.encode(), _file(delivery, number, "name")),
            sealed=seal(key, content, _file(delivery, number, "content")),
        )
        for number, (name, content) in enumerate(files.items(), 1)
    ]


def open_files(key: SealKey, delivery: Delivery) -> dict[str, bytes]:
    """Name: bytes, in their order. Raises DeliveryForgotten, SealBroken."""
    found = {
        open_sealed(
            key, bytes(each.sealed_name), _file(delivery, each.number, "name")
        ).decode(): open_sealed(key, bytes(each.sealed), _file(delivery, each.number, "content"))
        for each in delivery.files.order_by("number")
    }
    if not found:
        raise DeliveryForgotten
    return found


def file_names(key: SealKey, delivery: Delivery) -> list[str]:
    """What its files were called; none once they are forgotten."""
    rows = delivery.files.order_by("number").values_list("number", "sealed_name")
    return [
        open_sealed(key, bytes(sealed), _file(delivery, number, "name")).decode()
        for number, sealed in rows
    ]


def seal_part(key: SealKey, delivery: Delivery, part: str, plain: bytes) -> bytes:
    """Its mapping or its preview, for the revision at which it stands."""
    return seal(key, plain, _part(delivery, part))


def open_part(key: SealKey, delivery: Delivery, part: str) -> bytes:
    """Nothing where there is none. Raises SealBroken."""
    sealed = getattr(delivery, f"sealed_{part}")
    return open_sealed(key, bytes(sealed), _part(delivery, part)) if sealed is not None else b""


def seal_words(key: SealKey, plea: Plea, words: PleaWords) -> bytes:
    return seal(key, words.to_bytes(), _words(plea))


def open_words(key: SealKey, plea: Plea) -> PleaWords | None:
    """None once a case holds them, or they were forgotten."""
    if plea.sealed is None:
        return None
    return PleaWords.from_bytes(open_sealed(key, bytes(plea.sealed), _words(plea)))


def rows_left_out(key: SealKey, delivery: Delivery) -> set[str]:
    """Where the rows of families stand whose case was shredded: no import of the delivery reads them again."""
    ended = Plea.objects.filter(delivery=delivery, end=End.SHREDDED)
    told = (open_words(key, plea) for plea in ended)
    return {origin for words in told if words is not None for origin in words.origins}


def as_json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _file(delivery: Delivery, number: int, field: str) -> Place:
    return Place("intake_deliveredfile", f"{delivery.code}-{number}", field, 1)


def _part(delivery: Delivery, part: str) -> Place:
    return Place("intake_delivery", delivery.code, part, delivery.revision)


def _words(plea: Plea) -> Place:
    return Place("intake_plea", plea.code, "words", 1)

"""What a member was shown when they judged, and what they wrote beside it: sealed to the office they spoke for."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from safeconduct.cases.actions.offices import LockedOffice
from safeconduct.core.errors import SealBroken
from safeconduct.core.linkage.judgements import PlainEvidence
from safeconduct.matching import agreements
from safeconduct.matching.models import Judgement, Withdrawal
from safeconduct.people.models import Office
from safeconduct.people.present import Present
from safeconduct.vault.keyring import Keyring
from safeconduct.vault.sealing import Place
from safeconduct.vault.to_office import (
    generation_of,
    open_from_office,
    seal_to_office,
    sealed_anew,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What stood on the screen: the software's figures, if any, and the marks of both cards, smaller code first."""

    marks: tuple[bytes, bytes] | None = None
    model: str = ""
    weight: float | None = None
    probability: float | None = None
    reasons: tuple[PlainEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The note, and the reasons that stood on the screen, in bits and sentences that quote neither name nor number."""

    note: str = ""
    reasons: tuple[PlainEvidence, ...] = ()

    def to_text(self) -> str:
        told = {"note": self.note, "reasons": [asdict(each) for each in self.reasons]}
        return json.dumps(told, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Words:
        told = json.loads(text)
        return cls(told["note"], tuple(PlainEvidence(**each) for each in told["reasons"]))


def seal_words(words: Words, *, code: str, office: LockedOffice) -> bytes:
    return seal_to_office(
        office.public, words.to_text(), _of_judgement(code), generation=office.row.generation
    )


def seal_why(why: str, *, code: str, office: LockedOffice) -> bytes:
    return seal_to_office(
        office.public, why, _of_withdrawal(code), generation=office.row.generation
    )


def seal_shown(shown: Shown, *, code: str, by: Present) -> bytes:
    """What stands on a page, sealed so that the form may carry it: it is opened again when the member has judged.

    Raises KeySwapped where the office's stored key is not its own.
    """
    office = by.office
    public = by.ring.office_public(office.generation, stored=bytes(office.public))
    told = asdict(shown) | {"marks": [mark.hex() for mark in shown.marks or ()]}
    return seal_to_office(
        public, json.dumps(told), _on_the_page(code), generation=office.generation
    )


def shown_of(by: Present, sealed: bytes, *, code: str) -> Shown:
    """Raises SealBroken for what was not shown on that page, KeysLocked."""
    place = _on_the_page(code)
    if by.ring.office_keys and generation_of(sealed) not in by.ring.office_keys:
        raise SealBroken(
            place=place
        )  # not by a page of ours: no key of this office was ever that one
    try:
        told = json.loads(open_from_office(by.ring, sealed, place))
        marks = tuple(bytes.fromhex(mark) for mark in told.pop("marks"))
        reasons = tuple(PlainEvidence(**each) for each in told.pop("reasons"))
        one, two = marks
        return Shown(marks=(one, two), reasons=reasons, **told)
    except (ValueError, TypeError, KeyError) as broken:
        raise SealBroken(place=place) from broken


def words_of(ring: Keyring, row: Judgement) -> Words:
    """Raises SealBroken where it was altered or moved, KeysLocked for another office's."""
    place = _of_judgement(row.code)
    try:
        return Words.from_text(open_from_office(ring, bytes(row.sealed), place))
    except (ValueError, TypeError, KeyError) as broken:
        raise SealBroken(place=place) from broken


def why_of(ring: Keyring, row: Withdrawal) -> str:
    """Raises as `words_of`."""
    return open_from_office(ring, bytes(row.sealed), _of_withdrawal(row.judgement_id))


def reseal(ring: Keyring, office: Office) -> int:
    """To the office's newest key, before older ones are dropped, and vouched for by it; how many there were. May be run
    again.
    """
    rows: list[tuple[Judgement | Withdrawal, Place]] = [
        *((each, _of_judgement(each.code)) for each in Judgement.objects.filter(office=office)),
        *(
            (each, _of_withdrawal(each.judgement_id))
            for each in Withdrawal.objects.filter(office=office)
        ),
    ]
    public, generation = bytes(office.public), office.generation
    for row, place in rows:
        sealed = bytes(row.sealed)
        anew = sealed_anew(ring, sealed, place, public=public, generation=generation)
        if anew != sealed:
            row.sealed = anew
            row.save(update_fields=["sealed"])
    return len(rows) + agreements.revouch(ring, office)


def _of_judgement(code: str) -> Place:
    return Place("matching_judgement", code, "words", 1)


def _on_the_page(code: str) -> Place:
    return Place("matching_page", code, "shown", 1)


def _of_withdrawal(code: str) -> Place:
    return Place("matching_withdrawal", code, "why", 1)

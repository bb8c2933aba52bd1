"""Open the cases of an export, and tell apart what may go from what stays, with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import OpenCase, case_for
from safeconduct.core.errors import NoSuchCase, SealBroken
from safeconduct.exports.consents import LeftOut, why_left_out
from safeconduct.exports.files.columns import Column
from safeconduct.exports.files.table import Given
from safeconduct.exports.models import Recipient
from safeconduct.exports.rows import rows_of_case
from safeconduct.people.present import Present


@dataclass(slots=True, repr=False)
class Gathered:
    """What may go: rows, by case; what not, with why. `names` are of everybody in them, for the canary."""

    rows: list[tuple[Given, ...]] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def gather(
    by: Present,
    codes: Sequence[str],
    columns: Sequence[Column],
    recipient: Recipient,
    *,
    at: datetime,
) -> Gathered:
    """Each look is journalled as one for an export. In the order of the codes, so that the order tells nothing."""
    gathered = Gathered()
    for code in sorted(set(codes)):
        try:
            opened = case_for(by, code, Purpose.EXPORT, at=at)
        except NoSuchCase:
            gathered.left_out[code] = LeftOut.NO_WAY.value
            continue
        except SealBroken:
            gathered.left_out[code] = LeftOut.NOT_WHOLE.value
            continue
        why = why_left_out(opened, recipient.code, columns, on=at.date())
        if why is not None:
            gathered.left_out[opened.code] = why.value
            continue
        gathered.cases.append(opened.code)
        gathered.rows.extend(rows_of_case(opened, columns))
        gathered.names.update(_names_in(opened))
    return gathered


def _names_in(opened: OpenCase) -> Iterator[str]:
    for kept in opened.persons:
        told = kept.says
        names = (told.given_name, told.family_name, told.father_name, told.native_name)
        yield from filter(None, (*names, *told.phones))

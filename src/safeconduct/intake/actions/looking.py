"""A delivery is read, as often as its columns are told anew: nothing is imported by that."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from safeconduct.core.errors import (
    BadSheet,
    DeliveryForgotten,
    DeliveryMovedOn,
    JobAlreadyAsked,
    NotAColumn,
    NotReadYet,
)
from safeconduct.core.plain_text import neutral, without_apostrophe
from safeconduct.core.rows import RowEnd
from safeconduct.intake.assessing import Assess
from safeconduct.intake.models import WAITING, Delivery, State
from safeconduct.intake.preview import Preview, preview_of
from safeconduct.intake.queries import delivery_for
from safeconduct.intake.reading import Progress, Reading, is_field, read_files
from safeconduct.intake.sealing import (
    file_names,
    key_of,
    open_files,
    open_part,
    rows_left_out,
    seal_part,
)
from safeconduct.jobs.actions import ask_for
from safeconduct.jobs.models import Job
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.sealing import SealKey

READ: Final = "intake.read"
# Files of so many bytes together are read while the page waits: a second or two. Larger ones are a job's.
AT_ONCE: Final = 256 * 1024
MAPPING: Final = ("file", "sheet", "column", "field")
Column = tuple[str, str, str]  # file, sheet, letters


def read_delivery(
    by: Present, code: str, *, at: datetime, assess: Assess, progress: Progress | None = None
) -> Preview:
    """Read it and keep the preview, sealed. A file that cannot be read leaves that as its preview, and raises.

    Raises NoRight, NoSuchDelivery, DeliveryMovedOn, DeliveryForgotten, BadSheet.
    """
    by.must(Right.TAKE_IN)
    delivery = delivery_for(by, code)
    _must_wait(delivery)
    key = key_of(by, delivery)
    mapping = open_part(key, delivery, "mapping")
    try:
        reading = read_files(
            open_files(key, delivery),
            on=delivery.on,
            mapping=mapping.decode(),
            read_hidden=delivery.read_hidden,
            progress=progress,
        )
    except BadSheet as refusal:
        refused = Preview(refused=[refusal.code, str(refusal)])
        _write(by, delivery, key, mapping, refused, at=at, trouble=refusal.code)
        raise
    reading.leave_out(rows_left_out(key, delivery))
    preview = preview_of(reading, assess)
    _write(by, delivery, key, mapping, preview, at=at, reading=reading)
    return preview


def ask_to_read(by: Present, code: str, *, at: datetime) -> str:
    """The same as a job, for large files: the job's code. Raises as `read_delivery`."""
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        # Held: the job that a colleague begins meanwhile is not written over.
        delivery = delivery_for(by, code, locked=True)
        _must_wait(delivery)
        try:
            job = ask_for(
                READ, by=by.actor, at=at, needs_keys=True, subject=delivery.code, alone=True
            ).code
        except JobAlreadyAsked as live:
            job = str(live.where["job"])
        Delivery.objects.filter(code=delivery.code).update(job=job)
    return job


def tell_columns(
    by: Present,
    code: str,
    told: Mapping[Column, str],
    *,
    at: datetime,
    revision: int,
    read_hidden: bool | None = None,
) -> None:
    """What columns are taken for, by a member; "" leaves one unread. What was told before of others stays.

    It must be read anew then. Raises NoRight, NoSuchDelivery, NotReadYet, DeliveryMovedOn, NotAColumn.
    """
    by.must(Right.TAKE_IN)
    with transaction.atomic():
        delivery = delivery_for(by, code, locked=True)
        _must_wait(delivery)
        if delivery.revision != revision:
            raise DeliveryMovedOn(state=delivery.get_state_display())
        key = key_of(by, delivery)
        preview = preview_within(key, delivery)
        if preview is None:
            raise NotReadYet
        mapping = mapping_with(open_part(key, delivery, "mapping").decode(), preview, told)
        if read_hidden is not None:
            delivery.read_hidden = read_hidden
        delivery.state = State.TAKEN
        put(key, delivery, mapping=mapping.encode(), preview=preview)
        delivery.save()
        write_line(
            Deed.DELIVERY_MAPPED,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={"columns": len(told)},
        )


def preview_of_delivery(by: Present, delivery: Delivery) -> Preview | None:
    """As it was read last; None before that, and once it was forgotten. Raises NoRight, KeysLocked, SealBroken."""
    by.must(Right.TAKE_IN)
    if delivery.sealed_preview is None:
        return None
    return preview_within(key_of(by, delivery), delivery)


def look_at(by: Present, delivery: Delivery, *, at: datetime) -> tuple[list[str], Preview | None]:
    """What its files are called and the preview; with people in it, the look is journalled.

    Raises NoRight, KeysLocked, SealBroken.
    """
    by.must(Right.TAKE_IN)
    if delivery.shredded_at is not None:
        return [], None
    key = key_of(by, delivery)
    preview = preview_within(key, delivery)
    if preview is not None and (preview.pleas or preview.held):
        with transaction.atomic():
            write_line(Deed.DELIVERY_SEEN, by=by.actor, at=at, about=delivery.code)
    return file_names(key, delivery), preview


def preview_within(key: SealKey, delivery: Delivery) -> Preview | None:
    plain = open_part(key, delivery, "preview")
    return Preview.from_bytes(plain) if plain else None


def put(key: SealKey, delivery: Delivery, *, mapping: bytes, preview: Preview | None) -> None:
    """Both sealed columns, for the delivery's next revision; the caller saves it."""
    delivery.revision += 1
    delivery.sealed_mapping = seal_part(key, delivery, "mapping", mapping) if mapping else None
    told = preview.to_bytes() if preview is not None else b""
    delivery.sealed_preview = seal_part(key, delivery, "preview", told) if told else None


def mapping_with(mapping: str, preview: Preview, told: Mapping[Column, str]) -> str:
    """The mapping as CSV text with what is told now. Raises NotAColumn."""
    there: dict[Column, str] = {
        (without_apostrophe(row["file"]), without_apostrophe(row["sheet"]), row["column"]): row[
            "field"
        ]
        for row in csv.DictReader(io.StringIO(mapping))
    }
    columns = {_column(each) for each in preview.columns}
    for column, field in told.items():
        if column not in columns or (field and not is_field(field)):
            raise NotAColumn
        there[column] = field
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(MAPPING)
    for (file, sheet, letters), field in there.items():
        writer.writerow((neutral(file), neutral(sheet), letters, field))
    return out.getvalue()


def changed_columns(preview: Preview, chosen: Sequence[str]) -> dict[Column, str]:
    """Which of the columns, in their order, are now taken for something else. Raises NotAColumn."""
    if len(chosen) != len(preview.columns):
        raise NotAColumn
    return {
        _column(each): field
        for each, field in zip(preview.columns, chosen, strict=True)
        if (each["field"] or "") != field
    }


def _column(column: Mapping[str, Any]) -> Column:
    return column["file"], column["sheet"], column["column"]


def _must_wait(delivery: Delivery) -> None:
    if delivery.state not in WAITING:
        raise DeliveryMovedOn(state=delivery.get_state_display())
    if delivery.forgotten_at is not None:
        raise DeliveryForgotten


def _write(
    by: Present,
    read: Delivery,
    key: SealKey,
    mapping: bytes,
    preview: Preview,
    *,
    at: datetime,
    trouble: str = "",
    reading: Reading | None = None,
) -> None:
    """What was found, unless its columns were told anew or it was imported meanwhile."""
    with transaction.atomic():
        delivery = delivery_for(by, read.code, locked=True)
        if delivery.revision != read.revision or delivery.state not in WAITING:
            raise DeliveryMovedOn(state=delivery.get_state_display())
        delivery.trouble = trouble
        if trouble:
            delivery.state = State.TAKEN  # what an earlier reading found is not begun any more
        if reading is not None:
            delivery.state, delivery.way = State.READ, reading.way.value
            count_rows(delivery, reading)
        put(key, delivery, mapping=mapping, preview=preview)
        delivery.save()
        write_line(
            Deed.DELIVERY_SEEN,
            by=by.actor,
            at=at,
            about=delivery.code,
            facts={"error": trouble} if trouble else {"rows": delivery.rows or 0},
        )


def count_rows(delivery: Delivery, reading: Reading) -> None:
    """The counts of its rows; the caller saves it."""
    delivery.rows = len(reading.intake.rows)
    delivery.accepted = reading.count(RowEnd.ACCEPTED)
    delivery.quarantined = reading.count(RowEnd.QUARANTINED)
    delivery.repeated = reading.count(RowEnd.REPEATED)
    delivery.households = reading.households
    ends = delivery.accepted + delivery.quarantined + delivery.repeated
    delivery.left_out = delivery.rows - ends
    # Law 1: no row without an end, none with two.
    left_out = [row for row in reading.intake.rows if row.origin in reading.left_out]
    assert delivery.left_out == sum(row.end is not RowEnd.REPEATED for row in left_out)


def live_job(delivery: Delivery) -> Job | None:
    """The job that works on it, or waits to."""
    found = Job.objects.filter(code=delivery.job, finished_at=None, given_up_at=None)
    return found.first()

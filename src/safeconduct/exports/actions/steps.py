"""The steps of an export: asked for, agreed to or refused, written, fetched, lapsed.

Every step but the first claims the export's row by a conditional update whose row count is checked.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, Sum

from safeconduct.cases.reading import LETTERS as CASE_LETTERS
from safeconduct.core.codes import draw_code, read_code
from safeconduct.core.errors import (
    ConsentsChanged,
    ExportNotReady,
    FileNotAsExpected,
    MoreThanAgreed,
    NoSuchExport,
    NotByOneself,
    NothingMayLeave,
    RecipientNotConfirmed,
    TooManyCasesAsked,
)
from safeconduct.exports.actions.recipients import check_as_confirmed
from safeconduct.exports.as_journalled import (
    check_as_asked,
    check_as_written,
    facts_of,
    facts_of_writing,
)
from safeconduct.exports.files.canary import LEAST_KEY, with_canary
from safeconduct.exports.files.columns import columns_named
from safeconduct.exports.files.scanning import refuse_unless_clean, scan
from safeconduct.exports.files.table import table_of
from safeconduct.exports.files.writing import as_csv, as_xlsx
from safeconduct.exports.gathering import Gathered, gather
from safeconduct.exports.models import Export, Form, Purpose, Recipient
from safeconduct.exports.states import Stand, alive, stand_of
from safeconduct.journal.actions import BY_ITSELF, write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present
from safeconduct.vault.age import encrypted

LETTERS: Final = 8
MOST_CASES: Final = 2000
NO_CODE: Final = "?"
# What one member sends to one recipient within a day counts together: ten small lists are one large one.
COUNTED_TOGETHER: Final = timedelta(days=1)


def ask_for_export(
    by: Present,
    *,
    recipient: str,
    purpose: Purpose,
    form: Form,
    columns: Sequence[str],
    cases: Sequence[str],
    at: datetime,
) -> Export:
    """An export that may be written, or that waits for a second pair of eyes above the row cap.

    Raises RecipientNotConfirmed, UnknownExportColumn, ExportColumnsUnclear, TooManyCasesAsked, NothingMayLeave and
    NoRight.
    """
    by.must(Right.ASK_FOR_EXPORT)
    to = _confirmed(by, recipient)
    chosen = columns_named(columns)
    if len(cases) > MOST_CASES:
        raise TooManyCasesAsked(found=len(cases), limit=MOST_CASES)
    gathered = gather(by, [_as_known(code) for code in cases], chosen, to, at=at)
    _refuse_empty(gathered)
    rows = len(gathered.rows)
    export = Export(
        code=draw_code(LETTERS, secrets.randbelow),
        office=by.office,
        recipient=to,
        purpose=purpose,
        form=form,
        columns=[column.name for column in chosen],
        cases=gathered.cases,
        left_out=gathered.left_out,
        row_count=rows,
        asked_by=by.member,
        asked_at=at,
        lapses_at=at + settings.EXPORT_LAPSES,
    )
    with transaction.atomic():
        # Held, so that two lists asked for at once count each other.
        Recipient.objects.select_for_update().get(code=to.code)
        export.needs_second_eyes = _sent_lately(by, to, at) + rows > settings.EXPORT_ROW_CAP
        export.save(force_insert=True)
        write_line(
            Deed.EXPORT_ASKED,
            by=by.actor,
            at=at,
            about=export.code,
            purpose=purpose.value,
            facts=facts_of(export),
        )
    return export


def agree(by: Present, code: str, *, at: datetime) -> None:
    """The second pair of eyes says yes. Raises NotByOneself, ExportNotReady, NoSuchExport, NoRight."""
    _decide(by, code, at=at, deed=Deed.EXPORT_AGREED, agreed_by=by.member, agreed_at=at)


def refuse(by: Present, code: str, *, at: datetime) -> None:
    """The second pair of eyes says no."""
    _decide(by, code, at=at, deed=Deed.EXPORT_REFUSED, agreed_by=by.member, refused_at=at)


def write_export(by: Present, code: str, *, at: datetime) -> Export:
    """Open the cases again, write the list with its canary, read it as written, encrypt it. By who asked for it.

    Consents are looked at once more: one withdrawn meanwhile keeps its case out. Raises ExportNotReady,
    MoreThanAgreed, NothingMayLeave, FileNotAsExpected (journalled; the file is thrown away).
    """
    export = _own(by, code)
    _must_stand(export, Stand.READY, "written", at=at)
    check_as_asked(export)
    recipient = _confirmed(by, export.recipient_id)
    columns = columns_named(export.columns)
    gathered = gather(by, export.cases, columns, recipient, at=at)
    _refuse_empty(gathered)
    if len(gathered.rows) > export.row_count:
        raise MoreThanAgreed(found=len(gathered.rows), agreed=export.row_count)
    canary_key = secrets.token_bytes(LEAST_KEY)
    table, canary = with_canary(
        table_of(columns, gathered.rows), export_id=code, key=canary_key, others=gathered.names
    )
    plain = as_xlsx(table) if export.form == Form.XLSX else as_csv(table)
    try:
        refuse_unless_clean(scan(plain, table))
    except FileNotAsExpected:
        with transaction.atomic():
            write_line(Deed.EXPORT_STOPPED, by=by.actor, at=at, about=code)
        raise
    file = encrypted(plain, [recipient.age_key])
    export.cases, export.left_out = gathered.cases, {**export.left_out, **gathered.left_out}
    with transaction.atomic():
        _claim(
            Q(code=code, written_at=None) & alive(at),
            wanted="written",
            written_at=at,
            cases=export.cases,
            left_out=export.left_out,
            file=file,
            file_sha256=sha256(file).hexdigest(),
            canary_key=canary_key,
            canary_attempt=canary.attempt,
            canary_letters=canary.code_letters,
        )
        write_line(
            Deed.EXPORT_WRITTEN,
            by=by.actor,
            at=at,
            about=code,
            purpose=export.purpose,
            facts={**facts_of_writing(export, file), "rows": len(gathered.rows)},
        )
    export.refresh_from_db()
    return export


def fetch(by: Present, code: str, *, at: datetime) -> bytes:
    """The age file, by who asked for it, until it lapses. Every fetch is journalled.

    Consents are looked at once more: this is when it leaves. Where one is gone the export lapses: ConsentsChanged.
    """
    export = _own(by, code)
    _must_stand(export, Stand.WRITTEN, "fetched", at=at)
    file = bytes(export.file or b"")
    check_as_written(export, file)
    recipient = _confirmed(by, export.recipient_id)
    gathered = gather(by, export.cases, columns_named(export.columns), recipient, at=at)
    if gathered.left_out:
        withdraw(by, code, at=at)
        raise ConsentsChanged(count=len(gathered.left_out))
    with transaction.atomic():
        _claim(Q(code=code) & ~Q(file=None) & alive(at), wanted="fetched", fetched_at=at)
        write_line(Deed.EXPORT_FETCHED, by=by.actor, at=at, about=code, purpose=export.purpose)
    return file


def withdraw(by: Present, code: str, *, at: datetime) -> None:
    """Let it lapse now: by who asked for it. What was fetched is out of our hands."""
    export = _own(by, code)
    with transaction.atomic():
        _claim(Q(code=code) & alive(at), wanted="withdrawn", lapsed_at=at, file=None)
        write_line(Deed.EXPORT_LAPSED, by=by.actor, at=at, about=export.code)


def lapse_due(*, at: datetime) -> int:
    """Throw away the files of every export whose time is over; how many that were."""
    due = Export.objects.filter(lapsed_at=None, lapses_at__lte=at)
    lapsed = 0
    for code in due.values_list("code", flat=True):
        with transaction.atomic():
            changed = Export.objects.filter(code=code, lapsed_at=None).update(
                lapsed_at=at, file=None
            )
            if changed:
                write_line(Deed.EXPORT_LAPSED, by=BY_ITSELF, at=at, about=code)
                lapsed += 1
    return lapsed


# --- what the steps share -------------------------------------------------------------------


def _decide(by: Present, code: str, *, at: datetime, deed: Deed, **told: object) -> None:
    by.must(Right.AGREE_EXPORT)
    export = Export.objects.filter(code=code, office=by.office).first()
    if export is None:
        raise NoSuchExport
    if export.asked_by_id == by.member.code:
        raise NotByOneself
    _must_stand(export, Stand.WAITS, "decided", at=at)
    with transaction.atomic():
        open_still = Q(code=code, agreed_at=None, needs_second_eyes=True) & alive(at)
        _claim(open_still, wanted="decided", **told)
        write_line(deed, by=by.actor, at=at, about=code, purpose=export.purpose)


def _claim(condition: Q, *, wanted: str, **told: object) -> None:
    if Export.objects.filter(condition).update(**told) != 1:
        raise ExportNotReady(wanted=wanted, state="was decided, written or ended meanwhile")


def _must_stand(export: Export, stand: Stand, wanted: str, *, at: datetime) -> None:
    found = stand_of(export, at=at)
    if found is not stand:
        raise ExportNotReady(wanted=wanted, state=found.value)


def _own(by: Present, code: str) -> Export:
    by.must(Right.ASK_FOR_EXPORT)
    export = Export.objects.filter(code=code, office=by.office, asked_by=by.member).first()
    if export is None:
        raise NoSuchExport
    return export


def _confirmed(by: Present, code: str) -> Recipient:
    recipient = Recipient.objects.filter(code=code, office=by.office).first()
    if recipient is None:
        raise NoSuchExport
    if not recipient.is_confirmed:
        raise RecipientNotConfirmed
    check_as_confirmed(by, recipient)
    return recipient


def _refuse_empty(gathered: Gathered) -> None:
    if not gathered.rows:
        reasons = sorted(set(gathered.left_out.values()))
        raise NothingMayLeave(
            asked=len(gathered.left_out), reasons="; ".join(reasons) or "none was named"
        )


def _sent_lately(by: Present, to: Recipient, at: datetime) -> int:
    lately = Export.objects.filter(
        asked_by=by.member, recipient=to, asked_at__gt=at - COUNTED_TOGETHER, refused_at=None
    )
    return lately.aggregate(rows=Sum("row_count"))["rows"] or 0


def _as_known(code: str) -> str:
    """As `case_for` will read it. What can be no code is left out under one sign: it may be a name, and was typed."""
    return read_code(code, CASE_LETTERS) or NO_CODE

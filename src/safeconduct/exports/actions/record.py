"""A family's own record (GDPR, article 15): given to them, kept nowhere here."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from safeconduct.cases.purposes import Purpose
from safeconduct.cases.reading import case_for
from safeconduct.cases.subject import subject_record
from safeconduct.cases.templatetags.told import day
from safeconduct.core.codes import spelt
from safeconduct.exports.files.scanning import refuse_unless_clean, scan_html
from safeconduct.exports.files.subject import Record, Section, as_page
from safeconduct.journal.actions import write_line
from safeconduct.journal.deeds import Deed
from safeconduct.people.present import Present


def give_record(by: Present, code: str, *, at: datetime) -> bytes:
    """All that is kept of a case as one page of HTML, scanned as written. Raises NoSuchCase, FileNotAsExpected.

    Consent is not asked for: it is theirs. Who of the office wrote what is left out.
    """
    opened = case_for(by, code, Purpose.RIGHT_OF_ACCESS, at=at)
    record = Record(
        title=f"What we keep of case {spelt(opened.code)}",
        unknown="unknown",
        introduction=(
            f"Given on {day(at.date())}. You may ask for corrections, and for everything to be destroyed.",
        ),
        sections=tuple(
            Section(heading=heading, rows=tuple(rows)) for heading, rows in subject_record(opened)
        ),
    )
    page = as_page(record, language="en", direction="ltr")
    refuse_unless_clean(scan_html(page, record))
    with transaction.atomic():
        write_line(Deed.RECORD_GIVEN, by=by.actor, at=at, about=opened.code)
    return page

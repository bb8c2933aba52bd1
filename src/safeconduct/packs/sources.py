"""Every fact names its source, or says whose assumption it is; codes are given once; references find what they name."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from safeconduct.core.errors import NoSource, NotADate, NotAnAddress, RepeatedCode, UnknownReference
from safeconduct.core.facts import Source
from safeconduct.packs.located import Fields, Located, did_you_mean

SOURCE_COLUMNS = ("source_url", "source_date", "verified", "note")
"""The last columns of every CSV file of a pack."""

_SOURCE_DATE = re.compile(r"(read )?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")


def source_of(fields: Fields, *, note: str = "note") -> Source:
    """The source of an entry. `source_date` is the day it was published, or 'read 2026-11-20' where it bears none.

    Without an address the entry must say `verified: no` and whose assumption it is.
    Raises NoSource, NotAnAddress, NotADate.
    """
    url, words = fields.get("source_url"), fields.text(note)
    said = fields.get("verified")
    verified = said.yes_or_no() if said is not None else url is not None
    if url is None and (said is None or verified or not words):
        fields.entry.refuse(NoSource, of=fields.of)
    if url is None:
        return Source(
            url=None, as_of=fields.text("source_date") or None, verified=False, note=words
        )
    check_address(url)
    day = fields["source_date"]
    if not _SOURCE_DATE.fullmatch(day.text()):
        advice = (
            "Write 2021-08-15, 2021-08 or 2021; or 'read 2021-08-15' for a page without a date."
        )
        day.refuse(NotADate, field=day.label, found=day.text()[:60], advice=advice)
    return Source(url=url.text(), as_of=day.text(), verified=verified, note=words)


def check_address(url: Located) -> None:
    """Pages lead there: nothing but the web is gone to, and no script is run. Raises NotAnAddress."""
    if not re.match(r"https?://\S+\.\S+", url.text()):
        url.refuse(NotAnAddress, field=url.label, found=url.text()[:60])


@dataclass(slots=True)
class Codes:
    """Codes given so far, each with its line."""

    lines: dict[str, int] = field(default_factory=dict)

    def take(self, value: Located) -> str:
        """The code, which no other entry may have."""
        code = value.text()
        if code in self.lines:
            value.refuse(RepeatedCode, field=value.label, found=code, first_line=self.lines[code])
        self.lines[code] = value.line
        return code


def known(value: Located, codes: Collection[str], within: str) -> str:
    """A reference that must name one of `codes`, which stand in the file `within`."""
    return known_one(value, value.text(), codes, within)


def known_all(value: Located | None, codes: Collection[str], within: str) -> tuple[str, ...]:
    """References in a list (YAML) or in one cell, separated by | (CSV)."""
    if value is None:
        return ()
    if value.is_list:
        return tuple(known(item, codes, within) for item in value.items())
    return tuple(known_one(value, part, codes, within) for part in value.parts())


def known_one(value: Located, written: str, codes: Collection[str], within: str) -> str:
    if written not in codes:
        advice = did_you_mean(written, codes, what=f"The codes in {within} are")
        value.refuse(
            UnknownReference, field=value.label, found=written[:60], within=within, advice=advice
        )
    return written

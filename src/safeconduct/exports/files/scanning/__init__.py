"""The second pair of eyes: reads a file as it was written, byte by byte, and says what is in it that should not be.

It shares no code with the writer. Every byte must be accounted for by something that was asked for; whatever is left
over is a finding. A finding says what and where, and never quotes a value.
"""

from __future__ import annotations

from safeconduct.core.errors import FileNotAsExpected
from safeconduct.exports.files.scanning.delimited import scan_csv
from safeconduct.exports.files.scanning.findings import Finding
from safeconduct.exports.files.scanning.page import scan_html
from safeconduct.exports.files.scanning.workbook import scan_xlsx
from safeconduct.exports.files.table import Table

__all__ = ["Finding", "refuse_unless_clean", "scan", "scan_csv", "scan_html", "scan_xlsx"]


def scan(data: bytes, expected: Table) -> list[Finding]:
    """All findings of a file that should hold this table and nothing else; none if it may leave.

    What begins as a ZIP file is read as a workbook, all else as CSV: a CSV of ours begins with a quotation mark.
    """
    return scan_xlsx(data, expected) if data.startswith(b"PK") else scan_csv(data, expected)


def refuse_unless_clean(findings: list[Finding]) -> None:
    """Raises FileNotAsExpected with the first finding."""
    if findings:
        raise FileNotAsExpected(count=len(findings), first=str(findings[0]))

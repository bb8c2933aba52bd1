"""A row of a list turned up somewhere: which export does it come from?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.exports.files.canary import Canary, canary, whose
from safeconduct.exports.files.columns import columns_named
from safeconduct.exports.models import Export
from safeconduct.people.permissions import Right
from safeconduct.people.present import Present


def traced(by: Present, cells: Sequence[str]) -> Export | None:
    """The export of this office whose canary the row is; None where none can be told. Raises NoRight."""
    by.must(Right.NAME_RECIPIENTS)
    found = whose(cells, _canaries(by))
    return None if found is None else Export.objects.get(code=found.export_id, office=by.office)


def _canaries(by: Present) -> Iterator[Canary]:
    written = Export.objects.filter(office=by.office).exclude(canary_key=None).defer("file")
    for export in written.iterator():
        yield canary(
            columns_named(export.columns),
            export_id=export.code,
            key=bytes(export.canary_key or b""),
            attempt=export.canary_attempt or 0,
            code_letters=export.canary_letters or 0,
        )

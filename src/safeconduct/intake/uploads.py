"""Sheets are larger than documents, and stay in memory as they do (law 3): a limit of their own, for one address."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler

# The rest of the form beside its files.
BESIDE: Final = 64 * 1024


class SheetsInMemory(MemoryFileUploadHandler):
    """Files of one form up to SHEETS_LIMIT together. What is larger was refused by its announced length already."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002
        META: Any,  # noqa: ARG002, N803
        content_length: int,
        boundary: Any,  # noqa: ARG002
        encoding: Any = None,  # noqa: ARG002
    ) -> None:
        self.activated = content_length <= settings.SHEETS_LIMIT + BESIDE

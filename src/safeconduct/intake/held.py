"""Why this room itself holds a plea, beside the reasons that a row is held for when it is read (sheets/reasons.py).

A fixed word, which stands in a column and in lists, and one sentence that says what is the matter and what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_noop as _noop

NOT_LOOKED_AT: Final = _noop("not looked at")
CANNOT_BE_OPENED: Final = _noop("cannot be opened")
BESIDE: Final = _noop("beside a shredded family")
SENTENCES: Final[Mapping[str, str]] = {
    CANNOT_BE_OPENED: _noop(
        "What was read here does not fit into a case by itself; open the case by hand, with what matters most."
    ),
    BESIDE: _noop(
        "This row was read as of one family with rows whose case was shredded; look whose it is, then open a case "
        "from it or set it aside."
    ),
}

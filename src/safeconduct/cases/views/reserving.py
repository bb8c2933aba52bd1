"""A form that reserved the code of the case it opens: sent twice, it opens one."""

from __future__ import annotations

from collections.abc import Callable

from safeconduct.cases.actions.opening import new_case_code
from safeconduct.cases.forms.entry_form import HeardForm
from safeconduct.cases.reading import OpenCase
from safeconduct.core.errors import CodeTaken, Refused
from safeconduct.people.forms import tell


def opened_by(form: HeardForm, open_it: Callable[[], OpenCase]) -> OpenCase | None:
    """The case; None where it was refused, which the form then tells, with another code where that one was taken."""
    try:
        return open_it()
    except CodeTaken as refusal:
        form.put("reserved", new_case_code())
        tell(form, refusal)
    except Refused as refusal:
        tell(form, refusal)
    return None

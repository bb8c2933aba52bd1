"""Fields for what people tell: names in any script, words, dates as heard, telephones. Empty is unknown, never no.

What was typed is kept: nothing is cut off while typing (no maxlength), a date or number that is shown and not touched
stays what it was, and a telephone number that cannot be read is kept as it was heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.forms.signs import hidden_in, without_hidden
from safeconduct.cases.wording import operation
from safeconduct.core.dates import (
    DateProblem,
    DateProblemKind,
    UncertainDate,
    parse_age,
    parse_date,
)
from safeconduct.core.identifiers import phones_in
from safeconduct.core.plain_text import says_unknown

SHORT: Final = 300
LONG: Final = 100_000
_MOST_LINES: Final = 20

TOO_LONG = _("This is too long for this field. Put the rest into a note.")
HIDDEN_SIGNS = _("signs that nobody sees were taken out")
UNREAD_NUMBER = _("a number is kept as it was typed: it could not be read as a telephone number")
_DATE_PROBLEMS: Final[dict[DateProblemKind, Promise]] = {
    DateProblemKind.NOT_A_DATE: _(
        "This could not be read as a date. Write it as it was told: 1366, 24 Asad 1400, March 1990. "
        "If it is unknown, leave it empty and put the words into a note."
    ),
    DateProblemKind.NO_SUCH_DAY: _(
        "The calendar has no such day. Leave the day out if it is not sure."
    ),
    DateProblemKind.IN_THE_FUTURE: _("This lies in the future."),
    DateProblemKind.TOO_LONG_AGO: _("This would be more than 120 years ago."),
    DateProblemKind.AMBIGUOUS: _(
        "This can be read in more than one way. Write the year with four digits."
    ),
    DateProblemKind.UNLIKELY_YEAR: _(
        "The year fits neither calendar. Years from 1250 to 1410 are read as Solar Hijri, from 1890 to 2100 as "
        "Gregorian."
    ),
    DateProblemKind.TWO_CALENDARS: _("The month is of one calendar and the year of another."),
}


class Short(forms.CharField):
    """A short text: a name, a town, a number of a paper. None where it is empty or says "unknown"."""

    knows_unknown = True
    longest = SHORT

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(strip=True, empty_value="", **kwargs)
        # Hidden signs are taken out and said (`noticed_in`), not refused.
        self.validators = []

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"dir": "auto", "autocomplete": "off"}

    def clean(self, value: Any) -> str | None:
        text = without_hidden(self.to_python(value) or "").strip()
        if self.knows_unknown and says_unknown(text):
            text = ""
        if not text and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(text) > self.longest:
            raise ValidationError(TOO_LONG, code="long")
        return text or None

    def noticed_in(self, raw: object) -> list[Promise]:
        """What a member should hear of what they typed; it is never quoted."""
        return [HIDDEN_SIGNS] if isinstance(raw, str) and hidden_in(raw) else []


class Words(Short):
    """A longer text, kept as it was typed but for signs that nobody sees."""

    knows_unknown = False
    longest = LONG

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Lines(Short):
    """Several short texts, one on each line: a tuple."""

    knows_unknown = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, (tuple, list)) else value

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        told = without_hidden(self.to_python(value) or "")
        lines = [line.strip() for line in told.split("\n")]
        found = tuple(dict.fromkeys(line for line in lines if not says_unknown(line)))
        if len(found) > _MOST_LINES or any(len(line) > SHORT for line in found):
            raise ValidationError(TOO_LONG, code="long")
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


class Phones(Lines):
    """Telephone numbers as they were heard, one on each line; what they read as is worked out when they are shown."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "tel", "dir": "ltr"}

    def noticed_in(self, raw: object) -> list[Promise]:
        noticed = super().noticed_in(raw)
        lines = raw.split("\n") if isinstance(raw, str) else []
        if any(not phones_in(line) for line in lines if not says_unknown(without_hidden(line))):
            noticed.append(UNREAD_NUMBER)
        return noticed


class Heard(Short):
    """A date as it was heard, in either calendar, as uncertain as it is; with `birth` an age is read too."""

    def __init__(self, *, birth: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.birth = birth
        self.on: date | None = None  # told by the form: the day on which it is heard
        self._known: dict[str, UncertainDate] = {}

    def keep(self, values: Iterable[object]) -> None:
        """Dates that this field has shown: their short form, unchanged, means exactly them again."""
        self._known |= {str(each): each for each in values if isinstance(each, UncertainDate)}

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, UncertainDate) else value

    def clean(self, value: Any) -> UncertainDate | None:  # type: ignore[override]
        text = super().clean(value)
        if text is None or text in self._known:
            return self._known.get(text or "")
        assert self.on is not None, "the form tells the day"
        on = self.on
        read = _born(text, on) if self.birth else parse_date(text, on=on, birth=False)
        if isinstance(read, DateProblem):
            raise ValidationError(str(_DATE_PROBLEMS[read.kind]), code="date")
        return read


def _born(text: str, on: date) -> UncertainDate | DateProblem | None:
    """An age is completed on the day on which the rulebook counts it and the page tells it again; once the operation is
    over that is its pack's day, and not today. Who was born since is told by a date.
    """
    read = parse_age(text, on=operation().day_on(on))
    since = isinstance(read, DateProblem) and read.kind is DateProblemKind.IN_THE_FUTURE
    return parse_age(text, on=on) if since else read


class Day(Heard):
    """One certain day: what a consent or a decision is dated with."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"class": "short", "size": 18}

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:  # type: ignore[override]
        read = super().clean(value)
        if read is None:
            return None
        if read.earliest != read.latest:
            raise ValidationError(
                _("Give the full day: 2021-08-15, 15 August 2021 or 24 Asad 1400."), code="day"
            )
        return read.earliest


class YesNoUnknown(forms.ChoiceField):
    """Yes, no, or nobody knows: True, False or None."""

    def __init__(self, *, unknown: Promise, yes: Promise, no: Promise, **kwargs: Any) -> None:
        choices = [("", unknown), ("yes", yes), ("no", no)]
        super().__init__(choices=choices, required=False, widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value) if _plain(value) else value

    def clean(self, value: Any) -> bool | None:
        return {"yes": True, "no": False}.get(super().clean(value))


def _plain(value: object) -> bool:
    return value is None or isinstance(value, bool)

"""What was said with a caller, and what a household told in free words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Direction, Said, Talk, Told, Way
from safeconduct.cases.forms.entry_form import Choices, EntryForm, one_person
from safeconduct.cases.forms.fields import LONG, TOO_LONG, Day, Lines, Words
from safeconduct.cases.forms.signs import without_hidden

DIRECTIONS: Final = (
    (Direction.THEY_CALLED.value, _("they called")),
    (Direction.WE_CALLED.value, _("we called")),
    (Direction.THEY_WROTE.value, _("they wrote")),
    (Direction.WE_WROTE.value, _("we wrote")),
    (Direction.MET.value, _("we met")),
)
WAYS: Final = (
    (Way.SHEET.value, _("in a sheet")),
    (Way.FORM.value, _("by a form")),
    (Way.CALL.value, _("by telephone")),
    (Way.TEXT.value, _("in a text")),
)
THE_HOUSEHOLD: Final = _("the household itself")
_BY_WHEN: Final = _("By when? What has no day is forgotten. Give one, even a far one.")


def next_day(*, label: Any) -> Day:
    return Day(
        label=label,
        help_text=_(
            "The case is due on that day then. In either calendar: 20 August 2021, 29 Asad 1400."
        ),
    )


def check_promise(form: forms.Form, *, on: date | None, before: date | None = None) -> None:
    """Adds errors: for what is promised without a day, and for a day that has passed already."""
    told = form.cleaned_data
    day = told.get("next_on")
    if told.get("next_words") and not day and "next_on" not in form.errors:
        form.add_error("next_on", _BY_WHEN)
    if day and on and day < on and day != before:
        form.add_error("next_on", _("This day has passed already. Give today or a later one."))


class TalkForm(EntryForm):
    """What was said: who turned to whom, what they were told and what they said, what is due to them next."""

    entry: ClassVar[type[Told]] = Talk

    caller = forms.ChoiceField(label=_("With whom"), required=False)
    direction = forms.ChoiceField(
        label=_("Who turned to whom"), choices=DIRECTIONS, widget=forms.RadioSelect
    )
    # Fields are taken out of a form's class, so that the method of this name stays what it is.
    told = Words(  # type: ignore[assignment]
        required=True,
        label=_("What they were told"),
        help_text=_("So that nobody has to ask again. If nobody was reached, write that."),
    )
    heard = Words(label=_("What they said"))
    next_words = Words(
        rows=2,
        label=_("What is due to them next"),
        help_text=_("In the words in which it was promised: we call back about the passports."),
    )
    next_on = next_day(label=_("By when"))

    def __init__(self, *args: Any, callers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.initial.get("caller")
        gone: list[tuple[str, str | Promise]] = []
        if standing and standing not in dict(callers):
            gone.append((standing, _("somebody who was removed")))
        field = self.fields["caller"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", THE_HOUSEHOLD), *callers, *gone]

    def clean_direction(self) -> Direction:
        return Direction(self.cleaned_data["direction"])

    def clean(self) -> dict[str, Any]:
        field = self.fields["next_on"]
        assert isinstance(field, Day)
        check_promise(self, on=field.on, before=self.initial.get("next_on"))
        return self.cleaned_data


class Sentences(Lines):
    """What was told, a sentence or a cell on each line. What was shown and is not touched stays what it was."""

    knows_unknown = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["rows"] = 6
        self._known: dict[str, tuple[str, ...]] = {}

    def keep(self, values: Iterable[tuple[str, ...]]) -> None:
        """Texts that this field has shown: one of them may hold ends of lines itself."""
        self._known |= {_on_lines("\n".join(each)): each for each in values}

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        told = _on_lines(without_hidden(self.to_python(value) or ""))
        if told in self._known:
            return self._known[told]
        if len(told) > LONG:
            raise ValidationError(TOO_LONG, code="long")
        found = tuple(line for each in told.split("\n") if (line := each.strip()))
        if self.required and not found:
            raise ValidationError(self.error_messages["required"], code="required")
        return found


def _on_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class SaidForm(EntryForm):
    """The family's own words: facts for the rulebook are read from these, and from no note of ours."""

    entry: ClassVar[type[Told]] = Said

    words = Sentences(
        required=True,
        label=_("What was told, word for word"),
        help_text=_(
            "One thing on each line, such as: work: interpreter for the army until 2014. The rules read these words."
        ),
    )
    person = one_person()

    def __init__(self, *args: Any, shows: Sequence[Told] = (), **kwargs: Any) -> None:
        super().__init__(*args, shows=shows, **kwargs)
        field = self.fields["words"]
        assert isinstance(field, Sentences)
        field.keep([each.words for each in shows if isinstance(each, Said)])

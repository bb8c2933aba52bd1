"""What every form about an entry is: fields named like the record's, filled from it and read back into it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.actions.changing import ENTRY_LETTERS
from safeconduct.cases.entries import Told
from safeconduct.cases.forms.fields import Heard, Short
from safeconduct.core.codes import read_code

_LARGEST_REVISION = 2**31 - 1
WHOLE_HOUSEHOLD = _("the whole household")

Choices = Sequence[tuple[str, str | Promise]]
People = Sequence[tuple[str, str]]
"""Codes of the persons' entries, each with what the person is called on the screen."""


class HeardForm(forms.Form):
    """A form over what was told on a day: dates are read on it, and what should be heard of the fields is gathered."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, Heard):
                field.on = on

    def put(self, name: str, value: str) -> None:
        """Put another value into what was posted: of a hidden field, never over what somebody typed."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data[name] = value
        self.data = data

    @property
    def noticed(self) -> list[tuple[str | Promise, Promise]]:
        """(label of the field, what was noticed) for what was typed; the text itself is not quoted."""
        return [
            (field.label or name, what)
            for name, field in self.fields.items()
            if isinstance(field, Short)
            for what in field.noticed_in(self.data.get(self.add_prefix(name)))
        ]


class EntryForm(HeardForm):
    """`people` are the persons whom an entry may speak of; `shows` are the entry's earlier forms, newest last."""

    entry: ClassVar[type[Told]]

    expected = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST_REVISION, widget=forms.HiddenInput
    )

    # Drawn when the form is shown, so that a form sent twice saves once.
    reserved = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        people: People = (),
        shows: Sequence[Told] = (),
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        told = self.fields_of(shows[-1]) if shows else {}
        super().__init__(*args, initial=told | dict(initial or {}), **kwargs)
        for entry in shows:
            for name, value in self.fields_of(entry).items():
                field = self.fields[name]
                if isinstance(field, Heard):
                    field.keep([value])
        if isinstance(person := self.fields.get("person"), forms.ChoiceField):
            person.choices = [("", WHOLE_HOUSEHOLD), *people]

    def clean_reserved(self) -> str | None:
        told: str = self.cleaned_data["reserved"]
        return read_code(told, ENTRY_LETTERS)

    def fields_of(self, entry: Told) -> dict[str, Any]:
        """The record's values under the names of this form's fields."""
        return {name: getattr(entry, name) for name in self.named()}

    @classmethod
    def named(cls) -> list[str]:
        """The fields that this form and its record have in common."""
        known = {each.name for each in fields(cls.entry)}
        return [name for name in cls.base_fields if name in known]

    def told(self, before: Told | None = None) -> Told:
        """The record of a valid form; what the form has no field for stays as it was `before`."""
        kept = {each.name: getattr(before, each.name) for each in fields(before)} if before else {}
        typed = {name: self.cleaned_data[name] for name in self.named()}
        typed = {name: None if value == "" else value for name, value in typed.items()}
        return self.entry(**(kept | typed))


def one_person() -> forms.ChoiceField:
    """Whom an entry speaks of; the form fills in the choices."""
    return forms.ChoiceField(label=_("Who this is about"), required=False)


def choice_of(*known: tuple[str, Promise], label: Any) -> Any:
    """A choice that may be left unknown."""
    return forms.ChoiceField(label=label, required=False, choices=[("", _("unknown")), *known])

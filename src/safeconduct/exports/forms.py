"""What is typed on the pages of exports."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.exports.files.columns import COLUMNS, Part
from safeconduct.exports.models import Form, Purpose
from safeconduct.exports.queries import confirmed_recipients
from safeconduct.people.present import Present

_USUAL = ["case_code", "band", "household_size", "province", "schemes"]
_PARTS = {
    Part.COVER: _("The cover"),
    Part.CARD: _("The card: one row for each person"),
    Part.CONTENTS: _("The contents: only with consent for everything"),
}


class AskForm(forms.Form):
    """Ask for an export."""

    recipient = forms.ChoiceField(label=_("For whom"))
    purpose = forms.ChoiceField(
        label=_("What for"), choices=[(each.value, _(each.label)) for each in Purpose]
    )
    cases = forms.CharField(
        label=_("Which cases"),
        help_text=_("Their codes, one on each line. There is no export of everything."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "dir": "ltr"}),
        max_length=40_000,
    )
    columns = forms.MultipleChoiceField(
        label=_("What it tells"),
        help_text=_(
            "As little as the purpose needs. The case's code is always told: the canary needs it."
        ),
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (words, [(each.name, _(each.heading)) for each in COLUMNS if each.part is part])
            for part, words in _PARTS.items()
        ],
        initial=_USUAL,
    )
    form = forms.ChoiceField(
        label=_("As"),
        choices=[(each.value, _(each.label)) for each in Form],
        widget=forms.RadioSelect,
        initial=Form.XLSX,
    )

    def __init__(self, *told: Any, by: Present, **more: Any) -> None:
        super().__init__(*told, **more)
        field = self.fields["recipient"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in confirmed_recipients(by)]

    def clean_cases(self) -> list[str]:
        told = [code for code in re.split(r"[\s,;]+", self.cleaned_data["cases"]) if code]
        wrong = [place for place, code in enumerate(told, 1) if read_code(code, LETTERS) is None]
        if wrong:
            # Not quoted: it may be a name.
            raise forms.ValidationError(
                _("Number %(place)s of this list is no case's code. Compare it sign by sign."),
                params={"place": wrong[0]},
            )
        return told

    def clean_columns(self) -> list[str]:
        chosen = {*self.cleaned_data["columns"], "case_code"}
        return [each.name for each in COLUMNS if each.name in chosen]


class RecipientForm(forms.Form):
    """Name a recipient."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        help_text=_(
            "As your colleagues know it. An organisation, never a family or a person at risk."
        ),
        max_length=80,
    )
    age_key = forms.CharField(
        label=_("Its public key"),
        help_text=_(
            "Begins with age1. Anybody with the program age, or one like it, can make one and open what we send."
        ),
        max_length=200,
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "dir": "ltr"}),
    )


class ComparedForm(forms.Form):
    """Confirm a recipient's key, by its last signs as they were heard over another channel."""

    heard = forms.CharField(
        label=_("The last eight signs of the key, as the recipient reads them to you"),
        help_text=_("Call a number that you knew before. Do not read the signs out yourself."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"spellcheck": "false", "autocomplete": "off", "dir": "ltr", "class": "short"}
        ),
    )


class TraceForm(forms.Form):
    """A row of a list that turned up somewhere."""

    row = forms.CharField(
        label=_("One row of the list, or all of it"),
        help_text=_("One cell on each line, or parted by tabulators or semicolons."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
        max_length=200_000,
    )

    def rows(self) -> list[list[str]]:
        """Every line by itself, and all of it as one row."""
        lines = [re.split(r"[\t;]|\",\"", line) for line in self.cleaned_data["row"].splitlines()]
        return [[cell for line in lines for cell in line], *lines]


class RecordForm(forms.Form):
    """Before a family is given its own record."""

    language = forms.ChoiceField(
        label=_("Language of the headings"), choices=[("en", _("English"))], initial="en"
    )
    sure = forms.BooleanField(
        label=_(
            "I have made sure that I am speaking with this family, and that they can keep it safely"
        )
    )

"""Which lines of the journal to show."""

from __future__ import annotations

from typing import TypedDict

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.journal.deeds import Deed

_LARGEST = 2**63 - 1


class Chosen(TypedDict, total=False):
    """Which lines: all that is there must hold."""

    before: int | None
    deeds: list[Deed]
    about: str


class JournalChoice(forms.Form):
    """Every field may be left empty. `before` is the number of a line, for the older pages."""

    deed = forms.ChoiceField(
        label=_("What was done"),
        required=False,
        choices=[("", _("everything")), *((each.value, _(each.value)) for each in Deed)],
    )
    about = forms.CharField(
        label=_("About"),
        required=False,
        max_length=40,
        help_text=_("The code of a case or an export."),
    )
    before = forms.IntegerField(
        required=False, min_value=1, max_value=_LARGEST, widget=forms.HiddenInput
    )

    def chosen(self) -> Chosen:
        """What `journal.queries.lines` is asked for. A code may be told with hyphens and in small letters."""
        told = self.cleaned_data
        chosen: Chosen = {"before": told["before"]}
        if told["deed"]:
            chosen["deeds"] = [Deed(told["deed"])]
        if told["about"]:
            chosen["about"] = told["about"].upper().replace("-", "").replace(" ", "")
        return chosen

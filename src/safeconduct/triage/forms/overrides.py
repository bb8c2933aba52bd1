"""Another band than the rulebook's: which, until when, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.forms.entry_form import HeardForm
from safeconduct.cases.forms.fields import Day, Words
from safeconduct.cases.models import Band
from safeconduct.people.reasons import LONGEST, SHORTEST
from safeconduct.triage.actions.overrides import BANDS
from safeconduct.triage.overriding import LONGEST_DAYS

_IN_WORDS = {
    Band.EMERGENCY: _("emergency"),
    Band.URGENT: _("urgent"),
    Band.PRIORITY: _("priority"),
    Band.ROUTINE: _("routine"),
}


class OverrideForm(HeardForm):
    """The band that the rulebook gives is not among the choices: that needs no second person."""

    band = forms.ChoiceField(label=_("Band"), widget=forms.RadioSelect)
    until = Day(
        label=_("Last day"),
        required=True,
        help_text=_("After that day the rulebook's band counts again. At most 30 days from now."),
    )
    reason = Words(
        label=_("Why"),
        required=True,
        help_text=_(
            "What the rulebook does not know of this family, so that a colleague can decide as you would. "
            "It is sealed to your office."
        ),
    )

    def __init__(self, *args: Any, on: date, rulebook: str, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.on = on
        choices = [(band.value, _IN_WORDS[band]) for band in BANDS if band.value != rulebook]
        band = self.fields["band"]
        assert isinstance(band, forms.ChoiceField)
        band.choices = choices

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < self.on:
            raise forms.ValidationError(_("This day has passed."), code="past")
        if until is not None and until > self.on + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(
                _(
                    "Choose a day within the next 30. What is true for longer belongs into the rules."
                ),
                code="far",
            )
        return until

    def clean_reason(self) -> str | None:
        reason: str | None = self.cleaned_data["reason"]
        if reason is not None and len(reason.strip()) < SHORTEST:
            raise forms.ValidationError(
                _("Write a sentence or two: a colleague decides by it."), code="short"
            )
        if reason is not None and len(reason) > LONGEST:
            raise forms.ValidationError(_("This is too long: up to 2000 signs."), code="long")
        return reason

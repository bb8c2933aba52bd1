"""The cover: codes, numbers and dates only, for the whole office sees it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.actions.covers import MOST_PEOPLE
from safeconduct.cases.forms.entry_form import Choices, EntryForm, HeardForm
from safeconduct.cases.forms.fields import Day
from safeconduct.cases.models import Band, State

BANDS = (
    (Band.EMERGENCY.value, _("◆ emergency")),
    (Band.URGENT.value, _("▲ urgent")),
    (Band.PRIORITY.value, _("● priority")),
    (Band.ROUTINE.value, _("○ routine")),
    (Band.NOT_ASSESSED.value, _("? not assessed")),
)
STATES = (
    (State.OPEN.value, _("open")),
    (State.SETTLED.value, _("settled")),
    (State.WITHDRAWN.value, _("withdrawn by the family")),
    (State.CLOSED.value, _("closed")),
)


def how_many(*, label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "size": 5}),
        error_messages={
            "invalid": _("Give a whole number in digits, or leave it empty."),
            "max_value": _("A household has fewer people; open one case for each household."),
        },
    )


def one_province(provinces: Choices) -> Choices:
    return [("", _("unknown")), *provinces]


class CoverForm(HeardForm):
    """What may be sorted and seen without opening the case."""

    expected = EntryForm.base_fields["expected"]
    state = forms.ChoiceField(label=_("State"), choices=STATES)
    band = forms.ChoiceField(label=_("Band"), choices=BANDS)
    next_due = Day(
        label=_("Next due on"), help_text=_("When somebody must look at this case again.")
    )
    told_size = how_many(
        label=_("People in the household, as told"),
        help_text=_("Everybody counts, infants too. If more persons are named, those count."),
    )
    set_size = how_many(
        label=_("Count as"),
        help_text=_("Only where the number told and the persons named are both wrong."),
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    schemes = forms.MultipleChoiceField(
        label=_("Schemes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, provinces: Choices = (), schemes: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("province", one_province(provinces))
        self._offer("schemes", schemes)

    def _offer(self, name: str, choices: Choices) -> None:
        """The choices, and what stands on the cover already though the pack no longer knows it."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        standing = self.initial.get(name) or []
        standing = [standing] if isinstance(standing, str) else standing
        known = {code for code, _label in choices}
        field.choices = [*choices, *((code, code) for code in standing if code not in known)]

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])

    def clean_band(self) -> Band:
        return Band(self.cleaned_data["band"])

    def clean_next_due(self) -> date | None:
        told: date | None = self.cleaned_data["next_due"]
        return told

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
    """What may be sorted and seen without opening the case, and is a member's to say.

    Band and schemes are not: they follow from what was told, and another band needs a reason, a second person and a
    day.
    """

    expected = EntryForm.base_fields["expected"]
    state = forms.ChoiceField(label=_("State"), choices=STATES)
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

    def __init__(self, *args: Any, provinces: Choices = (), **kwargs: Any) -> None:
        """The province that stands on the cover is offered although the pack no longer knows it."""
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        standing = self.initial.get("province")
        offered = one_province(provinces)
        known = {code for code, _label in offered}
        field.choices = [*offered, *([] if standing in {None, *known} else [(standing, standing)])]

    def clean_state(self) -> State:
        return State(self.cleaned_data["state"])

    def clean_next_due(self) -> date | None:
        told: date | None = self.cleaned_data["next_due"]
        return told

"""What may be chosen of a list. In the address stand codes and fixed words, and nothing that anybody typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.forms.cover import BANDS, STATES
from safeconduct.cases.forms.entry_form import HeardForm
from safeconduct.cases.forms.fields import Day
from safeconduct.cases.forms.signs import shown
from safeconduct.cases.listing import covers_shared_with
from safeconduct.cases.models import State
from safeconduct.cases.views import choices
from safeconduct.desk.worklist import narrowing
from safeconduct.desk.worklist.marks import ASKS, DOUBLE, NOT_COMPARED, OVERRIDE
from safeconduct.desk.worklist.narrowing import Narrow
from safeconduct.people.models import Office
from safeconduct.people.present import Present
from safeconduct.people.queries import colleagues

MARKS = (
    (NOT_COMPARED, _("not yet compared")),
    (ASKS, _("asks: unknown facts would change the outcome")),
    (DOUBLE, _("a possible double")),
    (OVERRIDE, _("another band for a while")),
)
DUE = (
    ("", _("any day")),
    (narrowing.NOW, _("today or overdue")),
    (narrowing.OVERDUE, _("overdue")),
    (narrowing.TODAY, _("today")),
    (narrowing.WEEK, _("within seven days")),
    (narrowing.NO_DAY, _("no day set")),
)
SIZES = (
    ("", _("any")),
    ("1", _("one person")),
    ("2-4", _("2 to 4 people")),
    ("5-7", _("5 to 7 people")),
    ("8-", _("8 people or more")),
    (narrowing.UNKNOWN, _("unknown")),
)


class WorklistChoice(forms.Form):
    """Every field may be left out."""

    whose = forms.ChoiceField(label=_("Whose"), required=False)
    office = forms.ChoiceField(label=_("Which office's"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[*STATES, (narrowing.ANY, _("any state"))]
    )
    band = forms.ChoiceField(label=_("Band"), required=False, choices=[("", _("any band")), *BANDS])
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    province = forms.ChoiceField(label=_("Province"), required=False)
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    size = forms.ChoiceField(label=_("People"), required=False, choices=SIZES)
    marks = forms.MultipleChoiceField(
        label=_("Only those with"),
        required=False,
        choices=MARKS,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict | dict[str, Any] | None, *, by: Present) -> None:
        super().__init__(data, initial={"state": State.OPEN.value})
        self._offer(
            "whose",
            ("", _("everybody's")),
            (narrowing.MINE, _("mine")),
            (narrowing.NOBODYS, _("nobody's")),
            *((each.code, each.handle) for each in colleagues(by)),
        )
        self._offer(
            "office", ("", _("all that we may see")), (narrowing.OURS, _("ours")), *_shared(by)
        )
        unknown = (narrowing.UNKNOWN, _("unknown"))
        self._offer("province", ("", _("any province")), unknown, *choices.provinces())
        self._offer("scheme", ("", _("any scheme")), *choices.schemes())

    def _offer(self, name: str, *offered: tuple[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

    def narrow(self) -> Narrow:
        return Narrow.of(self.cleaned_data)


def _shared(by: Present) -> list[tuple[str, Any]]:
    """Offices that let this one read a case of theirs."""
    home = by.office.code
    found = []
    for office in Office.objects.exclude(code=home).order_by("name"):
        if covers_shared_with(home).filter(office=office).exists():
            told = _("shared by %(office)s")
            found.append((office.code, told % {"office": shown(office.name)}))
    return found


class KeepForm(forms.Form):
    """A name for what is chosen. It is checked where it is sealed: an error here would show it in no log either."""

    name = forms.CharField(
        label=_("Keep this choice as"),
        required=False,
        strip=True,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "size": 24}),
    )


class SeveralDueForm(HeardForm):
    """One day for all of them; empty takes the day away."""

    next_due = Day(
        label=_("Next due on"),
        help_text=_("When somebody must look at these cases again. Left empty, no day is set."),
    )

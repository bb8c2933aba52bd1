"""What is typed on the pages of doubles."""

from __future__ import annotations

import base64
import binascii
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.forms.fields import Words
from safeconduct.cases.forms.owning import Chosen
from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.core.linkage.judgements import Verdict
from safeconduct.matching.queries import BETWEEN, MINE, OFFICE, OPEN, SETTLED

WHOSE: Final = (
    (MINE, _("mine, or nobody's")),
    (OFFICE, _("the whole office's")),
    (BETWEEN, _("between offices")),
)
STATES: Final = ((OPEN, _("still to be judged")), (SETTLED, _("judged")))
VERDICTS: Final = (
    (Verdict.SAME.value, _("Same family")),
    (Verdict.DIFFERENT.value, _("Different families")),
    (Verdict.UNSURE.value, _("Unsure")),
)
_MOST_SHOWN: Final = 200_000


class QueueForm(forms.Form):
    """Which possible doubles to list. Anything else in the address is as nothing."""

    whose = forms.ChoiceField(label=_("Whose"), choices=WHOSE, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def chosen(self) -> tuple[str, str]:
        told = self.cleaned_data if self.is_valid() else {}
        return told.get("whose") or MINE, told.get("state") or OPEN


class JudgeForm(forms.Form):
    """The word, a note, and what was shown, sealed when the page was made."""

    verdict = forms.ChoiceField(choices=VERDICTS, widget=forms.HiddenInput)
    note = Words(
        rows=2,
        required=False,
        label=_("Note"),
        help_text=_("Why, if it is not plain. Sealed to your office."),
    )
    judgement = forms.CharField(max_length=20, widget=forms.HiddenInput)
    shown = forms.CharField(max_length=_MOST_SHOWN, widget=forms.HiddenInput)
    whose = forms.CharField(max_length=10, required=False, widget=forms.HiddenInput)

    def clean_shown(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["shown"], validate=True)
        except (binascii.Error, ValueError) as wrong:
            raise forms.ValidationError(
                _("What you had looked at came back unreadable. Look once more.")
            ) from wrong


class TwoCasesForm(forms.Form):
    """Two cases that somebody knows to be one family, though nothing was found."""

    one = forms.CharField(label=_("One case"), max_length=40)
    two = forms.CharField(label=_("The other case"), max_length=40)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        for name in ("one", "two"):
            code = read_code(told.get(name, ""), LETTERS)
            if name in told and code is None:
                self.add_error(name, _("This is not the code of a case. Compare it sign by sign."))
            told[name] = code
        if told.get("one") and told["one"] == told.get("two"):
            self.add_error("two", _("These are one case. Give the codes of two."))
        return told


class WhyForm(forms.Form):
    why = Words(
        rows=3,
        required=True,
        label=_("Why it does not hold"),
        help_text=_("Whoever said it reads this. Sealed to your office."),
    )


class CardsForm(Chosen):
    """Which office may compare our cards."""

    choice = "office"
    office = forms.ChoiceField(label=_("With which office"))
    sure = forms.BooleanField(
        label=_(
            "I know that what they compare is read by them: names, telephones, numbers of papers"
        )
    )

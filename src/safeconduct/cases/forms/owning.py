"""Who owns a case, who else may read it, how it ends, and why it is looked at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.forms.entry_form import Choices, EntryForm, HeardForm
from safeconduct.cases.forms.fields import Words
from safeconduct.cases.models import Ground
from safeconduct.cases.purposes import Purpose

GROUNDS = (
    (Ground.ASKED_BY_FAMILY.value, _("the family asked for it")),
    (Ground.KEPT_LONG_ENOUGH.value, _("it was kept as long as it may be")),
    (Ground.OPENED_BY_MISTAKE.value, _("it was opened by mistake")),
    (Ground.SAME_FAMILY_TWICE.value, _("the family has another case")),
)
PURPOSES = (
    (Purpose.CASEWORK.value, _("casework: the family needs something done")),
    (Purpose.REVIEW.value, _("review: somebody checks what was done")),
    (Purpose.REFERRAL.value, _("raising it with an authority")),
    (Purpose.HANDING_OVER.value, _("handing it over")),
    (Purpose.RIGHT_OF_ACCESS.value, _("the family asks what we hold")),
)


class Chosen(HeardForm):
    """A form with one choice that its view fills."""

    choice = ""

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.choice]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "—"), *choices]


class HandOverForm(Chosen):
    """To a colleague of the same office, with what they must know."""

    choice = "to"
    to = forms.ChoiceField(label=_("To whom"))
    note = Words(
        required=True,
        label=_("What they must know"),
        help_text=_(
            "What was promised, what is due next, what to be careful of. Sealed in the case."
        ),
    )
    expected = EntryForm.base_fields["expected"]


class HandOverManyForm(Chosen):
    """All cases of one colleague, or those ticked in the worklist, to another."""

    choice = "to"
    to = forms.ChoiceField(label=_("To whom"))
    note = Words(
        required=True,
        label=_("What they must know"),
        help_text=_("One note for all of these cases, sealed in each. Name no family in it."),
    )


class ShareForm(Chosen):
    """Another office reads: the card alone, or everything."""

    choice = "office"
    office = forms.ChoiceField(label=_("With which office"))
    extent = forms.ChoiceField(
        label=_("What they may read"),
        widget=forms.RadioSelect,
        choices=[
            (
                "card",
                _(
                    "names, contacts and numbers of papers: enough to see whether they know this family"
                ),
            ),
            ("all", _("everything told")),
        ],
    )


class TakeBackForm(forms.Form):
    """The office is in the address. What they read already cannot be taken back."""

    sure = forms.BooleanField(
        label=_("I know that what they have read already cannot be taken back"),
    )


class CompareForm(forms.Form):
    """Another office's fingerprint, as somebody there reads it out over another channel."""

    fingerprint = forms.CharField(
        label=_("The fingerprint as they read it to you"),
        help_text=_("Type what you hear; do not copy it from this screen."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr"}),
        max_length=400,
        strip=True,
    )


class ShreddingForm(HeardForm):
    """Ask for a case to be shredded; an approver agrees before it happens."""

    ground = forms.ChoiceField(label=_("Why"), choices=GROUNDS, widget=forms.RadioSelect)
    reason = Words(
        label=_("What the approver should know"), help_text=_("Sealed; it goes with the case.")
    )


class AgreeForm(forms.Form):
    """The second pair of eyes: types the code, so that no other case is meant."""

    code = forms.CharField(
        label=_("Type the code of the case"),
        help_text=_("It cannot be undone: keys are destroyed, and every backup forgets."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "class": "code"}),
        max_length=40,
    )


class HoldEndForm(HeardForm):
    """A hold ends."""

    why = Words(label=_("Why it may be shredded again"), help_text=_("Sealed in its history."))


class RemoveForm(HeardForm):
    """Remove an entry: it is no longer shown, its history stays."""

    why = Words(label=_("Why it is removed"), help_text=_("Sealed in its history."))
    expected = EntryForm.base_fields["expected"]


class PurposeForm(forms.Form):
    """Why this case is open on the screen: it stands in the journal beside every look."""

    purpose = forms.ChoiceField(label=_("You are looking at this for"), choices=PURPOSES)

    def clean_purpose(self) -> Purpose:
        return Purpose(self.cleaned_data["purpose"])

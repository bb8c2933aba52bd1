"""What was done or agreed: papers, consents, decisions, holds."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.actions.changing import ENTRY_LETTERS
from safeconduct.cases.entries import (
    Consent,
    Decision,
    Document,
    Extent,
    Hold,
    Outcome,
    Told,
)
from safeconduct.cases.forms.entry_form import (
    WHOLE_HOUSEHOLD,
    Choices,
    EntryForm,
    HeardForm,
    People,
    one_person,
)
from safeconduct.cases.forms.fields import Day, Short, Words
from safeconduct.core.codes import read_code

A_DAY = _("The full day, in either calendar: 15 August 2021, 24 Asad 1400.")
EXTENTS = (
    (Extent.CARD.value, _("names, contacts and numbers of papers")),
    (Extent.ALL.value, _("everything told")),
)
OUTCOMES = (
    (Outcome.GRANTED.value, _("granted")),
    (Outcome.REFUSED.value, _("refused")),
    (Outcome.WITHDRAWN.value, _("withdrawn")),
)


def not_ahead(day: date | None, on: date | None) -> date | None:
    """Raises ValidationError for a day that has not come yet."""
    if day and on and day > on:
        raise ValidationError(_("This day has not come yet."), code="ahead")
    return day


class ConsentForm(EntryForm):
    """The family agreed that one recipient is told. Of several recipients each has its own consent."""

    entry: ClassVar[type[Told]] = Consent

    recipient = Short(
        required=True,
        label=_("Who may be told"),
        help_text=_("The code of the recipient or office, as its page shows it."),
    )
    extent = forms.ChoiceField(
        label=_("What they may be told"), choices=EXTENTS, widget=forms.RadioSelect
    )
    given_on = Day(required=True, label=_("Agreed on"), help_text=A_DAY)
    told_by = Words(
        required=True,
        label=_("Who agreed, and how"),
        help_text=_("Who of the family, by telephone or in writing, in which language."),
    )
    until = Day(label=_("Until"), help_text=_("Empty: until they withdraw it."))
    person = one_person()

    def __init__(self, *args: Any, recipients: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = self.initial.get("recipient")
        gone = [(standing, standing)] if standing and standing not in dict(recipients) else []
        self.recipients = [*recipients, *gone] if recipients else []
        if recipients:
            self.fields["recipient"].widget = forms.Select(choices=[("", "—"), *self.recipients])
            self.fields["recipient"].help_text = ""

    def clean_recipient(self) -> str:
        told = str(self.cleaned_data["recipient"])
        code = read_code(told, 8) or told.strip().upper()
        known = {code for code, _label in self.recipients}
        if (
            (known and code not in known)
            or not code.isascii()
            or not code.isalnum()
            or len(code) > 12
        ):
            raise ValidationError(_("This is no recipient's code. Compare it sign by sign."))
        return code

    def clean_extent(self) -> Extent:
        return Extent(self.cleaned_data["extent"])

    def clean_given_on(self) -> date | None:
        return not_ahead(self.cleaned_data["given_on"], _on(self, "given_on"))

    def clean(self) -> dict[str, Any]:
        given, until = self.cleaned_data.get("given_on"), self.cleaned_data.get("until")
        if given and until and until < given:
            self.add_error("until", _("This lies before the day on which they agreed."))
        return self.cleaned_data


class WithdrawalForm(HeardForm):
    """The family takes a consent back."""

    withdrawn_on = Day(required=True, label=_("Withdrawn on"), help_text=A_DAY)
    withdrawal_told_by = Words(required=True, label=_("Who withdrew it, and how"))
    expected = EntryForm.base_fields["expected"]

    def clean_withdrawn_on(self) -> date | None:
        return not_ahead(self.cleaned_data["withdrawn_on"], _on(self, "withdrawn_on"))


class DecisionForm(EntryForm):
    """What an authority decided, and for whom."""

    entry: ClassVar[type[Told]] = Decision

    scheme = forms.ChoiceField(label=_("Scheme"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, widget=forms.RadioSelect)
    members = forms.MultipleChoiceField(
        label=_("For whom"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick nobody where it is for the whole household."),
    )
    authority = Short(label=_("Who decided"))
    reference = Short(label=_("Reference"))
    decided_on = Day(label=_("Decided on"), help_text=A_DAY)
    valid_until = Day(label=_("Valid until"), help_text=A_DAY)
    words = Words(label=_("What they wrote"))

    def __init__(
        self, *args: Any, people: People = (), schemes: Choices = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, people=people, **kwargs)
        known = {code for code, _label in people}
        gone = [code for code in self.initial.get("members") or () if code not in known]
        # A person removed since stays named in the decision until somebody unticks them.
        removed = [(code, _("a person who was removed")) for code in gone]
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [*people, *removed]
        chosen = self.initial.get("scheme")
        other = [(chosen, chosen)] if chosen and chosen not in dict(schemes) else []
        scheme = self.fields["scheme"]
        assert isinstance(scheme, forms.ChoiceField)
        scheme.choices = [("", "—"), *schemes, *other]

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

    def clean_members(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["members"])

    def clean_decided_on(self) -> date | None:
        return not_ahead(self.cleaned_data["decided_on"], _on(self, "decided_on"))

    def clean(self) -> dict[str, Any]:
        decided, until = self.cleaned_data.get("decided_on"), self.cleaned_data.get("valid_until")
        if decided and until and until < decided:
            self.add_error("valid_until", _("This lies before the day on which it was decided."))
        return self.cleaned_data


class HoldForm(EntryForm):
    """Why a case must not be shredded."""

    entry: ClassVar[type[Told]] = Hold

    words = Words(
        required=True,
        label=_("Why it must be kept, and who asked for it"),
        help_text=_("A court, an inquiry, a complaint. It holds until a coordinator ends it."),
    )


class DocumentForm(HeardForm):
    """A paper to attach: its bytes stay in memory, are cleaned, sealed, and never on a disk in clear."""

    reserved = forms.CharField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Photograph, scan, PDF or plain text"),
        allow_empty_file=True,  # refused with better words where it is cleaned
        error_messages={
            "required": _("No document arrived. Choose one; the largest taken is 15 MB.")
        },
        help_text=_(
            "Up to 15 MB. What it carries unseen (place and time of the photograph, its author) is taken out. "
            "If this page comes back, choose the file once more: no page can keep it."
        ),
    )
    title = Short(label=_("What it is"), help_text=_("Such as: tazkira of the mother, both sides."))
    person = one_person()

    def __init__(self, *args: Any, people: People = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ChoiceField)
        person.choices = [("", WHOLE_HOUSEHOLD), *people]

    def clean_reserved(self) -> str | None:
        told: str = self.cleaned_data["reserved"]
        return read_code(told, ENTRY_LETTERS)

    def clean_file(self) -> UploadedFile[bytes]:
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > settings.UPLOAD_LIMIT:
            raise ValidationError(
                _(
                    "This document is larger than %(limit)s MB. Scan it at 300 dots an inch, or divide it."
                ),
                params={"limit": settings.UPLOAD_LIMIT // 2**20},
            )
        return file


class DocumentTitleForm(EntryForm):
    """What a document is called and whom it is about; its bytes are never changed."""

    entry: ClassVar[type[Told]] = Document

    title = Short(required=True, label=_("What it is"))
    person = one_person()


def _on(form: forms.Form, name: str) -> date | None:
    field = form.fields[name]
    return field.on if isinstance(field, Day) else None

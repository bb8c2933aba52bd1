"""What is typed at the doors and on the office's pages."""

from __future__ import annotations

import json
from typing import Any, Final

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from safeconduct.core.errors import Refused
from safeconduct.core.readers import DARI, ENGLISH, PASHTO, Calendar, Digits
from safeconduct.people.models import Role
from safeconduct.people.opening import SHORTEST_PASSPHRASE
from safeconduct.people.reasons import LONGEST, SHORTEST
from safeconduct.people.sentences import refusal_told

# What a form that came too late may carry to be sent again: text, not files, and not endlessly.
KEPT_AT_MOST: Final = 200_000
_LONGEST_PASSPHRASE: Final = 200
# Roles that an office gives; the operator's is made from the command line.
OFFICE_ROLES: Final = [
    (Role.CASEWORKER.value, _("Caseworker: opens their own cases and those that nobody owns")),
    (Role.COORDINATOR.value, _("Coordinator: opens every case of the office, invites and shares")),
    (Role.APPROVER.value, _("Approver: decides on access and exports, opens again; sees no case")),
    (Role.AUDITOR.value, _("Auditor: reads the journal; sees no case")),
]

# Each in its own name, for whoever cannot read the others.
LANGUAGES: Final = [(ENGLISH, "English"), (DARI, "Dari · دری"), (PASHTO, "Pashto · پښتو")]
CALENDARS: Final = [
    ("", _("as it goes with the language")),
    (Calendar.GREGORIAN.value, _("Gregorian, 15 August 2021")),
    (Calendar.SOLAR_HIJRI.value, _("Solar Hijri, 24 Asad 1400")),
]
DIGITS: Final = [
    ("", _("as they go with the language")),
    (Digits.WESTERN.value, "0 1 2 3 4 5 6 7 8 9"),
    (Digits.EASTERN.value, "۰ ۱ ۲ ۳ ۴ ۵ ۶ ۷ ۸ ۹"),
]


def tell(form: forms.Form, refusal: Refused) -> None:
    """The refusal on top of the form, with its code to be told over a telephone."""
    form.add_error(None, f"{refusal_told(refusal)} ({refusal.code})")


def _passphrase(label: Any, autocomplete: str, hint: Any = "") -> forms.CharField:
    # Spaces count: nothing is stripped.
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=_LONGEST_PASSPHRASE,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _new_passphrase() -> forms.CharField:
    hint = _("Four or five plain words that you use nowhere else; at least {letters} signs.")
    # In the language of whoever reads: `%` would choose one for all when this module is loaded.
    said = format_lazy(hint, letters=SHORTEST_PASSPHRASE)
    return _passphrase(_("New passphrase"), "new-password", said)


class _Handle(forms.Form):
    handle = forms.CharField(
        label=_("Handle"),
        help_text=_("The short name by which your office knows you."),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class _TwiceTheSame(forms.Form):
    """A new passphrase, typed twice."""

    new = _new_passphrase()
    once_more = _passphrase(_("New passphrase once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "new" in told and "once_more" in told and told["new"] != told["once_more"]:
            self.add_error(
                "once_more", _("These two differ. Type the new passphrase twice the same.")
            )
        return told


class DoorForm(_Handle):
    passphrase = _passphrase(_("Passphrase"), "current-password")


class OpenAgainForm(forms.Form):
    """The passphrase alone, and what was sent when the keys had fallen shut already."""

    passphrase = _passphrase(_("Passphrase"), "current-password")
    kept_for = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def clean_kept_for(self) -> str:
        path: str = self.cleaned_data["kept_for"]
        return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""

    def clean_kept(self) -> list[tuple[str, str]]:
        try:
            pairs = json.loads(self.cleaned_data["kept"] or "[]")
            kept = [(str(name), str(text)) for name, text in pairs]
            "".join(text for pair in kept for text in pair).encode()  # half a letter is none
            return kept
        except (ValueError, TypeError, RecursionError) as wrong:
            raise forms.ValidationError(_("What you had typed came back unreadable.")) from wrong


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from your app"),
        help_text=_("Six digits; a new code comes every half minute."),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
        ),
    )


class PasskeyForm(forms.Form):
    """Filled by passkey.js with the browser's answer."""

    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput)

    def clean_answer(self) -> dict[str, Any]:
        try:
            told = json.loads(self.cleaned_data["answer"])
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict):
            raise forms.ValidationError(_("Your browser's answer was unreadable. Try once more."))
        return told


class WelcomeForm(_TwiceTheSame, _Handle):
    invitation = forms.CharField(
        label=_("Invitation code"),
        help_text=_("The letters and digits that your colleague told you."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("handle", "invitation", "new", "once_more")


class RecoverForm(_TwiceTheSame, _Handle):
    recovery = forms.CharField(
        label=_("Recovery code"),
        help_text=_("The one that you wrote down. It is used up by this, and you get another."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("handle", "recovery", "new", "once_more")


class PassphraseForm(_TwiceTheSame):
    old = _passphrase(_("Passphrase that you have now"), "current-password")
    field_order = ("old", "new", "once_more")


class AnotherCodeForm(forms.Form):
    passphrase = _passphrase(_("Your passphrase"), "current-password")


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=OFFICE_ROLES, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(RolesForm):
    handle = forms.CharField(
        label=_("Handle"),
        help_text=_(
            "How the member signs in; small letters, digits, dots and hyphens. No full names."
        ),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    field_order = ("handle", "roles")


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        help_text=_("What the family needs, and why it must be you. It is sealed to your office."),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SureForm(forms.Form):
    """A step that cannot be taken back is ticked before it is pressed."""

    sure = forms.BooleanField(label=_("I am sure"))


class LanguageForm(forms.Form):
    """At the door, before anybody is known."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)


class ReadingForm(forms.Form):
    """How a member reads. Nothing chosen: what goes with the language."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    calendar = forms.ChoiceField(label=_("Calendar"), required=False, choices=CALENDARS)
    digits = forms.ChoiceField(label=_("Digits"), required=False, choices=DIGITS)

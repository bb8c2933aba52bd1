"""Where they are, to whom they belong, what threatens them, how to reach them in safety, anything else."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Note, Place, SafeContact, Threat, Tie, Told
from safeconduct.cases.forms.card import refuse_nothing
from safeconduct.cases.forms.entry_form import EntryForm, one_person
from safeconduct.cases.forms.fields import Heard, Short, Words, YesNoUnknown

# BCP 47.
LANGUAGES = (
    ("prs", _("Dari")),
    ("ps", _("Pashto")),
    ("haz", _("Hazaragi")),
    ("uz", _("Uzbek")),
    ("tk", _("Turkmen")),
    ("bal", _("Balochi")),
    ("ur", _("Urdu")),
    ("en", _("English")),
)
SINCE = _("As it was told, in either calendar: 20 Asad 1400, August 2021, 1399.")


class PlaceForm(EntryForm):
    """Where they are, exactly; the province alone stands on the cover."""

    entry: ClassVar[type[Told]] = Place

    words = Words(
        required=True,
        label=_("Where they are"),
        help_text=_("As exactly as it was told. Sealed: only the province stands on the cover."),
    )
    district = Short(label=_("District"))
    since = Heard(label=_("Since when"), help_text=SINCE)
    person = one_person()


class TieForm(EntryForm):
    """To whom or to what they belong."""

    entry: ClassVar[type[Told]] = Tie

    to = Short(
        required=True,
        label=_("To whom or what"),
        help_text=_("A relative abroad, an employer, a contract, an army unit."),
    )
    relation = Short(label=_("What that is to them"))
    country = Short(label=_("In which country"))
    words = Words(label=_("What was told about it"))
    person = one_person()


class ThreatForm(EntryForm):
    """What they are threatened with."""

    entry: ClassVar[type[Told]] = Threat

    words = Words(required=True, label=_("What threatens them"), help_text=_("As it was told."))
    by = Short(label=_("Who threatens them"))
    happened = Heard(label=_("When it happened"), help_text=SINCE)
    person = one_person()


class NoteForm(EntryForm):
    """Anything else, in words."""

    entry: ClassVar[type[Told]] = Note

    words = Words(required=True, label=_("Note"))
    person = one_person()


class SafeContactForm(EntryForm):
    """How to reach them without harm. What nobody asked yet stays unknown, and the page says so."""

    entry: ClassVar[type[Told]] = SafeContact

    hours = Short(
        label=_("When it is safe to call"),
        help_text=_("In whose time? Say it: after 21:00 in Kabul."),
    )
    safe_words = Words(
        rows=2,
        label=_("What may be said to whoever picks up"),
        help_text=_("The words agreed with the family, such as asking for the tailor."),
    )
    never_say = Words(rows=2, label=_("What must never be said"))
    voicemail = YesNoUnknown(
        label=_("May a voicemail be left?"),
        unknown=_("nobody asked yet: leave none"),
        yes=_("yes"),
        no=_("no, never"),
    )
    messages = YesNoUnknown(
        label=_("May a written message be sent?"),
        unknown=_("nobody asked yet: send none"),
        yes=_("yes"),
        no=_("no, never"),
    )
    phone_shared_with = Short(label=_("Who shares the telephone"))
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    person = one_person()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict(LANGUAGES)
        others = [code for code in self.initial.get("languages") or () if code not in known]
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [*LANGUAGES, *((code, code) for code in others)]

    def clean_languages(self) -> tuple[str, ...]:
        return tuple(self.cleaned_data["languages"])

    def clean(self) -> dict[str, Any]:
        return refuse_nothing(self)

"""Who they are and who asks for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Caller, Person, Told
from safeconduct.cases.forms.entry_form import EntryForm, choice_of
from safeconduct.cases.forms.fields import Heard, Phones, Short
from safeconduct.core.facts import Relation, Sex

SEXES = (
    (Sex.FEMALE.value, _("female")),
    (Sex.MALE.value, _("male")),
    (Sex.OTHER.value, _("other")),
)
RELATIONS = (
    (Relation.PRINCIPAL.value, _("the principal: whose situation carries the claim")),
    (Relation.SPOUSE.value, _("wife or husband of the principal")),
    (Relation.CHILD.value, _("child of the principal")),
    (Relation.PARENT.value, _("parent of the principal")),
    (Relation.SIBLING.value, _("sister or brother of the principal")),
    (Relation.OTHER_RELATIVE.value, _("another relative")),
    (Relation.NOT_RELATED.value, _("not related")),
)
AS_HEARD = _(
    "As it was told, in either calendar: 1366, 24 Asad 1400, March 1990, or an age such as 34 or 8 months."
)


class PersonForm(EntryForm):
    """Every field may stay empty: a person of whom nothing is known still counts (law 6)."""

    entry: ClassVar[type[Told]] = Person

    given_name = Short(label=_("Given name"), help_text=_("In any script, as it was told."))
    family_name = Short(label=_("Family name"))
    father_name = Short(label=_("Father's name"))
    native_name = Short(label=_("Name in their own script"))
    sex = choice_of(*SEXES, label=_("Sex"))
    birth = Heard(label=_("Born"), birth=True, help_text=AS_HEARD)
    relation = choice_of(*RELATIONS, label=_("In the household"))
    phones = Phones(label=_("Telephones"), help_text=_("One on each line."))
    passport = Short(label=_("Passport"))
    tazkira = Short(
        label=_("Tazkira"),
        help_text=_("An electronic one has 13 digits; a paper one volume, page and number."),
    )
    nationality = Short(label=_("Nationality"))

    def clean_sex(self) -> Sex | None:
        return Sex(self.cleaned_data["sex"]) if self.cleaned_data["sex"] else None

    def clean_relation(self) -> Relation | None:
        told = self.cleaned_data["relation"]
        return Relation(told) if told else None


class CallerForm(EntryForm):
    """Who asks, often a relative abroad."""

    entry: ClassVar[type[Told]] = Caller

    name = Short(label=_("Name of the caller"), help_text=_("In any script, as it was told."))
    phones = Phones(label=_("Telephones of the caller"), help_text=_("One on each line."))
    email = Short(label=_("Email"))
    relation = Short(
        label=_("What they are to the family"),
        help_text=_("In their own words: brother, colleague."),
    )
    town = Short(label=_("Where they are"))

    def clean_email(self) -> str | None:
        told: str | None = self.cleaned_data["email"]
        # A mail server refuses what is none; here only what can be no address at all is asked about.
        if told and ("@" not in told.strip("@") or " " in told):
            raise ValidationError(_("An email address has an @ between two parts and no space."))
        return told

    def clean(self) -> dict[str, Any]:
        return refuse_nothing(self)


def refuse_nothing(form: EntryForm) -> dict[str, Any]:
    """Raises ValidationError where every field of the record stayed empty and none is wrong."""
    told = form.cleaned_data
    if not form.errors and not any(
        told.get(name) not in {None, "", ()} for name in form.named() if name != "person"
    ):
        raise forms.ValidationError(_("Everything is empty. Fill in what you know, or go back."))
    return told

"""A new case on one page, in the order in which a telephone call goes. Everything may be empty but one thing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Caller, Note, Person, Place, SafeContact, Threat, Told
from safeconduct.cases.forms.card import AS_HEARD, RELATIONS
from safeconduct.cases.forms.cover import how_many, one_province
from safeconduct.cases.forms.entry_form import Choices, HeardForm, choice_of
from safeconduct.cases.forms.fields import Heard, Phones, Short, Words, YesNoUnknown
from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.core.facts import Relation

ROWS_AT_FIRST = 4
MORE_ROWS = 4
MOST_ROWS = 40


class CallForm(HeardForm):
    """The call: who calls, how to call back without harm, where they are, what threatens them."""

    reserved = forms.CharField(required=False, widget=forms.HiddenInput)
    caller_name = Short(label=_("Who is calling"))
    caller_phones = Phones(
        label=_("Their telephones"), help_text=_("One on each line. Read it back to them.")
    )
    caller_relation = Short(
        label=_("What they are to the family"),
        help_text=_("In their own words: brother, colleague."),
    )
    hours = Short(
        label=_("When is it safe to call the family?"),
        help_text=_("In whose time? Say it: after 21:00 in Kabul."),
    )
    phone_shared_with = Short(label=_("Who else may pick up?"))
    safe_words = Words(rows=2, label=_("What may be said to whoever picks up?"))
    voicemail = YesNoUnknown(
        label=_("May a voicemail be left?"),
        unknown=_("not asked: leave none"),
        yes=_("yes"),
        no=_("no, never"),
    )
    told_size = how_many(
        label=_("How many people are they?"),
        help_text=_("As told, infants and the absent too. Those named below may be fewer."),
    )
    province = forms.ChoiceField(label=_("Province they are in"), required=False)
    place = Words(
        rows=2,
        label=_("Where exactly"),
        help_text=_("Sealed: only the province stands on the cover."),
    )
    threat = Words(label=_("What threatens them"), help_text=_("As it is told."))
    note = Words(label=_("Note"))

    def __init__(self, *args: Any, provinces: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = one_province(provinces)

    def clean_reserved(self) -> str | None:
        told: str = self.cleaned_data["reserved"]
        return read_code(told, LETTERS)

    def told(self) -> list[Told]:
        """What was told, each as its own entry; what stayed empty is no entry."""
        heard = self.cleaned_data
        entries: list[Told] = []
        if heard["caller_name"] or heard["caller_phones"] or heard["caller_relation"]:
            entries.append(
                Caller(
                    name=heard["caller_name"],
                    phones=heard["caller_phones"],
                    relation=heard["caller_relation"],
                )
            )
        contact = {
            name: heard[name] for name in ("hours", "phone_shared_with", "safe_words", "voicemail")
        }
        if any(value is not None for value in contact.values()):
            entries.append(SafeContact(**contact))
        if heard["place"]:
            entries.append(Place(words=heard["place"]))
        if heard["threat"]:
            entries.append(Threat(words=heard["threat"]))
        if heard["note"]:
            entries.append(Note(words=heard["note"]))
        return entries


class PersonRow(HeardForm):
    """One person of the household on one line; an empty line is nobody."""

    given_name = Short(label=_("Given name"))
    family_name = Short(label=_("Family name"))
    birth = Heard(label=_("Born, or age"), birth=True)
    relation = choice_of(*RELATIONS, label=_("In the household"))

    def told(self) -> Person | None:
        heard = self.cleaned_data
        if not any(heard.get(name) for name in ("given_name", "family_name", "birth", "relation")):
            return None
        relation = Relation(heard["relation"]) if heard["relation"] else None
        return Person(
            given_name=heard["given_name"],
            family_name=heard["family_name"],
            birth=heard["birth"],
            relation=relation,
        )


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # subscripted by its stubs alone
    """The rows of the household. Exactly one may be the principal."""

    hint = AS_HEARD

    def clean(self) -> None:
        principals = [
            row
            for row in self.forms
            if row.cleaned_data.get("relation") == Relation.PRINCIPAL.value
        ]
        if len(principals) > 1:
            raise forms.ValidationError(
                _(
                    "Two people are called the principal. Choose the one whose situation carries the claim."
                )
            )

    def told(self) -> list[Person]:
        return [person for row in self.forms if (person := row.told())]


HouseholdRows: type[_Rows] = forms.formset_factory(  # type: ignore[assignment]
    PersonRow,
    formset=_Rows,
    extra=ROWS_AT_FIRST,
    max_num=MOST_ROWS,
    absolute_max=MOST_ROWS,
    validate_max=True,
)

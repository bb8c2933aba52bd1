"""A new case on one page, in the order in which a telephone call goes. Everything may be empty but one thing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext, gettext_lazy as _

from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.entries import (
    Caller,
    Direction,
    Facts,
    Note,
    Person,
    Place,
    SafeContact,
    Talk,
    Threat,
    Told,
)
from safeconduct.cases.forms.card import AS_HEARD, RELATIONS
from safeconduct.cases.forms.contents import LANGUAGES
from safeconduct.cases.forms.cover import how_many, one_province
from safeconduct.cases.forms.entry_form import Choices, HeardForm, choice_of
from safeconduct.cases.forms.fields import Day, Heard, Phones, Short, Words, YesNoUnknown
from safeconduct.cases.forms.people_on_lines import PeopleOnLines
from safeconduct.cases.forms.talks import check_promise, next_day
from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.core.facts import Relation
from safeconduct.core.rulebook.rules import FactKind

ROWS_AT_FIRST = 4
MORE_ROWS = 4
MOST_ROWS = 40
ASK: Final = "ask-"
_OF_CALLER: Final = (
    "caller_name",
    "caller_phones",
    "caller_relation",
    "caller_hours",
    "caller_language",
)
_ANSWERS: Final = {"yes": _("yes"), "no": _("no"), "none": _("no, none")}


class CallForm(HeardForm):
    """The call: who calls, where they are, what threatens them, how to call back without harm, what happens next."""

    reserved = forms.CharField(required=False, widget=forms.HiddenInput)
    caller_name = Short(label=_("Who is calling"))
    caller_relation = Short(
        label=_("What they are to the family"),
        help_text=_("In their own words: brother, colleague."),
    )
    caller_phones = Phones(
        label=_("Their telephones"), help_text=_("One on each line. Read it back to them.")
    )
    caller_hours = Short(
        label=_("When is it safe to call them back?"),
        help_text=_("Any time, after work, never: as they say it."),
    )
    caller_language = choice_of(*LANGUAGES, label=_("Which language do they speak?"))
    told_size = how_many(
        label=_("How many people are they?"),
        help_text=_("As told, infants and the absent too. Those named below may be fewer."),
    )
    names = PeopleOnLines(label=_("Or a list: one person on each line"))
    province = forms.ChoiceField(label=_("Province they are in"), required=False)
    place = Words(
        rows=2,
        label=_("Where exactly"),
        help_text=_("Sealed: only the province stands on the cover."),
    )
    threat = Words(label=_("What threatens them"), help_text=_("As it is told."))
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
    note = Words(rows=2, label=_("Note"))
    next_words = Words(
        rows=2,
        label=_("What happens next, as you tell it to them"),
        help_text=_("Such as: we look at what you told us and call you back. Promise no more."),
    )
    next_on = next_day(label=_("By when"))

    def __init__(
        self,
        *args: Any,
        provinces: Choices = (),
        questions: Sequence[FactKind] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = one_province(provinces)
        self.asked = {ASK + kind.name: kind for kind in questions}
        for name, kind in self.asked.items():
            answers = [
                (value, gettext(kind.words.get(value, str(_ANSWERS.get(value, value)))))
                for value in kind.values
            ]
            choices = [("", _("not told yet")), *answers]
            self.fields[name] = forms.ChoiceField(
                label=gettext(kind.question), required=False, choices=choices
            )

    def questions(self) -> list[forms.BoundField]:
        """The fields of the rulebook's first questions."""
        return [self[name] for name in self.asked]

    def clean_reserved(self) -> str | None:
        told: str = self.cleaned_data["reserved"]
        return read_code(told, LETTERS)

    def clean(self) -> dict[str, Any]:
        field = self.fields["next_on"]
        assert isinstance(field, Day)
        check_promise(self, on=field.on)
        if self.cleaned_data.get("next_on") and not self.cleaned_data.get("next_words"):
            self.add_error("next_words", _("What happens on that day? Say it as you told it."))
        return self.cleaned_data

    def told(self) -> list[tuple[str, Told]]:
        """What was told, each as its own entry; what stayed empty is no entry."""
        heard = self.cleaned_data
        entries: list[tuple[str, Told]] = list(heard["names"])
        caller = new_entry_code() if any(heard[name] for name in _OF_CALLER) else None
        if caller:
            name, phones, relation = (heard[name] for name in _OF_CALLER[:3])
            entries.append((caller, Caller(name=name, phones=phones, relation=relation)))
        rest = [
            self._how_to_call_back(caller),
            self._how_to_call_the_family(),
            Place(words=heard["place"]) if heard["place"] else None,
            Threat(words=heard["threat"]) if heard["threat"] else None,
            self._answers(),
            Note(words=heard["note"]) if heard["note"] else None,
            self._promise(caller),
        ]
        return entries + [(new_entry_code(), each) for each in rest if each is not None]

    def _how_to_call_back(self, caller: str | None) -> SafeContact | None:
        hours, language = self.cleaned_data["caller_hours"], self.cleaned_data["caller_language"]
        if not (hours or language):
            return None
        return SafeContact(
            hours=hours or None, languages=(language,) if language else (), person=caller
        )

    def _how_to_call_the_family(self) -> SafeContact | None:
        names = ("hours", "phone_shared_with", "safe_words", "voicemail")
        told = {name: self.cleaned_data[name] for name in names}
        return SafeContact(**told) if any(each is not None for each in told.values()) else None

    def _answers(self) -> Facts | None:
        told = {kind.name: self.cleaned_data[name] for name, kind in self.asked.items()}
        told = {fact: answer for fact, answer in told.items() if answer}
        return Facts(facts=told) if told else None

    def _promise(self, caller: str | None) -> Talk | None:
        """The call itself is a conversation, where they were told what happens next."""
        words = self.cleaned_data["next_words"]
        if not words:
            return None
        return Talk(
            direction=Direction.THEY_CALLED,
            told=words,
            caller=caller,
            next_words=words,
            next_on=self.cleaned_data["next_on"],
        )


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

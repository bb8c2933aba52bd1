"""What is typed in this room: files, columns, a pasted text, and what becomes of a plea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.entries import Caller, Person, Place, Threat, Told
from safeconduct.cases.forms.card import RELATIONS
from safeconduct.cases.forms.cover import how_many, one_province
from safeconduct.cases.forms.entry_form import Choices, HeardForm, choice_of
from safeconduct.cases.forms.fields import Day, Heard, Phones, Short, Words
from safeconduct.cases.reading import LETTERS
from safeconduct.core.codes import read_code
from safeconduct.core.facts import Relation
from safeconduct.intake.actions.beginning import REASONS_TO_LEAVE
from safeconduct.intake.actions.ends import REASONS_TO_SET_ASIDE
from safeconduct.intake.actions.undoing import REASONS_TO_UNDO

MOST_ROWS: Final = 40
# The fixed words for a reason, as a member reads them.
WHY: Final = {
    "wrong-file": _("it was the wrong file"),
    "columns-misread": _("its columns were misread"),
    "imported-twice": _("it was imported before"),
    "not-for-us": _("it is not for this office"),
    "newer-one-came": _("a newer one came"),
    "asked-by-sender": _("its sender asked for it"),
    "withdrawn-by-the-family": _("the family withdrew it"),
    "no-person-in-it": _("nobody is told in it: a note, a total, a heading"),
    "stands-in-another-row": _("it stands in another row, which has its end"),
}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(each, initial) for each in files]


class UploadForm(forms.Form):
    sheets = FilesField(
        label=_("Files"),
        help_text=_(
            "Excel, OpenDocument or CSV; of KoBoToolbox the export, with the form's definition if you have it. "
            "Several files only if they belong together."
        ),
        allow_empty_file=True,  # said in our own words
        error_messages={"required": _("Choose one or several files.")},
    )
    read_hidden = forms.BooleanField(
        label=_("Read what is hidden in them too"),
        help_text=_("Rows, columns and sheets that were hidden may be what somebody took out."),
        required=False,
    )
    again = forms.BooleanField(
        label=_("Take these files even if the very same were taken before"), required=False
    )


class TextForm(forms.Form):
    """A message, word for word. `again` is offered once it is known that the same words are here."""

    # No length here and nothing taken out: the action says what it does not take, and keeps the rest as it is.
    text = forms.CharField(
        label=_("The message"),
        help_text=_(
            "An e-mail, a chat, a text message, or what was told: with its sender and date."
        ),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Paste the message, or write down what you heard.")},
    )
    again = forms.BooleanField(
        label=_("It is another plea in the same words: take it too"),
        required=False,
        widget=forms.HiddenInput,
    )

    def offer_again(self) -> None:
        self.fields["again"].widget = forms.CheckboxInput()


class WhyForm(forms.Form):
    """A fixed reason."""

    why = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, reasons: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, WHY[each]) for each in reasons]


def leave_form(*args: Any) -> WhyForm:
    return WhyForm(*args, reasons=REASONS_TO_LEAVE, prefix="leave")


def undo_form(*args: Any) -> WhyForm:
    return WhyForm(*args, reasons=REASONS_TO_UNDO)


class SeenForm(HeardForm):
    """`revision`: the plea as it was when the page was shown."""

    revision = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class SetAsideForm(SeenForm):
    why = forms.ChoiceField(
        label=_("Why nothing is to be done"),
        widget=forms.RadioSelect,
        choices=[(each, WHY[each]) for each in REASONS_TO_SET_ASIDE],
    )


class AttachForm(SeenForm):
    case = Short(
        label=_("Code of the case"),
        help_text=_("As it stands in the list of cases: nine letters and digits."),
        required=True,
    )

    def clean_case(self) -> str:
        code = read_code(self.cleaned_data["case"], LETTERS)
        if code is None:
            raise forms.ValidationError(
                _("This is not the code of a case: a letter or digit was misread or left out.")
            )
        return code


class HandOverForm(SeenForm):
    to = forms.ChoiceField(label=_("Who looks at it"))
    due = Day(label=_("By when"), required=True)

    def __init__(self, *args: Any, colleagues: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(colleagues)


class TakeInForm(SeenForm):
    """What a member reads out of a plea; its words are kept whole beside this."""

    reserved = forms.CharField(required=False, widget=forms.HiddenInput)
    caller_name = Short(label=_("Who asks for them"))
    caller_relation = Short(label=_("What they are to the family"))
    caller_phones = Phones(label=_("Their telephones"), help_text=_("One on each line."))
    told_size = how_many(
        label=_("How many people are they?"),
        help_text=_("As told, infants and the absent too."),
    )
    province = forms.ChoiceField(label=_("Province they are in"), required=False)
    place = Words(rows=2, label=_("Where exactly"))
    threat = Words(rows=3, label=_("What threatens them"))

    def __init__(self, *args: Any, provinces: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["province"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(one_province(provinces))

    def clean_reserved(self) -> str | None:
        return read_code(self.cleaned_data["reserved"], LETTERS)

    def told(self) -> list[Told]:
        heard = self.cleaned_data
        caller = Caller(
            name=heard["caller_name"],
            phones=heard["caller_phones"],
            relation=heard["caller_relation"],
        )
        entries: list[Told] = [] if caller == Caller() else [caller]
        if heard["place"]:
            entries.append(Place(words=heard["place"]))
        if heard["threat"]:
            entries.append(Threat(words=heard["threat"]))
        return entries


class PersonRow(HeardForm):
    """One person on one line; an empty line is nobody."""

    given_name = Short(label=_("Given or whole name"))
    family_name = Short(label=_("Family name"))
    native_name = Short(label=_("In Dari or Pashto letters"))
    birth = Heard(label=_("Born, or age"), birth=True)
    relation = choice_of(*RELATIONS, label=_("In the household"))
    phones = Phones(label=_("Telephones"))

    def told(self) -> Person | None:
        heard = self.cleaned_data
        if not heard:  # a line that nobody touched
            return None
        relation = Relation(heard["relation"]) if heard.get("relation") else None
        person = Person(
            given_name=heard["given_name"],
            family_name=heard["family_name"],
            native_name=heard["native_name"],
            birth=heard["birth"],
            relation=relation,
            phones=heard["phones"],
        )
        return None if person == Person() else person


class _Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # subscripted by its stubs alone
    """Exactly one may be the principal."""

    def clean(self) -> None:
        told = [row.cleaned_data.get("relation") for row in self.forms]
        if told.count(Relation.PRINCIPAL.value) > 1:
            raise forms.ValidationError(
                _(
                    "Two people are called the principal. Choose the one whose situation carries the claim."
                )
            )

    def told(self) -> list[Person]:
        return [person for row in self.forms if (person := row.told())]


PeopleRows: type[_Rows] = forms.formset_factory(  # type: ignore[assignment]
    PersonRow, formset=_Rows, extra=2, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)

"""Answers to the rulebook's questions: a choice for each question and person, "not told yet" until somebody tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy as _

from safeconduct.cases.wording import words_of
from safeconduct.core.rulebook.rules import FactKind
from safeconduct.triage.actions.facts import Whose, known_answer
from safeconduct.triage.asking import Question, Whom, every_whom, name_of

NOT_TOLD: Final = _("not told yet")
OF_FAMILY: Final = _("the family")
OF_SOMEBODY: Final = _("somebody in the family, not told who; or nobody")


class AnswersForm(forms.Form):
    """Each field is sent with what it showed (`show_hidden_initial`): only what was touched is written."""

    def __init__(
        self, data: QueryDict | None, *, questions: Sequence[Question], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.questions = questions
        self._whose: dict[str, tuple[Whose, FactKind]] = {}
        for question, whom in every_whom(questions):
            name = name_of(whom.person, question.kind)
            self._whose[name] = ((whom.person, question.kind.name), question.kind)
            self.fields[name] = _field(question.kind, whom)

    def asked(self) -> list[tuple[Question, list[tuple[Whom, BoundField]]]]:
        """Question by question with its fields, as the page shows them."""
        return [
            (each, [(whom, self[name_of(whom.person, each.kind)]) for whom in each.whom])
            for each in self.questions
        ]

    def told(self) -> dict[Whose, str | None]:
        """Of a valid form: what was touched."""
        return {self._whose[name][0]: _value(self.cleaned_data[name]) for name in self.changed_data}

    def seen(self) -> dict[Whose, str | None]:
        """What the form showed when it was filled in."""
        seen = {}
        for name, (whose, _kind) in self._whose.items():
            field = self[name]
            widget = field.field.hidden_widget()
            shown = widget.value_from_datadict(self.data, self.files, field.html_initial_name)
            seen[whose] = _value(shown)
        return seen

    def show_anew(self, answers: Mapping[Whose, str]) -> None:
        """What stands by now beside what was typed: sent again, that is what it began from."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        for name, (whose, kind) in self._whose.items():
            stands = known_answer(answers.get(whose), kind)
            values = (stands.split("|") if stands else []) if kind.many else [stands or ""]
            data.setlist(self[name].html_initial_name, values)
            if data.getlist(self.add_prefix(name)) != values and name in self.changed_data:
                self[name].help_text = _standing(kind, stands)
        self.data = data


def _standing(kind: FactKind, stands: str | None) -> Any:
    said = words_of(kind, stands) if stands else NOT_TOLD
    return _("stands now: %(answer)s") % {"answer": said}


def _field(kind: FactKind, whom: Whom) -> forms.Field:
    label: Any = whom.name or (OF_FAMILY if kind.of == "household" else OF_SOMEBODY)
    choices = [(value, gettext(kind.words.get(value, value))) for value in kind.values]
    if kind.many:
        return _Several(
            kind,
            label=label,
            required=False,
            choices=choices,
            initial=whom.answer.split("|") if whom.answer else [],
            widget=forms.CheckboxSelectMultiple,
            show_hidden_initial=True,
        )
    return forms.ChoiceField(
        label=label,
        required=False,
        choices=[("", NOT_TOLD), *choices],
        initial=whom.answer or "",
        show_hidden_initial=True,
    )


class _Several(forms.MultipleChoiceField):
    """Several values may hold at once, but not beside the one that says none of them does."""

    def __init__(self, kind: FactKind, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kind = kind

    def clean(self, value: Any) -> list[str]:
        chosen: list[str] = super().clean(value)
        if self.kind.nobody in chosen and len(chosen) > 1:
            raise ValidationError(
                _("One of these says that none of the others holds. Tick the one or the others."),
                code="both",
            )
        return [each for each in self.kind.values if each in chosen]


def _value(chosen: object) -> str | None:
    if isinstance(chosen, (list, tuple)):
        return "|".join(map(str, chosen)) or None
    return str(chosen) if chosen else None

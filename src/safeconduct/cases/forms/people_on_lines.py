"""A list of people as it is dictated or pasted: one on each line, "Zahra, wife, 34"."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from safeconduct.cases.actions.changing import new_entry_code
from safeconduct.cases.entries import Person, Said, Told
from safeconduct.cases.forms.fields import SHORT, TOO_LONG, Heard
from safeconduct.cases.forms.signs import without_hidden
from safeconduct.cases.wording import operation
from safeconduct.sheets.member import Member, chunks_of, read_member
from safeconduct.sheets.members import members_in
from safeconduct.sheets.names import draft_of

MOST: Final = 60
_LONGEST: Final = 10_000


class PeopleOnLines(Heard):
    """Each person as an entry with its code, and words that belong to them in another.

    Nobody is guessed into being: a line that cannot be read as one person is asked about, and everything typed stays.
    """

    knows_unknown = False
    longest = _LONGEST

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            help_text=_(
                "Name, what they are to the principal, age: Zahra, wife, 34. In any of the three "
                "languages; leave out what nobody knows."
            ),
            widget=forms.Textarea(attrs={"rows": 3}),
            **kwargs,
        )

    def clean(self, value: Any) -> list[tuple[str, Told]]:  # type: ignore[override]
        text = without_hidden(self.to_python(value) or "")
        if len(text) > self.longest or any(len(line) > SHORT for line in text.split("\n")):
            raise ValidationError(TOO_LONG, code="long")
        assert self.on is not None, "the form tells the day"
        on = operation().day_on(self.on)  # as a sheet's ages are read
        lines = [line.strip() for line in text.split("\n")]
        told: list[tuple[str, Told]] = []
        for number, line in enumerate(lines, 1):
            if line:
                told += _entries(_people_of(line, number, on))
        if len(told) > 2 * MOST:
            raise ValidationError(TOO_LONG, code="long")
        return told


def _people_of(line: str, number: int, on: date) -> list[Member]:
    """Raises ValidationError, with the line's number and not its words."""
    alone = read_member(chunks_of(line), on)
    if alone is not None:
        return [alone]
    several = members_in(line, on)
    if several is None or several.more or not several.people:
        raise ValidationError(
            _(
                "Line %(number)s could not be read as a person. Write the name, what they are to the principal and the "
                "age with commas between, or use the lines for people."
            ),
            code="line",
            params={"number": number},
        )
    return list(several.people)


def _entries(people: list[Member]) -> list[tuple[str, Told]]:
    told: list[tuple[str, Told]] = []
    for member in people:
        code, read = new_entry_code(), draft_of(member)
        told.append(
            (
                code,
                Person(
                    given_name=read.given_name or None,
                    family_name=read.family_name or None,
                    native_name=read.native_name or None,
                    sex=read.sex,
                    birth=read.birth,
                    relation=member.relation,
                ),
            )
        )
        if member.words:
            told.append((new_entry_code(), Said(words=member.words, person=code)))
    return told

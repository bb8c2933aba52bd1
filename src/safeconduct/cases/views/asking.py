"""What is unknown, as questions in plain words to ask on the next call. Unknown is not no: it is asked (law 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from safeconduct.cases.entries import Assessed, Caller, Person
from safeconduct.cases.forms.signs import shown as seen
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.templatetags.told import called, told
from safeconduct.cases.views.shown import name_of_caller
from safeconduct.cases.wording import operation, question_of
from safeconduct.core.facts import Relation
from safeconduct.core.rulebook.known import DERIVED_FACTS
from safeconduct.people.reader import ReadersNumber

# Of a person: the field that is unknown, the question, and the facts of the rulebook that hang on it.
_OF_A_PERSON: Final[Sequence[tuple[str, Promise, frozenset[str]]]] = (
    ("given_name", gettext_lazy("What is their name?"), frozenset()),
    ("relation", gettext_lazy("What are they to the principal?"), frozenset({"relation"})),
    (
        "birth",
        gettext_lazy("How old are they, or when were they born?"),
        frozenset({"age_group", "adult_man", "woman_alone", "unaccompanied_child"}),
    ),
    (
        "sex",
        gettext_lazy("A woman or a girl, a man or a boy?"),
        frozenset({"sex", "adult_man", "woman_alone"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Question:
    """`url` is where the answer is written; empty where this member may not. `matters`: the band or a scheme hangs
    on it.
    """

    says: str
    url: str = ""
    matters: bool = False


@dataclass(frozen=True, slots=True)
class AskedOf:
    """Questions about one person; `who` is empty where they are about the household."""

    who: str
    questions: Sequence[Question]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the band or a scheme hangs on, and what may wait. The household comes before each of its persons."""

    first: Sequence[AskedOf]
    then: Sequence[AskedOf]

    def __bool__(self) -> bool:
        return bool(self.first or self.then)


def questions(opened: OpenCase, *, rules: bool = False) -> Asked:
    """Everything that is unknown of the record; nobody is asked anything twice.

    With `rules` what the rulebook asks stands among them too; the page of a case has that in a part of its own.
    """
    asks = _asks(opened)
    household = [*_of_household(opened, asks)]
    if rules:
        household = [*_by_the_rules(opened, asks), *household]
    found = [AskedOf("", household), *(_of_person(opened, kept, asks) for kept in opened.persons)]
    return Asked(_those(found, matters=True), _those(found, matters=False))


def asked_of_persons(opened: OpenCase) -> frozenset[str]:
    """Facts of the rulebook that these questions ask for person by person: a room above need not ask for them again."""
    asked = [
        facts
        for kept in opened.persons
        for name, _says, facts in _OF_A_PERSON
        if _is_unknown(kept.says, name)
    ]
    return frozenset().union(*asked)


def _those(found: Sequence[AskedOf], *, matters: bool) -> list[AskedOf]:
    parts = [
        AskedOf(each.who, [one for one in each.questions if one.matters is matters])
        for each in found
    ]
    return [each for each in parts if each.questions]


def _asks(opened: OpenCase) -> tuple[str, ...]:
    """The facts that the last assessment missed; none where the contents are not ours to open."""
    assessed = opened.entries(Assessed) if opened.has_contents else []
    return assessed[-1].says.asks if assessed else ()


def _by_the_rules(opened: OpenCase, asks: Sequence[str]) -> Iterator[Question]:
    """What can be told as a fact. Age, sex and relation are asked person by person, the province of the household."""
    known = operation().rulebook.facts
    for fact in asks:
        kind = known.get(fact)
        derived = fact in DERIVED_FACTS or (kind is not None and kind.derived)
        asked_of_cover = kind is not None and kind.of_province and not opened.cover.province
        if not derived and not asked_of_cover:
            yield Question(seen(question_of(fact)), _answers(opened), matters=True)


def _of_household(opened: OpenCase, asks: Sequence[str]) -> Iterator[Question]:
    cover, people = opened.cover, opened.persons
    callers = opened.entries(Caller)
    if not any(kept.says.relation is Relation.PRINCIPAL for kept in people):
        where = "#household" if people else _add(opened, "person")
        says = _("Whose situation carries the claim? That person is the principal.")
        yield Question(says, where if opened.is_ours else "", "relation" in asks)
    if cover.household_size is None or (not cover.told_size and not cover.set_size):
        says = _("How many are they in all, infants and those who are away too?")
        yield Question(says, _cover(opened, "told_size"))
    unnamed = max((cover.household_size or 0) - len(people), 0)
    if unnamed and people:
        says = ngettext(
            "%(count)s more belongs to them and is not named: what is their name and age?",
            "%(count)s more belong to them and are not named: what are their names and ages?",
            unnamed,
        ) % {"count": ReadersNumber(unnamed)}
        yield Question(says, _add(opened, "person"))
    if not cover.province:
        facts = operation().rulebook.facts
        matters = any(fact in facts and facts[fact].of_province for fact in asks)
        yield Question(_("In which province are they now?"), _cover(opened, "province"), matters)
    if not any(kept.says.phones for kept in people):
        yield Question(
            _("On which number can the family itself be reached, if any?"), _phone_of(opened)
        )
    for kept in callers:
        if not kept.says.phones and not kept.says.email:
            says = format_html(
                _("On which number can we call {name} back?"), name=told(name_of_caller(kept.says))
            )
            yield Question(says, _change(opened, kept.code, "phones"))


def _of_person(opened: OpenCase, kept: Kept[Person], asks: Sequence[str]) -> AskedOf:
    unknown = [
        Question(str(says), _change(opened, kept.code, name), not facts.isdisjoint(asks))
        for name, says, facts in _OF_A_PERSON
        if _is_unknown(kept.says, name)
    ]
    return AskedOf(called(kept.says), unknown)


def _is_unknown(person: Person, name: str) -> bool:
    if name == "given_name":
        return not (person.given_name or person.family_name or person.native_name)
    return getattr(person, name) is None


# --- where an answer is written ------------------------------------------------------------------


def _answers(opened: OpenCase) -> str:
    """Where the rulebook's questions are answered: a page of the room above, where that room is there."""
    try:
        return reverse("triage:ask", args=[opened.code]) if opened.is_ours else ""
    except NoReverseMatch:
        return ""


def _phone_of(opened: OpenCase) -> str:
    principal = next(
        (kept.code for kept in opened.persons if kept.says.relation is Relation.PRINCIPAL), None
    )
    return _change(opened, principal, "phones") if principal else _add(opened, "person")


def _change(opened: OpenCase, entry: str, name: str) -> str:
    there = reverse("cases:change", args=[opened.code, entry])
    return f"{there}#id_{name}" if opened.is_ours else ""


def _add(opened: OpenCase, kind: str) -> str:
    return reverse("cases:add", args=[opened.code, kind]) if opened.is_ours else ""


def _cover(opened: OpenCase, name: str) -> str:
    return f"{reverse('cases:cover', args=[opened.code])}#id_{name}" if opened.is_ours else ""

"""The caller's page: what they were told last, what is due to them next, how to call them, what to ask them.

Nobody who calls is asked to tell it all again, and nobody hears two stories (F12 to F14).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from safeconduct.cases.entries import Assessed, Caller, Person, SafeContact, Talk
from safeconduct.cases.household import family_rules
from safeconduct.cases.reading import Kept, OpenCase
from safeconduct.cases.views.asking import questions
from safeconduct.cases.views.opening import in_case
from safeconduct.cases.views.shown import all_names_of, may, numbers
from safeconduct.core.errors import NoSuchEntry
from safeconduct.people.doors import DeskRequest
from safeconduct.people.queries import handles_of


@dataclass(frozen=True, slots=True)
class Promise:
    """What is due to somebody next, as it was promised in a conversation."""

    kept: Kept[Talk]
    overdue: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How we stand with one caller, or with the household itself (`entry` is empty then)."""

    entry: str
    name: str
    conversations: Sequence[Kept[Talk]]  # the newest first
    due: Promise | None
    contacts: Sequence[Kept[SafeContact]]
    phones: Sequence[str]
    what: str = ""  # what a caller is to the family, and where they are

    @property
    def last(self) -> Kept[Talk] | None:
        return self.conversations[0] if self.conversations else None

    @property
    def languages(self) -> list[str]:
        return list(dict.fromkeys(code for each in self.contacts for code in each.says.languages))


@dataclass(frozen=True, slots=True)
class Owed:
    """What is due to one of them next; `entry` is empty for the household itself."""

    entry: str
    name: str
    due: Promise


def owed(opened: OpenCase, *, on: date) -> list[Owed]:
    """What is due to everybody with whom there was a conversation, the soonest first; not to who was removed since."""
    spoken: dict[str, list[Kept[Talk]]] = {}
    for kept in reversed(opened.entries(Talk)):
        spoken.setdefault(kept.says.caller or "", []).append(kept)
    names = all_names_of(opened) | {"": str(_("the household itself"))}
    gone = set(opened.removed())
    found = [
        Owed(entry, names[entry], due)
        for entry, conversations in spoken.items()
        if entry not in gone and (due := promised(conversations, on=on))
    ]
    return sorted(found, key=lambda each: each.due.kept.says.next_on or date.max)


def standing_with(opened: OpenCase, entry: str, *, on: date) -> Standing:
    """`entry` is a caller's or a person's; empty for the household itself. Raises NoSuchEntry, NoKey."""
    conversations = [
        kept for kept in reversed(opened.entries(Talk)) if (kept.says.caller or "") == entry
    ]
    contacts = opened.entries(SafeContact)
    own = [kept for kept in contacts if (kept.says.person or "") == entry]
    says = _whom(opened, entry)
    if isinstance(says, Person):
        # Rules for the whole household count for each of them.
        own = own or [kept for kept in contacts if kept.says.person is None]
    if says is None:
        own, phones = (
            family_rules(opened),
            [each.typed for each in numbers(opened) if not each.is_callers],
        )
    else:
        phones = list(says.phones)
    return Standing(
        entry=entry,
        name=all_names_of(opened)[entry] if entry else str(_("the household itself")),
        conversations=conversations,
        due=promised(conversations, on=on),
        contacts=own,
        phones=phones,
        what=", ".join(filter(None, (says.relation, says.town)))
        if isinstance(says, Caller)
        else "",
    )


def promised(conversations: Sequence[Kept[Talk]], *, on: date) -> Promise | None:
    """The newest promise. A later conversation in which nothing was promised does not keep it."""
    for kept in conversations:
        if kept.says.next_words or kept.says.next_on:
            day = kept.says.next_on
            return Promise(kept, overdue=bool(day and day < on), today=day == on)
    return None


def _whom(opened: OpenCase, entry: str) -> Caller | Person | None:
    if not entry:
        return None
    says = opened.entry_of_any_kind(entry).says
    if isinstance(says, Caller | Person):
        return says
    raise NoSuchEntry(case=opened.code)


@require_safe
@in_case()
def caller(request: DeskRequest, opened: OpenCase, entry: str = "") -> HttpResponse:
    standing = standing_with(opened, entry, on=request.at.date())
    return render(request, "cases/caller.html", told_of(opened, standing, at=request.at))


def told_of(opened: OpenCase, standing: Standing, *, at: datetime) -> dict[str, object]:
    """What the caller's page and the form for a conversation ask for."""
    assessed = opened.entries(Assessed)
    wrote = {kept.written_by for kept in standing.conversations}
    return {
        "opened": opened,
        "cover": opened.cover,
        "standing": standing,
        "contacts": standing.contacts,
        "names": all_names_of(opened),
        "assessed": assessed[-1].says if assessed else None,
        "asked": questions(opened, rules=True),
        "handles": handles_of(wrote),
        "today": at.date(),
        "may": may(opened),
        "others": other_cases_of(opened, standing.phones, at=at),
    }


def other_cases_of(opened: OpenCase, phones: Sequence[str], *, at: datetime) -> list[str]:
    """Codes of other cases that this member may open and for which one of these telephones asks too.

    Who knows that is the search, which stands in a room above: the setting OTHER_CASES_OF names its function
    `(by, phones, *, at) -> list of codes`. None where no function is named: opening every card here would be too slow.
    """
    path = getattr(settings, "OTHER_CASES_OF", "")
    if not path or not phones:
        return []
    ask: Callable[..., list[str]] = import_string(path)
    return [code for code in ask(opened.by, phones, at=at) if code != opened.code]

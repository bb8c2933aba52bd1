"""What the forms offer: the operation's provinces and schemes, colleagues, other offices, who may be told."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from safeconduct.cases.entries import Caller
from safeconduct.cases.forms.signs import shown
from safeconduct.cases.reading import OpenCase
from safeconduct.cases.views.shown import name_of_caller, names_of
from safeconduct.cases.wording import operation, province_named
from safeconduct.people.models import Member, Office
from safeconduct.people.permissions import Right, may
from safeconduct.people.present import Present

Choices = list[tuple[str, str]]


def provinces() -> Choices:
    found = [(each.pcode, province_named(each.pcode)) for each in operation().provinces]
    return sorted(found, key=lambda each: each[1])


def schemes() -> Choices:
    return [(each.code, each.name) for each in operation().schemes]


def people_in(opened: OpenCase) -> Choices:
    return list(names_of(opened).items())


def who_talks(opened: OpenCase) -> Choices:
    """With whom a conversation may be, and whose rules for calling may be noted: those who ask, then the family."""
    callers = [
        (kept.code, _("%(name)s, who asks for them") % {"name": name_of_caller(kept.says)})
        for kept in opened.entries(Caller)
    ]
    return [*callers, *people_in(opened)]


def may_own(opened: OpenCase) -> Choices:
    """Colleagues to whom the case may be handed."""
    colleagues = Member.objects.filter(office=opened.cover.office, left_at=None).order_by("handle")
    return [
        (each.code, each.handle)
        for each in colleagues
        if may(each, Right.OPEN_OWN_CASES) and each.code != opened.cover.owner_id
    ]


def colleagues_but(by: Present, leaves: Member) -> Choices:
    """Who may take over what this member owns."""
    found = Member.objects.filter(office=by.office, left_at=None).exclude(code=leaves.code)
    return [
        (each.code, each.handle)
        for each in found.order_by("handle")
        if may(each, Right.OPEN_OWN_CASES)
    ]


def other_offices(by: Present) -> Choices:
    others = Office.objects.exclude(code=by.office.code).order_by("name")
    return [(each.code, shown(each.name)) for each in others]


def recipients(by: Present) -> Choices:
    """Who may be told of a case. Recipients of exports stand in a room above this one, so a setting names the query.

    Other offices may be told as well. Empty where no query is named: then the code is typed.
    """
    path = getattr(settings, "RECIPIENTS_OF", "")
    if not path:
        return []
    ask: Callable[[Present], Choices] = import_string(path)
    return [(code, shown(name)) for code, name in [*ask(by), *other_offices(by)]]

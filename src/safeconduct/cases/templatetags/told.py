"""How what was told is shown: escaped, kept apart from the text around it, hidden signs made visible."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext

from safeconduct.cases.entries import Consent, Person
from safeconduct.cases.forms.contents import LANGUAGES
from safeconduct.cases.forms.signs import shown
from safeconduct.cases.wording import answer_in_words, scheme_named
from safeconduct.core.codes import spelt
from safeconduct.core.dates import UncertainDate
from safeconduct.core.dates.solar_hijri import from_gregorian
from safeconduct.core.facts import Relation
from safeconduct.core.identifiers import normal_phone

register = template.Library()
_HIJRI_MONTHS: Final = (
    "Hamal Sawr Jawza Saratan Asad Sonbola Mizan Aqrab Qaws Jadi Dalw Hut".split()
)
_RELATIONS: Final = {
    Relation.PRINCIPAL: _lazy("principal"),
    Relation.SPOUSE: _lazy("wife or husband"),
    Relation.CHILD: _lazy("child"),
    Relation.PARENT: _lazy("parent"),
    Relation.SIBLING: _lazy("sister or brother"),
    Relation.OTHER_RELATIVE: _lazy("another relative"),
    Relation.NOT_RELATED: _lazy("not related"),
}
_COUNTED: Final = (1850, 2200)
_MONTH: Final = "F Y"
_DAY: Final = "j F Y"
# Whose numbers are met most; of others the country is not parted from the rest.
_COUNTRIES: Final = ("+93", "+44", "+92", "+98", "+1")
_GAPS: Final = str.maketrans("", "", " -()")

register.filter("spelt", spelt)


@register.filter
def told(text: object) -> SafeString:
    """A short text within a line. It cannot turn what stands around it (HTML `bdi`, Unicode UAX 9)."""
    if text in {None, ""}:
        return format_html('<span class="quiet">{}</span>', _("unknown"))
    return format_html("<bdi>{}</bdi>", shown(str(text)))


@register.filter
def words(text: object) -> SafeString:
    """A longer text with its own lines and its own direction."""
    if not text:
        return format_html('<p class="quiet">{}</p>', _("Nothing was told."))
    return format_html('<p class="told" dir="auto">{}</p>', shown(str(text)))


@register.filter
def called(person: Person | None) -> str:
    """What a person is called on the screen; the hidden signs of a name are made visible."""
    if person is None:
        return _("the whole household")
    parts = [part for part in (person.given_name, person.family_name) if part]
    name = " ".join(parts) or person.native_name
    return shown(name) if name else _("a person not yet named")


@register.filter
def day(value: date | None) -> str:
    """15 August 2021, and on Afghan papers 24 Asad 1400."""
    if value is None:
        return _("unknown")
    gregorian = date_format(value, _DAY)
    if not _is_counted(value):
        return gregorian
    year, month, number = from_gregorian(value)
    return f"{gregorian} ({number} {_HIJRI_MONTHS[month - 1]} {year})"


@register.filter
def heard(value: UncertainDate | None) -> str:
    """A date as far as it is known, in words."""
    if value is None:
        return _("unknown")
    first = value.earliest
    known = {
        UncertainDate.of_year(first.year): str(first.year),
        UncertainDate.of_month(first.year, first.month): date_format(first, _MONTH),
        UncertainDate.of_day(first): day(first),
    }
    if _is_counted(first):
        year, month, _number = from_gregorian(first)
        known[UncertainDate.of_hijri_year(year)] = _("%(year)s, Solar Hijri") % {"year": year}
        known[UncertainDate.of_hijri_month(year, month)] = f"{_HIJRI_MONTHS[month - 1]} {year}"
    return known.get(value) or _("between %(first)s and %(last)s") % {
        "first": date_format(first, _DAY),
        "last": date_format(value.latest, _DAY),
    }


def _is_counted(value: date) -> bool:
    """Whether the Solar Hijri calendar is counted for that day; every date that a person tells is."""
    return _COUNTED[0] <= value.year <= _COUNTED[1]


@register.filter
def age(value: UncertainDate | None, on: date) -> str:
    """Completed years on a day: 34, 33 or 34, 30 to 34; of small children months."""
    if value is None:
        return _("age unknown")
    lowest, highest = value.ages_on(on)
    if highest < 2:
        months = max(0, (on - value.earliest).days * 12 // 365)
        if value.earliest == value.latest:
            return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}
        return _("up to %(months)s months") % {"months": months}
    if lowest == highest:
        return str(lowest)
    between = _("%(low)s or %(high)s") if highest == lowest + 1 else _("%(low)s to %(high)s")
    return between % {"low": lowest, "high": highest}


@register.filter
def telephone(typed: str) -> SafeString:
    """A number as it was heard and, where it can be read, as it is dialled."""
    number = normal_phone(typed)
    if number is None:
        return format_html(
            '<bdi>{}</bdi> <span class="quiet">({})</span>',
            shown(typed),
            _("kept as it was heard; not read as a number"),
        )
    spoken = in_groups(number)
    link = format_html('<a href="tel:{}" class="code" dir="ltr">{}</a>', number, spoken)
    if number == typed.translate(_GAPS):
        return link
    return format_html(
        '{} <span class="quiet">{} <bdi>{}</bdi></span>', link, _("heard as"), shown(typed)
    )


def in_groups(number: str) -> str:
    """+93 799 000 111, +44 7700 900 123: as it is read out, the country apart and threes from the right."""
    country = next((each for each in _COUNTRIES if number.startswith(each)), "+")
    rest = number.removeprefix(country)
    first = len(rest) % 3 + (3 if len(rest) % 3 == 1 else 0)
    groups = [rest[:first], *(rest[at : at + 3] for at in range(first, len(rest), 3))]
    return " ".join(group for group in (country, *groups) if group).replace("+ ", "+")


@register.filter
def yes_no(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: _("not asked")}[value]


@register.filter
def listed(values: list[str] | tuple[str, ...]) -> SafeString:
    return format_html_join(", ", "<bdi>{}</bdi>", ((shown(each),) for each in values))


@register.filter
def of(names: Mapping[str, str], code: str) -> str:
    """What a code is called; the code itself where nobody knows."""
    return shown(str(names.get(code, code)))


@register.filter
def scheme(code: str) -> SafeString:
    """A scheme by its name, where the operation knows it."""
    return told(scheme_named(code))


@register.filter
def answers(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """What the rulebook asked, and what was answered, in its words."""
    return [answer_in_words(fact, answer) for fact, answer in facts.items()]


@register.filter
def relation(value: Relation | None) -> str:
    return str(_RELATIONS[value]) if value else _("not yet known how they belong")


@register.filter
def language(code: str) -> str:
    return str(dict(LANGUAGES).get(code, code))


@register.filter
def holds_on(consent: Consent, on: date) -> bool:
    return consent.holds_on(on)


register.filter("seen", shown)

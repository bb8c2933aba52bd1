"""How what was told is shown: escaped, kept apart from the text around it, hidden signs made visible."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, gettext_lazy as _lazy, ngettext

from safeconduct.cases.entries import Consent, Direction, Outcome, Person, Way
from safeconduct.cases.forms.contents import LANGUAGES
from safeconduct.cases.forms.records import OUTCOMES
from safeconduct.cases.forms.signs import shown
from safeconduct.cases.forms.talks import DIRECTIONS, WAYS
from safeconduct.cases.wording import answer_in_words, operation, rule_sentence, scheme_named
from safeconduct.core.codes import spelt
from safeconduct.core.dates import UncertainDate
from safeconduct.core.dates.solar_hijri import from_gregorian
from safeconduct.core.facts import Relation
from safeconduct.core.identifiers import normal_phone
from safeconduct.core.operation import Province
from safeconduct.core.readers import FROM_RIGHT_TO_LEFT, Calendar, is_counted
from safeconduct.people.reader import ReadersNumber, reader

register = template.Library()
_RELATIONS: Final = {
    Relation.PRINCIPAL: _lazy("principal"),
    Relation.SPOUSE: _lazy("wife or husband"),
    Relation.CHILD: _lazy("child"),
    Relation.PARENT: _lazy("parent"),
    Relation.SIBLING: _lazy("sister or brother"),
    Relation.OTHER_RELATIVE: _lazy("another relative"),
    Relation.NOT_RELATED: _lazy("not related"),
}
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
    """15 August 2021 (24 Asad 1400); the reader's own calendar first. On papers either may stand."""
    if value is None:
        return _("unknown")
    other = reader().other_day(value)
    return f"{reader().day(value)} ({other})" if other else reader().day(value)


@register.filter
def heard(value: UncertainDate | None) -> str:
    """A date as far as it is known, in words."""
    if value is None:
        return _("unknown")
    first, now = value.earliest, reader()
    known = {
        UncertainDate.of_year(first.year): _year(first.year, Calendar.GREGORIAN),
        UncertainDate.of_month(first.year, first.month): now.month_in(Calendar.GREGORIAN, first),
        UncertainDate.of_day(first): day(first),
    }
    if is_counted(first):
        year, month, _number = from_gregorian(first)
        known[UncertainDate.of_hijri_year(year)] = _year(year, Calendar.SOLAR_HIJRI)
        known[UncertainDate.of_hijri_month(year, month)] = now.month_in(Calendar.SOLAR_HIJRI, first)
    return known.get(value) or _("between %(first)s and %(last)s") % {
        "first": now.day(first),
        "last": now.day(value.latest),
    }


def _year(year: int, calendar: Calendar) -> str:
    """A year as it was told; of which calendar, where that is not the reader's or could be doubted."""
    told = {"year": ReadersNumber(year)}
    if calendar is Calendar.SOLAR_HIJRI:
        return _("%(year)s, Solar Hijri") % told
    if reader().calendar is Calendar.SOLAR_HIJRI:
        return _("%(year)s, Gregorian") % told
    return str(told["year"])


@register.filter
def age(value: UncertainDate | None, on: date) -> str:
    """Completed years on a day: 34, 33 or 34, 30 to 34; of small children months.

    As the rulebook counts them: of an operation that is over, on the day from which its pack looks at it.
    """
    if value is None:
        return _("age unknown")
    on = operation().day_on(on)
    lowest, highest = value.ages_on(on)
    if highest < 2:
        months = ReadersNumber(max(0, (on - value.earliest).days * 12 // 365))
        if value.earliest == value.latest:
            return ngettext("%(months)s month", "%(months)s months", months) % {"months": months}
        return _("up to %(months)s months") % {"months": months}
    if lowest == highest:
        return str(ReadersNumber(lowest))
    between = _("%(low)s or %(high)s") if highest == lowest + 1 else _("%(low)s to %(high)s")
    return between % {"low": ReadersNumber(lowest), "high": ReadersNumber(highest)}


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
def rule_words(sentence: str) -> str:
    """A sentence of the rulebook in the reader's language, where the catalogue has it."""
    return rule_sentence(str(sentence))


@register.filter
def born(told: str) -> str:
    """1990, 1990-02 or 1990-02-03, as a preview of a sheet keeps it: as any other date of birth is shown."""
    if "/" in told:  # an interval: unknown within it
        return reader().number(told)
    parts = [int(each) for each in told.split("-") if each.isdecimal()]
    if len(parts) == 1:
        return heard(UncertainDate.of_year(*parts))
    if len(parts) == 2:
        return heard(UncertainDate.of_month(*parts))
    return heard(UncertainDate.of_day(date(*parts))) if len(parts) == 3 else reader().number(told)


@register.filter
def province_called(province: Province) -> str:
    """The name that the reader knows it by."""
    return province.name_dari if reader().language in FROM_RIGHT_TO_LEFT else province.name


@register.filter
def yes_no(value: bool | None) -> str:
    return {True: _("yes"), False: _("no"), None: _("not asked")}[value]


@register.filter
def listed(values: list[str] | tuple[str, ...]) -> SafeString:
    """Each apart from the text around it, with the comma of the reader's language between them."""
    return format_html_join(_(", "), "<bdi>{}</bdi>", ((shown(each),) for each in values))


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
def relation(value: Relation | str | None) -> str:
    return str(_RELATIONS[Relation(value)]) if value else _("not yet known how they belong")


@register.filter
def turned(direction: Direction) -> str:
    """Who turned to whom in a conversation."""
    return str(dict(DIRECTIONS)[direction.value])


@register.filter
def came(way: Way) -> str:
    """How a plea reached the office."""
    return str(dict(WAYS)[way.value])


@register.filter
def outcome(value: Outcome) -> str:
    return str(dict(OUTCOMES)[value.value])


@register.filter
def language(code: str) -> str:
    return str(dict(LANGUAGES).get(code, code))


@register.filter
def holds_on(consent: Consent, on: date) -> bool:
    return consent.holds_on(on)


register.filter("seen", shown)

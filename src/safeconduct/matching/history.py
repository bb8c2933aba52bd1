"""Everything that was said of two cases, and how they stand by it, for whoever has both open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy as _lazy

from safeconduct.cases.forms.signs import shown
from safeconduct.cases.queries import covers_seen
from safeconduct.core.codes import spelt
from safeconduct.core.errors import NotOpened
from safeconduct.core.linkage.held_back import HeldBack, Why
from safeconduct.core.linkage.judgements import live
from safeconduct.core.linkage.standing import Standing
from safeconduct.matching.forms import VERDICTS
from safeconduct.matching.models import Judgement
from safeconduct.matching.sealed_words import Words, why_of, words_of
from safeconduct.matching.standing import persons_in, region_of, words_on
from safeconduct.people.models import Office
from safeconduct.people.present import Present

_SAID: Final = dict(VERDICTS)
_STANDS: Final[dict[Standing, Promise]] = {
    Standing.SAME: _lazy("They stand together as one family."),
    Standing.DIFFERENT: _lazy("They are different families."),
    Standing.UNSURE: _lazy("Somebody looked and was unsure. Look once more."),
    Standing.CONTESTED: _lazy(
        "One of you says same, another different. They stay apart until you agree: judge anew, or take one back."
    ),
    Standing.DOUBTED: _lazy(
        "Somebody was unsure after it was called the same. They stay apart until one of you looks once more."
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One word on a pair. `note` and `reasons` are None where they were sealed to another office, or did not open."""

    row: Judgement
    says: str
    who: str
    counts: bool
    may_withdraw: bool
    words: Words | None
    taken_back_by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Stands:
    """How a pair stands: a sentence, the offices that are waited for, and why a "same" joins nobody."""

    standing: Standing | None
    sentence: str = ""
    awaits: str = ""
    held_back: str = ""
    awaited: tuple[str, ...] = ()


def pair_history(by: Present, cases: tuple[str, str]) -> list[Said]:
    """Oldest first. What another office wrote stays sealed to it; that it spoke is seen."""
    rows = words_on(*cases)
    region = region_of(cases)
    counting = {each.judgement_id for each in live(region.words, region.taken_back)}
    return [_said(by, row, counts=row.code in counting) for row in rows]


def standing_of(cases: tuple[str, str], *, by: Present) -> Stands:
    """`by` reads it: their own office is "yours"."""
    region = region_of(cases)
    told = region.judged().get(cases)
    if told is None:
        return Stands(None)
    if told.standing is Standing.AWAITED:
        names = _names(told.awaited, by)
        sentence = _("Called the same; it waits for the word of %(office)s.") % {"office": names}
        return Stands(told.standing, sentence, names, awaited=told.awaited)
    held = next((each for each in persons_in(region).held_back if each.records == cases), None)
    told_held = _held(held, by=by) if held else ""
    return Stands(told.standing, str(_STANDS[told.standing]), "", told_held)


def _said(by: Present, row: Judgement, *, counts: bool) -> Said:
    ours = row.office_id == by.office.code
    withdrawal = getattr(row, "withdrawal", None)
    words = why = None
    try:
        words = words_of(by.ring, row) if ours else None
        if withdrawal is not None and withdrawal.office_id == by.office.code:
            why = why_of(by.ring, withdrawal)
    except NotOpened:
        words = None
    return Said(
        row=row,
        says=str(_SAID[row.verdict]),
        who=row.by.handle if ours else shown(row.office.name),
        counts=counts,
        may_withdraw=ours and withdrawal is None,
        words=words,
        taken_back_by=withdrawal.by.handle if withdrawal is not None and ours else "",
        why=why,
    )


def _held(held: HeldBack, *, by: Present) -> str:
    """Why a "same" that nobody contradicts joins nobody all the same.

    What stands between may be a case that another office joined to its own and shares with nobody: no code of that.
    """
    between = held.between or ()
    seen = covers_seen(by, between)
    two = _(" and ").join(
        spelt(code) if code in seen else _("a case that is not shared with your office")
        for code in between
    )
    if held.why is Why.DIFFERENT_BETWEEN:
        words = _(
            "It is held back: it would bring together %(two)s, which somebody called different."
        )
    elif held.why is Why.UNSURE_BETWEEN:
        words = _("It is held back: it would bring together %(two)s, of which somebody is unsure.")
    elif held.why is Why.OFFICES_BETWEEN:
        words = _(
            "It is held back: it would bring together %(two)s, of which an office has not spoken."
        )
    elif held.why is Why.RULE_BETWEEN:
        words = _(
            "It is held back: it would bring together %(two)s, which nobody compared and a rule of the software "
            "holds apart."
        )
    else:
        return ""
    return words % {"two": two}


def _names(offices: tuple[str, ...], by: Present) -> str:
    names = dict(Office.objects.filter(code__in=offices).values_list("code", "name"))
    told = [
        _("your office") if code == by.office.code else shown(names.get(code, code))
        for code in offices
    ]
    return ", ".join(told)

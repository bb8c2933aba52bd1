"""Bands, overrides and rulebooks: what is refused about them. SC910 to SC929."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class TriageRefused(Refused):
    """Something about how urgent cases are that is refused: every case stands as it stood."""


class RulesAltered(TriageRefused):
    """A rulebook's text in the database is not the one that a coordinator loaded."""

    code = "SC910"
    says = (
        "The rulebook {version} is not as it was loaded: somebody changed its text by another way."
    )
    mend = (
        "Load the rulebook anew from your own copy, compare, and put that one in force; "
        "tell whoever runs the deployment."
    )


class RulesTextUnfit(TriageRefused):
    """The text of a rulebook that is no text a rulebook can be read from."""

    code = "SC911"
    says = "This rulebook cannot be taken: {problem}."
    mend = "{advice}"


class RulesNotLoaded(TriageRefused):
    """A version of a rulebook that this office does not have."""

    code = "SC912"
    says = "Your office has no rulebook of that version."
    mend = "Choose one from the list on the page of rulebooks, or load it there first."


class RulesNotCompared(TriageRefused):
    """A rulebook that nobody has seen at work on this caseload."""

    code = "SC913"
    says = "This rulebook was not compared with the one in force on your caseload yet."
    mend = "Compare them first; look at who would move, and then put it in force from that page."


class RulesInForceAlready(TriageRefused):
    """The rulebook that was chosen counts already."""

    code = "SC914"
    says = "This rulebook is in force already."
    mend = "There is nothing to do. To assess every case anew by it, use the button on the page of rulebooks."


class OverrideWaits(TriageRefused):
    """A second override of one case, while the first is waiting or in force."""

    code = "SC915"
    says = "Another band is asked for or agreed for this case already."
    mend = "Decide that one, or end it; then ask anew."


class OverrideUnclear(TriageRefused):
    """An override that says what it cannot say: a band that is none, or a day that is too far or over."""

    code = "SC916"
    says = "The {field} of what you ask for must be {what}."
    mend = "Choose anew; your reason is still here."


class OverrideDecided(TriageRefused):
    """Somebody decided or ended it first, or the day until which it was asked for has passed."""

    code = "SC917"
    says = "This was decided or ended meanwhile."
    mend = "Open the case: its page tells what stands now."


class OverrideNotVouchedFor(TriageRefused):
    """A row that no member of the office wrote as it stands."""

    code = "SC918"
    says = "What stands here was not written by your office, or was changed since."
    mend = "Refuse it, ask anew, and tell whoever runs the deployment: somebody wrote into the database by hand."


class FactsChangedMeanwhile(TriageRefused):
    """A colleague gave another answer to the same question first."""

    code = "SC919"
    says = "A colleague answered {count} of these questions otherwise while you were writing."
    mend = "Nothing of yours is lost: theirs stand beside the questions. Choose what should stand and save again."


class FactUnknownToRules(TriageRefused):
    """An answer that the rulebook in force does not ask for."""

    code = "SC920"
    says = "The rulebook in force does not ask this, or knows no such answer."
    mend = "Open the questions again: the rulebook may have changed while you were writing."


class OverrideNeedsReason(TriageRefused):
    """Another band than the rulebook's, without a reason that a colleague can weigh."""

    code = "SC921"
    says = "Another band than the rulebook's needs a reason."
    mend = "Write in a sentence or two what the rulebook does not know of this family: at least {letters} signs."


class RulesNeedReason(TriageRefused):
    """A rulebook put in force without a reason that colleagues can read later."""

    code = "SC922"
    says = "A change of the rules needs a reason."
    mend = "Write in a sentence or two what is changed and why: at least {letters} signs. It is sealed to your office."


class RulesNeedName(TriageRefused):
    """A rulebook without a name by which colleagues know it, or with one that is too long."""

    code = "SC923"
    says = "A rulebook needs a short name."
    mend = "Write up to {most} signs, such as 'Rules of September'. It is kept in clear: name no person in it."

"""Two cases that may be one family: what is refused about them. SC890 to SC909. Cases are named by their codes."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class MatchingRefused(Refused):
    """Something about two cases that is refused: both stand as they stood, and so does all that was said of them."""


class OneCaseTwice(MatchingRefused):
    """Two codes of one case, or one code twice."""

    code = "SC890"
    says = "These are one case, {case}, and not two."
    mend = "Give the codes of two cases."


class NeitherOurs(MatchingRefused):
    """Both cases belong to other offices, which share them."""

    code = "SC891"
    says = "Neither of these cases is your office's: whether they are one family is not yours to judge."
    mend = "Tell the office whose cases they are."


class CardsChanged(MatchingRefused):
    """What is told of the people changed since the member looked at them: the word would be about something else."""

    code = "SC892"
    says = "What is told of these people changed while you were looking at them."
    mend = "Nothing was saved yet. Look at what stands there now, and say it again; your note is still there."


class NoSuchJudgement(MatchingRefused):
    """No judgement of that code that this member may see or take back."""

    code = "SC893"
    says = "There is no such judgement for you to take back."
    mend = "Open the two cases again: what was said of them is listed there."


class TakenBackAlready(MatchingRefused):
    """Somebody took it back before."""

    code = "SC894"
    says = "This was taken back already."
    mend = "Nothing more is to be done. To say the opposite, judge the two cases anew."


class WhyNotSaid(MatchingRefused):
    """A judgement is taken back with a reason, so that whoever gave it can follow."""

    code = "SC895"
    says = "A reason is missing: at least {letters} letters."
    mend = "Say in a few words why it does not hold. It is sealed to your office."


class AgreedAlready(MatchingRefused):
    """The office's cards are shared with that office already."""

    code = "SC896"
    says = "Your office shares its cards with office {office} already."
    mend = "Nothing more is to be done. New cases are added by themselves."


class NoSuchAgreement(MatchingRefused):
    """No agreement of that code with this office that still stands."""

    code = "SC897"
    says = "There is no such agreement of your office, or it was ended."
    mend = "Open the list of agreements again."


class NotWithOneself(MatchingRefused):
    """The office that was named is one's own."""

    code = "SC898"
    says = "Your own office sees its cards anyway."
    mend = "Choose another office."

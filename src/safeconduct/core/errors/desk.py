"""The member's day: what is refused about lists, kept choices and looking for somebody. SC930 to SC939.

No message quotes what was typed: a name that somebody looks for stands nowhere but on their own page.
"""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class DeskRefused(Refused):
    """Something about a list or a search that is refused: nothing was changed."""


class TooManyViews(DeskRefused):
    """A member keeps a few choices; more would be a list of its own."""

    code = "SC930"
    says = "You keep {limit} choices already."
    mend = "Drop one that you no longer use, then keep this one."


class ViewNameUnfit(DeskRefused):
    """A name by which a choice of cases is kept: some letters, and not too many."""

    code = "SC931"
    says = "A choice is kept under a name of 1 to {limit} letters."
    mend = "Give it a short name. It is sealed: only your office's keys open it."


class NothingTicked(DeskRefused):
    """Cases are to be taken together, and none was ticked, or none of them is the member's to take."""

    code = "SC932"
    says = "No case was ticked that you may hand over or give a day."
    mend = "Tick your own cases or nobody's in the list; a coordinator may take every case of the office."


class NothingSought(DeskRefused):
    """A search without anything that could be found."""

    code = "SC933"
    says = "There is nothing here to look for."
    mend = "Type two letters of a name or more, in any script; or a telephone, a paper's number, a case's code."

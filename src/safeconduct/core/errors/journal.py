"""The journal and the jobs. SC720 to SC739."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class NotAsWritten(Refused):
    """A journal that is not as it was written, or a line that it does not take."""


class JournalTakesNoWords(NotAsWritten):
    """A fact of a line that is no small number and no code. The deed was not done."""

    code = "SC720"
    says = (
        "The journal takes codes and small numbers only; {place} is neither. The deed was not done."
    )
    mend = (
        "This is a slip of the program: please report it. Words belong into the sealed contents, and "
        "codes hold no space and at most 40 signs."
    )


class LineNotAsWritten(NotAsWritten):
    """A line whose hash does not cover what stands in it and before it."""

    code = "SC721"
    says = (
        "Line {number} of the journal is not as it was written: it was changed, exchanged or put in. "
        "Every line before it holds."
    )
    mend = (
        "Keep a copy of both stores as they are now. A backup from before shows what the line said; "
        "tell everybody whose cases the line and those near it are about."
    )


class LineMissing(NotAsWritten):
    """A number is missing between two lines."""

    code = "SC722"
    says = "Line {number} of the journal is missing: the next one there is {found}. Every line before it holds."
    mend = (
        "Keep a copy of both stores as they are now. A backup from before shows what was removed."
    )


class JournalCutShort(NotAsWritten):
    """The journal's own head counts more lines than there are."""

    code = "SC723"
    says = "The journal counts {number} lines, and ends with line {last}: lines were removed from its end."
    mend = (
        "Keep a copy of both stores as they are now. A backup from before shows what was removed."
    )


class HeadNotAsWritten(NotAsWritten):
    """The journal's own head is not that of its last line: the lines and the head were not written together."""

    code = "SC724"
    says = (
        "The journal ends with line {last}, and its own head is not that of this line: lines were put "
        "in at the end or written anew, or the head was changed."
    )
    mend = "Keep a copy of both stores as they are now, and compare with heads that are held elsewhere."


class HeldHeadDiffers(NotAsWritten):
    """The chain holds in itself and is another than the one whose head was noted."""

    code = "SC725"
    says = (
        "The head for line {number} held in {where} is not that line's: the journal was written anew "
        "somewhere after line {fits}."
    )
    mend = (
        "First compare the held head sign by sign. If it is right, keep a copy of both stores as they "
        "are now; a backup from before shows what the lines said."
    )


class HeldHeadBeyond(NotAsWritten):
    """A head is held for a line that the journal does not have any more."""

    code = "SC726"
    says = (
        "The journal ends with line {last}; {where} holds a head for line {number}: later lines were "
        "removed, or the database was put back to an earlier day."
    )
    mend = (
        "If a backup was restored, what was done since is lost and a line says so. If none was, keep a "
        "copy of both stores as they are now."
    )


class HeadUnclear(NotAsWritten):
    """What was given as a held head is none."""

    code = "SC727"
    says = "No head was found in {place}."
    mend = (
        "A head is a line's number, a colon and its hash, as `safeconduct journal head` prints it: 64 "
        "signs from 0 to f, with or without hyphens."
    )


class JournalUnguarded(NotAsWritten):
    """The lines hold, and the database would let somebody change them."""

    code = "SC728"
    says = "The lines hold, but the database no longer refuses to change or remove them."
    mend = "Somebody took that away. Run `safeconduct upgrade`, and ask who has worked on the database."


class JobNotRun(Refused):
    """A job that cannot be asked for or run so."""


class LeaseLost(JobNotRun):
    """Whoever ran the job took longer than its lease; it is no longer theirs, and nothing of it was kept."""

    code = "SC730"
    says = (
        "The job {job} was taken over because its lease had ended; this run's result was not kept."
    )
    mend = "Nothing is to be done: the other run finishes it."


class UnknownJobKind(JobNotRun):
    """A job of a kind that this version does not know."""

    code = "SC731"
    says = "The job {job} is of a kind that this version does not know."
    mend = "Upgrade the worker to the version of the desk: `safeconduct upgrade`."


class JobAlreadyAsked(JobNotRun):
    """One such job is enough: it is waiting or running."""

    code = "SC732"
    says = "This was asked for already; the job {job} is waiting or running."
    mend = "Look at that job; ask again when it has ended."


class NoSuchJob(JobNotRun):
    """There is no job with this code, or it has ended."""

    code = "SC733"
    says = "There is no job to run by this code."
    mend = "The page of jobs shows which are waiting, and which have ended."


class KeysNotGiven(JobNotRun):
    """A job that needs keys was started without them, or with others than it needs."""

    code = "SC734"
    says = "This job needs keys that were not given to it."
    mend = "It runs when a member who can open what it needs opens their keys at the desk."

"""The file of a household: what is refused about it. SC780 to SC799.

No message quotes what was told: a case and an entry are named by their codes, a field by its name.
"""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class CaseRefused(Refused):
    """Something about a case that is refused: the case stands as it stood."""


class NoSuchCase(CaseRefused):
    """There is no such case for this member: unknown, another office's, or not theirs to open or to do this with."""

    code = "SC780"
    says = "There is no such case for you."
    mend = "Compare the code sign by sign. If a colleague has the case, ask for access to it."


class NoSuchEntry(CaseRefused):
    """The case has no entry of that code, or it was removed."""

    code = "SC781"
    says = "Case {case} has no such entry, or it was removed."
    mend = "Open the case again; its history shows what was removed."


class ChangedMeanwhile(CaseRefused):
    """Somebody else wrote first. `entry` is the entry's code, or "the cover"; both revisions are named."""

    code = "SC782"
    says = (
        "Somebody changed this while you were writing: {entry} of case {case} stands at revision {current}, "
        "and you began from {expected}."
    )
    mend = "Nothing of yours is lost. Compare the two texts and save again what should stand."


class WrongEntryShape(CaseRefused):
    """What was to be written, or what was read, has not the shape of its kind."""

    code = "SC783"
    says = "The field {field} of an entry of the kind {kind} {what}."
    mend = (
        "Leave out what is unknown; write dates as 2021-08-15. Everything else stands as it stood."
    )


class EntryTooLarge(CaseRefused):
    """An entry's text is over the limit."""

    code = "SC784"
    says = "This entry is {size} kB long; up to {limit} kB are taken."
    mend = "Divide it into several entries, or attach it as a document."


class LettersUnwritable(CaseRefused):
    """A text with signs that no file can hold: halves of letters, or commands to a machine."""

    code = "SC785"
    says = (
        "The field {field} holds signs that are not letters: half a letter, or a command to a machine. "
        "They come from a broken copy."
    )
    mend = "Type the text again, or paste it as plain text."


class CaseFull(CaseRefused):
    """A case holds more entries than anybody can read."""

    code = "SC786"
    says = "This case holds {limit} entries already."
    mend = "Remove what is no longer needed, or put several notes into one."


class CoverNotCodes(CaseRefused):
    """A cover holds codes, numbers and dates only: everybody in the office sees it, and the disk holds it in clear."""

    code = "SC787"
    says = "The cover's {field} must be {what}."
    mend = "Choose one from the list. What is not a code or a number belongs into an entry, where it is sealed."


class CannotOwn(CaseRefused):
    """A case is handed to somebody who could not open it."""

    code = "SC788"
    says = "This member cannot own the case: they left, are of another office, or do no casework."
    mend = "Choose a caseworker or a coordinator of the case's own office."


class AlreadyOwned(CaseRefused):
    """Somebody took the case over first."""

    code = "SC789"
    says = "Case {case} has an owner already."
    mend = "Open the case again to see who it is; they can hand it over to you."


class NotOursToChange(CaseRefused):
    """A case that another office shared may be read here, not written."""

    code = "SC790"
    says = (
        "Case {case} belongs to another office, which let yours read it. It cannot be changed here."
    )
    mend = "Tell that office what should be added."


class OfficeNotConfirmed(CaseRefused):
    """The key of another office was not compared with that office by another channel, or changed since."""

    code = "SC791"
    says = "The key of office {office} is not confirmed, or is not the one that was confirmed."
    mend = (
        "Telephone somebody you know there, compare the fingerprint group by group, and confirm it."
    )


class FingerprintDiffers(CaseRefused):
    """The fingerprint that was read out is not that of the stored key."""

    code = "SC792"
    says = "This is not the fingerprint of the key stored for office {office}."
    mend = "Compare again, slowly. If it still differs, share nothing with that office and tell the operator."


class NotShared(CaseRefused):
    """A share that is to be taken back does not exist."""

    code = "SC793"
    says = "Case {case} is not shared with office {office}."
    mend = "Open the case again to see with whom it is shared."


class DocumentTooLarge(CaseRefused):
    """A cleaned document over the limit of what a case keeps."""

    code = "SC794"
    says = "Once cleaned this document is {size} MB; a case keeps documents of up to {limit} MB."
    mend = "Scan it again at 300 dots an inch, or divide it and give each part by itself."


class ShreddingNotAsked(CaseRefused):
    """Nobody asked for this case to be shredded, or it was decided already."""

    code = "SC795"
    says = "Nobody is asking for case {case} to be shredded."
    mend = "A coordinator asks first; then an approver agrees."


class KeptByHold(CaseRefused):
    """A case under a hold is not shredded, by anybody or by the clock."""

    code = "SC797"
    says = "Case {case} is held and stays as it is."
    mend = (
        "End the hold first, if whoever asked for it agrees; the case's entries say who that was."
    )


class CodeTaken(CaseRefused):
    """A code that a form had reserved was used for something else."""

    code = "SC798"
    says = "This was saved before with another text."
    mend = "Open the case and look; change the entry there if it should read otherwise."


class CaseStillOpen(CaseRefused):
    """A case in which people still wait is not shredded."""

    code = "SC799"
    says = "Case {case} is open: somebody still waits."
    mend = "Settle or close it first, or record that the family withdrew."

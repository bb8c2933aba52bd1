"""What arrives: sheets, exports of forms, texts and calls. SC870 to SC889."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class IntakeRefused(Refused):
    """A step with a delivery or a plea that cannot be taken as things stand."""


class NoSuchDelivery(IntakeRefused):
    """No delivery of this code, or none of this office."""

    code = "SC870"
    says = "There is no delivery of this code."
    mend = "Look for it in the list of deliveries."


class NoSuchPlea(IntakeRefused):
    """No plea of this code, or none of this office."""

    code = "SC871"
    says = "There is no plea of this code."
    mend = "Look for it in the list of pleas."


class SentBefore(IntakeRefused):
    """The same bytes were handed in before."""

    code = "SC872"
    says = "This very file was handed in before: it is delivery {delivery}. Nothing was taken a second time."
    mend = "Go on from there. To take it once more all the same, tick that you want to, and choose it again."


class DeliveryMovedOn(IntakeRefused):
    """Somebody else, or an earlier click, did this step or another one first."""

    code = "SC873"
    says = "This delivery is not at that step any more: it is {state}."
    mend = "Look at its page again; what was done is shown there."


class DeliveryForgotten(IntakeRefused):
    """Its file was forgotten by the clock, or by a member."""

    code = "SC874"
    says = "The file of this delivery is not kept any more."
    mend = "If you still have it, hand it in again."


class NothingToImport(IntakeRefused):
    """Nothing that was read is a plea."""

    code = "SC875"
    says = "No row of this delivery was read as a plea."
    mend = "Look at its columns and at why its rows are held, correct them, and read it again."


class NotReadYet(IntakeRefused):
    """It must be read before this step."""

    code = "SC876"
    says = "This delivery was not read yet."
    mend = "Read it first; its page has the button."


class UndoTooLate(IntakeRefused):
    """Who imported may undo for a day; later it takes a coordinator."""

    code = "SC877"
    says = "This import was done by somebody else, or more than {hours} hours ago."
    mend = "Ask a coordinator of your office to undo it, or have single cases shredded."


class PleaHasItsEnd(IntakeRefused):
    """The plea was ended before."""

    code = "SC878"
    says = "This plea has its end already: {end}."
    mend = "Look at its page again; who ended it, and when, is shown there."


class PleaChangedMeanwhile(IntakeRefused):
    """Somebody else wrote to the plea since the page was opened."""

    code = "SC879"
    says = "Somebody changed this plea since you opened it."
    mend = "Nothing of yours was saved. Look at its page again, then decide."


class NoFileChosen(IntakeRefused):
    """A form without a file."""

    code = "SC880"
    says = "No file came with the form."
    mend = "Choose one or several files, then send the form again."


class TooManyFilesAtOnce(IntakeRefused):
    """More files in one delivery than are read together."""

    code = "SC881"
    says = "{found} files came at once; {limit} at most are taken in one delivery."
    mend = "Hand them in as several deliveries; keep the files of one list together."


class NoWordsTold(IntakeRefused):
    """A text without a word."""

    code = "SC882"
    says = "This text holds no word."
    mend = "Paste the message, or write down what you heard."


class TextTooLong(IntakeRefused):
    """A longer text than one plea is."""

    code = "SC883"
    says = "This text has {found} signs; {limit} at most are taken as one plea."
    mend = (
        "If it is a list of families, save it as a sheet and hand that in; else paste it in parts."
    )


class NotAColumn(IntakeRefused):
    """A column or field that this delivery does not have."""

    code = "SC884"
    says = "What was told of the columns does not fit this delivery."
    mend = "Somebody may have read it anew meanwhile. Look at its columns again, and choose there."


class OwnerNotHere(IntakeRefused):
    """A plea goes to somebody of the office who takes in pleas."""

    code = "SC885"
    says = "Whoever shall look after this plea does not take in pleas in this office."
    mend = "Choose a caseworker or a coordinator who is here."


class DueNotAhead(IntakeRefused):
    """A plea that is held has a day by which somebody looks at it: today or soon."""

    code = "SC886"
    says = "The day by which this plea is looked at must be today or within {days} days."
    mend = "Choose an earlier day; it can be moved when that day comes."


class FileStillNeeded(IntakeRefused):
    """The file is read again while its import is not ended."""

    code = "SC887"
    says = "The file of this delivery is still needed: it is {state}."
    mend = "Import it or leave it first; then its file can be forgotten."


class TextSentBefore(IntakeRefused):
    """The very same words were pasted a moment ago: the form was sent twice, or by two of one office."""

    code = "SC888"
    says = "These very words were taken within the last hour: they are plea {plea}. Nothing was taken a second time."
    mend = "Go on from there. If it is another plea in the same words, tick that, and send the form again."

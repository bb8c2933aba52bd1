"""The one gate out. SC800 to SC819 are for the files themselves."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class ExportStopped(Refused):
    """An export that was stopped before anything left."""


class UnknownExportColumn(ExportStopped):
    """A column that is not on the fixed list of what an export may hold."""

    code = "SC800"
    says = "Column {number} of this export is not one that may leave."
    mend = "Choose among these: {known}."


class ExportColumnsUnclear(ExportStopped):
    """No column at all, or one column twice."""

    code = "SC801"
    says = "This export needs at least one column, and each column once; {found}."
    mend = "Choose its columns again."


class RaggedExport(ExportStopped):
    """A row with more or fewer cells than there are columns."""

    code = "SC802"
    says = "Row {row} of this export has {found} cells, where its columns are {expected}."
    mend = "Nothing was written. This is a slip in the program: please report it with this message."


class CellNotOfItsKind(ExportStopped):
    """A cell that does not hold what its column is for."""

    code = "SC803"
    says = "Row {row}, column {heading}: what stands there is not {wanted}."
    mend = "Correct it in the case, or leave the column out of this export."


class ExportCellTooLong(ExportStopped):
    """More text than a cell of a spreadsheet can hold: a program would cut it, and say nothing."""

    code = "SC804"
    says = "Row {row}, column {heading}: {found} characters stand there, and a cell holds {limit}."
    mend = "Shorten it in the case, or leave the column out of this export."


class TooManyExportRows(ExportStopped):
    """More rows than a sheet can hold: a program would leave the last ones out, and say nothing."""

    code = "SC805"
    says = "This export has {found} rows, and a sheet holds {limit}."
    mend = "Choose fewer cases, or write it as CSV."


class FileNotAsExpected(ExportStopped):
    """The file as written holds something that was not asked for, or lacks something that was."""

    code = "SC806"
    says = (
        "The file as written was scanned and does not pass ({count} findings). The first: {first}"
    )
    mend = "It was thrown away and nothing left. Please report it with this message."


class CanaryWithoutCode(ExportStopped):
    """Without a case's code a canary cannot be told from other rows, nor one export from another."""

    code = "SC807"
    says = "An export without the column {heading} cannot hold a canary row that traces it."
    mend = "Add that column."


class CanaryKeyTooShort(ExportStopped):
    """A key that could be guessed, and with it every canary."""

    code = "SC808"
    says = "The key for canary rows has {found} bytes; it needs at least {least}."
    mend = "Draw a new one at random; canaries of earlier exports are found with the earlier key."


class CanaryLikeAFamily(ExportStopped):
    """Every canary that was tried resembles a family of the list. None is put beside a real one."""

    code = "SC809"
    says = "No canary row was found that resembles nobody of this list, in {tries} tries."
    mend = "Ask for the export again: it gets a new code, and with it other canaries."


class PageLanguageUnclear(ExportStopped):
    """A page needs the language of its words and the direction it is read in."""

    code = "SC810"
    says = "The page of a family's own record was asked for without a language that can be told, or its direction."
    mend = "Give a language such as en, fa-AF or ps, and the direction ltr or rtl."


class RecordEmpty(ExportStopped):
    """A family's own record with nothing in it would be read as: nothing is known of you."""

    code = "SC811"
    says = "The record has no section, or a section without a row (section {number})."
    mend = "Say in a row of its own that nothing is held, and make the page again."


class NoSuchExport(ExportStopped):
    """There is no such export or recipient in this office, or it is not for this member."""

    code = "SC820"
    says = "There is no such export or recipient in your office."
    mend = "The page of exports lists what there is."


class AgeKeyTwice(ExportStopped):
    """Two recipients under one key could not be told apart."""

    code = "SC821"
    says = "Another recipient of your office has this key already."
    mend = "Use that one, or end it first if the key is the new name's."


class RecipientNotConfirmed(ExportStopped):
    """A key that nobody compared over another channel may be anybody's."""

    code = "SC822"
    says = "The key of this recipient was not confirmed yet, or the recipient was ended."
    mend = "A colleague calls the recipient on a known number, compares the key, and confirms it."


class NothingMayLeave(ExportStopped):
    """No case is left after consents and ways in were looked at."""

    code = "SC823"
    says = "Of {asked} cases none may go to this recipient: {reasons}."
    mend = "Ask the families for their consent, or choose fewer columns or other cases."


class ExportNotReady(ExportStopped):
    """An export that is not in the state that this step needs."""

    code = "SC824"
    says = "This export cannot be {wanted} now: it {state}."
    mend = "Its page shows what comes next; a lapsed one is asked for again."


class MoreThanAgreed(ExportStopped):
    """Between the agreement and the writing the list grew."""

    code = "SC825"
    says = "The list has {found} rows now; {agreed} were agreed to."
    mend = "Ask for the export again, so that somebody can agree to what it is now."


class TooManyCasesAsked(ExportStopped):
    """One export, one list that a person can answer for."""

    code = "SC826"
    says = "{found} cases were named; one export takes {limit} at most."
    mend = "Name the cases that this purpose needs. There is no export of everything."


class ConsentsChanged(ExportStopped):
    """Between the writing and the fetching a family withdrew its consent, or a case was closed to this member."""

    code = "SC827"
    says = "Since it was written, {count} of its cases may no longer go to this recipient."
    mend = "The file was thrown away. Ask for the export again, without them."


class KeyHeardDiffers(ExportStopped):
    """The last signs of a recipient's key, as they were read out, are not those of the key that was named."""

    code = "SC828"
    says = "These are not the last eight signs of the key that was named."
    mend = "Have them read once more, slowly. If they were read rightly, the key that was named is not theirs: end it."

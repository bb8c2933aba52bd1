"""A stranger's spreadsheet that is refused whole: nothing half-loaded. SC100 to SC122."""

from __future__ import annotations

from safeconduct.core.errors.refused import NotBuilt, Refused


class BadSheet(Refused):
    """A spreadsheet that cannot be read. It is refused whole: no row of it was taken."""


class SheetTooLarge(BadSheet):
    """A spreadsheet over a limit of size, memory or time."""

    exit_code = 4


class SheetNotFound(BadSheet):
    """The named file is not there, is a folder, or may not be read."""

    code = "SC100"
    says = "{file}: this file could not be opened."
    mend = "Check its name and that you may read it, then give it again."


class SheetEmpty(BadSheet):
    """The file holds nothing at all."""

    code = "SC101"
    says = "{file}: this file is empty (0 bytes)."
    mend = (
        "It may not have been copied whole: ask for it again, or save it again where it came from."
    )


class SheetUnknownFormat(BadSheet):
    """Not one of the formats that are read."""

    code = "SC102"
    says = "{file}: this is {what}, whatever its name says; only .xlsx, .ods and .csv are read."
    mend = "{how} Then give the new file."


class SheetLocked(BadSheet):
    """Encrypted or password-protected."""

    code = "SC103"
    says = "{file}: this file is protected by a password."
    mend = (
        "Open it with its password, save it without one (in most programs: save as), and give the new file. "
        "Keep that copy as safe as the first."
    )


class SheetBroken(BadSheet):
    """Damaged, cut short or malformed."""

    code = "SC104"
    says = "{file}: this file is damaged or not complete ({what})."
    mend = "Open it in a spreadsheet program and save it as a new .xlsx, or ask its sender for it again."


class SheetUnsafe(BadSheet):
    """Built in a way that no spreadsheet program builds files: declared entities, files inside files."""

    code = "SC105"
    says = "{file}: this file is built in a way that could harm the program that reads it ({what})."
    mend = (
        "If you trust its sender, open it in a spreadsheet program, copy its rows to a new sheet, save it as .xlsx. "
        "If you do not, do not open it: ask the sender what it is."
    )


class SheetReaderStopped(BadSheet):
    """The child process that reads sheets ended without an answer."""

    code = "SC106"
    says = "{file}: the reader had to stop in the middle of this file ({what}); nothing else was touched."
    mend = "Open it in a spreadsheet program, copy the rows to a new sheet, save that as .xlsx, and give the new file."


class SheetOpenQuotes(BadSheet):
    """A delimited file with more open quotation marks than can be set right."""

    code = "SC107"
    says = '{file}: many quotation marks (") are never closed, the first near row {row}, so its rows run together.'
    mend = "Remove those marks, or save the sheet as .xlsx, and give the new file."


class SheetMappingWrong(BadSheet):
    """A saved mapping of columns that cannot be used."""

    code = "SC108"
    says = "The mapping, line {line}: {what}."
    mend = "{how}"


class SheetNamedTwice(BadSheet):
    """Two files of one call share a name, so that a row could not be traced to its file."""

    code = "SC109"
    says = "{file}: two files of this name were given together, and rows are traced by the name of their file."
    mend = "Give one of them another name, or leave it out if it is the same file twice."


class SheetTooManyBytes(SheetTooLarge):
    """The file is larger than the limit."""

    code = "SC110"
    says = "{file}: this file is {size} MB; files up to {limit} MB are read."
    mend = "Remove pictures and unneeded sheets, or divide it into smaller files."


class SheetInflates(SheetTooLarge):
    """A compressed file that would grow beyond the limit: a bomb, or near enough."""

    code = "SC111"
    says = "{file}: opened, this file would grow to {what}."
    mend = (
        "If you trust its sender, copy the rows to a new sheet and save that as .xlsx. "
        "If you do not, do not open it: files like this are made to stop programs."
    )


class SheetFarCell(SheetTooLarge):
    """A filled cell far outside of the area that is read."""

    code = "SC112"
    says = (
        "{file}, sheet {sheet}: cell {cell} is filled, "
        "which is beyond the {rows} rows and {columns} columns that are read."
    )
    mend = "If it is a stray mark, empty that cell; if the sheet is really so large, divide it into smaller files."


class SheetTooManyCells(SheetTooLarge):
    """More cells than are read, counted as the rectangle the filled cells span."""

    code = "SC113"
    says = "{file}: its sheets span {cells} cells or more; up to {limit} are read."
    mend = "Empty stray cells far to the right or far below, remove unneeded sheets, or divide the file."


class SheetTooSlow(SheetTooLarge):
    """Reading took longer than the limit."""

    code = "SC114"
    says = "{file}: reading this file took longer than {seconds} seconds, and was stopped."
    mend = "Divide it into smaller files, or copy its rows to a new sheet and save that as .xlsx."


class SheetTooHungry(SheetTooLarge):
    """Reading wanted more memory than the limit."""

    code = "SC115"
    says = "{file}: reading this file would take more than {limit} MB of memory, and was stopped."
    mend = "Divide it into smaller files, or copy its rows to a new sheet and save that as .xlsx."


class SheetTooManySheets(SheetTooLarge):
    """More sheets or parts in one file than are read."""

    code = "SC116"
    says = "{file}: this file has {count} {what}; up to {limit} are read."
    mend = "Divide it into smaller files."


class SheetNeedsLinux(NotBuilt):
    """Reading sheets safely needs limits on a process that this system does not offer."""

    code = "SC117"
    says = "Sheets are read under limits of memory and time, which this system ({system}) does not offer."
    mend = "Use Linux, or Linux inside of this system (a virtual machine, or WSL)."


class FormEncrypted(BadSheet):
    """A form whose submissions are encrypted on the telephone, or an export of such submissions."""

    code = "SC118"
    says = (
        "{file}: the answers to this form are encrypted on the telephone for the holder of a private key ({what}), "
        "so that neither its server nor this program can read them."
    )
    mend = (
        "Whoever holds the private key decrypts them on a computer of their own, with ODK Briefcase, "
        "and gives the decrypted export (.csv or .xlsx), without this form."
    )


class FormNotRead(BadSheet):
    """A file given as the definition of a form, which is none."""

    code = "SC119"
    says = "{file}: this is not the definition of a form ({what})."
    mend = "Download the form from KoBoToolbox as XLS (XLSForm), save it as .xlsx, or give the export alone."


class ExportNotRead(BadSheet):
    """A file given as an export of submissions, which is none."""

    code = "SC120"
    says = "{file}: this is not an export of a form's submissions ({what})."
    mend = (
        "In KoBoToolbox export the data as XLS with all questions and groups, and give that file; "
        "a sheet that is no export is imported as any other sheet."
    )


class FormOfAnother(BadSheet):
    """A form and an export that have no question in common."""

    code = "SC121"
    says = "{file}: none of its columns is a question of the form {form}."
    mend = "Give the form that these submissions were made with, or the export alone."


class PastedTooLong(SheetTooLarge):
    """More text than is read from one pasting."""

    code = "SC122"
    says = "This text has {letters} letters; up to {limit} are read at once."
    mend = "Paste it in parts, one conversation or letter at a time, or keep it as a document of the case."

"""Plain files in the public formats, and writing them. SC150 to SC160."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class BadTable(Refused):
    """A plain file that does not follow its format (docs/formats.md)."""


class NoSuchFile(BadTable):
    """A file that was named is not there, or is a folder."""

    code = "SC150"
    says = "There is no file at {path}."
    mend = "Check the path; give the file itself, not a folder."


class NotText(BadTable):
    """A file that should be CSV in UTF-8 is something else."""

    code = "SC151"
    says = "{path} is not a CSV file in UTF-8 (line {line}: {problem})."
    mend = "Save it as CSV in UTF-8 and try again."


class MissingColumns(BadTable):
    """A file lacks columns that its format needs."""

    code = "SC152"
    says = "{path}, line 1: {columns} missing.{nearest}"
    mend = "The columns of this format are in docs/formats.md; add it to the first line."


class RepeatedColumn(BadTable):
    """A file has two columns of one name."""

    code = "SC153"
    says = "{path}, line 1: the column {column} stands twice."
    mend = "Remove or rename one of the two; which one counts would be a guess."


class TooManyCells(BadTable):
    """A line has more cells than there are columns."""

    code = "SC154"
    says = "{path}, line {line}: there are {cells} cells but only {columns} columns."
    mend = 'A cell with a comma in it must stand in double quotes ("like, this").'


class BadCell(BadTable):
    """A cell whose value its format does not allow."""

    code = "SC155"
    says = "{path}, line {line}, column {column}: {problem}."
    mend = "{fix}"


class CannotRead(BadTable):
    """A file that is there but that this account cannot read."""

    code = "SC158"
    says = "{path} cannot be read: {problem}."
    mend = "Give this account the right to read it, or name another file."


class BeingWritten(Refused):
    """Another run is writing to the same folder at this moment."""

    code = "SC159"
    says = "Another run is writing to {path} just now."
    mend = "Wait until it is done and try again, or name another folder with -o."


class CannotWrite(Refused):
    """A place where nothing can be written: a folder, a full disk, no permission."""

    code = "SC156"
    says = "{path} cannot be written: {problem}."
    mend = "Name another file with -o, or make room there; what stood there before is as it was."


class WouldReplaceInput(Refused):
    """An output that would replace one of the files that were given to read."""

    code = "SC157"
    says = "{path} is a file that this command reads; writing there would replace it."
    mend = "Name another file with -o."


class SheetsOfAnother(Refused):
    """A folder that holds sheets of another fictional caseload, which would be read beside the new ones."""

    code = "SC160"
    says = "{path} holds sheets of another caseload ({count} that this one does not have)."
    mend = "Name another folder with -o, or empty that one first."

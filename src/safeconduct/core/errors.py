"""Everything that can be refused, and the words for it.

    Refused                       exit 3   what was given cannot be used; says what, where and how to mend it
    +-- BadSheet                  a stranger's spreadsheet: refused whole, nothing half-loaded
    |   +-- SheetTooLarge         over a limit of size, memory or time (exit 4)
    +-- BadTable                  a plain file in one of the public formats
    +-- BadPack                   an operation's data: names file, line and fix
    +-- BadFacts                  a case whose facts the rulebook does not know
    +-- NoPlan                    the planner could not give a plan (exit 5)
    +-- NotBuilt                  an engine or option that this version does not have

Each error's words are templates: `says` (what and where) and `mend` (what to do now); docs/errors.md
lists them by `code`. Words are clear, gentle, concise, thorough and actionable; a value from a
stranger's sheet is never quoted, only its cell: error messages travel in logs and screenshots.
"""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):  # noqa: N818 (it reads as a sentence where it is raised)
    """What was given cannot be used. Nothing was changed and nothing was lost."""

    code: ClassVar[str] = ""
    says: ClassVar[str] = ""
    mend: ClassVar[str] = ""
    exit_code: ClassVar[int] = 3

    def __init__(self, **where: object) -> None:
        self.where = where
        super().__init__(f"{self.says.format(**where)} {self.mend.format(**where)}".strip())


# --- sheets: a stranger's spreadsheet ------------------------------------------


class BadSheet(Refused):
    """A spreadsheet that cannot be read. It is refused whole: no row of it was taken."""


class SheetTooLarge(BadSheet):
    """A spreadsheet over a limit of size, memory or time."""

    exit_code = 4


# --- plain files in the public formats -----------------------------------------


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
    says = "{path}, line 1: the column {columns} is missing.{nearest}"
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


# --- packs ---------------------------------------------------------------------


class BadPack(Refused):
    """An operation's data that cannot be used as it stands."""


# --- rulebook ------------------------------------------------------------------


class BadFacts(Refused):
    """A case whose facts the rulebook does not know."""


# --- allocation ----------------------------------------------------------------


class NoPlan(Refused):
    """The planner could not give a plan."""

    exit_code = 5


# --- what this version does not have ---------------------------------------------


class NotBuilt(Refused):
    """An engine or option that this version does not have. Said plainly rather than half done."""

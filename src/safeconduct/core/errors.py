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


class SheetNotFound(BadSheet):
    """The named file is not there, is a folder, or may not be read."""

    code = "SC100"
    says = "{file}: this file could not be opened."
    mend = "Check its name and that you may read it, then give it again."


class SheetEmpty(BadSheet):
    """The file holds nothing at all."""

    code = "SC101"
    says = "{file}: this file is empty (0 bytes)."
    mend = "It may not have been copied whole: ask for it again, or save it again where it came from."


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


# --- writing -------------------------------------------------------------------


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


# --- packs ---------------------------------------------------------------------


class BadPack(Refused):
    """An operation's data that cannot be used as it stands."""


class UnknownPack(BadPack):
    """No pack has this name, and no folder stands at this path."""

    code = "SC200"
    says = "There is no pack called '{name}'."
    mend = "{advice}"


class PackFileMissing(BadPack):
    """A file that every pack needs is not there."""

    code = "SC201"
    says = "{file} is missing."
    mend = "Add it: docs/formats.md, under 'Packs', says what it holds and which files may be left out."


class PackFileUnreadable(BadPack):
    """A pack's file that is not plain text in UTF-8, or is far larger than a pack's file should be."""

    code = "SC202"
    says = "{file} cannot be read: {problem}."
    mend = "{advice}"


class NotYaml(BadPack):
    """A YAML file whose writing does not hold together."""

    code = "SC203"
    says = "{file}, line {line}: this is not YAML that a pack may use ({problem})."
    mend = "{advice}"


class AliasInPack(BadPack):
    """A YAML alias. Aliases let a few lines stand for millions, so packs do without them."""

    code = "SC204"
    says = "{file}, line {line}: '*{found}' points back to another place in the file."
    mend = "Write the value out in full: packs do not use YAML anchors and aliases."


class RepeatedKey(BadPack):
    """The same field twice in one entry: one of the two would be lost silently."""

    code = "SC205"
    says = "{file}, line {line}: '{found}' stands twice in {of} (first on line {first_line})."
    mend = "Keep one of the two."


class UnknownField(BadPack):
    """A field that the format does not have: most often a slip of the pen."""

    code = "SC206"
    says = "{file}, line {line}: '{found}' is not a field of {of}."
    mend = "{advice}"


class MissingField(BadPack):
    """A field that an entry must have is absent or empty."""

    code = "SC207"
    says = "{file}, line {line}: {of} needs '{field}', which is missing or empty."
    mend = "Add '{field}' with its value."


class WrongShape(BadPack):
    """A list where a text was meant, or the other way round."""

    code = "SC208"
    says = "{file}, line {line}: {of} should be {expected}, and is {found}."
    mend = "{advice}"


class NotADate(BadPack):
    """Something that stands where a date should, and is not one."""

    code = "SC209"
    says = "{file}, line {line}: {field}: '{found}' is not a date."
    mend = "{advice}"


class NotANumber(BadPack):
    """Something that stands where a number should, and is not one."""

    code = "SC210"
    says = "{file}, line {line}: {field}: '{found}' is not {expected}."
    mend = "{advice}"


class NumberOutOfRange(BadPack):
    """A number that this field cannot hold."""

    code = "SC211"
    says = "{file}, line {line}: {field} is {found}, which is outside {range}."
    mend = "Correct the number, or leave the value empty if it is unknown."


class NotAmongChoices(BadPack):
    """A word that is not among those this field may hold."""

    code = "SC212"
    says = "{file}, line {line}: {field}: '{found}' is not one of the words this field may hold."
    mend = "{advice}"


class RepeatedCode(BadPack):
    """Two entries with one code: nothing could tell them apart."""

    code = "SC213"
    says = "{file}, line {line}: {field} '{found}' is used already on line {first_line}."
    mend = "Give one of the two another {field}, or take one out."


class UnknownReference(BadPack):
    """An entry that points at another one which the pack does not have."""

    code = "SC214"
    says = "{file}, line {line}: {field}: '{found}' is not in {within}."
    mend = "{advice}"


class DatesOutOfOrder(BadPack):
    """An end before its beginning."""

    code = "SC215"
    says = "{file}, line {line}: {later_field} ({later}) is before {earlier_field} ({earlier})."
    mend = "Correct one of the two dates, or swap them."


class OverlappingIntervals(BadPack):
    """Two entries that speak of the same days differently."""

    code = "SC216"
    says = "{file}, line {line}: the days of {of} overlap with those on line {first_line}."
    mend = "End one the day before the other begins; the last day counts as inside."


class NoSource(BadPack):
    """A fact that names no source and is not marked as unverified either."""

    code = "SC217"
    says = "{file}, line {line}: {of} names no source."
    mend = "Give 'source_url' and 'source_date', or write 'verified: no' and say in 'note' whose assumption it is."


class NotCsv(BadPack):
    """A CSV file whose rows and heading do not go together."""

    code = "SC218"
    says = "{file}, line {line}: {problem}."
    mend = "{advice}"


class Unordered(BadPack):
    """Entries that must follow each other by day, and do not."""

    code = "SC219"
    says = "{file}, line {line}: {found} comes after {before} on line {first_line}."
    mend = "Sort the rows by {field}, earliest first."


class TileTaken(BadPack):
    """Two provinces on one square of the tile map: one would hide the other."""

    code = "SC220"
    says = "{file}, line {line}: {found} stands on row {row}, column {column}, where {first} stands already."
    mend = "Give one of the two a free square: change tile_row or tile_column."


class CountFellBack(BadPack):
    """A running total that goes down, or one that does not agree with the day's own count."""

    code = "SC221"
    says = "{file}, line {line}: the running total is {found}, less than {before} on line {first_line}."
    mend = "Correct the total, or leave the cell empty if no count was published that day."


class NoAssumption(BadPack):
    """A number that something rests on, and that the pack does not state."""

    code = "SC222"
    says = "{file} states no assumption called '{name}', which {needed_for} rests on."
    mend = "Add it under 'assumptions' with a value and the sentence that says why that value."


class NotAnAddress(BadPack):
    """A source that cannot be gone to."""

    code = "SC223"
    says = "{file}, line {line}: {field}: '{found}' is not a web address."
    mend = "Write the whole address, beginning with https://."


class RuleWithoutScheme(BadPack):
    """A rule of eligibility for a scheme that the pack does not have."""

    code = "SC224"
    says = "{folder}: the rule '{rule}' speaks of the scheme '{found}', which is not in schemes.yaml."
    mend = "{advice}"


class StrayFile(BadPack):
    """A file that no one reads: most often an optional one whose name has a slip in it."""

    code = "SC225"
    says = "{file} is not a file that a pack has, so nothing in it would be read."
    mend = "{advice}"


# --- rulebook ------------------------------------------------------------------


class UnknownFact(BadPack):
    """A rule or a phrase that asks for a fact which the vocabulary does not have."""

    code = "SC230"
    says = "{file}, line {line}: '{found}' is not a fact of this rulebook."
    mend = "{advice} The facts are in facts.yaml; a new one is added there first."


class UnknownFactValue(BadPack):
    """A value that a fact can never have: a rule that asks for it would never hold."""

    code = "SC231"
    says = "{file}, line {line}: '{found}' is not a value of the fact '{fact}'."
    mend = "{advice}"


class FactOutOfPlace(BadPack):
    """A fact of a person asked of the household, or the other way round."""

    code = "SC232"
    says = "{file}, line {line}: '{fact}' is a fact of a {of}, and here the rule speaks of a {spoken_of}."
    mend = "{advice}"


class UnlessInBandRule(BadPack):
    """An exclusion where telling more could lower the band."""

    code = "SC233"
    says = "{file}, line {line}: '{found}' may stand in a rule of a scheme only, not in one of a band or of points."
    mend = "Say what must hold instead: a family must never become less urgent because it told us more."


class SchemeOrBand(BadPack):
    """A rule that is of no scheme and no band, or of both."""

    code = "SC234"
    says = "{file}, line {line}: the rule '{rule}' needs either 'scheme' or 'band', and has {found}."
    mend = "Give the scheme it opens, or the band it raises to; write two rules if it does both."


class UnknownPlaceInReason(BadPack):
    """A reason with a place that nothing fills."""

    code = "SC235"
    says = "{file}, line {line}: the sentence has a place '{{{found}}}' that nothing fills."
    mend = "{advice}"


class EmptyCondition(BadPack):
    """A condition that asks nothing: it would hold for everyone, or for no one."""

    code = "SC236"
    says = "{file}, line {line}: '{found}' asks nothing."
    mend = "Write at least one fact under it, as 'fact: value'."


class AnyoneWithinAnyone(BadPack):
    """A person within a person."""

    code = "SC237"
    says = "{file}, line {line}: 'anyone' stands within 'anyone'."
    mend = "Write the two beside each other, under 'all of'."


class FactIsDerived(BadPack):
    """A fact that is worked out from the records and cannot be declared or told."""

    code = "SC238"
    says = "{file}, line {line}: '{found}' is worked out from ages, sexes and relations; it cannot be given."
    mend = "Take it out here. Rules may ask for it as for any other fact."


class PointsOutOfOrder(BadPack):
    """Points by which a less urgent band would go first."""

    code = "SC239"
    says = "{file}, line {line}: '{band}' has {points} points, which does not fit its place among the bands."
    mend = (
        "Points must be over 0 and rise with urgency; 'not assessed' has those of 'routine', since "
        "not to have been asked is no fault."
    )


class NoRules(BadPack):
    """A rulebook without a single rule."""

    code = "SC240"
    says = "{file} holds no rules."
    mend = "Add at least one file whose name ends in '.rules.yaml'."


class NoReasonHere(BadPack):
    """A rule that would decide without being able to say why."""

    code = "SC241"
    says = "{file}, line {line}: the rule '{rule}' needs '{field}': every outcome is said with its reason."
    mend = "{advice}"


class ExtraPointsUnclear(BadPack):
    """Extra points of which it cannot be said how often they count."""

    code = "SC243"
    says = "{file}, line {line}: extra points must be of each person or of the household, and these are {found}."
    mend = "Ask for facts of a person (counted for each) or of the household (counted once), without 'anyone'."


class TrialNotUnderstood(BadPack):
    """A trial of the rules whose people cannot be read."""

    code = "SC242"
    says = "{file}, line {line}: this trial cannot be tried: {problem}"
    mend = "The line that the sentence names is where the trial begins."


class BadFacts(Refused):
    """A case whose facts the rulebook does not know."""


class NotACase(BadFacts):
    """A line that is not one JSON object."""

    code = "SC350"
    says = "Line {line} is not a case: {problem}."
    mend = "Each line holds one case as a JSON object, as docs/formats.md shows; an empty line is passed over."


class UnknownCaseKey(BadFacts):
    """A key that the format does not have: most often a slip of the pen."""

    code = "SC351"
    says = "Line {line}: '{found}' is not a key of {of}."
    mend = "{advice}"


class MissingCaseKey(BadFacts):
    """A key that every case or person must have."""

    code = "SC352"
    says = "Line {line}: {of} has no '{key}'."
    mend = "Add '{key}'. {advice}"


class BadCaseValue(BadFacts):
    """A value of the wrong kind, or one that cannot be."""

    code = "SC353"
    says = "Line {line}: {where}: {problem}."
    mend = "{advice}"


class UnknownFactTold(BadFacts):
    """A fact that the rulebook does not know."""

    code = "SC354"
    says = "Line {line}: {where}: '{found}' is not a fact of this rulebook."
    mend = "{advice}"


class UnknownValueTold(BadFacts):
    """A value that the fact cannot have."""

    code = "SC355"
    says = "Line {line}: {where}: '{found}' is not a value of '{fact}'."
    mend = "{advice} Leave the fact out if it is not known: unknown is never read as no."


class FactToldElsewhere(BadFacts):
    """A fact of the household told of a person."""

    code = "SC356"
    says = "Line {line}: {where}: '{fact}' is told of the whole household, not of one person."
    mend = "Move it to the 'facts' of the case, beside 'people'."


class FactNotTold(BadFacts):
    """A fact that is worked out from the records."""

    code = "SC357"
    says = "Line {line}: {where}: '{fact}' is worked out from ages, sexes and relations, and cannot be told."
    mend = "Leave it out, and give {instead}."


class RepeatedCase(BadFacts):
    """Two cases, or two people of one case, with one id: nothing could tell them apart."""

    code = "SC358"
    says = "Line {line}: the {key} '{found}' is used already{first}."
    mend = "Give each its own, or take one of the two out."


class CasesNotText(BadFacts):
    """A file of cases that cannot be read as text."""

    code = "SC359"
    says = "{path} cannot be read: {problem}."
    mend = "Give a file with one JSON object on each line, saved as UTF-8."


# --- counts and calendars ---------------------------------------------------------


class NoWorkingDays(Refused):
    """A calendar whose weekend is the whole week, so that no due date can be found."""

    code = "SC300"
    says = "The calendar has no working day: its weekend covers all seven days."
    mend = "Take at least one day of the week out of the weekend."


class CountBelowZero(Refused):
    """A count below zero, which cannot be protected because it counts nothing."""

    code = "SC301"
    says = "The count named '{name}' is below zero."
    mend = "Give counts of people or households: zero or more."


class RaggedCounts(Refused):
    """A two-way table whose rows do not all have the same columns."""

    code = "SC302"
    says = "The row '{row}' of a table of counts does not have the same columns as the first row."
    mend = "Give every row every column, with zero where nothing was counted."


# --- allocation ----------------------------------------------------------------


class NoPlan(Refused):
    """The planner could not give a plan."""

    exit_code = 5


class LockCannotHold(NoPlan):
    """A "must" lock asks for what a hard rule forbids, or for what another lock forbids."""

    code = "SC500"
    says = "The lock that family {family} must board {departure} cannot hold: {because}."
    mend = "Take this lock off, or put right what stands against it."


class LocksOverfill(NoPlan):
    """The "must" locks on a departure ask for more than it has."""

    code = "SC501"
    says = "The 'must' locks on departure {departure} ask for {wanted} {what} and it has {has}."
    mend = "Take off {relax}: that costs the plan least. Or find {short} more {what}."


class UnknownInLock(NoPlan):
    """A lock names a family or a departure that is not in the files."""

    code = "SC502"
    says = "A lock names the {kind} {name}, which is not among the {kind}s given."
    mend = "Correct the name in the lock, or add the {kind}."


class RepeatedId(BadTable):
    """One id stands for two things."""

    code = "SC503"
    says = "The {kind} {name} is given twice."
    mend = "Remove one of the two, or give each an id of its own."


class KeptWithStranger(BadTable):
    """A family asks to be kept with one that is not in the file."""

    code = "SC504"
    says = "Family {family} is to be kept with {other}, which is not among the families given."
    mend = "Correct the id in keep_with, add that family, or take it out if it travels otherwise."


class MixedZones(BadTable):
    """Some times have an offset from UTC and some have none: they cannot be compared without a guess."""

    code = "SC505"
    says = "Some times have an offset (such as +04:30 or Z) and some have none."
    mend = "Write every time of both files with an offset, or every time without one."


# --- what this version does not have ---------------------------------------------


class NotBuilt(Refused):
    """An engine or option that this version does not have. Said plainly rather than half done."""


# --- linkage (SC400 to SC419) ---


class SparkNotBuilt(NotBuilt):
    """Linkage on Spark, which this version does not have."""

    code = "SC400"
    says = "This version cannot link lists on Spark yet."
    mend = "Leave out --engine spark: the engine duckdb links some hundred thousand people on one machine."


class RepeatedPerson(BadTable):
    """Two records of one list have the same person_id, so that no pair could say which it means."""

    code = "SC401"
    says = "The person_id {person} stands twice in this list."
    mend = "Give every record a person_id of its own, also where two records may be the same person."


class NamesNotGiven(BadTable):
    """`safeconduct names` was called with neither two names nor a file of pairs and a place for the scores."""

    code = "SC402"
    says = "There is nothing to compare yet."
    mend = "Give two names in quotes, or --pairs FILE with -o FILE for the scores."


class SheetNeedsLinux(NotBuilt):
    """Reading sheets safely needs limits on a process that this system does not offer."""

    code = "SC117"
    says = "Sheets are read under limits of memory and time, which this system ({system}) does not offer."
    mend = "Use Linux, or Linux inside of this system (a virtual machine, or WSL)."

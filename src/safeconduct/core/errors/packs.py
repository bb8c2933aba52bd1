"""An operation's data: each names file, line and fix. SC200 to SC226."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


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
    says = (
        "{folder}: the rule '{rule}' speaks of the scheme '{found}', which is not in schemes.yaml."
    )
    mend = "{advice}"


class StrayFile(BadPack):
    """A file that no one reads: most often an optional one whose name has a slip in it."""

    code = "SC225"
    says = "{file} is not a file that a pack has, so nothing in it would be read."
    mend = "{advice}"


class DayOutsideOperation(BadPack):
    """Something that happens after the operation is over."""

    code = "SC226"
    says = "{file}, line {line}: {found} comes after the operation's last day, {ends}."
    mend = "Correct the day, or the day 'ends' in operation.yaml."

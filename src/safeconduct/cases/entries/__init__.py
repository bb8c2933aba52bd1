"""What may be told of a case, by kind. Each is a frozen record with `to_json` and `from_json`; None is unknown."""

from typing import Final

from safeconduct.cases.entries.card import Caller, Person
from safeconduct.cases.entries.contents import Facts, Note, Place, SafeContact, Threat, Tie
from safeconduct.cases.entries.desk import Assessed, Direction, PleaTold, Said, Talk, Way
from safeconduct.cases.entries.records import (
    Consent,
    Decision,
    Document,
    Extent,
    Handover,
    Hold,
    Outcome,
)
from safeconduct.cases.entries.telling import Told

__all__ = [
    "KINDS",
    "Assessed",
    "Caller",
    "Consent",
    "Decision",
    "Direction",
    "Document",
    "Extent",
    "Facts",
    "Handover",
    "Hold",
    "Note",
    "Outcome",
    "Person",
    "Place",
    "PleaTold",
    "SafeContact",
    "Said",
    "Talk",
    "Threat",
    "Tie",
    "Told",
    "Way",
]

# By the name that stands in the row, in the order in which a case is read.
KINDS: Final[dict[str, type[Told]]] = {
    each.kind: each
    for each in (
        Person,
        Caller,
        SafeContact,
        Place,
        Tie,
        Threat,
        Said,
        Facts,
        Assessed,
        Talk,
        Note,
        PleaTold,
        Document,
        Consent,
        Decision,
        Handover,
        Hold,
    )
}

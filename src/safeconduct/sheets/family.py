"""What one row tells of its family as a whole, beside its people."""

from __future__ import annotations

from datetime import date

from safeconduct.core.dates import UncertainDate, parse_date
from safeconduct.core.facts import Relation
from safeconduct.sheets.cells import Provinces, line_of, relation_of, words_of
from safeconduct.sheets.counted import told_size
from safeconduct.sheets.fields import ROW_WORDS
from safeconduct.sheets.grid import Unread, Value
from safeconduct.sheets.names import Cells
from safeconduct.sheets.people import Reading, phones, told_in_words
from safeconduct.sheets.told import Told


def read_family(told: Told, cells: Cells, reading: Reading, provinces: Provinces) -> None:
    """What a row tells of its family as a whole: ties, caller, size, where they are, the story, the day it came."""
    read_ties(told, cells)
    told.caller_phones = phones(cells.get("caller_phone", []), reading)
    for name in ("caller_email", "caller_relation", "caller_town"):
        for _, value in cells.get(name, ()):
            setattr(told, name, line_of(value))
    if told.caller_email is None:  # an address without an owner is where the answer goes
        told.caller_email = next((line_of(value) for _, value in cells.get("email", ())), None)
    if told.caller_email and "@" not in told.caller_email:
        told.caller_email = None  # "anonymous", as forms write
    for _, value in cells.get("told_size", ()):
        told.told_size = told_size(value) or None
        if told.told_size is None and words_of(value):
            reading.counts["unread size"] += 1
    for _, value in cells.get("dependants", ()):
        size = told_size(value)
        if size is not None:
            told.told_size = max(told.told_size or 0, size + 1)
    _size_by_age(told, cells)
    _where(told, cells, reading, provinces)
    told.words = told_in_words(cells, ROW_WORDS)
    for _, value in cells.get("received_on", ()):
        told.received_on = _day(value, reading.on)


def _size_by_age(told: Told, cells: Cells) -> None:
    """Adults and children told apart, where nothing tells of all. Children alone come with one adult at least."""
    counts = {
        name: [size for _, value in cells.get(name, ()) if (size := told_size(value)) is not None]
        for name in ("told_adults", "told_children")
    }
    adults, children = sum(counts["told_adults"]), sum(counts["told_children"])
    if told.told_size is None and adults + children > 0:
        told.told_size = max(adults, 1) + children


def _where(told: Told, cells: Cells, reading: Reading, provinces: Provinces) -> None:
    """The province by its own column, else by a place that names just one."""
    places = [
        text
        for name in ("province", "place")
        for _, value in cells.get(name, ())
        if (text := line_of(value))
    ]
    told.place = ", ".join(dict.fromkeys(places)) or None
    for text in places:
        told.province = told.province or provinces.find(text)
    if cells.get("province") and places and told.province is None:
        reading.counts["unread province"] += 1


def _day(value: Value, on: date) -> date | None:
    """The day a plea arrived; None where it is not known to the day."""
    if isinstance(value, bool | Unread) or value is None:
        return None
    found = parse_date(value, on=on, birth=False)
    if isinstance(found, UncertainDate) and found.earliest == found.latest:
        return found.earliest
    return None


def read_ties(told: Told, cells: Cells) -> None:
    """What ties a row to others: a reference, a running number, a caller, the relation to a principal."""
    for name in ("reference", "row_number", "caller_name"):
        for _, value in cells.get(name, ()):
            setattr(told, name, line_of(value))
    for _, value in cells.get("relation", ()):
        word = line_of(value)
        told.relation_word = word
        told.begins = bool(word) and relation_of(word) is Relation.PRINCIPAL

"""The model of Fellegi and Sunter (1969) as levels of agreement: what each field may say of two people, and how much.

ASSUMPTION. The figures were chosen for this project by reasoning about how these fields are told in an evacuation, not
trained: there is no labelled list of Afghan applicants that could be used. `share` is how often two records of one
person stand at a level (m), `bits` what the level says, log2(m/u). A list that is long enough may teach its own
(`training`). Names are only bounded here: the aligner weighs them afterwards (`weighing`).

The conditions are SQL that DuckDB and Spark both read, over numbers alone: no name, number or place of anybody goes
in, but marks of them (`marks`). {shared:x} is how many values two lists have in common.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One level: a name, the SQL of its condition over x_l and x_r, m, and log2(m/u)."""

    name: str
    when: str
    share: float
    bits: float

    @property
    def by_chance(self) -> float:
        """u: how often two records of two people stand at this level."""
        return float(self.share / 2.0**self.bits)


@dataclass(frozen=True, slots=True)
class Field:
    """What is compared: the columns it reads, when it says nothing, and its levels, the first that holds."""

    name: str
    unknown: str
    levels: tuple[Level, ...]
    # Whether a long list may correct the figures: those of documents and names stay as they are.
    learns: bool = False


ELSE = "ELSE"


def _either_null(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def _document(name: str, agrees: float, slip: float, differs: float) -> Field:
    """Numbers are nearly unique, but they are copied from relatives and mistyped, and people hold two."""
    return Field(
        name,
        _either_null(name),
        (
            Level("same", f"{name}_l = {name}_r", 0.85, agrees),
            Level("slip", f"{{shared:{name}_near}} > 0", 0.05, slip),
            Level("differs", ELSE, 0.10, differs),
        ),
    )


_FITS = "greatest(earliest_l, earliest_r) <= least(latest_l, latest_r)"
_GAP = "greatest(earliest_l, earliest_r) - least(latest_l, latest_r)"
_DAYS = "(latest_l - earliest_l + latest_r - earliest_r)"
# Births to the day carry day, month and year; of others these are null, and the condition does not hold.
_SWAPPED = (
    "birth_year_l = birth_year_r and birth_day_l = birth_month_r and birth_month_l = birth_day_r"
)
_OTHER_YEAR = (
    "birth_day_l = birth_day_r and birth_month_l = birth_month_r"
    " and abs(birth_year_l - birth_year_r) < 12"
)
_ONE_PART = (
    "birth_year_l = birth_year_r and (birth_month_l = birth_month_r or birth_day_l = birth_day_r)"
)

BIRTH = Field(
    "birth",
    _either_null("earliest"),
    (
        Level("same day", f"{_FITS} and {_DAYS} = 0", 0.50, 11.0),
        Level("same month", f"{_FITS} and {_DAYS} <= 62", 0.06, 8.5),
        Level("same year", f"{_FITS} and {_DAYS} <= 740", 0.22, 4.8),
        Level("few years", f"{_FITS} and {_DAYS} <= 2200", 0.06, 2.8),
        Level("compatible", _FITS, 0.05, 0.5),
        Level("day and month exchanged", _SWAPPED, 0.01, 5.5),
        Level("other year", _OTHER_YEAR, 0.02, 2.5),
        Level("slip in day or month", _ONE_PART, 0.02, 4.0),
        Level("within one year", f"{_GAP} <= 366", 0.04, 0.5),
        Level("within three", f"{_GAP} <= 1096", 0.02, -2.0),
        Level("within five", f"{_GAP} <= 1827", 0.01, -4.0),
        Level("apart", f"{_GAP} < 5479", 0.006, -8.0),
        Level("a generation apart", ELSE, 0.0005, -12.0),
    ),
    learns=True,
)

_TAZKIRA = _document("tazkira", 17.0, 4.0, -1.5)
# A plain number of an old office says half: each office counted for itself.
TAZKIRA = Field(
    "tazkira",
    _TAZKIRA.unknown,
    (
        Level("same plain", "tazkira_l = tazkira_r and plain_tazkira_l = 1", 0.2, 8.5),
        Level("plain slip", "plain_tazkira_l = 1 and {shared:tazkira_near} > 0", 0.01, 2.0),
        *_TAZKIRA.levels,
    ),
)


def _told_by_rarity(name: str, bands: tuple[tuple[int, float], ...], differs: float) -> Field:
    """A word that both tell says the more, the fewer tell it: log2 of one in how many, in bands, from the rarest."""
    same = f"{name}_l = {name}_r"
    levels = (
        Level(
            f"same, told by one in 2**{rare}", f"{same} and {name}_rarity_l >= {rare}", 0.15, bits
        )
        for rare, bits in bands
    )
    return Field(
        name, _either_null(name), (*levels, Level("differs", ELSE, 0.35, differs)), learns=True
    )


def _at_most(name: str, most: int) -> Field:
    """How much two names can say at the most, which the commoner of the two cannot exceed."""
    least = f"least({name}_l, {name}_r)"
    below = (
        Level(f"at most {bits}", f"{least} <= {bits}", 0.1, float(bits)) for bits in range(2, most)
    )
    return Field(name, _either_null(name), (*below, Level(f"at most {most}", ELSE, 0.1, most)))


FIELDS: tuple[Field, ...] = (
    _at_most("name_bits", 17),
    _at_most("father_bits", 8),
    Field(
        "sex",
        _either_null("sex"),
        (Level("same", "sex_l = sex_r", 0.99, 0.9), Level("differs", ELSE, 0.004, -7.0)),
        learns=True,
    ),
    BIRTH,
    # People renew passports and hold two.
    _document("passport", 19.0, 5.0, -1.5),
    TAZKIRA,
    _document("other_id", 16.0, 6.0, -1.5),
    # One telephone serves a family, one caller writes for hundreds: it raises the household more than the person.
    Field(
        "phone",
        _either_null("phones"),
        (
            Level("in common", "{shared:phones} > 0", 0.5, 3.5),
            Level("none in common", ELSE, 0.5, 0.0),
        ),
    ),
    # People flee: another province says little.
    Field(
        "province",
        _either_null("province"),
        (
            Level("same", "province_l = province_r", 0.75, 1.5),
            Level("differs", ELSE, 0.25, -0.3),
        ),
        learns=True,
    ),
    _told_by_rarity("birth_place", ((12, 5.2), (10, 5.0), (8, 4.5), (6, 3.5), (0, 2.5)), -1.0),
    Field(
        "postcode",
        _either_null("postcode"),
        (
            Level("same", "postcode_l = postcode_r", 0.60, 9.0),
            Level("slip", "{shared:postcode_near} > 0", 0.06, 6.0),
            Level("same area", "postcode_area_l = postcode_area_r", 0.10, 3.0),
            Level("differs", ELSE, 0.24, -1.5),
        ),
        learns=True,
    ),
    Field(
        "address",
        _either_null("address"),
        (
            Level("three words", "{shared:address} >= 3", 0.60, 9.0),
            Level("two words", "{shared:address} = 2", 0.15, 4.0),
            Level("one word", "{shared:address} = 1", 0.10, 1.0),
            Level("differs", ELSE, 0.15, -1.5),
        ),
        learns=True,
    ),
    _told_by_rarity("occupation", ((9, 6.0), (7, 4.8), (5, 3.6), (0, 2.2)), -1.5),
)

_SHARED = re.compile(r"\{shared:(\w+)\}")
# How each engine counts what two lists share.
SHARED_IN = {
    "duckdb": r"len(list_intersect(\1_l, \1_r))",
    "spark": r"size(array_intersect(\1_l, \1_r))",
}


def condition_in(dialect: str, when: str) -> str:
    """A level's condition as this engine ("duckdb" or "spark") reads it."""
    return _SHARED.sub(SHARED_IN[dialect], when)

"""What the simulator assumes by itself, beside what its model says: every share, weight and bound, with its sentence.

No source gives any of these numbers: they are assumptions of ours. The code takes them from here, and the file
distributions.csv of each caseload tells them, so that nothing is drawn by a number that nobody can see.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from safeconduct.core.facts import Source
from safeconduct.core.operation import Assumption
from safeconduct.packs.caseload.records import Distribution

OURS = Source(url=None, verified=False, note="An assumption of ours, kept in the code.")

T = TypeVar("T")
N = TypeVar("N", int, float)

_numbers: list[Assumption] = []
_draws: list[Distribution] = []


def _number(name: str, value: N, sentence: str) -> N:
    """The number itself, which is told under this name."""
    _numbers.append(Assumption(name=name, value=value, sentence=sentence))
    return value


def _evenly(name: str, options: Sequence[T], sentence: str) -> Sequence[T]:
    """The options themselves, each of which is told to be as likely as the others."""
    choices = {str(option): 1.0 for option in options}
    _draws.append(Distribution(name=name, what=sentence, choices=choices, source=OURS))
    return options


# --- families -------------------------------------------------------------------------------

WOMEN_AND_GIRLS = _number(
    "women_and_girls",
    0.5,
    "Of children, brothers, sisters, other relatives and a first parent, those who are female.",
)
YOUNGEST_PARENT = _number(
    "youngest_parent", 16, "Years by which a parent is older than a child, at least."
)
OLDEST_PARENT = _number(
    "oldest_parent", 50, "Years by which a parent is older than a child, at most."
)
MOST_CHILDREN = _number(
    "most_children",
    10,
    "Children of one principal at most; further minors are nephews, nieces, grandchildren.",
)
LARGE_FAMILY = _number(
    "large_family",
    6,
    "People from whom on a family is drawn again for a spouse or a parent beside the principal: "
    "nobody raises so many alone.",
)
SINGLE_UNTIL = _number(
    "single_until",
    30,
    "Years: minors beside a younger principal who has no spouse are brothers and sisters.",
)
TRIES = _number(
    "tries", 6, "How often ages and relatives are drawn until they fit the rest of the family."
)
HUSBAND_YOUNGER = _number(
    "husband_younger", 2, "Years by which a husband is younger than his wife, at most."
)
HUSBAND_OLDER = _number(
    "husband_older", 8, "Years by which a husband is older than his wife, at most."
)
PARENT_OLDER_FROM = _number(
    "parent_older_from", 18, "Years by which the principal's parent is older, at least."
)
PARENT_OLDER_TO = _number(
    "parent_older_to", 38, "Years by which the principal's parent is older, at most."
)
OLDEST = _number("oldest", 95, "Years that a principal's parent has, at most, where that can be.")
SIBLINGS_APART = _number(
    "siblings_apart", 12, "Years between the principal and a grown brother or sister, at most."
)
OLDEST_RELATIVE = _number(
    "oldest_relative", 75, "Years that another grown relative has, at most; at least those of age."
)
BETWEEN_BIRTHS = _number(
    "between_births", 280, "Days between the births of one couple's children who are not twins."
)
LATER_BIRTH = _number(
    "later_birth", 60, "Days, at most, by which a birth that came too soon is put later still."
)

# --- names ----------------------------------------------------------------------------------

SPELLINGS_FALL = _number(
    "spellings_fall",
    1.0,
    "A spelling weighs 1 over its place in the list to this power: 1, 1/2, 1/3 and so on.",
)
SECOND_NAME_BEFORE = _number(
    "second_name_before", 0.5, "Of second given names, those drawn to stand before the main one."
)
NAME_TRIES = _number(
    "name_tries",
    8,
    "How often a given name is drawn until nobody of the family bears it; then two share one.",
)
RELATIVE_OF_ANOTHER_NAME = _number(
    "relative_of_another_name",
    0.5,
    "Of other relatives in a family, those with the name of another family.",
)

# --- telephones, documents, places ----------------------------------------------------------

OWN_PHONE = _number(
    "own_phone",
    0.4,
    "Of adults beside the principal, those with a telephone; the principal always has one.",
)
ELECTRONIC_TAZKIRA = _number(
    "electronic_tazkira", 1 / 3, "Of tazkiras, those that are electronic; the others are on paper."
)
TAZKIRA_FROM = _number("tazkira_from", 1397, "First Solar Hijri year of an electronic tazkira.")
TAZKIRA_TO = _number("tazkira_to", 1400, "Last Solar Hijri year of an electronic tazkira.")
TAZKIRA_VOLUMES = _number("tazkira_volumes", 400, "Volumes that a tazkira on paper may be of.")
TAZKIRA_PAGES = _number("tazkira_pages", 200, "Pages of such a volume.")
TAZKIRA_ENTRIES = _number("tazkira_entries", 1500, "Numbers that an entry of it may have.")
KIN_IN_ONE_PLACE = _number(
    "kin_in_one_place",
    0.7,
    "Of households of brothers and sisters, those in one province and town.",
)
PROVINCE_BY_NAME = _number(
    "province_by_name", 6.0, "Weight of a province's own name among the words for it."
)
PROVINCE_BY_SPELLING = _number(
    "province_by_spelling", 1.0, "Weight of each further spelling of a province among them."
)
PROVINCE_BY_TOWN = _number(
    "province_by_town", 2.0, "Weight of the family's town among them, where a town is known."
)
PROVINCE_OF_UNKNOWN_POPULATION = _number(
    "province_of_unknown_population",
    0.5,
    "A province of unknown population counts as the known one at this share of their order.",
)

# --- who calls, and where -------------------------------------------------------------------

CALLERS_OF_A_FAMILY = _number(
    "callers_of_a_family", 3, "People who may speak for one family, each as likely."
)
WOMEN_WHO_CALL = _number("women_who_call", 0.5, "Of callers, those who are women.")
CALLER_OF_THE_NAME = _number(
    "caller_of_the_name", 0.5, "Of callers, those with the family name of those they speak for."
)
BRITISH_ONE_IN = _number(
    "british_one_in", 2, "One caller in so many lives in Britain, the others in North America."
)
LEAST_OFFICES = _number("least_offices", 3, "Offices of a caseload at least.")
MOST_OFFICES = _number("most_offices", 40, "Offices of a caseload at most.")
OFFICES_AMONG = _number(
    "offices_among", 50, "Offices between those are the people over this, to a power."
)
OFFICES_GROW = _number("offices_grow", 0.5, "The power with which offices grow: the root.")
OFFICES_FALL = _number(
    "offices_fall",
    1.0,
    "An office weighs 1 over its place among them to this power: a few are large, many small.",
)

# --- what is told, and how ------------------------------------------------------------------

NAMED_IN_PART = _number(
    "named_in_part",
    0.3,
    "Of pleas, those that name a part of the family one by one; the others name all or nobody else.",
)
OTHERS_PHONE_TOLD = _number(
    "others_phone_told",
    0.3,
    "Of others with a telephone, where a plea tells telephones, those of whom one is told.",
)
HOME_STILL_TOLD = _number(
    "home_still_told",
    0.5,
    "Of tellings where a family that has moved is, those that name the home it left.",
)
LEAST_LETTERS = _number(
    "least_letters", 3, "Letters from which on a word may have a slip: a shorter one would be lost."
)

# --- drawn evenly ---------------------------------------------------------------------------

SISTERLY = _evenly(
    "woman_who_calls",
    ("sister", "cousin", "niece", "aunt", "friend", "former colleague"),
    "What a woman who calls is to the family.",
)
BROTHERLY = _evenly(
    "man_who_calls",
    ("brother", "cousin", "nephew", "uncle", "friend", "former colleague"),
    "What a man who calls is to the family.",
)
SLIPS = _evenly(
    "slip",
    ("key beside", "letter doubled", "letters swapped", "letter left out"),
    "Kinds of slips of the pen; one that the word has no room for is a letter left out.",
)
YEARS_OFF = _evenly(
    "years_off", (-2, -1, 1, 2), "Years by which a birth or an age is told wrong, where it is."
)
LAYOUTS = _evenly(
    "layout",
    ("relatives", "families", "dari", "persons"),
    "Manners of offices' lists, in turn; one in Dari is `persons` where no name is told in Dari.",
)
_evenly(
    "drawn_evenly",
    (
        "the age of a principal within a range of ages",
        "the day of birth within a year of age",
        "years between spouses, siblings, or a principal and a parent",
        "the age of another grown relative",
        "a child's age where the model's ages do not fit the parents",
        "days by which a birth is put later",
        "an earlier family that a later one is kin to or shares a caller with",
        "the town of a family among its province's",
        "the town of a caller in Britain among the operation's",
        "the words of a profile or fact, within their context",
        "the present or the former telephone of a principal",
        "the place of a slip, the key beside it, the digit written instead",
        "year, volume, page and number of a tazkira",
        "the day of a plea where no arrivals fall in the days asked for",
        "the order of the pleas of a day",
    ),
    "What else is drawn with no weight of its own: each option is as likely as any other.",
)

NUMBERS: tuple[Assumption, ...] = tuple(_numbers)
DRAWS: tuple[Distribution, ...] = tuple(_draws)

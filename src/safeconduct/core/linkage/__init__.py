"""Are these the same person? Block, compare, weigh, explain. Software proposes, a named person decides."""

from safeconduct.core.linkage.finding import Linkage, find_pairs
from safeconduct.core.linkage.households import HouseholdDouble, household_doubles
from safeconduct.core.linkage.known import KnownPeople
from safeconduct.core.linkage.records import Evidence, LinkRecord, Pair, record_of

__all__ = [
    "Evidence",
    "HouseholdDouble",
    "KnownPeople",
    "LinkRecord",
    "Linkage",
    "Pair",
    "find_pairs",
    "household_doubles",
    "record_of",
]

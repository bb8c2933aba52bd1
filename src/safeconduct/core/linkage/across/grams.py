"""What is told about a person as a set of weighted grams: the plain text of an encoding, which stays with its party.

Names are read once for all scripts (`core/names`), so that Naeem and نعیم give equal grams. Given, family and native
name are one set, because writers exchange them; the father's name stands apart. Common names weigh less: they say
less, and a code in which they win less often gives less of a frequency away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise

from safeconduct.core.dates import UncertainDate, as_birth
from safeconduct.core.facts import Sex
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.names.reading import Token, read

Grams = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class GramWeights:
    """How much each kind of gram weighs. ASSUMPTION, set by hand on simulated lists.

    `household`: each name of the others of the household, all of whom together weigh at most `household_most`.
    """

    skeleton: float = 5.0
    spelling_family: float = 3.0
    bigram: float = 1.5
    father_share: float = 0.6
    year: float = 2.0
    day_of_year: float = 5.0
    sex: float = 1.0
    household: float = 2.5
    household_most: float = 20.0


WEIGHTS = GramWeights()
# Titles and particles weigh this or less: they are no part of a person's name.
_NO_NAME = 0.2
# A birth known less exactly than to three years says too little to be put in one place.
_LONGEST_BIRTH_DAYS = 3 * 366
# Of the other members' names, the first parts: what a family calls them, not what all of them bear.
_PARTS_OF_RELATIVES = 2
_FEWEST_FACTS = 3


def tells_enough(record: LinkRecord) -> bool:
    """Whether a record may be encoded: a name, and with it three facts of names' parts, father and birth.

    A given name alone would be looked up by its frequency, and would meet all its namesakes.
    """
    own = {part.skeleton for part in _own_parts(record)}
    born = record.birth is not None and _central_year(record.birth) is not None
    father = any(_parts(record.father_name))
    return bool(own) and len(own) + father + born >= _FEWEST_FACTS


def grams_of(
    record: LinkRecord, household: Sequence[LinkRecord] = (), weights: GramWeights = WEIGHTS
) -> Grams:
    """The grams of a person, with weights above 0. `household`: the records of the others told of with them."""
    grams: dict[str, float] = {}
    for gram, weight in _of_names(_own_parts(record), "own", weights):
        grams[gram] = max(weight, grams.get(gram, 0.0))
    for gram, weight in _of_names(_parts(record.father_name), "father", weights):
        grams[gram] = max(weight * weights.father_share, grams.get(gram, 0.0))
    grams.update(_of_birth(record.birth, weights))
    if record.sex in (Sex.FEMALE, Sex.MALE):
        grams[f"sex {record.sex.value}"] = weights.sex
    grams.update(_of_household(household, weights))
    return grams


def edition() -> str:
    """Twelve digits that change when names are read or weighed otherwise: only equal editions can be compared."""
    told = [sorted(grams_of(record, PROBES).items()) for record in PROBES]
    return sha256(repr(told).encode()).hexdigest()[:12]


def _own_parts(record: LinkRecord) -> tuple[Token, ...]:
    names = (record.given_name, record.family_name, record.native_name)
    return tuple(part for name in names for part in _parts(name))


def _parts(name: str | None) -> Iterator[Token]:
    return (part for part in read(name or "") if not part.initial and part.weight > _NO_NAME)


def _of_names(
    parts: Iterable[Token], side: str, weights: GramWeights
) -> Iterator[tuple[str, float]]:
    """A part's skeleton whole, its spelling families, and its pairs of neighbouring consonants for slips."""
    for part in parts:
        yield f"{side} {part.skeleton}", weights.skeleton * part.weight
        for family in part.families:
            share = weights.spelling_family / len(part.families)
            yield f"{side} family {family}", share * part.weight
        for one, two in pairwise(f"^{part.skeleton}$"):
            yield f"{side} pair {one}{two}", weights.bigram * part.weight


def _of_birth(birth: UncertainDate | None, weights: GramWeights) -> Iterator[tuple[str, float]]:
    """The year with both its neighbours, and the day of the year with day and month in either order."""
    year = _central_year(birth) if birth else None
    if birth is None or year is None:
        return
    for near in (year - 1, year, year + 1):
        yield f"year {near}", weights.year
    born = as_birth(birth)
    if born.earliest == born.latest:
        low, high = sorted((born.earliest.day, born.earliest.month))
        yield f"day {low} {high}", weights.day_of_year


def _central_year(birth: UncertainDate) -> int | None:
    """The year in the middle of what is known: a Solar Hijri year lies in the Gregorian year that holds most of it."""
    born = as_birth(birth)
    length = born.latest - born.earliest
    return None if length.days > _LONGEST_BIRTH_DAYS else (born.earliest + length / 2).year


def _of_household(
    household: Sequence[LinkRecord], weights: GramWeights
) -> Iterator[tuple[str, float]]:
    found: dict[str, float] = {}
    for other in household:
        parts = list(_parts(other.given_name or other.native_name))[:_PARTS_OF_RELATIVES]
        for part in parts:
            found[f"household {part.skeleton}"] = weights.household * part.weight
    whole = sum(found.values())
    share = min(1.0, weights.household_most / whole) if whole else 1.0
    return ((gram, weight * share) for gram, weight in found.items())


_PROBE = LinkRecord(
    person_id="probe",
    given_name="Sayed Abdul Rahman Jan",
    family_name="Barechzada",
    father_name="Ghulam Habibullah",
    native_name="نجم الدین",
    sex=Sex.MALE,
    birth=UncertainDate.of_year(1988),
)
# Made-up people whose grams stand for how this version reads names.
PROBES = (
    _PROBE,
    replace(
        _PROBE, given_name="Zohra", family_name="Mohammadi", native_name="زهره", sex=Sex.FEMALE
    ),
    replace(_PROBE, given_name="Jamil", family_name="Ahmadzai", father_name="څرګند", birth=None),
)

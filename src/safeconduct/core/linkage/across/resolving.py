"""Numbers turned back into a party's own ids, by the mapping that it kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from safeconduct.core.errors import NumberNotOurs
from safeconduct.core.linkage.across.comparing import MatchedNumbers


@dataclass(frozen=True, slots=True)
class Resolved:
    """One of our people whom the other list may hold under `their_number`, and how sure the unit is."""

    person_id: str
    their_number: str
    band: str


def resolve(
    pairs: Iterable[MatchedNumbers], people: Mapping[str, str | None]
) -> tuple[Resolved, ...]:
    """Pairs in our own ids, in their order. `people`: the person of each of our numbers, None for a decoy.

    Pairs with a decoy of ours are let go: they are nobody. Raises NumberNotOurs where exactly one number of a pair
    should be ours and is not: another round's mapping would give other people's ids.
    """
    found = []
    for pair in pairs:
        ours = [number for number in (pair.number_a, pair.number_b) if number in people]
        if len(ours) != 1:
            raise NumberNotOurs(a=pair.number_a, b=pair.number_b)
        person = people[ours[0]]
        theirs = pair.number_b if ours[0] == pair.number_a else pair.number_a
        if person is not None:
            found.append(Resolved(person, theirs, pair.band))
    return tuple(found)

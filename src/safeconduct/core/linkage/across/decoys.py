"""Invented people among the encoded, so that the picture of who resembles whom is not that of the true list.

Graph matching attacks need an encoded list that overlaps almost wholly with one they have in plain text; a quarter of
invented records brought their success from 100 % to 0 % in one study (Heng, Armknecht, Chen and Schnell 2022, PLOS ONE
17(9), e0267893).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from safeconduct.core.linkage.across.grams import Grams, grams_of, tells_enough
from safeconduct.core.linkage.records import LinkRecord

# A number from 0 to choices - 1 for a purpose, of the party's own randomness.
Choose = Callable[[str, int], int]
_TRIES = 20


def decoys_of(records: Sequence[LinkRecord], count: int, choose: Choose) -> list[Grams]:
    """`count` invented people (fewer where the list is too poor), each put together from several of the list.

    Every part was told of somebody, so that no gram is strange; the person as a whole is nobody known.
    """
    made: list[Grams] = []
    if len(records) < 2:
        return made
    for number in range(count * _TRIES):
        if len(made) == count:
            break
        one, two, three, four = (
            records[choose(f"decoy {number} {part}", len(records))] for part in range(4)
        )
        person = replace(
            one,
            family_name=two.family_name or one.family_name,
            father_name=three.father_name,
            native_name=None if one.given_name else one.native_name,
            birth=three.birth,
        )
        if one.person_id != three.person_id and tells_enough(person):
            made.append(grams_of(person, (four, two)))
    return made

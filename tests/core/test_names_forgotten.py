"""Names are those of people at risk: what was remembered of them for speed can be forgotten (law 14)."""

from __future__ import annotations

import gc
import importlib
import pkgutil
from collections.abc import Iterator
from functools import _lru_cache_wrapper

from safeconduct.core import linkage, names
from safeconduct.core.linkage import LinkRecord, find_pairs


def remembering() -> Iterator[_lru_cache_wrapper[object]]:
    """Every memory in the two rooms that read names, whether they told of it or not."""
    for room in (names, linkage):
        for found in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(found.name)
    gc.unfreeze()  # what was there when the tests were collected is looked at too (tests/conftest.py)
    gc.collect()  # what other tests let go of is no memory of ours
    there = gc.get_objects()
    gc.freeze()
    for thing in there:
        # By its type and not by isinstance, which wakes other tests' lazy objects.
        if type(thing) is not _lru_cache_wrapper or getattr(thing, "__name__", "") == "_shape":
            continue  # the shape of a record holds nothing of anybody
        if (thing.__module__ or "").startswith((names.__name__, linkage.__name__)):
            yield thing


def test_nothing_of_a_name_is_remembered_once_it_is_forgotten() -> None:
    told = LinkRecord(
        person_id="1", given_name="Torpekai Noor Zai", father_name="سوروش", passport="P01234567"
    )
    find_pairs([told, LinkRecord(person_id="2", given_name="تورپیکی", passport="P01234567")])
    names.compare("Torpekai Noor Zai", "Torpekai Noorzai")
    memories = list(remembering())
    assert len(memories) >= 9
    assert any(memory.cache_info().currsize for memory in memories)
    names.forget()
    assert not [memory for memory in memories if memory.cache_info().currsize]


def test_a_name_that_was_forgotten_is_read_again_as_before() -> None:
    before = names.compare("Abdul Rahman Noorzai", "عبدالرحمن نورزی")
    names.forget()
    after = names.compare("Abdul Rahman Noorzai", "عبدالرحمن نورزی")
    assert (after.score, after.text) == (before.score, before.text)

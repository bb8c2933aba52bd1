"""A small list in files, as a fresh process reads it and answers: input and output of the bench of cold starts."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from safeconduct.core.dates import Precision, UncertainDate
from safeconduct.core.linkage import LinkRecord
from safeconduct.rehearsal.bench.plain_linkage import Scored

# The columns of `safeconduct link` (docs/formats.md).
_COLUMNS = (
    "person_id", "household_id", "office", "given_name", "family_name", "father_name", "native_name", "sex",
    "birth_date", "birth_date_precision", "phone", "passport", "tazkira", "province",
)  # fmt: skip


def write_people(path: Path, records: Sequence[LinkRecord]) -> None:
    """The list as `safeconduct link` takes it. A birth that is known to years only is told as its middle year."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        writer.writerows(_row(record) for record in records)


def _row(record: LinkRecord) -> dict[str, str | None]:
    born, precision = _birth(record.birth)
    plain = {column: getattr(record, column) for column in _COLUMNS if hasattr(record, column)}
    return {
        **plain,
        "sex": record.sex.value if record.sex else None,
        "birth_date": born,
        "birth_date_precision": precision,
        "phone": "|".join(record.phones),
    }


def _birth(birth: UncertainDate | None) -> tuple[str | None, str | None]:
    if birth is None:
        return None, None
    days = (birth.latest - birth.earliest).days
    middle = birth.earliest + (birth.latest - birth.earliest) / 2
    known_to = Precision.DAY if days == 0 else Precision.MONTH if days <= 31 else Precision.YEAR
    return middle.isoformat(), known_to.value


def pickled(path: Path, records: Sequence[LinkRecord]) -> None:
    """The list for a process of ours, which then need not read a table."""
    path.write_bytes(pickle.dumps(tuple(records)))


def unpickled(path: Path) -> tuple[LinkRecord, ...]:
    records = pickle.loads(path.read_bytes())  # noqa: S301 (written by ourselves a moment ago)
    assert isinstance(records, tuple)
    return records


def write_pairs(path: Path, pairs: Scored, own: Sequence[bool]) -> None:
    """Pairs by position with their scores, and whether the method's own line takes them."""
    told = (pairs.a.tolist(), pairs.b.tolist(), pairs.score.tolist(), list(own))
    path.write_bytes(pickle.dumps(told))


def read_pairs(path: Path) -> tuple[Scored, npt.NDArray[np.bool_]]:
    a, b, score, own = pickle.loads(path.read_bytes())  # noqa: S301 (written by ourselves a moment ago)
    pairs = Scored(
        np.asarray(a, dtype=np.int64), np.asarray(b, dtype=np.int64), np.asarray(score, np.float64)
    )
    return pairs, np.asarray(own, dtype=np.bool_)

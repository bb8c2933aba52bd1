"""A fresh process of the bench of cold starts: `python -m ...bench.cold_child ours|splink PEOPLE PAIRS`."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    who, people, pairs = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    {"ours": _ours, "splink": _splink}[who](people, pairs)


# Each imports what it needs and no more: the start is part of what is measured.


def _ours(people: Path, out: Path) -> None:
    from safeconduct.core.linkage import find_pairs  # noqa: PLC0415
    from safeconduct.rehearsal.bench.cold_lists import unpickled, write_pairs  # noqa: PLC0415
    from safeconduct.rehearsal.bench.plain_linkage import Scored  # noqa: PLC0415
    from safeconduct.rehearsal.bench.true_lists import scored_by_us, true_list  # noqa: PLC0415

    records = unpickled(people)
    linkage = find_pairs(records)
    told = true_list(records, {record.person_id: record.person_id for record in records})
    pairs, own = scored_by_us(linkage, told)
    write_pairs(out, Scored(pairs.a, pairs.b, pairs.score), own.tolist())


def _splink(people: Path, out: Path) -> None:
    from safeconduct.rehearsal.bench.cold_lists import unpickled, write_pairs  # noqa: PLC0415
    from safeconduct.rehearsal.bench.splink_people import (  # noqa: PLC0415
        SPLINK_PEOPLE,
        splink_people_rows,
    )
    from safeconduct.rehearsal.bench.splink_rival import splink_found  # noqa: PLC0415
    from safeconduct.rehearsal.bench.transliterating import icu  # noqa: PLC0415

    to_latin = icu()
    assert to_latin is not None
    found = splink_found([splink_people_rows(unpickled(people), to_latin)], SPLINK_PEOPLE)
    write_pairs(out, found.pairs, found.chosen.tolist())


if __name__ == "__main__":
    main()

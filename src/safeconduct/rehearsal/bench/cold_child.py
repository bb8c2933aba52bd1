"""A fresh process of the bench of cold starts: `python -m ...bench.cold_child ours|splink PEOPLE PAIRS`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path


def main() -> None:
    who, people, pairs = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    {"ours": _ours, "splink": _splink}[who](people, pairs)


# Each imports what it needs and no more: the start is part of what is measured.


def _ours(people: Path, out: Path) -> None:
    from safeconduct.core.linkage import find_pairs  # noqa: PLC0415

    records = pickle.loads(people.read_bytes())  # noqa: S301 (written by our parent a moment ago)
    linkage = find_pairs(records)
    position = {record.person_id: at for at, record in enumerate(records)}
    own = [pair.decision == "same" for pair in linkage.pairs]
    told = (
        [position[pair.person_a] for pair in linkage.pairs],
        [position[pair.person_b] for pair in linkage.pairs],
        # What is proposed stands before what is put before a person, as in `true_lists`.
        [pair.match_weight + 1e6 * same for pair, same in zip(linkage.pairs, own, strict=True)],
        own,
    )
    out.write_bytes(pickle.dumps(told))


def _splink(people: Path, out: Path) -> None:
    from safeconduct.rehearsal.bench.cold_lists import unpickled, write_pairs  # noqa: PLC0415
    from safeconduct.rehearsal.bench.splink_people import (  # noqa: PLC0415
        SPLINK_PEOPLE,
        splink_people_rows,
    )
    from safeconduct.rehearsal.bench.splink_rival import SplinkStopped, splink_found  # noqa: PLC0415
    from safeconduct.rehearsal.bench.transliterating import either  # noqa: PLC0415

    latin = either()
    assert latin is not None
    try:
        found = splink_found([splink_people_rows(unpickled(people), latin[1])], SPLINK_PEOPLE)
    except SplinkStopped as stopped:
        sys.exit(str(stopped))
    write_pairs(out, found.pairs, found.chosen.tolist())


if __name__ == "__main__":
    main()

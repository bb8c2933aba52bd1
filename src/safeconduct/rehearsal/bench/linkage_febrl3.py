"""The bench of febrl3 and febrl4: made lists that others publish figures on, with their errors."""

from __future__ import annotations

from collections.abc import Callable

from safeconduct.rehearsal.bench.febrl import (
    SPLINK,
    Frames,
    ecm_found,
    febrl3,
    febrl4,
    febrl_list,
    first_people,
    splink_tables,
)
from safeconduct.rehearsal.bench.records import Bench, Contest
from safeconduct.rehearsal.bench.true_contests import (
    COLUMNS,
    HIGHER,
    NOTES,
    found_by_other,
    ours_on,
    splink_on,
)

_ECM = "recordlinkage, ECM"


def contest_of(frames: Frames) -> Contest:
    told = febrl_list(frames)
    ours = ours_on(told)
    baselines, not_run = splink_on(lambda: splink_tables(frames), SPLINK, told)
    baselines[_ECM] = found_by_other(lambda: ecm_found(frames), told)
    return Contest(size=len(told.records), ours=ours, baselines=baselines, not_run=not_run)


def _bench(name: str, what: str, records: int, load: Callable[[], Frames]) -> Bench:
    return Bench(
        name=name,
        what=what,
        unit="records",
        sizes=(records,),
        small=(600,),
        contest=lambda size, _seed: contest_of(first_people(load(), size)),
        higher_is_better=HIGHER,
        columns=COLUMNS,
        notes=(
            "Made by others (Christen 2005): records differ by typing errors, in one country and one script.",
            "Ours is find_pairs as it ships; the others are trained on the list.",
            "Both baselines compare everybody who agrees on one of four columns.",
            *NOTES,
        ),
        is_gathered=True,
    )


BENCH = _bench("linkage-febrl3", "febrl3: 5,000 records, people up to six times", 5_000, febrl3)
FEBRL4 = _bench("linkage-febrl4", "febrl4: two lists of the same 5,000 people", 10_000, febrl4)

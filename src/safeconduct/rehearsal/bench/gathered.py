"""Where gathered data for the benches stands: never in the repository, and said aloud where it is missing."""

from __future__ import annotations

import os
from pathlib import Path

from safeconduct.core.errors import BenchInputMissing

# The folder named here, else the first of the usual places, as seen from where the bench is started.
VARIABLE = "SAFECONDUCT_BENCH_DATA"
USUAL = (Path("benchmarks/data"), Path("../shared/data/linkage"))

NAME_CASES = "name_bench_cases.csv"
HISTORICAL = "historical_50k.parquet"
_FROM = {
    NAME_CASES: "contrib/name_bench/cases.csv of github.com/opensanctions/nomenklatura (MIT)",
    HISTORICAL: (
        "historical_figures_with_errors_50k.parquet of "
        "github.com/moj-analytical-services/splink_datasets (MIT)"
    ),
}


def gathered(name: str) -> Path:
    """The file of this name. Raises BenchInputMissing with where to get it."""
    told = os.environ.get(VARIABLE)
    for folder in [Path(told)] if told else USUAL:
        if (folder / name).is_file():
            return folder / name
    how = f"Get {_FROM[name]}, call it {name}, and name its folder with --data or in {VARIABLE}."
    raise BenchInputMissing(what=name, how=how)

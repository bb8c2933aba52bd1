"""The benches by name. Each is a module of its own with a `BENCH`, loaded only when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Collection, Sequence

from safeconduct.rehearsal.bench.records import Bench

# Name: module. Run in this order where none is named, but for those below.
BENCHES = {
    "sheets": "safeconduct.rehearsal.bench.sheets",
    "names": "safeconduct.rehearsal.bench.names",
    "search": "safeconduct.rehearsal.bench.search",
    "linkage-names": "safeconduct.rehearsal.bench.linkage_names",
    "linkage-scripts": "safeconduct.rehearsal.bench.linkage_scripts",
    "linkage-spellings": "safeconduct.rehearsal.bench.linkage_spellings",
    "linkage-febrl3": "safeconduct.rehearsal.bench.linkage_febrl3",
    "linkage-febrl4": "safeconduct.rehearsal.bench.linkage_febrl4",
    "linkage-historical": "safeconduct.rehearsal.bench.linkage_historical",
    "linkage-cold": "safeconduct.rehearsal.bench.linkage_cold",
    "linkage-newcomers": "safeconduct.rehearsal.bench.linkage_newcomers",
    "linkage-families": "safeconduct.rehearsal.bench.linkage_families",
    "linkage-across": "safeconduct.rehearsal.bench.linkage_across",
    "linkage-people": "safeconduct.rehearsal.bench.linkage_people",
    "triage": "safeconduct.rehearsal.bench.triage",
    "triage-unlike": "safeconduct.rehearsal.bench.triage_unlike",
    "seats": "safeconduct.rehearsal.bench.seats",
    "seats-decay": "safeconduct.rehearsal.bench.seats_decay",
    "homes": "safeconduct.rehearsal.bench.homes",
    "main-job": "safeconduct.rehearsal.bench.main_job",
    "journal": "safeconduct.journal.bench",
    "vault-seal": "safeconduct.config.benches.sealing",
    "vault-wrap": "safeconduct.config.benches.wrapping",
    "vault-unlock": "safeconduct.config.benches.unlocking",
    "cases-open": "safeconduct.cases.benches.opening",
    "cases-write": "safeconduct.cases.benches.writing",
    "office-import": "safeconduct.flow.benches.importing",
    "desk": "safeconduct.desk.benches.day",
    "seats-patient": "safeconduct.rehearsal.bench.seats_patient",
}
# One size alone, and a long wait for a rival: run only when named.
ONLY_WHEN_NAMED = frozenset({"seats-patient"})
# One word for several benches; a size asked for is that of the one in SIZED, which then runs alone.
GROUPS = {"linkage": tuple(name for name in BENCHES if name.startswith("linkage-"))}
SIZED = {"linkage": "linkage-people"}


def asked_for(names: Sequence[str], *, is_sized: bool, skip: Collection[str] = ()) -> list[str]:
    """The benches that these names mean, each once, in order; all but ONLY_WHEN_NAMED where there is none."""
    told = names or [name for name in BENCHES if name not in ONLY_WHEN_NAMED]
    meant: list[str] = []
    for name in told:
        if name in GROUPS:
            meant += [SIZED[name]] if is_sized else GROUPS[name]
        else:
            meant.append(name)
    return [name for name in dict.fromkeys(meant) if name not in skip]


def bench_named(name: str) -> Bench:
    """The bench of this name, one of `BENCHES`."""
    bench = importlib.import_module(BENCHES[name]).BENCH
    assert isinstance(bench, Bench)
    return bench

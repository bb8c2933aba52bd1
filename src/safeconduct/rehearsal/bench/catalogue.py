"""The benches by name. Each is a module of its own with a `BENCH`, loaded only when it is asked for."""

from __future__ import annotations

import importlib

from safeconduct.rehearsal.bench.records import Bench

# Name: module. Run in this order where none is named, but for those below.
BENCHES = {
    "sheets": "safeconduct.rehearsal.bench.sheets",
    "names": "safeconduct.rehearsal.bench.names",
    "linkage": "safeconduct.rehearsal.bench.linkage",
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
    "seats-patient": "safeconduct.rehearsal.bench.seats_patient",
}
# One size alone, and a long wait for a rival: run only when named.
ONLY_WHEN_NAMED = frozenset({"seats-patient"})


def bench_named(name: str) -> Bench:
    """The bench of this name, one of `BENCHES`."""
    bench = importlib.import_module(BENCHES[name]).BENCH
    assert isinstance(bench, Bench)
    return bench

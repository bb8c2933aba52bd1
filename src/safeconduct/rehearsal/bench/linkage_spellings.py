"""The bench of spellings, both in Latin letters: the twin of `linkage_scripts`, under a name of its own."""

from __future__ import annotations

from safeconduct.rehearsal.bench.linkage_scripts import IN_LATIN as BENCH

__all__ = ["BENCH"]

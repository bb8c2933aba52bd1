"""The bench of febrl4: the twin of `linkage_febrl3`, under a name of its own."""

from __future__ import annotations

from safeconduct.rehearsal.bench.linkage_febrl3 import FEBRL4 as BENCH

__all__ = ["BENCH"]

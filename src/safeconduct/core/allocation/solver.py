"""The one door to HiGHS, the linear and integer solver (Huangfu and Hall, 2018; MIT licence).

Two traps it keeps us from: `threads` must be the same from the first solve on, or later solves
silently do nothing; and a status is always looked at, since an answer may be there without being one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safeconduct.core.allocation.problem import Floats, Ints, Problem

THREADS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """An optimum of the relaxation: `share` of each pair and the price of each resource of each target."""

    share: Floats
    prices: Floats
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole-number answer: the pairs taken, and a proven bound (infinite where there is none)."""

    taken: Ints
    bound: float


def _engine(seconds: float) -> tuple[Any, Any]:
    # Imported here, at its one door: only those who solve pay for it.
    import highspy  # noqa: PLC0415

    engine: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", THREADS),
        ("time_limit", max(seconds, 0.01)),
        ("random_seed", 0),
    ):
        engine.setOptionValue(option, value)
    return highspy, engine


def _columns(problem: Problem, pairs: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32], Floats]:
    """The pairs as sparse columns: first the unit's row, then a row for each resource of the
    target that the unit needs."""
    resources = problem.need.shape[1]
    unit, target = problem.unit[pairs], problem.target[pairs]
    rows = np.empty((len(pairs), 1 + resources), dtype=np.int64)
    rows[:, 0] = unit
    rows[:, 1:] = problem.units + target[:, None] * resources + np.arange(resources)
    filled = np.ones((len(pairs), 1 + resources))
    filled[:, 1:] = problem.need[unit]
    wanted = filled > 0
    starts = np.concatenate(([0], np.cumsum(wanted.sum(axis=1))))
    return starts.astype(np.int32), rows[wanted].astype(np.int32), filled[wanted]


class Relaxation:
    """The linear relaxation over a growing set of pairs: each `add` keeps the last basis, so that
    solving again is quick."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._highs, self._engine = _engine(1.0)
        self._engine.setOptionValue("presolve", "off")
        infinity = self._highs.kHighsInf
        rows = problem.units + problem.capacity.size
        upper = np.concatenate((np.ones(problem.units), problem.capacity.ravel()))
        self._engine.addRows(
            rows,
            np.full(rows, -infinity),
            upper,
            0,
            np.zeros(rows, dtype=np.int32),
            np.zeros(0, dtype=np.int32),
            np.zeros(0),
        )
        self._engine.changeObjectiveSense(self._highs.ObjSense.kMaximize)
        self.pairs: Ints = np.zeros(0, dtype=np.int64)

    def add(self, pairs: Ints) -> None:
        starts, rows, filled = _columns(self._problem, pairs)
        self._engine.addCols(
            len(pairs),
            self._problem.worth[pairs],
            np.zeros(len(pairs)),
            np.full(len(pairs), self._highs.kHighsInf),
            len(rows),
            starts[:-1],
            rows,
            filled,
        )
        self.pairs = np.concatenate((self.pairs, pairs))

    def solve(self, seconds: float, *, inner: bool = False) -> Relaxed | None:
        """The optimum over the pairs added so far, or None when the time ran out.

        By the primal simplex, which goes on from the last answer when pairs were added; or, with `inner`, by the
        interior-point method with crossover, which forgets the last answer.
        """
        # The engine's clock goes on from one run to the next.
        self._engine.setOptionValue("time_limit", self._engine.getRunTime() + max(seconds, 0.01))
        self._engine.setOptionValue("solver", "ipm" if inner else "simplex")
        self._engine.setOptionValue("simplex_strategy", 4)
        self._engine.run()
        if self._engine.getModelStatus() != self._highs.HighsModelStatus.kOptimal:
            return None
        solution = self._engine.getSolution()
        duals = np.asarray(solution.row_dual)[self._problem.units :]
        return Relaxed(
            share=np.asarray(solution.col_value),
            prices=np.maximum(duals, 0.0).reshape(self._problem.capacity.shape),
            value=float(self._engine.getInfo().objective_function_value),
        )


def solve_whole(
    problem: Problem, *, seconds: float, start: Ints | None = None, nodes: int | None = None
) -> Whole | None:
    """The best whole-number answer that HiGHS finds in the time, from `start` (pair of each unit)
    where given; None if it has none."""
    highs, engine = _engine(seconds)
    for option in ("mip_rel_gap", "mip_abs_gap"):
        engine.setOptionValue(option, 0.0)
    if nodes is not None:
        engine.setOptionValue("mip_max_nodes", nodes)
    everything = np.arange(problem.pairs)
    starts, rows, filled = _columns(problem, everything)
    model = highs.HighsLp()
    model.num_col_, model.num_row_ = problem.pairs, problem.units + problem.capacity.size
    model.sense_ = highs.ObjSense.kMaximize
    model.col_cost_, model.col_lower_ = problem.worth, np.zeros(problem.pairs)
    model.col_upper_ = np.ones(problem.pairs)
    model.row_lower_ = np.full(model.num_row_, -highs.kHighsInf)
    model.row_upper_ = np.concatenate((np.ones(problem.units), problem.capacity.ravel()))
    model.a_matrix_.format_ = highs.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = starts, rows
    model.a_matrix_.value_ = filled
    model.integrality_ = [highs.HighsVarType.kInteger] * problem.pairs
    engine.passModel(model)
    if start is not None:
        taken = start[start >= 0].astype(np.int32)
        values = np.zeros(problem.pairs)
        values[taken] = 1.0
        engine.setSolution(problem.pairs, everything.astype(np.int32), values)
    engine.run()
    return _whole_answer(highs, engine)


def _whole_answer(highs: Any, engine: Any) -> Whole | None:
    status, info = engine.getModelStatus(), engine.getInfo()
    ended = (
        highs.HighsModelStatus.kOptimal,
        highs.HighsModelStatus.kTimeLimit,
        highs.HighsModelStatus.kSolutionLimit,
    )
    if (
        status not in ended
        or info.primal_solution_status != highs.SolutionStatus.kSolutionStatusFeasible
    ):
        return None
    taken = np.flatnonzero(np.asarray(engine.getSolution().col_value) > 0.5)
    bound = float(info.mip_dual_bound)
    return Whole(taken=taken.astype(np.int64), bound=bound if np.isfinite(bound) else float("inf"))

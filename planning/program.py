"""A mixed-integer program that grows column by column and row by row, solved by HiGHS through scipy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

FOUND, INFEASIBLE, LIMITED = 0, 2, 1
Floats = np.ndarray
Places = Sequence[int] | np.ndarray
Factors = Sequence[float] | np.ndarray


@dataclass(frozen=True)
class Answer:
    """What the solver found: values of all columns (None without any), and a bound no solution passes."""

    values: Floats | None
    bound: float
    is_infeasible: bool = False
    is_proved: bool = False


@dataclass
class Program:
    """Columns with bounds and costs, rows with limits."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    entries: list[tuple[Places, Factors]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def columns(self, upper: Floats, *, cost: float = 0.0, whole: bool = True) -> np.ndarray:
        """Add a column from 0 to each of `upper`; return their places in the shape of `upper`."""
        start = len(self.cost)
        self.cost += [cost] * upper.size
        self.upper += upper.astype(float).ravel().tolist()
        self.whole += [int(whole)] * upper.size
        return np.arange(start, start + upper.size).reshape(upper.shape)

    def row(self, places: Places, values: Factors, low: float = -np.inf, high: float = np.inf) -> None:
        """Add low ≤ Σ value × column ≤ high."""
        self.entries.append((places, values))
        self.low.append(low)
        self.high.append(high)

    def limit(self, most: float) -> int:
        """Add cost ≤ most, and return the row's place."""
        self.row(np.arange(len(self.cost)), list(self.cost), high=most)
        return len(self.low) - 1

    def solve(self, seconds: float, *, relaxed: bool = False) -> Answer:
        """Minimise the cost within a time limit; `relaxed` lets whole columns be broken."""
        result = milp(
            np.array(self.cost),
            integrality=np.zeros(len(self.whole)) if relaxed else np.array(self.whole),
            bounds=Bounds(np.zeros(len(self.upper)), np.array(self.upper)),
            constraints=LinearConstraint(self._matrix(), np.array(self.low), np.array(self.high)),
            options={"time_limit": max(seconds, 0.1), "mip_rel_gap": 0.0},
        )
        bound = getattr(result, "mip_dual_bound", None)
        known = -np.inf if bound is None or np.isnan(bound) else float(bound)
        if relaxed and result.x is not None:
            known = float(result.fun)
        return Answer(result.x, known, result.status == INFEASIBLE, result.status == FOUND)

    def _matrix(self) -> csr_array:
        lengths = [len(places) for places, _ in self.entries]
        starts = np.concatenate([[0], np.cumsum(lengths)]) if lengths else np.zeros(1)
        columns = np.concatenate([np.asarray(places) for places, _ in self.entries] or [np.zeros(0)])
        values = np.concatenate([np.asarray(values, float) for _, values in self.entries] or [np.zeros(0)])
        shape = (len(self.entries), len(self.cost))
        matrix = csr_array((values, columns.astype(np.int32), starts.astype(np.int32)), shape=shape)
        matrix.sum_duplicates()
        return matrix

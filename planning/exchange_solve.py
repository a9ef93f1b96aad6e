"""The least exchange, stage by stage where nothing joins the stages, with its proof."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from planning.exchange_model import build, settle, taken
from planning.exchange_problem import KINDS, Problem

OPTIMAL, LIMITED, INFEASIBLE, UNKNOWN = "optimal", "limited", "infeasible", "unknown"
WHOLE = 1e-6


@dataclass(frozen=True)
class Least:
    """Who leaves and joins by cell and kind; no plan has fewer moves than `bound`.

    `limited` is a plan not proved to be least when the time was up; `unknown` no plan and no proof by then.
    """

    status: str
    leave: np.ndarray
    join: np.ndarray
    bound: int

    @property
    def moves(self) -> int:
        """How many teachers move."""
        return int(self.leave.sum())

    @property
    def gap(self) -> int:
        """How many moves the plan may be above the least."""
        return max(self.moves - self.bound, 0) if self.has_plan else 0

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan."""
        return self.status in {OPTIMAL, LIMITED}


def least(problem: Problem, seconds: float) -> Least:
    """Return the plan with fewest moves, or that there is none."""
    if problem.target is not None:
        return _solved(problem, seconds)
    until = time.monotonic() + seconds
    leave = np.zeros((problem.cells, len(KINDS)), int)
    join, found = leave.copy(), []
    stages = problem.stage_list
    for done, stage in enumerate(stages):
        share = (until - time.monotonic()) / (len(stages) - done)
        part = _solved(replace(problem.only(stage), total=None), share)
        chosen = np.array(problem.stages) == stage
        leave[chosen], join[chosen] = part.leave, part.join
        found.append(part)
    return _united(problem, found, leave, join)


def _united(problem: Problem, parts: list[Least], leave: np.ndarray, join: np.ndarray) -> Least:
    bound = sum(part.bound for part in parts)
    statuses = {part.status for part in parts}
    moves = int(leave.sum())
    most = np.inf if problem.total is None else problem.total
    if INFEASIBLE in statuses or bound > most:
        return Least(INFEASIBLE, leave * 0, join * 0, bound)
    if UNKNOWN in statuses or moves > most:
        return Least(UNKNOWN, leave * 0, join * 0, bound)
    return Least(OPTIMAL if moves <= bound else LIMITED, leave, join, bound)


def _solved(problem: Problem, seconds: float) -> Least:
    model = build(problem)
    answer = settle(model, seconds)
    nobody = np.zeros((problem.cells, len(KINDS)), int)
    bound = 0 if not np.isfinite(answer.bound) else max(int(np.ceil(answer.bound - WHOLE)), 0)
    if answer.values is None:
        return Least(INFEASIBLE if answer.is_infeasible else UNKNOWN, nobody, nobody, bound)
    leave, join = taken(model, answer.values)
    proved = answer.is_proved or int(leave.sum()) <= bound
    return Least(OPTIMAL if proved else LIMITED, leave, join, int(leave.sum()) if proved else bound)

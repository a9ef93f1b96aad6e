"""The obvious plan: again and again from the school that has most to the one that lacks most.

It is what an office would do by hand. It stands beside the least plan to show what the search is worth; it
may need more moves, or get stuck where a plan exists.
"""

from __future__ import annotations

import numpy as np

from planning.exchange_check import Break, broken
from planning.exchange_problem import KINDS, Problem, changes

MOST = 2000


def obvious(problem: Problem) -> int | None:
    """Return how many moves the obvious plan takes, None where it gets stuck."""
    leave = np.zeros_like(problem.supply)
    join = leave.copy()
    pairs = problem.pairs()
    for done in range(MOST):
        open_goals = broken(problem, leave, join)
        if not open_goals:
            return done
        wanted = [
            _next(problem, leave, join, pairs, goal)
            for goal in _urgent_first(problem, leave, join, open_goals)
        ]
        way = next((found for found in wanted if found is not None), None)
        if way is None:
            return None
        leave[way[0], way[2]] += 1
        join[way[1], way[2]] += 1
    return None


def _urgent_first(problem: Problem, leave: np.ndarray, join: np.ndarray, goals: list[Break]) -> list[Break]:
    """The largest gap a pupil first."""
    change = changes(leave, join)

    def gap(goal: Break) -> float:
        if goal.cell is None or goal.mark is None:
            return 0.0
        return float((problem.to_line - change)[goal.cell, goal.mark] / problem.pupils[goal.cell])

    return sorted(goals, key=gap, reverse=True)


def _next(
    problem: Problem, leave: np.ndarray, join: np.ndarray, pairs: np.ndarray, goal: Break
) -> tuple[int, int, int] | None:
    """Return sender, host and kind of the next obvious move for a goal."""
    if goal.mark is None:
        return None
    values = (problem.counts + changes(leave, join))[:, goal.mark] / problem.pupils
    hosts = [goal.cell] if goal.cell is not None else _lowest(problem, values, goal.stage)
    for host in hosts:
        if not problem.may_receive[host]:
            continue
        for sender in np.argsort(-values, kind="stable"):
            if not pairs[sender, host] or values[sender] <= values[host]:
                continue
            for kind in np.flatnonzero(KINDS[:, goal.mark]):
                if _can_send(problem, leave, join, int(sender), int(kind)):
                    return int(sender), int(host), int(kind)
    return None


def _lowest(problem: Problem, values: np.ndarray, stage: str) -> list[int]:
    cells = np.flatnonzero(problem.within(stage) & problem.may_receive)
    return [int(cell) for cell in cells[np.argsort(values[cells], kind="stable")]]


def _can_send(problem: Problem, leave: np.ndarray, join: np.ndarray, sender: int, kind: int) -> bool:
    """Whether a school can send one more of a kind and still stand as it must."""
    if (
        leave[sender, kind] >= problem.supply[sender, kind]
        or leave[sender].sum() >= problem.leave_cap[sender]
    ):
        return False
    if (leave[sender] - join[sender]).sum() >= problem.spare[sender]:
        return False
    after = (join[sender] - leave[sender]) @ KINDS - KINDS[kind]
    line, floor = problem.to_line[sender], np.minimum(problem.to_floor[sender], problem.to_line[sender])
    return bool((after >= floor).all() and (after < line).sum() <= problem.shortfalls[sender])

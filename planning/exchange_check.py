"""What a set of moves leaves undone: the plan's own proof-reading, and the reason for each of its moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planning.exchange_problem import BACKBONE, KINDS, Problem, changes, spread


@dataclass(frozen=True)
class Break:
    """One goal or limit that does not hold; `cell` and `mark` where it is a school's or an indicator's."""

    what: str
    """floor, line, coefficient, classes, target or backbone."""
    cell: int | None = None
    mark: int | None = None
    stage: str = ""


def broken(problem: Problem, leave: np.ndarray, join: np.ndarray) -> list[Break]:
    """Return every goal and limit that does not hold when these teachers leave and join."""
    return [
        *_lines(problem, changes(leave, join)),
        *_coefficients(problem, changes(leave, join)),
        *_classes(problem, leave, join),
        *_target(problem, leave),
    ]


def _lines(problem: Problem, change: np.ndarray) -> list[Break]:
    known = problem.known[:, None]
    below = (change < np.minimum(problem.to_floor, problem.to_line)) & known
    short = (change < problem.to_line) & known
    found = [Break("floor", int(cell), int(mark)) for cell, mark in np.argwhere(below)]
    many = short.sum(axis=1) > problem.shortfalls
    return found + [
        Break("line", int(cell), int(mark)) for cell, mark in np.argwhere(short & ~below & many[:, None])
    ]


def _coefficients(problem: Problem, change: np.ndarray) -> list[Break]:
    found = []
    for stage, mark in problem.cv_limits:
        reached, limit = spread(problem, problem.counts + change, stage, mark)
        if reached > limit:
            found.append(Break("coefficient", None, mark, stage))
    return found


def _classes(problem: Problem, leave: np.ndarray, join: np.ndarray) -> list[Break]:
    sends = problem.supply.sum(axis=1) > 0
    lost = (leave - join).sum(axis=1)
    return [Break("classes", int(cell)) for cell in np.flatnonzero(sends & (lost > problem.spare))]


def _target(problem: Problem, leave: np.ndarray) -> list[Break]:
    target = problem.target
    if target is None:
        return []
    moves, slack = leave.sum(), 1 - problem.tolerance
    pool = target.eligible + np.maximum(leave - problem.eligible, 0).sum()
    found = [] if moves >= target.share * slack * pool else [Break("target")]
    is_enough = leave[:, BACKBONE].sum() >= target.backbone_share * slack * moves
    return found if is_enough else [*found, Break("backbone")]


def alternatives(problem: Problem, leave: np.ndarray, join: np.ndarray, move: tuple[int, int, int]) -> int:
    """How many other schools could send this teacher's kind instead, with everything still holding."""
    sender, host, kind = move
    leave = leave.copy()
    leave[sender, kind] -= 1
    left = (problem.supply[:, kind] > leave[:, kind]) & problem.pairs()[:, host] & problem.known
    left &= leave.sum(axis=1) < problem.leave_cap
    left &= (leave - join).sum(axis=1) < problem.spare
    left[sender] = False
    change = changes(leave, join)
    after = change - KINDS[kind]
    left &= (after >= np.minimum(problem.to_floor, problem.to_line)).all(axis=1)
    left &= (after < problem.to_line).sum(axis=1) <= problem.shortfalls
    return int((left & _coefficients_hold(problem, change, kind)).sum())


def _coefficients_hold(problem: Problem, change: np.ndarray, kind: int) -> np.ndarray:
    """For each cell: whether every coefficient holds when it sends one teacher of the kind."""
    holds = np.ones(problem.cells, bool)
    counts = problem.counts + change
    for (stage, mark), most in problem.cv_limits.items():
        if not KINDS[kind, mark]:
            continue
        cells = problem.measured(stage, mark)
        pupils = problem.pupils
        mean = (counts[cells, mark].sum() - 1) / pupils[cells].sum()
        parts = np.where(cells, (counts[:, mark] - pupils * mean) ** 2 / pupils, 0)
        one_less = parts.sum() - parts + (counts[:, mark] - 1 - pupils * mean) ** 2 / pupils
        limit = (most * (1 + problem.tolerance) * mean) ** 2 * pupils[cells].sum()
        holds &= ~cells | (one_less <= limit)
    return holds


SEVERITY = {"coefficient": 4, "floor": 3, "line": 2, "backbone": 1, "target": 1, "classes": 0}

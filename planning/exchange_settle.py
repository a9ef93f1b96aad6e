"""Solving the exchange program: rows are added where a solution needs them, until it keeps every rule."""

from __future__ import annotations

import time

import numpy as np

from planning.exchange_model import SCALE, Model, base, change, hold_way
from planning.exchange_problem import KINDS, spread
from planning.exchange_ways import stuck
from planning.program import Answer

RELAXED_ROUNDS = 8
TIGHTER = 1e-7
"""How much a limit is drawn in when the solver's tolerance lets a whole solution pass it."""


def settle(model: Model, seconds: float) -> Answer:
    """Solve, sharpen and solve again until no coefficient is passed; relaxed first, which is quick."""
    until = time.monotonic() + seconds
    for _ in range(RELAXED_ROUNDS if model.parts or model.loose else 0):
        answer = model.program.solve(until - time.monotonic(), relaxed=True)
        if answer.values is None or not sharpen(model, answer.values) + match_up(model, answer.values):
            break
    bound = -np.inf
    while True:
        answer = model.program.solve(until - time.monotonic())
        bound = max(bound, answer.bound)
        if answer.values is None:
            return Answer(None, bound, answer.is_infeasible)
        whole = np.rint(answer.values)
        beyond = passed(model, whole)
        placed = match_up(model, whole, fully=True) == 0
        if placed and not beyond:
            return Answer(answer.values, bound, is_proved=answer.is_proved)
        if time.monotonic() > until:
            return Answer(None, bound)
        if placed and not sharpen(model, whole):
            for key in beyond:
                model.program.high[model.limits[key]] -= SCALE * TIGHTER


def passed(model: Model, values: np.ndarray) -> list[tuple[str, int]]:
    """Return the coefficients that a solution, whole or broken, leaves above their limits."""
    moved = values[model.join] - values[model.leave]
    if model.posts is not None:
        moved = moved + values[model.posts]
    counts = model.problem.counts + moved @ KINDS
    spreads = {key: spread(model.problem, counts, *key) for key in model.parts}
    return [key for key, (found, limit) in spreads.items() if found > limit]


def taken(model: Model, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return who leaves and who joins (new posts included) in a solution, as whole numbers."""
    leave, join = np.rint(values[model.leave]), np.rint(values[model.join])
    if model.posts is not None:
        join = join + np.rint(values[model.posts])
    return leave.astype(int), join.astype(int)


def match_up(model: Model, values: np.ndarray, *, fully: bool = False) -> int:
    """Add the rows that a solution's ways need, or `fully` all ways of a kind; return how many were new."""
    new = 0
    for group, (cells, pairs) in enumerate(model.loose):
        for kind in range(len(KINDS)):
            leave, join = values[model.leave[cells, kind]], values[model.join[cells, kind]]
            chosen = stuck(leave, join, pairs) if leave.sum() > 0 else None
            if chosen is None:
                continue
            new += 1
            hold_way(model, cells, pairs, chosen, kind)
            if fully and (group, kind) not in model.opened:
                model.opened.add((group, kind))
                _open_ways(model, cells, pairs, kind)
    return new


def _open_ways(model: Model, cells: np.ndarray, pairs: np.ndarray, kind: int) -> None:
    """Give every allowed way of a kind a column of its own."""
    supply = model.problem.supply[cells, kind]
    ways = np.argwhere(pairs & (supply > 0)[:, None])
    flows = model.program.columns(supply[ways[:, 0]], whole=False)
    for place, cell in enumerate(cells):
        out, into = flows[ways[:, 0] == place], flows[ways[:, 1] == place]
        model.program.row([*out, model.leave[cell, kind]], [1.0] * len(out) + [-1.0], 0, 0)
        model.program.row([*into, model.join[cell, kind]], [1.0] * len(into) + [-1.0], 0, 0)


def sharpen(model: Model, values: np.ndarray) -> int:
    """Add the chords at a solution that its coefficients need; return how many were new."""
    return sum(_sharpen_one(model, values, *key) for key in passed(model, values))


def _sharpen_one(model: Model, values: np.ndarray, stage: str, mark: int) -> int:
    problem = model.problem
    cells = np.flatnonzero(problem.measured(stage, mark))
    new = 0
    for cell, part in zip(cells.tolist(), model.parts[stage, mark].tolist(), strict=True):
        places, signs = change(model, cell, mark)
        moved = float(np.dot(values[places], signs))
        if model.posts is not None:
            held = _held(model, values, cells, mark)
            at = (cell, mark, round(problem.counts[cell, mark] + moved, 6), round(held, 6))
            if at not in model.chords:
                model.chords.add(at)
                _tangent(model, cells, mark, part, at)
                new += 1
            continue
        for step in (int(np.floor(moved + 1e-6)), int(np.ceil(moved - 1e-6)) - 1):
            if (cell, mark, step, 0.0) not in model.chords:
                model.chords.add((cell, mark, step, 0.0))
                _chord(model, cells, mark, cell, part, step)
                new += 1
    return new


def _held(model: Model, values: np.ndarray, cells: np.ndarray, mark: int) -> float:
    """How many teachers of a mark there are with the new posts."""
    assert model.posts is not None
    posts = model.posts[np.ix_(cells, np.flatnonzero(KINDS[:, mark]))].ravel()
    return float(model.problem.counts[cells, mark].sum() + values[posts].sum())


def _chord(model: Model, cells: np.ndarray, mark: int, cell: int, part: int, step: int) -> None:
    """The straight line between the part at `step` and at `step + 1`; the part is never below it."""
    problem = model.problem
    pupils, held = problem.pupils[cells].sum(), problem.counts[cells, mark].sum()
    mean = held / pupils
    stage = problem.stages[cell]
    limit = (problem.cv_limits[stage, mark] * (1 + problem.tolerance) * mean) ** 2 * pupils
    here, count = problem.pupils[cell], problem.counts[cell, mark]
    at, after = (SCALE * (count + moved - here * mean) ** 2 / here / limit for moved in (step, step + 1))
    places, signs = change(model, cell, mark)
    rise = after - at
    model.program.row([part, *places], [1.0, *(-rise * sign for sign in signs)], low=at - rise * step)


def _tangent(
    model: Model, cells: np.ndarray, mark: int, part: int, at: tuple[int, int, float, float]
) -> None:
    """With new posts the mean moves: x²/n over √((1+c²)/N)·R is convex, and its tangent is a row."""
    problem = model.problem
    assert model.posts is not None
    cell, _, count, held = at
    posts = model.posts[np.ix_(cells, np.flatnonzero(KINDS[:, mark]))].ravel()
    start = problem.counts[cells, mark].sum()
    limit = problem.cv_limits[problem.stages[cell], mark] * (1 + problem.tolerance)
    weight = SCALE / base(start) * problem.pupils[cells].sum() / (1 + limit**2) / problem.pupils[cell]
    slope, bend = 2 * count / max(held, 1e-9), -((count / max(held, 1e-9)) ** 2)
    places, signs = change(model, cell, mark)
    fixed = slope * problem.counts[cell, mark] + bend * start
    row = [1.0, *(-weight * slope * sign for sign in signs), *[-weight * bend] * len(posts)]
    model.program.row([part, *places, *posts], row, low=weight * fixed)

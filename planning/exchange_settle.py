"""Solving the exchange program: rows are added where a solution needs them, until it keeps every rule."""

from __future__ import annotations

import time

import numpy as np

from planning.exchange_model import SCALE, Model, base, change, hold_way
from planning.exchange_problem import KINDS, spread
from planning.exchange_ways import stuck
from planning.program import Answer

RELAXED_ROUNDS = 8
FIRST_SHARE = 0.9
"""The part of the time in which a plan near the relaxed answer is looked for."""
ROUNDED = 1e-6
TIGHTER = 1e-7
"""How much a limit is drawn in when the solver's tolerance lets a whole solution pass it."""


def settle(model: Model, seconds: float) -> Answer:
    """Solve, sharpen and solve again until no coefficient is passed; relaxed first, which is quick.

    Near the relaxed answer a plan is soon found. The whole program then has only to find a better one, or to
    prove that there is none; when the time is up before, the plan is given with the bound reached.
    """
    until = time.monotonic() + seconds
    values = _relaxed(model, until)
    best = None if values is None else near(model, values, until - seconds * (1 - FIRST_SHARE))
    beaten, bound = model.program.limit(np.inf), -np.inf
    while True:
        if best is not None:
            model.program.high[beaten] = cost(model, best) - 1 + ROUNDED
        answer = model.program.solve(until - time.monotonic())
        bound = max(bound, answer.bound)
        if answer.is_infeasible:
            return Answer(best, bound if best is None else cost(model, best), best is None, best is not None)
        if answer.values is not None and _holds(model, answer.values):
            best = answer.values
        elif best is None and answer.values is not None:
            best = near(model, answer.values, until)
        if best is not None and cost(model, best) <= np.ceil(bound - ROUNDED) + ROUNDED:
            return Answer(best, bound, is_proved=True)
        if time.monotonic() > until or answer.values is None:
            return Answer(best, bound)


def _relaxed(model: Model, until: float) -> np.ndarray | None:
    """Sharpen the program on broken solutions while that raises their cost; return the last."""
    values, reached = None, -np.inf
    for _ in range(RELAXED_ROUNDS if model.parts or model.loose else 0):
        answer = model.program.solve(until - time.monotonic(), relaxed=True)
        if answer.values is None:
            break
        values = answer.values
        is_same, reached = answer.bound <= reached + ROUNDED, answer.bound
        if not sharpen(model, values) + match_up(model, values) or is_same:
            break
    return values


def _holds(model: Model, values: np.ndarray) -> bool:
    """Whether a whole solution keeps every rule; the rows it needs are added where it does not."""
    whole = np.rint(values)
    beyond = passed(model, whole)
    placed = match_up(model, whole, fully=True) == 0
    if placed and beyond and not sharpen(model, whole):
        for key in beyond:
            model.program.high[model.limits[key]] -= SCALE * TIGHTER
    return placed and not beyond


def near(model: Model, values: np.ndarray, until: float) -> np.ndarray | None:
    """Return a solution that keeps every rule within a step of another, or None where none is soon found."""
    upper = list(model.program.upper)
    _narrow(model, values)
    try:
        while time.monotonic() < until:
            answer = model.program.solve(until - time.monotonic())
            if answer.values is None or _holds(model, answer.values):
                return answer.values
        return None
    finally:
        model.program.upper[: len(upper)] = upper


def _narrow(model: Model, values: np.ndarray) -> None:
    """Let a school send and take at most one more of each kind, and nothing where it did neither."""
    for places in (model.leave, model.join, model.posts):
        for row in [] if places is None else places:
            room = np.ceil(values[row] - ROUNDED) + 1 if values[row].max() > ROUNDED else np.zeros(len(row))
            for place, most in zip(row.tolist(), room.tolist(), strict=True):
                model.program.upper[place] = min(model.program.upper[place], most)


def cost(model: Model, values: np.ndarray) -> float:
    """Return what a whole solution costs."""
    return float(np.dot(model.program.cost[: len(values)], np.rint(values)))


def passed(model: Model, values: np.ndarray) -> list[tuple[str, int]]:
    """Return the coefficients that a solution, whole or broken, leaves above their limits."""
    moved = values[model.join] - values[model.leave]
    if model.posts is not None:
        moved = moved + values[model.posts]
    counts = model.problem.counts + moved @ KINDS
    spreads = {key: spread(model.problem, counts, *key) for key in model.parts}
    return [key for key, (found, limit) in spreads.items() if found > limit]


def taken(model: Model, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return who leaves and who joins (new posts included) in a solution, as whole numbers.

    In a solution not proved least a school may send and take the same kind: those teachers stay.
    """
    leave, join = np.rint(values[model.leave]), np.rint(values[model.join])
    if model.problem.target is None and not model.loose:
        staying = np.minimum(leave, join)
        leave, join = leave - staying, join - staying
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

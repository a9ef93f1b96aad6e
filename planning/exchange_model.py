"""The exchange problem as a mixed-integer program, exact at whole numbers.

Teachers of a kind are alike, so that a school's kinds leave and join as numbers; who goes where is matched
afterwards. The coefficient is a convex sum over schools whose mean no move changes: chords between whole
numbers are added where a solution needs them, until none is violated.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.exchange_problem import BACKBONE, FREE, KINDS, MARKS, Problem, spread
from planning.program import Answer, Program

RELAXED_ROUNDS = 12
TIGHTER = 1e-7
"""How much a limit is drawn in when the solver's tolerance lets a whole solution pass it."""
SCALE = 1000.0
"""The coefficient's limit in the program, so that the solver's tolerance is small beside it."""
POST_COST, MARK_COST = 10.0, 1.0


@dataclass
class Model:
    """The program of a problem and where its quantities stand in it."""

    problem: Problem
    program: Program
    leave: np.ndarray
    join: np.ndarray
    posts: np.ndarray | None
    chords: set[tuple[int, int, float, float]] = field(default_factory=set)
    parts: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)
    limits: dict[tuple[str, int], int] = field(default_factory=dict)
    """The row of each limited coefficient."""


def build(problem: Problem, *, with_posts: bool = False) -> Model:
    """Write the program that asks for fewest moves, or for fewest new posts that make a plan possible."""
    program = Program()
    moves = 0.0 if with_posts else 1.0
    receivers = (problem.may_receive & problem.known)[:, None] * np.full(len(KINDS), FREE)
    leave = program.columns(np.where(problem.known[:, None], problem.supply, 0), cost=moves)
    join = program.columns(receivers)
    posts = _posts(problem, program) if with_posts else None
    model = Model(problem, program, leave, join, posts)
    _balance(model)
    _reach_lines(model)
    _keep_classes(model)
    _meet_target(model)
    _hold_coefficients(model)
    return model


def _posts(problem: Problem, program: Program) -> np.ndarray:
    posts = program.columns(problem.known[:, None] * np.where(KINDS.any(axis=1), FREE, 0))
    for kind, marks in enumerate(KINDS):
        for place in posts[:, kind]:
            program.cost[place] = POST_COST + MARK_COST * marks.sum()
    return posts


def _change(model: Model, cell: int, mark: int) -> tuple[list[int], list[float]]:
    """Return the columns and signs that add up to the change of a cell's count."""
    kinds = np.flatnonzero(KINDS[:, mark])
    places = [*model.join[cell, kinds], *model.leave[cell, kinds]]
    signs = [1.0] * len(kinds) + [-1.0] * len(kinds)
    if model.posts is not None:
        places += [*model.posts[cell, kinds]]
        signs += [1.0] * len(kinds)
    return places, signs


def _balance(model: Model) -> None:
    """Whoever leaves joins somewhere allowed: group by group, or pair by pair where groups overlap."""
    pairs = model.problem.pairs()
    groups, label = connected_components(csr_array(pairs), directed=False)
    for group in range(groups):
        cells = np.flatnonzero(label == group)
        if pairs[np.ix_(cells, cells)].sum() == len(cells) * (len(cells) - 1):
            _balance_group(model, cells)
        else:
            _balance_pairs(model, cells, pairs)


def _balance_group(model: Model, cells: np.ndarray) -> None:
    for kind in range(len(KINDS)):
        leave, join = model.leave[cells, kind], model.join[cells, kind]
        model.program.row([*leave, *join], [1.0] * len(cells) + [-1.0] * len(cells), 0, 0)
        if model.problem.target is None:
            continue
        moved = int(model.program.columns(np.array([FREE]), whole=False)[0])
        model.program.row([*leave, moved], [1.0] * len(cells) + [-1.0], 0, 0)
        for out, into in zip(leave, join, strict=True):
            model.program.row([out, into, moved], [1.0, 1.0, -1.0], high=0)


def _balance_pairs(model: Model, cells: np.ndarray, pairs: np.ndarray) -> None:
    supply, program = model.problem.supply, model.program
    inside = np.isin(np.arange(model.problem.cells), cells)
    arcs = np.argwhere(pairs & inside[:, None])
    for kind in range(len(KINDS)):
        open_arcs = arcs[supply[arcs[:, 0], kind] > 0]
        flows = program.columns(supply[open_arcs[:, 0], kind], whole=False)
        for cell in cells:
            out, into = flows[open_arcs[:, 0] == cell], flows[open_arcs[:, 1] == cell]
            program.row([*out, model.leave[cell, kind]], [1.0] * len(out) + [-1.0], 0, 0)
            program.row([*into, model.join[cell, kind]], [1.0] * len(into) + [-1.0], 0, 0)


def _reach_lines(model: Model) -> None:
    """Each count reaches its threshold, or its 85 % where the school's one shortfall is spent on it."""
    problem, program = model.problem, model.program
    for cell in np.flatnonzero(problem.known).tolist():
        spent: list[int] = []
        for mark in range(len(MARKS)):
            places, signs = _change(model, cell, mark)
            line, floor = problem.to_line[cell, mark], problem.to_floor[cell, mark]
            if problem.shortfalls[cell] > 0 and line > floor:
                short = int(program.columns(np.array([1]))[0])
                spent.append(short)
                places, signs = [*places, short], [*signs, float(line - floor)]
            program.row(places, signs, low=line)
            program.row(*_change(model, cell, mark), low=-problem.counts[cell, mark])
        if len(spent) > problem.shortfalls[cell]:
            program.row(spent, [1.0] * len(spent), high=problem.shortfalls[cell])


def _keep_classes(model: Model) -> None:
    """A school loses no more teachers than its classes can spare, and sends no more than it may."""
    problem, program = model.problem, model.program
    ones = [1.0] * len(KINDS)
    for cell in np.flatnonzero(problem.supply.sum(axis=1)):
        leave, join = [*model.leave[cell]], [*model.join[cell]]
        extra = [] if model.posts is None else [*model.posts[cell]]
        signs = ones + [-1.0] * (len(KINDS) + len(extra))
        program.row([*leave, *join, *extra], signs, high=problem.spare[cell])
        if problem.leave_cap[cell] < problem.supply[cell].sum():
            program.row(leave, ones, high=problem.leave_cap[cell])
    if problem.total is not None:
        program.row(model.leave.ravel(), [1.0] * model.leave.size, high=problem.total)


def _meet_target(model: Model) -> None:
    """Exchanged ≥ share of the eligible (the exchanged are of them), backbone ≥ share of the exchanged."""
    problem, program, target = model.problem, model.program, model.problem.target
    if target is None:
        return
    moved = [1.0] * model.leave.size
    beyond = program.columns(problem.supply - problem.eligible, whole=False)
    for out, extra, known in zip(model.leave.ravel(), beyond.ravel(), problem.eligible.ravel(), strict=True):
        program.row([out, extra], [1.0, -1.0], high=known)
    share = target.share * (1 - problem.tolerance)
    places = [*model.leave.ravel(), *beyond.ravel()]
    program.row(places, moved + [-share] * beyond.size, low=share * target.eligible)
    wanted = target.backbone_share * (1 - problem.tolerance)
    signs = np.broadcast_to(BACKBONE.astype(float) - wanted, model.leave.shape)
    program.row(model.leave.ravel(), signs.ravel(), low=0)


def _hold_coefficients(model: Model) -> None:
    """Give each school a part of each limited coefficient; chords (see `sharpen`) make the parts true."""
    problem, program = model.problem, model.program
    for stage, mark in problem.cv_limits:
        cells = np.flatnonzero(problem.within(stage))
        if not problem.counts[cells, mark].sum() and model.posts is None:
            program.row([], [], low=1)
            continue
        parts = program.columns(np.full(len(cells), np.inf), whole=False)
        model.parts[stage, mark], model.limits[stage, mark] = parts, len(program.low)
        if model.posts is None:
            program.row(parts, [1.0] * len(cells), high=SCALE)
        else:
            kinds = np.flatnonzero(KINDS[:, mark])
            posts = model.posts[np.ix_(cells, kinds)].ravel()
            held = problem.counts[cells, mark].sum()
            rise = [-SCALE / _base(held)] * len(posts)
            program.row([*parts, *posts], [1.0] * len(cells) + rise, high=SCALE * held / _base(held))
            program.row(posts, [1.0] * len(posts), low=1 - held)


def _base(held: float) -> float:
    return max(held, 1.0)


def sharpen(model: Model, values: np.ndarray) -> int:
    """Add the chords at a solution that its coefficients need; return how many were new."""
    return sum(_sharpen_one(model, values, *key) for key in passed(model, values))


def _sharpen_one(model: Model, values: np.ndarray, stage: str, mark: int) -> int:
    problem = model.problem
    cells = np.flatnonzero(problem.within(stage))
    new = 0
    for cell, part in zip(cells.tolist(), model.parts[stage, mark].tolist(), strict=True):
        places, signs = _change(model, cell, mark)
        change = float(np.dot(values[places], signs))
        if model.posts is not None:
            held = _held(model, values, cells, mark)
            at = (cell, mark, round(problem.counts[cell, mark] + change, 6), round(held, 6))
            if at not in model.chords:
                model.chords.add(at)
                _tangent(model, cells, mark, part, at)
                new += 1
            continue
        for step in (int(np.floor(change + 1e-6)), int(np.ceil(change - 1e-6)) - 1):
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
    places, signs = _change(model, cell, mark)
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
    weight = SCALE / _base(start) * problem.pupils[cells].sum() / (1 + limit**2) / problem.pupils[cell]
    slope, bend = 2 * count / max(held, 1e-9), -((count / max(held, 1e-9)) ** 2)
    places, signs = _change(model, cell, mark)
    fixed = slope * problem.counts[cell, mark] + bend * start
    row = [1.0, *(-weight * slope * sign for sign in signs), *[-weight * bend] * len(posts)]
    model.program.row([part, *places, *posts], row, low=weight * fixed)


def settle(model: Model, seconds: float) -> Answer:
    """Solve, sharpen and solve again until no coefficient is passed; relaxed first, which is quick."""
    until = time.monotonic() + seconds
    for _ in range(RELAXED_ROUNDS if model.parts else 0):
        answer = model.program.solve(until - time.monotonic(), relaxed=True)
        if answer.values is None or not sharpen(model, answer.values):
            break
    bound = -np.inf
    while True:
        answer = model.program.solve(until - time.monotonic())
        bound = max(bound, answer.bound)
        if answer.values is None:
            return Answer(None, bound, answer.is_infeasible)
        whole = np.rint(answer.values)
        beyond = passed(model, whole)
        if not beyond:
            return Answer(answer.values, bound, is_proved=answer.is_proved)
        if time.monotonic() > until:
            return Answer(None, bound)
        if not sharpen(model, whole):
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

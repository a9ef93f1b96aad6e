"""The exchange problem as a mixed-integer program, exact at whole numbers.

Teachers of a kind are alike, so that a school's kinds leave and join as numbers; who goes where is matched
afterwards. The coefficient is a convex sum over schools whose mean no move changes: chords between whole
numbers are added where a solution needs them, until none is violated.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.exchange_problem import BACKBONE, FREE, KINDS, MARKS, Problem
from planning.program import Program

SCALE = 1000.0
"""The coefficient's limit in the program, so that the solver's tolerance is small beside it."""
POST_COST, MARK_COST = 1000.0, 1.0
"""Posts come first, then the marks they ask for."""


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
    loose: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)
    """Cells within which not everybody may go everywhere, and from where to where they may."""
    opened: set[tuple[int, int]] = field(default_factory=set)
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


def change(model: Model, cell: int, mark: int) -> tuple[list[int], list[float]]:
    """Return the columns and signs that add up to the change of a cell's count."""
    kinds = np.flatnonzero(KINDS[:, mark])
    places = [*model.join[cell, kinds], *model.leave[cell, kinds]]
    signs = [1.0] * len(kinds) + [-1.0] * len(kinds)
    if model.posts is not None:
        places += [*model.posts[cell, kinds]]
        signs += [1.0] * len(kinds)
    return places, signs


def _balance(model: Model) -> None:
    """Whoever leaves joins somewhere allowed: all of a group, or, where groups overlap, as `matched` asks."""
    pairs = model.problem.pairs()
    groups, label = connected_components(csr_array(pairs), directed=False)
    for group in range(groups):
        cells = np.flatnonzero(label == group)
        _balance_group(model, cells)
        inside = pairs[np.ix_(cells, cells)]
        if inside.sum() < len(cells) * (len(cells) - 1):
            model.loose.append((cells, inside))
            for one in range(len(cells)):
                for kind in range(len(KINDS)):
                    hold_way(model, cells, inside, np.arange(len(cells)) == one, kind)
                    hold_way(model, cells, inside, np.arange(len(cells)) == one, kind, hosts=True)


def hold_way(
    model: Model, cells: np.ndarray, pairs: np.ndarray, chosen: np.ndarray, kind: int, *, hosts: bool = False
) -> None:
    """Chosen senders send no more than all their hosts take; or chosen hosts take no more than is sent."""
    own, other = (model.join, model.leave) if hosts else (model.leave, model.join)
    beside = (pairs.T if hosts else pairs)[chosen].any(axis=0)
    places = [*own[cells[chosen], kind], *other[cells[beside], kind]]
    model.program.row(places, [1.0] * int(chosen.sum()) + [-1.0] * int(beside.sum()), high=0)


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


def _reach_lines(model: Model) -> None:
    """Each count reaches its threshold, or its 85 % where the school's one shortfall is spent on it."""
    problem, program = model.problem, model.program
    for cell in np.flatnonzero(problem.known).tolist():
        spent: list[int] = []
        for mark in range(len(MARKS)):
            places, signs = change(model, cell, mark)
            line, floor = problem.to_line[cell, mark], problem.to_floor[cell, mark]
            if problem.shortfalls[cell] > 0 and line > floor:
                short = int(program.columns(np.array([1]))[0])
                spent.append(short)
                places, signs = [*places, short], [*signs, float(line - floor)]
            program.row(places, signs, low=line)
            program.row(*change(model, cell, mark), low=-problem.counts[cell, mark])
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
        cells = np.flatnonzero(problem.measured(stage, mark))
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
            rise = [-SCALE / base(held)] * len(posts)
            program.row([*parts, *posts], [1.0] * len(cells) + rise, high=SCALE * held / base(held))
            program.row(posts, [1.0] * len(posts), low=1 - held)


def base(held: float) -> float:
    """Return what a coefficient's parts are scaled by."""
    return max(held, 1.0)

"""Random counties small enough to try every exchange: an answer that owes the planner nothing."""

from __future__ import annotations

import numpy as np

from planning.exchange_problem import FREE, KINDS, Problem, Target

CHUNK = 20_000
LINES = np.array([4.2, 1.0, 0.9])


def county(seed: int) -> Problem:
    """Draw three or four schools of one stage, two or three kinds of teachers, tight lines and any limit."""
    draw = np.random.default_rng(seed)
    cells = int(draw.integers(3, 5))
    kinds = draw.choice(8, 2 if cells == 4 else 3, replace=False)
    pupils = draw.integers(60, 260, cells)
    supply = np.zeros((cells, 8), int)
    supply[:, kinds] = draw.choice([0, 1, 2], (cells, len(kinds)), p=[0.45, 0.4, 0.15])
    staying = draw.integers(0, 4, (cells, 3))
    counts = supply @ KINDS + staying
    share = draw.choice([0.15, 0.3, 0.45], 3) * (draw.random(3) < 0.7)
    lines = LINES * share * pupils[:, None] / 100
    allowed = None
    if draw.random() < 0.3:
        half = draw.random((cells, cells)) < 0.6
        allowed = half | half.T
    return Problem(
        schools=tuple(f"{cell}" for cell in range(cells)),
        stages=("primary",) * cells,
        pupils=pupils.astype(float),
        counts=counts.astype(float),
        known=draw.random(cells) < 0.97,
        to_line=np.ceil(lines * (1 - 1e-9) - counts).astype(int),
        to_floor=np.ceil(0.85 * lines * (1 - 1e-9) - counts).astype(int),
        shortfalls=draw.integers(0, 2, cells),
        supply=supply,
        eligible=supply - (supply > 1) * draw.integers(0, 2, supply.shape),
        may_receive=draw.random(cells) < 0.9,
        leave_cap=np.where(draw.random(cells) < 0.3, 1, FREE),
        spare=np.where(draw.random(cells) < 0.4, draw.integers(0, 3, cells), FREE),
        cv_limits={
            ("primary", mark): draw.choice([0.4, 0.6, 0.8]) for mark in range(3) if draw.random() < 0.35
        },
        allowed=allowed,
        target=Target(0.1, int(supply.sum()) + 4, 0.2) if draw.random() < 0.2 else None,
        total=int(draw.integers(1, 4)) if draw.random() < 0.2 else None,
    )


def fewest(problem: Problem) -> int | None:
    """Try every exchange, fewest moves first; return the moves of the first that keeps every rule."""
    flows = [_of_kind(problem, kind) for kind in range(8)]
    ways = np.indices([len(leave) for leave, _ in flows]).reshape(8, -1)
    moves = sum(leave.sum(axis=1)[way] for (leave, _), way in zip(flows, ways, strict=True))
    order = np.argsort(moves, kind="stable")
    for chunk in np.array_split(order, len(order) // CHUNK + 1):
        leave, join = (
            np.stack([flow[side][way[chunk]] for flow, way in zip(flows, ways, strict=True)], axis=-1)
            for side in (0, 1)
        )
        good = _keeps(problem, leave, join)
        if good.any():
            return int(moves[chunk][good].min())
    return None


def _of_kind(problem: Problem, kind: int) -> tuple[np.ndarray, np.ndarray]:
    """Every way teachers of a kind can move, as who leaves and who joins."""
    pairs = problem.pairs()
    known = problem.known
    arcs = [
        (one, other)
        for one, other in np.argwhere(pairs)
        if known[one] and known[other] and problem.may_receive[other] and problem.supply[one, kind]
    ]
    seen = {(0,) * (2 * problem.cells)}
    frontier = list(seen)
    while frontier:
        state = frontier.pop()
        for one, other in arcs:
            after = list(state)
            after[one] += 1
            after[problem.cells + other] += 1
            if after[one] <= problem.supply[one, kind] and tuple(after) not in seen:
                seen.add(tuple(after))
                frontier.append(tuple(after))
    flat = np.array(sorted(seen))
    leave, join = flat[:, : problem.cells], flat[:, problem.cells :]
    if problem.target is None:
        pure = ~((leave > 0) & (join > 0)).any(axis=1)
        if problem.allowed is None:
            leave, join = leave[pure], join[pure]
    return leave, join


def _keeps(problem: Problem, leave: np.ndarray, join: np.ndarray) -> np.ndarray:
    change = (join - leave) @ KINDS
    known = problem.known
    short = (change < problem.to_line) & known[:, None]
    below = (change < np.minimum(problem.to_floor, problem.to_line)) & known[:, None]
    counts = problem.counts + change
    good = ~below.any(axis=(1, 2)) & (short.sum(axis=2) <= problem.shortfalls).all(axis=1)
    good &= (counts[:, known] >= 0).all(axis=(1, 2))
    good &= (leave.sum(axis=2) <= problem.leave_cap).all(axis=1)
    loses = (leave - join).sum(axis=2)
    sends = problem.supply.sum(axis=1) > 0
    good &= (~sends | (loses <= problem.spare)).all(axis=1)
    for (_, mark), limit in problem.cv_limits.items():
        held, pupils = counts[:, known, mark], problem.pupils[known]
        mean = held.sum(axis=1) / pupils.sum()
        variance = (pupils * (held / pupils - mean[:, None]) ** 2).sum(axis=1) / pupils.sum()
        good &= (mean > 0) & (np.sqrt(variance) <= limit * mean * (1 + 1e-9))
    if problem.target is not None:
        moves = leave.sum(axis=(1, 2))
        beyond = np.maximum(leave - problem.eligible, 0).sum(axis=(1, 2))
        pool = problem.target.eligible + beyond
        backbone = leave[:, :, KINDS[:, 1] == 1].sum(axis=(1, 2))
        good &= (moves >= problem.target.share * pool - 1e-9) & (
            backbone >= problem.target.backbone_share * moves - 1e-9
        )
    if problem.total is not None:
        good &= leave.sum(axis=(1, 2)) <= problem.total
    return good

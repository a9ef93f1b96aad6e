"""Buying within the coefficient limits: a mixed-integer programme, its convex side closed in by tangents.

S ≤ c·X is Σ w (v − X)²/X ≤ c² X in the schools' values v, jointly convex in v and in the mean X, which money
moves too. Each school's term (v − X)²/X is a cone of its own, so the tangent at u = v/X,
(2u − 2)·v + (1 − u²)·X ≤ t, holds for every plan: the programme never asks more than the truth, so its bound
holds, and tangents are added where its last answer lies until the limit is kept.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from planning.limits import Group, Limit, broken, limits, stepped
from planning.needs import Needs

FIRST_TANGENTS = (0.0, 0.5, 0.75, 1.0, 1.25, 1.6, 2.2)
CLOSE = 3e-5
"""How near to a limit, in parts of it, the relaxed answer is brought; the last is drawn in by twice that."""
MIP_GAP = 1e-4


@dataclass
class Programme:
    """What has been learnt so far: tangents by group and row, and by how much limits are drawn in."""

    wanted: Needs
    known: dict[Group, Limit]
    tangents: dict[Group, dict[int, set[float]]] = field(default_factory=dict)
    drawn_in: float = 0.0

    def touch(self, keys: set[Group], amounts: list[float]) -> bool:
        """Add tangents where the answer lies now, to the rows whose drawn ones leave too much room.

        At u the tangent drawn at r lies (u − r)² too low. Return whether there was anything to add.
        """
        before = self._drawn()
        self._touch(keys, amounts, CLOSE)
        if self._drawn() == before:
            self._touch(keys, amounts, CLOSE**2)
        return self._drawn() > before

    def _drawn(self) -> int:
        return sum(len(drawn) for group in self.tangents.values() for drawn in group.values())

    def _touch(self, keys: set[Group], amounts: list[float], close: float) -> None:
        for key in keys:
            limit = self.known[key]
            values = limit.values(self.wanted, amounts)
            ratios = values / max(float(limit.weights @ values), 1e-12)
            much = limit.highest**2 * close / len(limit.rows)
            for index, ratio, weight in zip(limit.rows, ratios.tolist(), limit.weights, strict=True):
                drawn = self.tangents.setdefault(key, {}).setdefault(index, set(FIRST_TANGENTS))
                if weight * min((ratio - r) ** 2 for r in drawn) > much:
                    drawn.add(ratio)


@dataclass(frozen=True)
class Answer:
    """What a solve gives: amounts, who stays at the floor, and a cost below which no plan is."""

    amounts: list[float]
    floors: np.ndarray
    bound: float


def buy_within_limits(wanted: Needs, start: list[float], seconds: float) -> tuple[list[float], float]:
    """Return amounts that keep every limit, and a cost below which no plan can be."""
    until = time.monotonic() + seconds
    known = limits(wanted)
    programme = Programme(wanted, known)
    programme.touch(broken(known, wanted, start), start)
    relaxed = _close_in(programme, until - seconds / 2, _relaxed(wanted))
    best: list[float] | None = None
    bound = relaxed.bound if relaxed else 0.0
    while (answer := solve(programme, _left(until, seconds / 2), _whole(wanted))) is not None:
        bound = max(bound, answer.bound)
        is_new = programme.touch(broken(known, wanted, answer.amounts), answer.amounts)
        mended = _mended(programme, answer, until)
        best = mended if best is None else min(best, mended, key=wanted.cost)
        if wanted.cost(best) <= bound * (1 + MIP_GAP) or not is_new or time.monotonic() > until:
            break
    return (stepped(known, wanted, start) if best is None else best), bound


def _mended(programme: Programme, answer: Answer, until: float) -> list[float]:
    """Return the answer with every limit kept: what has no steps moves, what is still lacking is stepped."""
    wanted, floors = programme.wanted, set(np.flatnonzero(answer.floors > 0.5).tolist())
    amounts = _exact(wanted, answer.amounts, floors)
    if broken(programme.known, wanted, amounts):
        inner = Programme(wanted, programme.known, programme.tangents, drawn_in=2 * CLOSE)
        closer = _close_in(inner, until, _fixed(wanted, answer))
        amounts = _exact(wanted, closer.amounts, floors) if closer else amounts
    return stepped(programme.known, wanted, amounts)


def _left(until: float, most: float) -> float:
    return max(0.5, min(most, until - time.monotonic()))


def _close_in(programme: Programme, until: float, freedom: Freedom) -> Answer | None:
    """Solve and add tangents until the limits are kept as nearly as is asked, or time is out."""
    last = None
    while True:
        answer = solve(programme, _left(until, 60), freedom)
        if answer is None:
            return last
        last = answer
        tolerance = CLOSE if programme.drawn_in == 0 else 0.0
        over = broken(programme.known, programme.wanted, answer.amounts, tolerance)
        if not over or time.monotonic() > until:
            return last
        if not programme.touch(over, answer.amounts):
            return last


@dataclass(frozen=True)
class Freedom:
    """Which columns are whole, and between which bounds each lies (purchases, then floors)."""

    whole: np.ndarray
    low: np.ndarray
    high: np.ndarray


def _relaxed(wanted: Needs) -> Freedom:
    count = len(wanted.purchases)
    high = np.r_[np.full(count, np.inf), np.ones(len(wanted.rows))]
    return Freedom(np.zeros(high.size), np.zeros(high.size), high)


def _whole(wanted: Needs) -> Freedom:
    free = _relaxed(wanted)
    stepwise = [purchase.price.step is not None for purchase in wanted.purchases]
    return Freedom(np.r_[stepwise, np.ones(len(wanted.rows), bool)].astype(float), free.low, free.high)


def _fixed(wanted: Needs, answer: Answer) -> Freedom:
    """Keep what is whole as it was answered; only amounts without steps may still move."""
    free = _whole(wanted)
    found = np.r_[
        [amount / unit for amount, unit in zip(answer.amounts, units(wanted), strict=True)], answer.floors
    ]
    settled = np.round(found)
    low = np.where(free.whole > 0, settled, free.low)
    high = np.where(free.whole > 0, settled, free.high)
    return Freedom(np.zeros(low.size), low, high)


class Rows:
    """Constraint rows `low ≤ a·x ≤ high`, gathered one by one."""

    def __init__(self) -> None:
        self.low: list[float] = []
        self.high: list[float] = []
        self.cells: list[tuple[int, int, float]] = []

    def add(self, cells: dict[int, float], low: float, high: float) -> None:
        """Add one row."""
        self.cells += [(len(self.low), column, value) for column, value in cells.items() if value]
        self.low.append(low)
        self.high.append(high)

    def constraint(self, columns: int) -> LinearConstraint:
        """Return the rows as scipy takes them."""
        at, column, value = zip(*self.cells, strict=True)
        matrix = coo_array((value, (at, column)), shape=(len(self.low), columns)).tocsr()
        return LinearConstraint(matrix, self.low, self.high)


def solve(programme: Programme, seconds: float, freedom: Freedom) -> Answer | None:
    """Solve the programme as it is drawn now."""
    wanted, unit = programme.wanted, units(programme.wanted)
    bought, own = len(wanted.purchases), freedom.low.size
    rows = Rows()
    _lines(wanted, unit, rows)
    more = _limit_rows(programme, unit, rows, own) - own
    price = np.zeros(own + more)
    price[:bought] = [p.price.yuan * size for p, size in zip(wanted.purchases, unit, strict=True)]
    scale = float(price.max()) or 1.0
    found = milp(
        price / scale,
        integrality=np.r_[freedom.whole, np.zeros(more)],
        bounds=Bounds(np.r_[freedom.low, np.zeros(more)], np.r_[freedom.high, np.full(more, np.inf)]),
        constraints=rows.constraint(own + more),
        options={"time_limit": seconds, "mip_rel_gap": MIP_GAP},
    )
    if found.x is None:
        return None
    amounts = [max(0.0, float(x)) * size for x, size in zip(found.x[:bought], unit, strict=True)]
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    return Answer(amounts, found.x[bought:own], float(bound) * scale)


def units(wanted: Needs) -> list[float]:
    """Return the unit of each purchase's column: its step, else a hundredth of the line it serves."""
    return [
        purchase.price.step or wanted.line_of(number) / 100
        for number, purchase in enumerate(wanted.purchases)
    ]


def _lines(wanted: Needs, unit: list[float], rows: Rows) -> None:
    """Every row reaches its line, or its floor where its column says so; so many may a stage leave there."""
    bought = len(wanted.purchases)
    together: dict[tuple[str, str], dict[int, float]] = {}
    for index, row in enumerate(wanted.rows):
        reached = wanted.reached_by[index]
        cells = {number: part * unit[number] / row.line for number, part in reached.items()}
        cells[bought + index] = (row.line - row.floor) / row.line
        rows.add(cells, 1 - row.has / row.line, np.inf)
        together.setdefault((row.school, row.stage), {})[bought + index] = 1.0
    for key, cells in together.items():
        rows.add(cells, 0, wanted.allowances[key])


def _limit_rows(programme: Programme, unit: list[float], rows: Rows, column: int) -> int:
    """Add X, t and the tangents of every group that is watched; return how many columns there are then."""
    for key, tangents in programme.tangents.items():
        column = _one_limit(programme, programme.known[key], tangents, (unit, rows, column))
    return column


def _one_limit(
    programme: Programme,
    limit: Limit,
    tangents: dict[int, set[float]],
    drawing: tuple[list[float], Rows, int],
) -> int:
    wanted, (unit, rows, mean) = programme.wanted, drawing
    values = limit.values(wanted, [0.0] * len(wanted.purchases))
    size = float(limit.weights @ values) or 1.0
    total: dict[int, float] = {mean: -1.0}
    spread = {mean: -((1 - programme.drawn_in) ** 2)}
    square = limit.highest**2
    for place, index in enumerate(limit.rows):
        mine, weight = mean + 1 + place, float(limit.weights[place])
        per_unit = limit.pupils[place] * size
        cells = {number: part * unit[number] / per_unit for number, part in wanted.reached_by[index].items()}
        for number, part in cells.items():
            total[number] = total.get(number, 0.0) + weight * part
        for ratio in tangents[index]:
            slope, level = (2 * ratio - 2) / square, (1 - ratio**2) / square
            tangent = {number: slope * part for number, part in cells.items()}
            rows.add({**tangent, mean: level, mine: -1.0}, -np.inf, -slope * values[place] / size)
        spread[mine] = weight
    today = -float(limit.weights @ values) / size
    rows.add(total, today, today)
    rows.add(spread, -np.inf, 0.0)
    return mean + 1 + len(limit.rows)


def _exact(wanted: Needs, amounts: list[float], floors: set[int]) -> list[float]:
    """Return the solver's amounts with every line reached exactly and whole steps whole."""
    exact = []
    for purchase, found in zip(wanted.purchases, amounts, strict=True):
        step = purchase.price.step
        amount = step * round(found / step) if step else found
        for index, part in purchase.reaches.items():
            row = wanted.rows[index]
            target = row.floor if index in floors else row.line
            if row.has + part * amount < target and row.has < target * (1 - 1e-9):
                amount = (target - row.has) / part
                amount = step * ceil(amount / step - 1e-9) if step else amount
        exact.append(amount if amount > 1e-9 else 0.0)
    return exact

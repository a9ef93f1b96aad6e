"""The exchange plan: fewest moves that reach the goals, with proof, reasons, order and what follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from planning import standing
from planning.exchange_ask import Ask
from planning.exchange_check import SEVERITY, Break, alternatives, broken
from planning.exchange_county import MEASURES, Cells, County, pose
from planning.exchange_greedy import obvious
from planning.exchange_lack import Lack, lack
from planning.exchange_match import match
from planning.exchange_problem import KINDS, Problem, changes
from planning.exchange_solve import INFEASIBLE, Least, least

MARGINS = (0.0, 0.02, 0.05, 0.1, 0.15, 0.2)
PLAN_SHARE = 0.6
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    """One answer: a plan, or that there is none and what is lacking."""

    ask: Ask
    problem: Problem
    cells: Cells
    found: Least
    moves: pl.DataFrame
    """from_cell, to_cell, kind, teachers, km, alternatives (schools that could send instead), order."""
    breaks: tuple[tuple[Break, ...], ...]
    before: standing.Standing
    after: standing.Standing
    lack: Lack | None
    frontier: tuple[tuple[float, Least], ...]
    codes: dict[tuple[str, int], str]
    """Indicator code by stage and mark."""
    obvious: int | None
    """Moves of the obvious plan; None where it gets stuck, and for the duty of exchange, which has none."""
    counts_at: str
    seconds: float


def plan(
    county: County,
    ask: Ask,
    amounts: pl.DataFrame,
    *,
    seconds: float = 60.0,
    margins: Sequence[float] = MARGINS,
    say: Say = lambda line: None,
) -> Plan:
    """Return the least exchange for a wish within a time, and everything that is to be said of it."""
    began = time.monotonic()
    problem, cells = pose(county, ask)
    say("solving")
    found = least(problem, seconds * PLAN_SHARE)
    missing = None
    if found.status == INFEASIBLE:
        say("lacking")
        missing = lack(problem, eased(county, ask), seconds - (time.monotonic() - began))
    moves, breaks = _moves(problem, cells, found)
    say("frontier")
    left = seconds - (time.monotonic() - began)
    frontier = _frontier(county, ask, found, margins, max(left, seconds * 0.1))
    now = amounts.filter(pl.col("stage").is_in(ask.stages))
    return Plan(
        ask=ask,
        problem=problem,
        cells=cells,
        found=found,
        moves=moves,
        breaks=breaks,
        before=standing.stand(now, _of_stages(county, ask)),
        after=standing.stand(moved(now, problem, found, county), _of_stages(county, ask)),
        lack=missing,
        frontier=frontier,
        codes=_codes(county),
        obvious=obvious(problem) if found.has_plan and problem.target is None else None,
        counts_at=county.counts_at,
        seconds=time.monotonic() - began,
    )


def _of_stages(county: County, ask: Ask) -> standing.Yardstick:
    lines = county.yardstick.lines.filter(pl.col("stage").is_in(ask.stages))
    return replace(county.yardstick, lines=lines)


def moved(amounts: pl.DataFrame, problem: Problem, found: Least, county: County) -> pl.DataFrame:
    """Return the amounts after the moves: the teachers' numerators change, nothing else does."""
    codes = _codes(county)
    change = changes(found.leave, found.join)
    rows = [
        (
            problem.schools[cell],
            problem.stages[cell],
            codes[problem.stages[cell], mark],
            float(change[cell, mark]),
        )
        for cell, mark in np.argwhere(change)
    ]
    schema = {"school_code": pl.String, "stage": pl.String, "indicator_code": pl.String, "change": pl.Float64}
    moves = pl.DataFrame(rows, schema=schema, orient="row")
    key = ["school_code", "stage", "indicator_code"]
    return (
        amounts.join(moves, on=key, how="left", maintain_order="left")
        .with_columns(numerator=pl.col("numerator") + pl.col("change").fill_null(0))
        .drop("change")
    )


def _codes(county: County) -> dict[tuple[str, int], str]:
    known = county.facts.select("stage", "numerator_measure", "indicator_code").unique()
    return {
        (stage, MEASURES.index(measure)): code
        for stage, measure, code in known.iter_rows()
        if measure in MEASURES
    }


def eased(county: County, ask: Ask) -> dict[str, Problem]:
    """Return the same problem without each of the limits set, one at a time, by the limit's name."""
    lighter = {
        "only_eligible": replace(ask, only_eligible=False),
        "subjects": replace(ask, subjects=()),
        "duty_statuses": replace(ask, duty_statuses=()),
        "leave_most": replace(ask, leave_most=None),
        "total": replace(ask, total=None),
        "within": replace(ask, within=""),
        "most_km": replace(ask, most_km=None),
        "locked": replace(ask, locked=()),
        "per_class": replace(ask, per_class=()),
        "target": replace(ask, target=False),
        "keeps_met": replace(ask, keeps_met=False),
        "lost": replace(ask, spares_lost=ask.thresholds),
    }
    return {name: pose(county, easier)[0] for name, easier in lighter.items() if easier != ask}


def _frontier(
    county: County, ask: Ask, found: Least, margins: Sequence[float], seconds: float
) -> tuple[tuple[float, Least], ...]:
    """Return the fewest moves for each margin above the lines, up to the first that no exchange reaches."""
    points = [(ask.margin, found)]
    until = time.monotonic() + seconds
    wanted = [margin for margin in margins if margin > ask.margin] if found.has_plan else []
    for done, margin in enumerate(wanted):
        share = (until - time.monotonic()) / (len(wanted) - done)
        if share <= 0:
            break
        points.append((margin, least(pose(county, replace(ask, margin=margin))[0], share)))
        if not points[-1][1].has_plan:
            break
    return tuple(points)


def _moves(
    problem: Problem, cells: Cells, found: Least
) -> tuple[pl.DataFrame, tuple[tuple[Break, ...], ...]]:
    """Match the numbers to ways, give each its reason, and put those to defend first on top."""
    matched = match(problem, found.leave, found.join, cells.km, cells.together)
    rows = []
    for move in matched.to_dicts():
        way = (move["from_cell"], move["to_cell"], move["kind"])
        reasons = _own_first(broken(problem, *_without(found, way)), way[2])
        spare = alternatives(problem, found.leave, found.join, way)
        rows.append((move | {"alternatives": spare}, reasons, _weight(problem, reasons, spare)))
    rows.sort(key=lambda row: row[2])
    frame = pl.DataFrame(
        [row | {"order": place} for place, (row, _, _) in enumerate(rows, start=1)],
        schema={**matched.schema, "alternatives": pl.Int64, "order": pl.Int64},
    )
    return frame, tuple(reasons for _, reasons, _ in rows)


def _own_first(reasons: Sequence[Break], kind: int) -> tuple[Break, ...]:
    """Return what the teacher's own marks are missed for; a line missed beside them spends the allowance."""
    own = tuple(one for one in reasons if one.mark is None or KINDS[kind, one.mark])
    return own or tuple(reasons)


def _without(found: Least, way: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the plan without one teacher of a move."""
    sender, host, kind = way
    leave, join = found.leave.copy(), found.join.copy()
    leave[sender, kind] -= 1
    join[host, kind] -= 1
    return leave, join


def _weight(problem: Problem, reasons: Sequence[Break], spare: int) -> tuple[float, ...]:
    """Order moves by what is lost without one: a coefficient first, then below 85 %, then the line."""
    worst = max((SEVERITY[reason.what] for reason in reasons), default=-1)
    touched = {reason.cell for reason in reasons if reason.cell is not None}
    return (-worst, -len(reasons), spare, -sum(float(problem.pupils[cell]) for cell in touched))

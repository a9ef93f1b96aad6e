"""How long the least exchange takes, and how often trying everything gives the same answer."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure, Part
from planning.exchange_problem import FREE, KINDS, Problem, Target
from planning.exchange_solve import Least, least
from tests.planning.small_counties import county, fewest

SCHOOLS, STAGES, SECONDS = 200, ("primary", "junior"), 60.0
LINES = np.array([4.2, 1.0, 0.9])
COUNTIES = 400


def large(seed: int, *, spread: float = 0.3, limit: float = 0.5) -> Problem:
    """Draw 200 schools of both stages whose teachers' marks lie about the lines, school by school."""
    draw = np.random.default_rng(seed)
    cells = SCHOOLS * len(STAGES)
    pupils = np.clip(draw.lognormal(6.2, 0.8, cells), 50, 3000).astype(int)
    teachers = pupils // 15 + 2
    wealth = np.exp(draw.normal(0, spread, (cells, 3))) * np.array([5.5, 1.15, 1.02])
    shares = np.minimum(0.97, wealth / 100 * pupils[:, None] / teachers[:, None])
    kinds = [
        np.bincount((draw.random((count, 3)) < share) @ (1 << np.arange(3)), minlength=8)
        for count, share in zip(teachers, shares, strict=True)
    ]
    held = np.array(kinds)
    counts = held @ KINDS
    supply = draw.binomial(held, 0.4)
    needed = LINES * pupils[:, None] / 100 * (1 - 1e-9)
    return Problem(
        schools=tuple(f"{cell % SCHOOLS:03d}" for cell in range(cells)),
        stages=tuple(STAGES[cell // SCHOOLS] for cell in range(cells)),
        pupils=pupils.astype(float),
        counts=counts.astype(float),
        known=np.ones(cells, bool),
        to_line=np.ceil(needed - counts).astype(int),
        to_floor=np.ceil(0.85 * needed - counts).astype(int),
        shortfalls=(draw.random(cells) < 0.6).astype(int),
        supply=supply,
        eligible=supply,
        may_receive=np.ones(cells, bool),
        leave_cap=np.full(cells, FREE),
        spare=np.maximum(teachers - pupils // 25, 0),
        cv_limits={(stage, mark): limit for stage in STAGES for mark in range(3)},
    )


def measure(home: Path) -> Part:
    """Measure on drawn counties; no home is needed."""
    problem = large(3)
    cases = {
        "three indicators, limits 0.50": problem,
        "three indicators, limits 0.28": large(3, spread=0.35, limit=0.28),
        "the duty of exchange as well": replace(problem, target=Target(0.1, int(problem.supply.sum()), 0.2)),
        "moves within a quarter of the county": replace(problem, allowed=_near(problem)),
    }
    figures = [figure for name, case in cases.items() for figure in _timed(name, case)]
    agreeing = sum(_agrees(seed) for seed in range(COUNTIES))
    figures.append(Figure(f"small counties of {COUNTIES} where trying everything agrees", agreeing, ""))
    remark = (
        f"{SCHOOLS} schools of both stages, {SECONDS:.0f} s at most; the gap is in moves, 0 is proved least."
    )
    return Part("Exchange plans", figures, [remark])


def _near(problem: Problem) -> np.ndarray:
    place = np.random.default_rng(0).random((SCHOOLS, 2))
    places = np.tile(place, (len(STAGES), 1))
    near = ((places[:, None] - places[None, :]) ** 2).sum(axis=-1) < 0.25**2
    return np.asarray(near & (np.array(problem.stages)[:, None] == np.array(problem.stages)[None, :]))


def _timed(name: str, problem: Problem) -> list[Figure]:
    began = time.perf_counter()
    found = least(problem, SECONDS)
    seconds = time.perf_counter() - began
    said = f"{name}: {found.moves} moves" if found.has_plan else f"{name}: {found.status}"
    return [Figure(said, seconds, "s", SECONDS), Figure(f"{name}: gap", _gap(found), "moves", 1)]


def _gap(found: Least) -> float:
    return float(found.gap) if found.has_plan else float("inf") if found.status == "unknown" else 0.0


def _agrees(seed: int) -> bool:
    problem = county(seed)
    found = least(problem, SECONDS)
    return (found.moves if found.has_plan else None) == fewest(problem)

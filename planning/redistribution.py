"""Pupils instead of money: how many a school can enrol with what it has, and which neighbours have places.

Only schools of one stage give or take pupils here: in the others every pupil moves the share of both stages.
A school either buys what it lacks or sends every pupil above its ceiling away; who takes them must still
comply.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import floor

import numpy as np
import polars as pl
from scipy.optimize import Bounds, LinearConstraint, milp

from planning.county import STAGE
from planning.standing import Standing, Yardstick

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Move:
    """Pupils taught at a neighbouring school instead."""

    school: str
    to: str
    stage: str
    pupils: int
    km: float


@dataclass(frozen=True)
class Alternative:
    """The cheapest mix of buying and sending pupils to neighbours."""

    moves: list[Move]
    bought_yuan: float
    moved_yuan: float
    ceilings: pl.DataFrame
    """school_code, stage, students, ceiling, places (negative: pupils above the ceiling)."""


def ceilings(standing: Standing, yardstick: Yardstick, stages: pl.DataFrame) -> pl.DataFrame:
    """Return the most pupils each school of one stage can have and comply with what it has."""
    single = stages.group_by("school_code").agg(pl.len()).filter(pl.col("len") == 1).drop("len")
    tested = standing.indicators.filter(pl.col("threshold").is_not_null()).join(single, on="school_code")
    if tested.is_empty():
        return pl.DataFrame(
            schema={**dict.fromkeys(STAGE, pl.String), "students": pl.Float64, "ceiling": pl.Int64}
        )
    per_line = pl.col("scale") * pl.col("numerator")
    rows = []
    for (school, stage), group in tested.with_columns(
        at_line=per_line / pl.col("threshold"), at_floor=per_line / pl.col("floor_value")
    ).group_by(STAGE, maintain_order=True):
        if group["numerator"].null_count() or group["students"].null_count():
            continue
        allowed = max(0, group.height - (yardstick.min_indicators_met or 0))
        most = _most(group["at_line"].to_list(), group["at_floor"].to_list(), allowed)
        rows.append((school, stage, group["students"][0], floor(most + 1e-6)))
    return pl.DataFrame(
        rows,
        schema={**dict.fromkeys(STAGE, pl.String), "students": pl.Float64, "ceiling": pl.Int64},
        orient="row",
    ).with_columns(places=pl.col("ceiling") - pl.col("students"))


def _most(at_line: list[float], at_floor: list[float], allowed: int) -> float:
    """Return the largest number of pupils under the best choice of what stays at the floor."""
    everyone = range(len(at_line))
    return max(
        min(at_floor[i] if i in chosen else at_line[i] for i in everyone)
        for chosen in combinations(everyone, min(allowed, len(at_line)))
    )


def alternative(
    known: pl.DataFrame, places: pl.DataFrame, yuan: dict[str, float], *, price: float, km: float
) -> Alternative:
    """Choose for each school with a purchase of `yuan` whether to buy, or to send pupils above its ceiling.

    `places` has school_code, longitude and latitude. The choice is exact for these prices and distances.
    """
    located = known.join(places, on="school_code", how="left")
    full = [
        row for row in located.iter_rows(named=True) if row["places"] < 0 and yuan.get(row["school_code"])
    ]
    free = [row for row in located.iter_rows(named=True) if row["places"] >= 1]
    pairs = [
        (i, j, distance)
        for i, sender in enumerate(full)
        for j, taker in enumerate(free)
        if sender["stage"] == taker["stage"]
        and (distance := _km(sender, taker)) is not None
        and distance <= km
    ]
    everything = sum(yuan.values())
    if not pairs:
        return Alternative([], everything, 0.0, known)
    flows, sends = _choose(full, free, pairs, (yuan, price))
    moves = [
        Move(full[i]["school_code"], free[j]["school_code"], full[i]["stage"], round(flow), distance)
        for (i, j, distance), flow in zip(pairs, flows, strict=True)
        if flow > 0.5
    ]
    saved = sum(yuan[full[i]["school_code"]] for i, sent in enumerate(sends) if sent > 0.5)
    return Alternative(moves, everything - saved, price * sum(move.pupils for move in moves), known)


def _choose(
    full: list[dict[str, float]],
    free: list[dict[str, float]],
    pairs: list[tuple[int, int, float]],
    costs: tuple[dict[str, float], float],
) -> tuple[np.ndarray, np.ndarray]:
    """Solve for the pupils of each pair, and which schools send theirs."""
    yuan, price = costs
    count, columns = len(pairs), len(pairs) + len(full)
    out, into = np.zeros((len(full), columns)), np.zeros((len(free), columns))
    for column, (i, j, _distance) in enumerate(pairs):
        out[i, column] = into[j, column] = 1
    for i, school in enumerate(full):
        out[i, count + i] = school["places"]
    distances = np.array([distance for _i, _j, distance in pairs])
    saved = np.array([yuan[str(school["school_code"])] for school in full])
    found = milp(
        np.r_[price + distances * 1e-3, -saved],
        integrality=np.ones(columns),
        bounds=Bounds(0, np.r_[np.full(count, np.inf), np.ones(len(full))]),
        constraints=[
            LinearConstraint(out, 0, 0),
            LinearConstraint(into, 0, [school["places"] for school in free]),
        ],
        options={"time_limit": 4.0},
    )
    answer = np.zeros(columns) if found.x is None else found.x
    return answer[:count], answer[count:]


def _km(one: dict[str, float], other: dict[str, float]) -> float | None:
    """Return the distance as the crow flies; None where a place is not known."""
    if None in (one["longitude"], other["longitude"], one["latitude"], other["latitude"]):
        return None
    here, there = (
        np.radians([one["latitude"], one["longitude"]]),
        np.radians([other["latitude"], other["longitude"]]),
    )
    half = np.sin((there - here) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(half[0] + np.cos(here[0]) * np.cos(there[0]) * half[1])))

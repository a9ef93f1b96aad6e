"""The coefficient limits over what is bought: which are broken, and the cheapest next step towards one."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from planning.needs import Needs

Group = tuple[str, str]
STRIDE = 0.01
"""The step, in parts of a line, by which an amount without whole units is raised."""


@dataclass(frozen=True)
class Limit:
    """One stage and indicator with a limit: its rows, their weights in the mean, and pupils."""

    rows: list[int]
    weights: np.ndarray
    pupils: np.ndarray
    highest: float

    def values(self, wanted: Needs, amounts: list[float]) -> np.ndarray:
        """Return what each row has per pupil once the amounts are bought."""
        has = np.array([wanted.rows[i].has for i in self.rows])
        for position, index in enumerate(self.rows):
            for number, part in wanted.reached_by[index].items():
                has[position] += part * amounts[number]
        return has / self.pupils

    def coefficient(self, wanted: Needs, amounts: list[float]) -> float:
        """Return S ÷ X; where there is nothing at all there is no coefficient, and the limit is not kept."""
        values = self.values(wanted, amounts)
        mean = float(self.weights @ values)
        return sqrt(float(self.weights @ (values - mean) ** 2)) / mean if mean > 0 else float("inf")


def limits(wanted: Needs) -> dict[Group, Limit]:
    """Return every stage and indicator that has a limit and something to buy."""
    lines = wanted.base.yardstick.lines.select("stage", "indicator_code", "cv_limit")
    highest = {(stage, code): limit for stage, code, limit in lines.iter_rows() if limit is not None}
    members: dict[Group, list[int]] = {}
    for index, row in enumerate(wanted.rows):
        if (row.stage, row.indicator) in highest:
            members.setdefault((row.stage, row.indicator), []).append(index)
    plain = wanted.base.yardstick.cv_method == "unweighted"
    found = {}
    for key, rows in members.items():
        pupils = np.array([wanted.rows[i].pupils for i in rows])
        weights = np.full(len(rows), 1 / len(rows)) if plain else pupils / pupils.sum()
        found[key] = Limit(rows, weights, pupils, highest[key])
    return found


def broken(
    known: dict[Group, Limit], wanted: Needs, amounts: list[float], tolerance: float = 1e-9
) -> set[Group]:
    """Return the stages and indicators whose coefficient is above its limit."""
    return {
        key
        for key, limit in known.items()
        if limit.coefficient(wanted, amounts) > limit.highest * (1 + tolerance)
    }


def stepped(known: dict[Group, Limit], wanted: Needs, amounts: list[float]) -> list[float]:
    """Raise amounts step by step, each time where a yuan does most, until every limit is kept."""
    amounts = list(amounts)
    while over := broken(known, wanted, amounts):
        limit = known[min(over)]
        values = limit.values(wanted, amounts)
        mean = float(limit.weights @ values)
        spread = sqrt(float(limit.weights @ (values - mean) ** 2))
        slopes = limit.weights * ((values - mean) / spread - limit.highest) / limit.pupils
        _gain, number = min(
            (slope * part / wanted.purchases[number].price.yuan, number)
            for slope, index in zip(slopes, limit.rows, strict=True)
            for number, part in wanted.reached_by[index].items()
        )
        amounts[number] += wanted.purchases[number].price.step or wanted.line_of(number) * STRIDE
    return amounts

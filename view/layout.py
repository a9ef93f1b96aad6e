"""Where marks stand: positions in pixels for charts whose layout no grammar gives. No figure is made here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from view.names import Row

WIDTH = 900.0
REACH = 1.6


def band(groups: int) -> int:
    """Return the height of a group's band in pixels; many groups get narrow ones."""
    return 104 if groups <= 4 else 66


def end_of_scale(values: Sequence[float], threshold: float | None) -> float:
    """Return where a value axis ends: a few far-off schools do not press the others together."""
    ordered = sorted(values)
    if not ordered:
        return threshold or 1.0
    common = ordered[min(len(ordered) - 1, int(len(ordered) * 0.97))] * 1.12
    end = ordered[-1] * 1.03 if ordered[-1] <= common * REACH else common
    return max(end, (threshold or 0) * 1.15)


def radius(students: float | None) -> float:
    """Return a school's dot in pixels: its area grows with its pupils, within what stays legible."""
    return 3.2 + min(5.2, ((students or 0) ** 0.5) / 8)


def swarm(rows: Sequence[Row], end: float, middle: float, room: float) -> list[Row]:
    """Give each row an `x_value` and a pixel `y` about `middle`, so that dots do not cover one another."""
    placed: list[tuple[float, float, float]] = []
    result = []
    for row in sorted(rows, key=lambda item: item["value"]):
        x, size = row["value"] / end * WIDTH, radius(row["students"])
        near = [(px, py, ps) for px, py, ps in placed[-60:] if x - px < size + ps]
        y = next((y for y in _steps(room) if _free(x, y, size, near)), 0.0)
        placed.append((x, y, size))
        result.append(row | {"y": middle + y, "size": (2 * size) ** 2 * 0.8})
    return result


def _steps(room: float) -> list[float]:
    return [0.0] + [side * step for step in range(3, int(room), 3) for side in (-1, 1)]


def _free(x: float, y: float, size: float, near: Sequence[tuple[float, float, float]]) -> bool:
    return all((x - px) ** 2 + (y - py) ** 2 >= (0.92 * (size + ps)) ** 2 for px, py, ps in near)


def bands(
    frame: pl.DataFrame, group: str, order: Sequence[str], threshold: float | None
) -> tuple[pl.DataFrame, float, list[int]]:
    """Lay schools out in one band a group.

    Returns the frame with `y`, `size`, `band_top` in pixels and the names of the ends (`low_name`,
    `high_name`), the end of the axis, and how many schools of each group lie beyond it.
    """
    end = end_of_scale(frame["value"].to_list(), threshold)
    rows: list[Row] = []
    beyond, high = [], band(len(order))
    for place, name in enumerate(order):
        part = frame.filter(pl.col(group) == name)
        inside = part.filter(pl.col("value") <= end).to_dicts()
        laid = swarm(inside, end, (place + 0.5) * high, high / 2 - 8)
        rows += _with_ends(laid, place * high)
        beyond.append(part.height - len(laid))
    return pl.DataFrame(rows, infer_schema_length=None), end, beyond


def _with_ends(rows: list[Row], top: float) -> list[Row]:
    last = len(rows) - 1
    return [
        row
        | {
            "band_top": top,
            "low_name": row["school_name"] if place == 0 and last > 1 else None,
            "high_name": row["school_name"] if place == last and last > 0 else None,
        }
        for place, row in enumerate(rows)
    ]


def spread(values: Sequence[float], span: float) -> list[float]:
    """Move label positions apart, keeping their order, so that no two are closer than a line of text."""
    gap = span * 0.2
    order = sorted(range(len(values)), key=lambda place: values[place])
    result = list(values)
    for before, after in pairwise(order):
        result[after] = max(result[after], result[before] + gap)
    drift = max(result, default=0) - max(values, default=0)
    return [value - drift / 2 for value in result]


def thinned(labels: Sequence[tuple[float, str]], span: float) -> list[str | None]:
    """Drop the labels of one year that would cover one already written."""
    kept: list[float] = []
    result: list[str | None] = []
    for value, text in labels:
        free = all(abs(value - other) > span * 0.16 for other in kept)
        result.append(text if free else None)
        kept += [value] if free else []
    return result


def off_the_line(value: float, limit: float) -> float:
    """Move a label away from the limit's line, to the side its value is on."""
    room = max(value, limit) * 0.08
    if abs(value - limit) >= room:
        return value
    return limit + room if value > limit else limit - room


def beside_the_line(value: float, line: float, end: float) -> float:
    """Return where a figure stands: above its point over the line, below it under the line."""
    room = end * 0.13
    return value + room if value >= line else value - room

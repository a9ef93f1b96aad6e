"""Small multiples over the years, one cell an indicator, drawn as inline SVG so that they wrap and print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import polars as pl

from view import numbers
from view.corrected import mark
from view.names import Names, Row
from view.school_words import bare_name, unit

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 164, 104, 8, 72, 12, 22
APART = 15
STAGE_LOOK = {"primary": "p", "junior": "j"}


@dataclass(frozen=True)
class Scale:
    """Years across, values upwards, in the cell's pixels."""

    years: Sequence[int]
    low: float
    high: float

    def x(self, year: int) -> float:
        """Return a year's place."""
        steps = max(len(self.years) - 1, 1)
        return LEFT + (WIDTH - LEFT - RIGHT) * self.years.index(year) / steps

    def y(self, value: float) -> float:
        """Return a value's height."""
        room = (self.high - self.low) or 1.0
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - self.low) / room


def trends(history: pl.DataFrame, names: Names) -> str:
    """Return the cells of every indicator: value ÷ threshold where there is one, else the value itself."""
    years = sorted(history["school_year"].unique().to_list())
    rows = history.to_dicts()
    codes = list(
        dict.fromkeys(row["indicator_code"] for row in sorted(rows, key=lambda row: row["indicator_code"]))
    )
    cells = (_cell([row for row in rows if row["indicator_code"] == code], years, names) for code in codes)
    return f'<div class="trends">{"".join(cells)}</div>'


def _height(row: Row) -> float | None:
    return row["share_of_threshold"] if row["threshold"] else row["value"]


def _cell(rows: Sequence[Row], years: Sequence[int], names: Names) -> str:
    first = rows[0]
    indicator = names.indicator(first["standard_code"], first["stage"], first["indicator_code"])
    heights = [height for row in rows if (height := _height(row)) is not None]
    tested = [row for row in rows if row["threshold"]]
    guides = [1.0, *(row["floor_value"] / row["threshold"] for row in tested[:1])] if tested else [0.0]
    scale = Scale(years, min([*heights, *guides], default=0.0), max([*heights, *guides], default=1.0))
    lines = "".join(_guide(scale, guide, solid=place == 0) for place, guide in enumerate(guides) if tested)
    stages = [[row for row in rows if row["stage"] == stage] for stage in STAGE_LOOK]
    body = "".join(_line(part, scale) for part in stages if part)
    ends = _ends([part[-1] for part in stages if part and part[-1]["school_year"] == years[-1]], scale, names)
    axis = "".join(
        f'<text class="year" x="{scale.x(year):.0f}" y="{HEIGHT - 6}">{year}</text>'
        for year in sorted({years[0], years[-1]})
    )
    title = f"{first['indicator_code']} {bare_name(indicator)}"
    return (
        f"<figure><figcaption>{escape(title)}<small>{escape(unit(indicator))}</small></figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{lines}{body}{ends}{axis}</svg></figure>"
    )


def _guide(scale: Scale, height: float, *, solid: bool) -> str:
    y = scale.y(height)
    look = "std" if solid else "floor"
    return f'<line class="{look}" x1="0" x2="{WIDTH - RIGHT + 8}" y1="{y:.1f}" y2="{y:.1f}"/>'


def _line(rows: Sequence[Row], scale: Scale) -> str:
    look = STAGE_LOOK[rows[0]["stage"]]
    runs: list[list[str]] = [[]]
    dots = []
    for row in rows:
        height = _height(row)
        if height is None:
            runs.append([])
            continue
        x, y = scale.x(row["school_year"]), scale.y(height)
        runs[-1].append(f"{x:.1f},{y:.1f}")
        told = f"{row['school_year']}: {numbers.number(row['value'], 2)}{mark(row)}"
        dots.append(
            f'<circle class="dot {row["status"]}" cx="{x:.1f}" cy="{y:.1f}" r="3.2">'
            f"<title>{told}</title></circle>"
        )
    drawn = "".join(f'<polyline class="{look}" points="{" ".join(run)}"/>' for run in runs if run)
    return drawn + "".join(dots)


def _ends(rows: Sequence[Row], scale: Scale, names: Names) -> str:
    """Write the last values beside the lines' ends, pushed apart where they would touch."""
    known = [row for row in rows if _height(row) is not None]
    known.sort(key=lambda row: scale.y(_height(row) or 0.0))
    places = [scale.y(_height(row) or 0.0) for row in known]
    for below in range(1, len(places)):
        if places[below] - places[below - 1] < APART:
            middle = max((places[below] + places[below - 1]) / 2, TOP + APART / 2)
            places[below - 1], places[below] = middle - APART / 2, middle + APART / 2
    return "".join(_end(y, row, names) for y, row in zip(places, known, strict=True))


def _end(y: float, row: Row, names: Names) -> str:
    indicator = names.indicator(row["standard_code"], row["stage"], row["indicator_code"])
    stage = names.label("stage", row["stage"])[:1]
    text = f"{stage} {numbers.number(row['value'], int(indicator.get('decimals') or 2))}{mark(row)}"
    look = STAGE_LOOK[row["stage"]]
    return f'<text class="end {look}" x="{WIDTH - RIGHT + 11}" y="{y + 4:.1f}">{escape(text)}</text>'

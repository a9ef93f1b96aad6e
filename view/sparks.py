"""Small multiples: one small picture an indicator, years against the limit, all on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import bullets, numbers, tables, theme
from view.controls import Pick
from view.corrected import mark, sign
from view.names import Row
from view.texts import _

WIDTH, HEIGHT, SIDE, FOOT, HEAD = 240.0, 96.0, 26.0, 18.0, 16.0


def _x(place: int, count: int) -> float:
    return SIDE if count < 2 else SIDE + (WIDTH - 2 * SIDE) * place / (count - 1)


def _y(value: float, end: float) -> float:
    return HEAD + (HEIGHT - HEAD - FOOT) * (1 - value / end)


def _drawing(rows: Sequence[Row], years: Sequence[int], end: float) -> str:
    points = [
        (_x(years.index(r["school_year"]), len(years)), _y(r["cv"], end), r)
        for r in rows
        if r["cv"] is not None
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, _row in points) if points else ""
    limits = [row["cv_limit"] for row in rows if row["cv_limit"] is not None]
    limit = ""
    if limits:
        level = _y(limits[-1], end)
        is_over = any(row["status"] == "not_met" for row in rows)
        limit = (
            f'<path d="M0 {level:.1f}H{WIDTH}" stroke="{theme.INK}" stroke-width="1.3"/>'
            f'<text x="{WIDTH}" y="{level + (14 if is_over else -4):.1f}" text-anchor="end" class="b">'
            f"{_('限 {limit}', limit=numbers.number(limits[-1], 2))}</text>"
        )
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{_colour(row)}"/>'
        f'<text x="{x:.1f}" y="{_beside(row, y):.1f}" text-anchor="middle">'
        f"{numbers.coefficient(row['cv'])}{mark(row)}</text>"
        for x, y, row in points
    )
    ticks = "".join(
        f'<text x="{_x(place, len(years)):.1f}" y="{HEIGHT - 2}" text-anchor="middle" class="s">{year}</text>'
        for place, year in enumerate(years)
    )
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img">'
        f'<path d="M0 {HEIGHT - FOOT}H{WIDTH}" stroke="{theme.RULE}"/>'
        f'{limit}<path d="{path}" fill="none" stroke="{theme.ACCENT}" stroke-width="1.8"/>{dots}{ticks}</svg>'
    )


def _beside(row: Row, y: float) -> float:
    """Write a figure on the far side of the limit's line."""
    return y - 7 if row["cv_limit"] is not None and row["cv"] > row["cv_limit"] else y + 15


def _colour(row: Row) -> str:
    return theme.STATUS["not_met"] if row["status"] == "not_met" else theme.ACCENT


def panels(pick: Pick, years: pl.DataFrame, now: pl.DataFrame) -> str:
    """Return one panel an indicator of `now` (this year's rows, in order) with its years from `years`."""
    end = bullets.top(years, ["cv", "cv_limit"])
    span = sorted(years["school_year"].unique().to_list())
    known = {
        key[0]: part.to_dicts() for key, part in years.partition_by("indicator_code", as_dict=True).items()
    }
    cells = []
    for row in now.to_dicts():
        word = (
            tables.status(pick.names, "balance_status", row["status"])
            if row["status"] != "not_tested"
            else ""
        )
        picked = " here" if row["indicator_code"] == pick.indicator else ""
        cells.append(
            f'<div class="panel{picked}"><div class="panelhead">'
            f"{bullets.name_cell(pick, row, 'balance')}{word}</div>"
            f"{_drawing(known[row['indicator_code']], span, end)}</div>"
        )
    return f'<div class="panels">{"".join(cells)}</div>'


def ways(pick: Pick, now: pl.DataFrame) -> str:
    """Return each coefficient as tested beside the unweighted one and the one with small sites counted."""
    fields = ["cv", "cv_unweighted"] + (["cv_with_small_sites"] if now["schools_excluded"].max() else [])
    end = bullets.top(now, [*fields, "cv_limit"])
    heads = "".join(
        f'<span class="val">{word}</span>'
        for word in (_("加权"), _("不加权"), _("含小教学点"))[: len(fields)]
    )
    lines = "".join(_way(pick, row, end, fields) for row in now.to_dicts())
    head = f'<div class="bullet ways head"><span></span><span></span>{heads}</div>'
    return f'<div class="bullets">{head}{lines}</div>'


def _way(pick: Pick, row: Row, end: float, fields: Sequence[str]) -> str:
    look = "behind" if row["status"] == "not_met" else "main"
    marks = {
        "cv_unweighted": ("em", ""),
        "cv_with_small_sites": ("q", ""),
        "cv": ("strong", f' class="{look}"'),
    }
    drawn = [("b", row["cv_limit"], "")] + [(marks[f][0], row[f], marks[f][1]) for f in marks if f in fields]
    dots = "".join(
        f'<{tag} style="left:{bullets.place(value, end)}"{style}></{tag}>'
        for tag, value, style in drawn
        if value is not None
    )
    figures = "".join(
        f'<span class="val">{escape(numbers.coefficient(row[field]))}{sign(row)}</span>' for field in fields
    )
    name = bullets.name_cell(pick, row, "balance")
    return f'<div class="bullet ways">{name}<span class="track line">{dots}</span>{figures}</div>'

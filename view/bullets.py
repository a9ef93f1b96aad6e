"""Bullet rows: a coefficient on the scale of its limit, beside the share of schools that meet the indicator.

Real HTML instead of a canvas: the names are links, the figures are text, and the rows print and fit a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import links, numbers, tables
from view.controls import Pick
from view.corrected import sign
from view.names import Row
from view.texts import _, language

SPARE = 1.12


def top(frame: pl.DataFrame, columns: Sequence[str]) -> float:
    """Return the end of a scale that holds every value of `columns`, shared by charts side by side."""
    highest = [frame[column].cast(pl.Float64).max() for column in columns if column in frame.columns]
    known = [float(value) for value in highest if isinstance(value, float)]
    return max(known, default=1.0) * SPARE or 1.0


def place(value: float | None, end: float) -> str:
    """Return where a value stands on a track, in per cent of its length."""
    return f"{min(100.0, 100 * (value or 0) / end):.2f}%"


def name_cell(pick: Pick, row: Row, page: str = "indicators") -> str:
    """Return an indicator's name as a link, its common beginning small above the rest."""
    code, stage = row["indicator_code"], row["stage"]
    if (pick.standard, stage, code) not in pick.names.indicators:
        return f'<span class="name"><b>{escape(pick.names.label("indicator", code))}</b></span>'
    name = pick.names.indicator_name(pick.standard, stage, code)
    prefix = (
        str(pick.names.indicator(pick.standard, stage, code).get("prefix_zh") or "")
        if language() == "zh"
        else ""
    )
    small = f"<small>{escape(prefix)}</small>" if prefix and name.startswith(prefix) else ""
    rest = name[len(prefix) :] if small else name
    return f'<span class="name">{small}{links.link(rest, page, indicator=code, stage=stage)}</span>'


def _track(row: Row, end: float) -> str:
    if row["cv"] is None:
        return '<span class="track"></span>'
    tick, limit = row["previous_cv"], row["cv_limit"]
    hint = _(
        "差异系数 {cv}，上年 {before}，限 {limit}",
        cv=numbers.coefficient(row["cv"]),
        before=numbers.coefficient(tick),
        limit=numbers.number(limit, 2),
    )
    return (
        f'<span class="track" title="{escape(hint)}">'
        f'<i class="{row["status"]}" style="width:{place(row["cv"], end)}"></i>'
        + (f'<u style="left:{place(tick, end)}"></u>' if tick is not None else "")
        + (f'<b style="left:{place(limit, end)}"></b>' if limit is not None else "")
        + "</span>"
    )


def _line(pick: Pick, row: Row, end: float, *, shares: bool) -> str:
    share = row["met_share"]
    schools = (
        f'<span class="share wide" title="{escape(_school_hint(row))}">'
        f'<i style="width:{place(share, 1)}"></i></span>'
        f'<span class="val wide">{numbers.percent(share)}{sign(row)}</span>'
        if shares and share is not None and row["indicator_code"] != "composite"
        else '<span class="wide"></span><span class="wide"></span>'
    )
    word = (
        tables.status(pick.names, "balance_status", row["status"])
        if row["status"] != "not_tested"
        else "<span></span>"
    )
    colour = f" st-{row['status']}" if row["status"] == "not_met" else ""
    return (
        f'<div class="bullet">{name_cell(pick, row)}{_track(row, end)}'
        f'<span class="val{colour}">{numbers.coefficient(row["cv"])}{sign(row)}</span>'
        f"{word}{schools}</div>"
    )


def _school_hint(row: Row) -> str:
    return _(
        "{n} 所中 {met} 所达标，{near} 所接近，{below} 所未达标，{missing} 所缺数据",
        n=row["schools"],
        met=row["schools_met"],
        near=row["schools_near"],
        below=row["schools_below"],
        missing=row["schools_missing"],
    )


def coefficients(pick: Pick, frame: pl.DataFrame, stage: str) -> str:
    """Return the bullet rows of one stage; `frame` holds every stage shown, so that scales agree."""
    end = top(frame, ["cv", "previous_cv", "cv_limit"])
    rows = frame.filter(pl.col("stage") == stage).to_dicts()
    shares = pick.tests_schools
    limits = {row["cv_limit"] for row in rows if row["cv_limit"] is not None}
    marks = "".join(
        f'<span style="left:{place(limit, end)}">{_("限 {limit}", limit=numbers.number(limit, 2))}</span>'
        for limit in limits
    )
    heads = _("达标学校") if shares else ""
    head = (
        f'<div class="bullet head"><span></span><span class="limit">{marks}</span>'
        f'<span class="val">{_("系数")}</span><span></span><span class="wide both">{heads}</span></div>'
    )
    return f'<div class="bullets">{head}{"".join(_line(pick, row, end, shares=shares) for row in rows)}</div>'


def _target_line(pick: Pick, row: Row, end: float, before: str, decimals: int) -> str:
    was, reached = row[before], row["status"]
    limit = row["cv_limit"] if before == "previous_cv" else None
    marks = "".join(
        f'<{tag} style="left:{place(value, end)}"{look}></{tag}>'
        for tag, value, look in (
            ("b", limit, ""),
            ("em", was, ""),
            ("strong", row["actual"], f' class="{reached}"'),
            ("s", row["target"], ""),
        )
        if value is not None
    )
    write = numbers.percent if decimals == 1 else numbers.coefficient
    gap = write(abs(row["gap"])) if row["gap"] is not None else ""
    word = tables.status(pick.names, "target_status", reached)
    if reached == "behind":
        shape = escape(pick.names.symbol("target_status", reached))
        word = f'<span class="st st-behind">{shape} {_("还差 {gap}", gap=gap)}</span>'
    hint = _(
        "目标 {target}，实际 {actual}，上年 {before}",
        target=write(row["target"]),
        actual=write(row["actual"]),
        before=write(was),
    )
    return (
        f'<div class="bullet aim" title="{escape(hint)}">{name_cell(pick, row)}'
        f'<span class="track line">{marks}</span>'
        f'<span class="val">{write(row["actual"])}{sign(row)}</span>{word}</div>'
    )


def aims(pick: Pick, frame: pl.DataFrame, stage: str, *, before: str, decimals: int) -> str:
    """Return last year's and this year's figure against the county's own target, row by row.

    `before` is the field of last year's figure (`previous_cv` or `previous_met_share`);
    `decimals` 1 writes shares.
    """
    end = 1.0 if before == "previous_met_share" else top(frame, ["actual", "target", before, "cv_limit"])
    rows = frame.filter(pl.col("stage") == stage).to_dicts()
    lines = "".join(_target_line(pick, row, end, before, decimals) for row in rows)
    return f'<div class="bullets">{lines}</div>'

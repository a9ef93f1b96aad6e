"""Sentences about the balance between schools, made by rule from the coefficients."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import numbers, sentences
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _


def called(pick: Pick, rows: Sequence[Row]) -> list[str]:
    """Name indicators: one or two in full, more in short."""
    stem = "name" if len(rows) < 3 else "short"
    return [pick.names.indicator_name(pick.standard, pick.stage, row["indicator_code"], stem) for row in rows]


def verdict(pick: Pick, now: pl.DataFrame) -> str:
    """Say how many of a stage's coefficients hold, and name those that do not."""
    stage = pick.names.label("stage", pick.stage)
    rows = [row for row in now.to_dicts() if row["indicator_code"] != "composite"]
    composite = now.filter(pl.col("indicator_code") == "composite").to_dicts()
    if composite and composite[0]["cv_limit"] is not None:
        row = composite[0]
        return _(
            "{stage}综合差异系数 {cv}，限 {limit}：{status}",
            stage=stage,
            cv=numbers.coefficient(row["cv"]),
            limit=numbers.number(row["cv_limit"], 2),
            status=pick.names.label("balance_status", row["status"]),
        )
    over = called(pick, [row for row in rows if row["status"] == "not_met"])
    missing = sum(row["status"] == "missing" for row in rows)
    if over:
        text = _(
            "{stage} {n} 项差异系数中 {over} 项超限：{names}",
            stage=stage,
            n=len(rows),
            over=len(over),
            names=sentences.listed(over),
        )
    elif missing == len(rows):
        text = _("{stage} {n} 项差异系数都因缺数据未定", stage=stage, n=len(rows))
    elif missing:
        text = _(
            "{stage} {n} 项差异系数没有超限，{missing} 项因缺数据未定",
            stage=stage,
            n=len(rows),
            missing=missing,
        )
    else:
        text = _("{stage} {n} 项差异系数都在限内", stage=stage, n=len(rows))
    return text


def composite(now: pl.DataFrame) -> str:
    """Report the plain mean of the coefficients where it is not itself tested."""
    rows = now.filter((pl.col("indicator_code") == "composite") & pl.col("cv_limit").is_null()).to_dicts()
    if not rows or rows[0]["cv"] is None:
        return ""
    return _("综合（各项平均）为 {cv}，只报告，不检验。", cv=numbers.coefficient(rows[0]["cv"]))


def weights_title(pick: Pick, now: pl.DataFrame) -> str:
    """Name the indicator whose verdict would differ without weights, else the one that differs most."""
    known = now.filter(
        pl.col("cv").is_not_null()
        & pl.col("cv_unweighted").is_not_null()
        & (pl.col("indicator_code") != "composite")
    )
    if known.is_empty():
        return ""
    limit = pl.col("cv_limit")
    flips = known.filter((pl.col("cv") <= limit) != (pl.col("cv_unweighted") <= limit)).to_dicts()
    if flips:
        names = called(pick, flips)
        return _("不按学生数加权时，{names}会改变结论", names=sentences.listed(names))
    row = known.sort((pl.col("cv") - pl.col("cv_unweighted")).abs()).to_dicts()[-1]
    return _(
        "加权与不加权的结论相同，相差最多的是{name}（{cv} 与 {other}）",
        name=pick.names.indicator_name(pick.standard, pick.stage, row["indicator_code"], "short"),
        cv=numbers.coefficient(row["cv"]),
        other=numbers.coefficient(row["cv_unweighted"]),
    )


def makers_title(schools: pl.DataFrame, shown: int) -> str:
    """Say which share of the spread a few schools make, and how many of them lie below the county's mean."""
    top = (
        schools.filter(pl.col("cv_contribution").is_not_null())
        .sort("cv_contribution", descending=True)
        .head(shown)
    )
    if top.is_empty():
        return ""
    low = top.filter(pl.col("value") < pl.col("county_mean")).height
    return _(
        "{n} 所学校造成差距的 {share}，其中 {low} 所低于县均值",
        n=top.height,
        share=numbers.percent(float(top["cv_contribution"].sum()), 0),
        low=low,
    )


def lorenz_title(schools: pl.DataFrame) -> str:
    """Say what share of the resource reaches the half of the pupils with least."""
    known = (
        schools.filter(pl.col("student_cumulative_share") >= 0.5).sort("student_cumulative_share").to_dicts()
    )
    if not known:
        return ""
    row = known[0]
    return _(
        "资源最少的 {pupils} 学生用到 {resource} 的资源",
        pupils=numbers.percent(row["student_cumulative_share"], 0),
        resource=numbers.percent(row["resource_cumulative_share"], 0),
    )


def step_words(item: Row) -> str:
    """Write one step of an indicator: one more teacher, 100 m², a room."""
    return numbers.need(item.get("step"), spoken(item, "numerator_unit"))


def step_title(pick: Pick, schools: pl.DataFrame, row: Row, item: Row) -> str:
    """Name the school where one more step would lower the coefficient most."""
    known = schools.filter(pl.col("cv_after_step").is_not_null()).sort("cv_after_step")
    if known.is_empty() or row["cv"] is None or known["cv_after_step"][0] >= row["cv"]:
        return ""
    best = known.to_dicts()[0]
    return _(
        "同样增加 {step}，放在{school}最能缩小差距：{before} → {after}",
        step=step_words(item),
        school=best["school_name"],
        before=numbers.number(row["cv"], 4),
        after=numbers.number(best["cv_after_step"], 4),
    )

"""Sentences about one indicator, made by rule from its figures."""

from __future__ import annotations

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _


def indicator_verdict(pick: Pick, row: Row) -> str:
    """Say how many schools meet the indicator and where its coefficient stands."""
    who = {
        "stage": pick.names.label("stage", row["stage"]),
        "name": pick.names.indicator_name(pick.standard, row["stage"], row["indicator_code"]),
    }
    cv, limit = numbers.coefficient(row["cv"]), row["cv_limit"]
    if not pick.tests_schools:
        return _("{stage}{name}：{n} 所学校，差异系数 {cv}", n=row["schools"], cv=cv, **who)
    start = _("{stage}{name}：{n} 所中 {met} 所达标", n=row["schools"], met=row["schools_met"], **who)
    if row["cv"] is None:
        return start
    if limit is None:
        return start + _("；差异系数 {cv}", cv=cv)
    if row["status"] == "not_met":
        return start + _(
            "；差异系数 {cv}，超出限值 {over}", cv=cv, over=numbers.coefficient(row["cv"] - limit)
        )
    return start + _("；差异系数 {cv}，限 {limit}", cv=cv, limit=numbers.number(limit, 2))


def contrast(pick: Pick, groups: pl.DataFrame, indicator: Row) -> str:
    """Set the group with the largest share of schools that fall short against the one with the smallest."""
    rows = [row for row in groups.to_dicts() if row["schools_with_value"] and row["met_share"] is not None]
    if len(rows) < 2:
        return ""
    rows.sort(key=lambda row: row["met_share"])
    worst, best = rows[0], rows[-1]
    unmet = worst["schools_near"] + worst["schools_below"]
    if not unmet or worst["met_share"] == best["met_share"]:
        return ""
    kind, decimals, unit = worst["group_kind"], indicator["decimals"], spoken(indicator, "unit")
    return _(
        "{worst} {n} 所中 **{unmet} 所不足**，中位数 {low} {unit}；{best} {m} 所的中位数为 {high} {unit}。",
        worst=pick.names.label(kind, worst["group_name"]),
        n=worst["schools"],
        unmet=unmet,
        low=numbers.number(worst["median_value"], decimals),
        best=pick.names.label(kind, best["group_name"]),
        m=best["schools"],
        high=numbers.number(best["median_value"], decimals),
        unit=unit,
    )


def near_and_missing(row: Row) -> list[str]:
    """Say how many schools are near the threshold, and how many cannot be judged."""
    near = _("{n} 所已到标准的 85%。", n=row["schools_near"]) if row["schools_near"] else ""
    missing = _("{n} 所缺数据，补报前不能判定。", n=row["schools_missing"]) if row["schools_missing"] else ""
    single = _("这一学段只有一所学校，差异系数为 0。") if row["is_single_school"] else ""
    return [near, missing, single]


def strip_title(pick: Pick, groups: pl.DataFrame) -> str:
    """Name the groups with the lowest and the highest median."""
    rows = [row for row in groups.to_dicts() if row["median_value"] is not None]
    if len(rows) < 2:
        return _("各校数值")
    rows.sort(key=lambda row: row["median_value"])
    kind = rows[0]["group_kind"]
    return _(
        "中位数{low}最低，{high}最高",
        low=pick.names.label(kind, rows[0]["group_name"]),
        high=pick.names.label(kind, rows[-1]["group_name"]),
    )


def trend_title(years: pl.DataFrame) -> str:
    """Say how the coefficient moved over the years shown, and whether it still is over its limit."""
    known = years.filter(pl.col("cv").is_not_null()).sort("school_year").to_dicts()
    if len(known) < 2:
        return _("差异系数") if known else ""
    change = known[-1]["cv"] - known[0]["cv"]
    span = known[-1]["school_year"] - known[0]["school_year"]
    if abs(change) < 0.0005:
        return _("{n} 年来差异系数没有变化", n=span)
    text = _("{n} 年缩小 {change}", n=span, change=numbers.coefficient(-change))
    if change > 0:
        text = _("{n} 年扩大 {change}", n=span, change=numbers.coefficient(change))
    limit = known[-1]["cv_limit"]
    if limit is None:
        return text
    over = known[-1]["cv"] > limit * (1 + 1e-9)
    return text + (_("，仍高于限值") if over else _("，在限内"))


def shortfall_title(pick: Pick, row: Row, indicator: Row) -> str:
    """Sum up what all schools together lack."""
    if not pick.tests_schools:
        return _("逐校数值")
    unmet = row["schools_near"] + row["schools_below"]
    if not unmet:
        return _("没有学校低于标准，逐校如下")
    total = numbers.need(row["total_shortfall"], spoken(indicator, "numerator_unit"))
    return _("{n} 所学校共缺 {total}，逐校如下", n=unmet, total=total)


def met_title(pick: Pick, groups: pl.DataFrame) -> str:
    """Say which group's share of schools lags, when groups differ."""
    rows = [row for row in groups.to_dicts() if row["met_share"] is not None]
    if len(rows) < 2:
        return ""
    rows.sort(key=lambda row: row["met_share"])
    kind = rows[0]["group_kind"]
    return _(
        "{low}达标比例最低（{share}）",
        low=pick.names.label(kind, rows[0]["group_name"]),
        share=numbers.percent(rows[0]["met_share"]),
    )

"""Sentences of the projection, made by rules from its figures."""

from __future__ import annotations

from view import numbers
from view.names import Names, Row
from view.texts import _


def date(year: int, day: str = "09-01") -> str:
    """Return a statistics date."""
    return f"{year}-{day}"


def verdict(stage: str, crossed: int, year: int | None) -> str:
    """Return how many indicators fall below their line if nothing is done, and when the first does."""
    if not crossed:
        return _("维持现状，{stage}今后五个统计时点没有现已达标的指标会跌破标准", stage=stage)
    return _(
        "维持现状，{stage}今后五年有 **{n}** 项现已达标的学校指标会跌破标准，最早在 **{date}**",
        stage=stage,
        n=crossed,
        date=date(year or 0),
    )


def ahead(now: Row, then: Row) -> str:
    """Return compliant schools today and at the last date."""
    return _(
        "达标学校由 {before} 所变为 {after} 所（{date}）。",
        before=now["schools_compliant"],
        after=then["schools_compliant"],
        date=date(then["school_year"]),
    )


def limits(names: Names, standard: str, crossed: list[Row]) -> str:
    """Return the coefficients that will exceed their limits."""
    if not crossed:
        return _("没有现在合格的差异系数会超限。")
    items = "、".join(
        f"{names.indicator_name(standard, row['stage'], row['indicator_code'], 'short')}"
        f"（{date(row['school_year'])}）"
        for row in crossed
    )
    return _("预计超限的差异系数：{items}。", items=items)


def basis(years: list[int], *, has_pupils: bool) -> str:
    """Return from which years pupils are projected; with one only, that they are not."""
    if not has_pupils:
        return _(
            "班级名册只有 {n} 个学年，推算不出升级率和入学趋势：学生数按现在不变，只计教师退休和已批项目。",
            n=len(years),
        )
    return _(
        "学生按 {first}—{last} 学年的班级名册逐级推算；教师只减退休、不计补充；面积和设备加上已批项目。",
        first=years[0],
        last=years[-1],
    )


def accuracy(rows: list[Row], names: Names) -> str:
    """Return what the back-test of the years at hand shows."""
    if not rows:
        return _("年份不够，方法的误差没有检验；区间只含随机波动（泊松）。")
    parts = "；".join(
        _(
            "{stage}县合计误差 {error}，各校误差中位数 {middle}，{within} 的学校落在 95% 区间内",
            stage=names.label("stage", row["stage"]),
            error=numbers.percent(row["error_share"]),
            middle=numbers.percent(row["median_error"]),
            within=numbers.percent(row["within"], 0),
        )
        for row in rows
    )
    return _(
        "用 {origin} 学年及以前的数据推算 {year}：{parts}。",
        origin=rows[0]["origin"],
        year=rows[0]["school_year"],
        parts=parts,
    )

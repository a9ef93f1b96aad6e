"""The workbooks of investment plans and projections: the same tables as their pages."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from view import sentences_investment as words
from view.names import Names, Row
from view.sentences_projection import date
from view.sheets import Sheet, lines, sheet
from view.tables import Column
from view.texts import _


def stage_column(names: Names) -> Column:
    """Return the column of the stage; what a school shares is bought for the whole school."""
    return Column(
        "stage", _("学段"), words=lambda code: _("全校") if code == "whole" else names.label("stage", code)
    )


def investment_sheets(
    names: Names, summary: Row, bought: pl.DataFrame, order: pl.DataFrame, units: Mapping[str, str]
) -> list[Sheet]:
    """Return what an investment plan says, buys, and in which order."""
    said = [words.verdict(summary), words.proof(summary), words.limits(summary), words.effect(summary)]
    purchases = [
        Column("school_name", _("学校")),
        stage_column(names),
        Column("measure", _("补什么"), words=lambda code: names.label("measure", code)),
        Column("amount", _("数量"), "number"),
        Column("unit", _("单位")),
        Column("yuan", _("金额"), "number", _("元")),
        Column("goal", _("补到"), words=lambda code: _("标准") if code == "threshold" else "85%"),
    ]
    years = [
        Column("school_name", _("学校")),
        Column("year", _("第几年完成"), "number"),
        Column("yuan", _("金额"), "number", _("元")),
        Column("pupils", _("新达标学生"), "number"),
    ]
    priced = bought.with_columns(unit=pl.col("measure").replace_strict(dict(units), default=""))
    return [
        lines(_("说明"), _("投入方案"), [*said, words.left_over(summary)]),
        sheet(_("各校补什么、补多少"), priced, purchases, names),
        sheet(_("第几年完成"), order, years, names),
    ]


def projection_sheets(
    names: Names, standard: str, crossed: pl.DataFrame, coefficients: pl.DataFrame, needed: pl.DataFrame
) -> list[Sheet]:
    """Return the lines that are crossed, the coefficients to come, the teachers needed."""
    indicator = Column(
        "indicator_code",
        _("指标"),
        words=lambda code: f"{code} {names.indicator_name(standard, 'primary', code, 'short')}",
    )
    when = Column("school_year", _("统计时点"), words=date)
    stage = stage_column(names)
    crossing = [
        Column("school_name", _("学校")), stage, indicator, when,
        Column("now_value", _("现值"), "number"), Column("value", _("届时"), "number"),
        Column("value_low", _("区间下限"), "number"), Column("value_high", _("区间上限"), "number"),
        Column("threshold", _("标准"), "number"),
        Column("status", _("届时结论"), "status", status_of="status"),
    ]  # fmt: skip
    spread = [
        stage, indicator, when, Column("cv", _("差异系数"), "coefficient"),
        Column("low", _("区间下限"), "coefficient"), Column("high", _("区间上限"), "coefficient"),
        Column("cv_limit", _("限值"), "number"),
    ]  # fmt: skip
    teachers = [
        stage, Column("subject", _("学科")), when, Column("teachers", _("现有"), "number"),
        Column("retiring", _("累计退休"), "number"), Column("to_appoint", _("累计需补"), "number"),
    ]  # fmt: skip
    single = coefficients.filter(pl.col("indicator_code") != "composite")
    return [
        sheet(_("最早跌破"), crossed, crossing, names),
        sheet(_("差异系数"), single, spread, names),
        sheet(_("累计需补"), needed, teachers, names),
    ]

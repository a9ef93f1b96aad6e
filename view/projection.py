"""The blocks of the page of projections."""

from __future__ import annotations

import polars as pl
import streamlit as st

from view import charts, charts_plans, frame, links, numbers, tables
from view import sentences_projection as say
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _

COMPOSITE = "composite"
PANELS = 4


def head(pick: Pick, crossed: pl.DataFrame, verdicts: pl.DataFrame, limits: pl.DataFrame) -> None:
    """Draw the verdict of the picked stage."""
    mine = crossed.filter(pl.col("stage") == pick.stage)
    years = verdicts.filter(pl.col("stage") == pick.stage).sort("school_year").to_dicts()
    first = mine["school_year"].min() if mine.height else None
    stage = pick.names.label("stage", pick.stage)
    over = limits.filter((pl.col("stage") == pick.stage) & (pl.col("indicator_code") != COMPOSITE))
    evidence = [
        say.ahead(years[0], years[-1]),
        say.limits(pick.names, pick.standard, over.sort("school_year").to_dicts()),
    ]
    year = int(str(first)) if first is not None else None
    frame.header(pick, _("趋势预测"), say.verdict(stage, mine.height, year), evidence)


def next_steps() -> None:
    """Draw where what falls below can be kept from falling."""
    said = _("要守住这些线：教师看 {exchange}，校舍和设备看 {investment}，自己试着改看 {what_if}。")
    places = {
        "exchange": links.link(_("交流方案"), "exchange_plan"),
        "investment": links.link(_("投入方案"), "investment"),
        "what_if": links.link(_("假设测算"), "what_if"),
    }
    links.block(f'<div class="note">{said.format(**places)}</div>', key="next_steps")


def pupils(pick: Pick, found: pl.DataFrame, said: list[str]) -> None:
    """Draw the stage's pupils over the coming years."""
    rows = [
        row
        | {
            "year_label": say.date(row["school_year"]),
            "students_label": numbers.number(row["students"]),
        }
        for row in found.to_dicts()
    ]
    frame.section(_("学生会有多少？"), "".join(said))
    charts.draw(charts_plans.pupils_ahead, pl.DataFrame(rows), alt_text=_("今后五年的学生数和区间"))


def coefficients(pick: Pick, found: pl.DataFrame) -> None:
    """Draw every coefficient of the stage at the coming dates, with its interval and limit."""
    mine = found.filter(
        (pl.col("stage") == pick.stage) & pl.col("cv").is_not_null() & (pl.col("indicator_code") != COMPOSITE)
    )
    if mine.is_empty():
        return
    frame.section(
        _("差异系数会不会超限？"),
        _("实线为预计值，浅色带为 95% 区间（学生数和退休人数的不确定），横线为限值"),
    )
    last = mine["school_year"].max()
    codes = mine["indicator_code"].unique().sort().to_list()
    places = [place for _row in codes[::PANELS] for place in st.columns(PANELS, gap="medium")]
    for place, code in zip(places, codes, strict=False):
        rows = [_coefficient(pick, row, last) for row in mine.to_dicts() if row["indicator_code"] == code]
        with place:
            frame.section(rows[0]["indicator"], level=3)
            charts.draw(
                charts_plans.outlook,
                pl.DataFrame(rows),
                alt_text=_("今后五年各项差异系数和限值"),
                key=f"outlook_{code}",
            )


def _coefficient(pick: Pick, row: Row, last: object) -> Row:
    short = pick.names.indicator_name(pick.standard, pick.stage, row["indicator_code"], "short")
    return {
        "indicator": f"{row['indicator_code']} {short}",
        "year_label": str(row["school_year"]),
        "cv": row["cv"],
        "low": row["low"],
        "high": row["high"],
        "cv_limit": row["cv_limit"],
        "is_last": row["school_year"] == last,
        "cv_label": numbers.coefficient(row["cv"]),
        "limit_label": numbers.number(row["cv_limit"], 2),
        "range_label": f"{numbers.coefficient(row['low'])}–{numbers.coefficient(row['high'])}",
    }


def crossing_columns(pick: Pick) -> list[Column]:
    """Return the columns of the indicators that fall below their line."""
    return [
        Column("school_name", _("学校"), "school"),
        Column(
            "indicator_code",
            _("指标"),
            words=lambda code: (
                f"{code} {pick.names.indicator_name(pick.standard, pick.stage, code, 'short')}"
            ),
        ),
        Column("school_year", _("最早跌破"), words=say.date),
        Column("now_value", _("现值"), "number", "", 2),
        Column("value", _("届时"), "number", "", 2),
        Column("value_low", _("区间下限"), "number", "", 2),
        Column("value_high", _("区间上限"), "number", "", 2),
        Column("threshold", _("标准"), "number", "", 2),
        Column("status", _("届时结论"), "status", status_of="status"),
        Column("is_certain", _("整个区间都低于标准"), words=lambda yes: _("是") if yes else _("否")),
    ]


def crossings(pick: Pick, found: pl.DataFrame) -> None:
    """Draw which school's indicator crosses its line first and when."""
    mine = found.filter(pl.col("stage") == pick.stage)
    if mine.is_empty():
        return
    frame.section(_("哪些学校的哪一项会先跌破标准？"), _("早的在前 · n = {n}", n=mine.height))
    columns = crossing_columns(pick)
    tables.download(
        mine, columns, pick.names, name=f"projection_{pick.stage}_{pick.year}", key="download_crossings"
    )
    tables.table(mine, columns, pick.names, key="crossings", tall=True)


def need_columns() -> list[Column]:
    """Return the columns of the teachers needed."""
    return [
        Column("subject", _("学科"), blank=_("未填学科")),
        Column("school_year", _("统计时点"), words=say.date),
        Column("teachers", _("现有"), "number", _("人")),
        Column("retiring", _("累计退休"), "number", _("人"), 1),
        Column("wanted", _("需要"), "number", _("人"), 1),
        Column("to_appoint", _("累计需补"), "number", _("人"), 1),
    ]


def teachers(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the teachers needed by subject to keep today's ratio of teachers to pupils."""
    mine = found.filter(pl.col("stage") == pick.stage)
    if mine.is_empty():
        frame.section(_("没有教师名册，推算不出退休"), "")
        return
    frame.section(
        _("各学科要补多少教师？"),
        _("按现在的师生比 · 名册没有性别，女教师按参数 women_teacher_share 计 · 退休年龄按渐进式延迟"),
    )
    columns = need_columns()
    tables.download(mine, columns, pick.names, name=f"teachers_{pick.stage}_{pick.year}", key="download_need")
    tables.table(mine, columns, pick.names, key="needed", tall=True)

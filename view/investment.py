"""The blocks of the page of investment plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import streamlit as st

from view import charts, charts_plans, frame, tables
from view import sentences_investment as say
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _, language

WHOLE = "whole"


def stage_word(pick: Pick, code: str) -> str:
    """Return a stage in words; what a school shares is bought for the whole school."""
    return _("全校") if code == WHOLE else pick.names.label("stage", code)


def ask_prices(pick: Pick, listed: pl.DataFrame) -> dict[str, float]:
    """Draw the unit prices, which a reader may try others of, and return those in use."""
    own = {}
    with st.expander(_("单价（可改，只用于这次测算）")):
        for place, row in zip(st.columns(listed.height, gap="medium"), listed.to_dicts(), strict=True):
            label = _name(pick, row["measure"])
            own[row["measure"]] = place.number_input(
                _("{name}（元/{unit}）", name=label, unit=row["unit"]),
                min_value=0.01,
                value=float(row["price_yuan"]),
                key=f"price_{row['measure']}",
                help=f"{row['note_en'] if language() == 'en' else row['note_zh']} · {row['source']}",
            )
        frame.html(
            f'<div class="note">{_("长期采用的单价写在 parameters/unit_prices.csv，注明来源。")}</div>'
        )
    return own


def _name(pick: Pick, measure: str) -> str:
    return _("学生调剂") if measure == "pupil_moved" else pick.names.label("measure", measure)


def head(pick: Pick, summary: Row) -> None:
    """Draw the verdict and what is proved."""
    evidence = [say.proof(summary), say.limits(summary), say.effect(summary), say.left_over(summary)]
    frame.header(pick, _("投入方案"), say.verdict(summary), evidence if summary["yuan"] else evidence[3:])


def by_measure(pick: Pick, found: pl.DataFrame) -> None:
    """Draw what each kind of purchase costs."""
    rows = [
        {
            "label": f"{_name(pick, row['measure']).partition('（')[0]} · {_('{n} 所', n=row['schools'])}",
            "yuan": row["yuan"],
            "yuan_label": say.yuan(row["yuan"]),
        }
        for row in found.to_dicts()
    ]
    if not rows:
        return
    frame.section(_("钱花在哪几项"), _("单价见上"))
    charts.draw(charts_plans.spending, pl.DataFrame(rows), alt_text=_("各项投入金额"))


def purchase_columns(pick: Pick) -> list[Column]:
    """Return the columns of what to buy."""
    return [
        Column("school_name", _("学校"), "school"),
        Column("stage", _("学段"), words=lambda code: stage_word(pick, code)),
        Column("measure", _("补什么"), words=lambda code: _name(pick, code)),
        Column("amount", _("数量"), "number", "", 1),
        Column("unit", _("单位")),
        Column("yuan", _("金额"), "number", _("元")),
        Column(
            "goal",
            _("补到"),
            words=lambda code: _("标准") if code == "threshold" else _("85%（用掉一项宽限）"),
        ),
    ]


def purchases(pick: Pick, found: pl.DataFrame, units: dict[str, str]) -> None:
    """Draw what each school buys."""
    data = found.with_columns(unit=pl.col("measure").replace_strict(units, default=""))
    frame.section(_("各校补什么、补多少"), _("金额大的在前 · {n} 项", n=data.height))
    columns = purchase_columns(pick)
    tables.download(data, columns, pick.names, name=f"investment_{pick.year}", key="download_investment")
    tables.table(data, columns, pick.names, key="purchases", tall=True)


def kept_purchases(pick: Pick, units: dict[str, str], steps: Sequence[Row]) -> None:
    """Draw what a kept plan buys."""
    if steps:
        data = pl.DataFrame(steps, infer_schema_length=None)
        data = data.with_columns(unit=pl.col("measure").replace_strict(units, default=""))
        tables.table(data, purchase_columns(pick), pick.names, key="kept_purchases", tall=True)


def ask_budget(total: float) -> tuple[float, int]:
    """Draw the yearly budget and the number of years, and return them."""
    money, span = st.columns(2, gap="medium")
    usual = max(1.0, float(round(total / 3 / 10_000)))
    yearly = money.number_input(_("每年预算（万元）"), min_value=1.0, value=usual, key="budget")
    years = span.number_input(_("分几年"), min_value=1, max_value=10, value=3, key="budget_years")
    return float(yearly) * 10_000, int(years)


def order(pick: Pick, found: pl.DataFrame, summary: Row) -> None:
    """Draw which school is finished in which year."""
    frame.section(say.years(summary), _("先让更多学生早达标 · 一所学校的钱付齐才算完成 · 余款结转下年"))
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("year", _("第几年完成"), "number", blank=_("排不上")),
        Column("yuan", _("金额"), "number", _("元")),
        Column("pupils", _("新达标学生"), "number", _("人")),
    ]
    tables.download(found, columns, pick.names, name=f"investment_order_{pick.year}", key="download_order")
    tables.table(found, columns, pick.names, key="order", tall=True)


def instead(pick: Pick, summary: Row, moves: pl.DataFrame) -> None:
    """Draw what moving pupils to neighbours would change."""
    frame.section(_("换个办法：限定招生或生源调剂"), say.instead(summary))
    if moves.is_empty():
        return
    columns = [
        Column("school_name", _("学校"), "school"),
        Column("to_school_name", _("调剂到")),
        Column("stage", _("学段"), words=lambda code: stage_word(pick, code)),
        Column("pupils", _("学生"), "number", _("人")),
        Column("km", _("距离"), "number", _("千米"), 1),
    ]
    tables.table(moves, columns, pick.names, key="redistribution")


def export(workbook: Callable[[], bytes], pick: Pick) -> None:
    """Draw the button that gives the plan as a workbook."""
    st.download_button(
        _("下载方案（Excel）"),
        data=workbook,
        file_name=f"investment_plan_{pick.year}.xlsx",
        key="investment_xlsx",
        on_click="ignore",
    )

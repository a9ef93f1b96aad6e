"""All consortiums side by side."""

from __future__ import annotations

from html import escape

import polars as pl
import streamlit as st

from view import consortium_words as say
from view import frame, links, tables
from view.controls import Pick
from view.tables import Column
from view.texts import _


def table(pick: Pick, everyone: pl.DataFrame) -> None:
    """Draw one row a consortium, those with most behind first."""
    names = pick.names
    columns = [
        Column("lead_name", _("牵头校")),
        Column("kind", _("类型"), words=lambda code: names.label("consortium_kind", code)),
        Column("schools", _("学校"), "number", _("所")),
        Column("student_share", _("占全县学生"), "percent"),
        Column("duty_completion", _("职责完成"), "percent"),
        Column("duties_behind", _("没有做足"), "number", _("项")),
        Column("gaps_closing", _("差距缩小"), "number", _("项")),
        Column("gaps_widening", _("差距扩大"), "number", _("项")),
        Column("exchange_rate", _("交流比例"), "percent"),
        Column("exchanged_inside", _("内部交流"), "number", _("人")),
        Column("satisfied_rate", _("满意度"), "percent"),
        Column("total_score", _("考核得分"), "number", decimals=1),
        Column("weight_scored", _("已计分权重"), "exact"),
    ]
    frame.section(_("相互比较：没有做足的多、差距扩大的多的在前"), _("点名称看一个共同体"))
    shown = tables.shown(everyone, columns)
    head = "".join(_head(column) for column in shown)
    body = "".join(_line(row, [_figure(row, column) for column in shown]) for row in everyone.to_dicts())
    links.block(tables.shell(f"<th>{_('共同体')}</th>{head}", body), key="consortiums")
    every = [Column("consortium_name", _("共同体")), *columns]
    with st.container(horizontal=True):
        tables.download(everyone, every, names, name=f"{_('共同体')}_{pick.year}", key="download_consortiums")


def _head(column: Column) -> str:
    look = ' class="n"' if column.is_number else ""
    unit = f"<small>{escape(column.shown_unit)}</small>" if column.shown_unit else ""
    return f"<th{look}>{escape(column.title)}{unit}</th>"


def _figure(row: dict[str, object], column: Column) -> str:
    look = ' class="n"' if column.is_number else ""
    return f"<td{look}>{escape(tables.written(row[column.field], column))}</td>"


def _line(row: dict[str, object], cells: list[str]) -> str:
    return f'<tr><th scope="row">{_link(row)}</th>{"".join(cells)}</tr>'


def _link(row: dict[str, object]) -> str:
    code = row["consortium_code"]
    return links.link(str(row["consortium_name"] or code), "consortium", consortium=code)


def directions(pick: Pick, everyone: pl.DataFrame, gaps: pl.DataFrame) -> None:
    """Draw the direction of each gap since founding, one column a measure and stage."""
    told = gaps.filter(pl.col("trend") != "unknown")
    if told.is_empty():
        return
    kinds = told.select("stage", "measure").unique(maintain_order=True).to_dicts()
    head = f"<th>{_('共同体')}</th>" + "".join(f"<th>{escape(say.short(pick, kind))}</th>" for kind in kinds)
    found = {(row["consortium_code"], row["stage"], row["measure"]): row["trend"] for row in told.to_dicts()}
    trends = [
        [found.get((row["consortium_code"], *kind.values())) for kind in kinds] for row in everyone.to_dicts()
    ]
    body = "".join(
        _line(row, [f"<td>{tables.status(pick.names, 'gap_trend', code)}</td>" for code in codes])
        for row, codes in zip(everyone.to_dicts(), trends, strict=True)
    )
    frame.section(_("牵头校与成员校的差距，成立以来"), _("每项的第一年与本学年相比"))
    links.block(tables.shell(head, body), key="directions")

"""The parts of the school page, each drawn from frames already read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from view import (
    charts,
    charts_school,
    controls,
    frame,
    ledger_line,
    links,
    printing,
    school_bars,
    school_trends,
    school_words,
    tables,
    trace,
)
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _, language


def choose(schools: pl.DataFrame, first: str) -> str:
    """Draw the search for a school and the print button; return its code, `first` where none was chosen."""
    known = {row["school_code"]: row for row in schools.to_dicts()}
    if "school" not in st.query_params and first in known:
        st.query_params["school"] = first
    with st.container(key="tools"):
        code = controls.choose(_("换一所学校"), "school", list(known), lambda code: _found_as(known[code]))
        printing.button(_("打印一校一页"))
    return code


def _found_as(school: Row) -> str:
    parts = (school["school_name"], school["former_names"], school["township"], school["school_code"])
    return " · ".join(part.replace("|", "、") for part in parts if part)


def header(
    pick: Pick, school: Row, scope: Sequence[Row], sentences: Sequence[str], evidence: Sequence[str]
) -> None:
    """Draw who the school is, the verdict and the sentences that support it."""
    crumbs = [
        frame.county_line(pick),
        escape(_("学校画像")),
        escape(pick.names.year(pick.year)),
        escape(pick.names.standard(pick.standard, "name")),
    ]
    stop = _("；")
    paragraphs = "".join(f"<p>{frame.rich(sentence)}</p>" for sentence in evidence if sentence)
    frame.html(
        f'<div class="crumb">{" · ".join(crumbs)}</div><h1>{escape(school["school_name"])}</h1>'
        f'<p class="soft">{escape(" · ".join(school_words.identity(school, scope, pick.names)))}</p>'
        f'<h2 class="finding">{frame.rich(stop.join(sentences))}</h2>{paragraphs}',
        "top",
    )


def absent(name: str, years: Sequence[Row], pick: Pick) -> None:
    """Say that a school has no entry in the chosen year, and lead to the years it has."""
    ways = " · ".join(
        links.link(
            pick.names.year(row["school_year"]), "school", school=row["school_code"], year=row["school_year"]
        )
        for row in years
    )
    text = _("{year}没有{name}的登记。有登记的学年：", year=pick.names.year(pick.year), name=name)
    links.block(f"<h1>{escape(name)}</h1><p>{escape(text)}{ways}</p>", key="absent", look="top")


def stage_bars(rows: Sequence[Row], compliance: Row | None, pick: Pick, opened: str) -> None:
    """Draw one stage's indicators on one scale."""
    names = pick.names
    stage = names.label("stage", rows[0]["stage"])
    tested = compliance and compliance["verdict"] != "not_tested"
    title = (
        _(
            "{stage}：{met} / {n} 项达标",
            stage=stage,
            met=compliance["indicators_met"],
            n=compliance["indicators_tested"],
        )
        if compliance and tested
        else _("{stage}：各项现值与全县均值", stage=stage)
    )
    split = next((row for row in rows if row["is_split"] and row["split_share"]), None)
    under = (
        _("条长 = 现值占标准的百分比，斜纹为缺口，余缺按本学段合计") if tested else _("该标准不设逐校标准")
    )
    if split:
        under = f"{under}；" if language() == "zh" else f"{under}; "
        under += _("用房、场馆、设备等全校共用，已按学生数和权重拆分")
    frame.section(title, under)
    links.block(school_bars.bars(rows, names, opened=opened), key=f"bars_{rows[0]['stage']}")


def opened(
    pick: Pick, row: Row, cells: pl.DataFrame, inputs: dict[str, Row], school: Row, sites: dict[str, str]
) -> None:
    """Draw one figure opened: its computation on the left of its source cells."""
    indicator = pick.names.indicator(row["standard_code"], row["stage"], row["indicator_code"])
    stage = pick.names.label("stage", row["stage"])
    title = f"{row['indicator_code']} {spoken(indicator, 'name')} · {stage}"
    shown = trace.cells(cells, row["stage"], row["indicator_code"], inputs)
    with st.container(border=True, key="trace"):
        status = tables.status(pick.names, "status", row["status"])
        frame.html(f"<h2>{escape(title)}&emsp;{status}</h2>", "sub")
        left, right = st.columns(2, gap="medium")
        with left:
            frame.html(trace.steps_html(trace.steps(row, indicator, inputs, pick.names), row["status"]))
        with right:
            notes = trace.notes(row, indicator, pick.names, len(sites) - 1)
            about = links.link(_("这项指标怎么算、有哪些算例"), "glossary", indicator=row["indicator_code"])
            ways = " · ".join(filter(None, (about, ledger_line.way(row))))
            links.block(f"<p>{escape(notes)}</p><p>{ways}</p>", key="about", look="about")
        columns = trace.said(trace.cell_columns(sites), shown, sites)
        listed = shown.with_columns(ruling=pl.lit(_("更正")))
        tables.table(listed, [*columns, trace.way_to_correct()], pick.names, key="cells")
        if hashes := trace.files(shown):
            head = _("收到的文件按指纹（SHA-256）原样保存：")
            frame.html(f'<p class="note hashes">{escape(head)}<br>{hashes}</p>')
            columns.append(tables.Column("file_hash", _("文件指纹（SHA-256）")))
        name = f"{school['school_name']}_{row['indicator_code']}_{pick.year}"
        tables.download(shown, columns, pick.names, name=name, key="download_cells")


def place(places: pl.DataFrame, rows: Sequence[Row], pick: Pick, school: str) -> None:
    """Draw a stage's strips: this school among all."""
    stage = rows[0]["stage"]
    title = school_words.place_title(rows, stage, pick.names)
    tested = any(row["threshold"] for row in rows)
    under = (
        _("每条短线一所学校，圆点为本校；实线为标准，虚线为 85%")
        if tested
        else _("每条短线一所学校，圆点为本校；竖线为全县均值")
    )
    frame.section(title, under)
    drawn = charts_school.place_rows(places, pick.standard, school, stage, pick.names)
    charts.draw(charts_school.school_place, drawn, alt_text=title, key=f"place_{stage}")


def trends(history: pl.DataFrame, pick: Pick) -> None:
    """Draw every indicator's years as small multiples."""
    if history["school_year"].n_unique() == 1:
        return
    tested = history["threshold"].drop_nulls().len()
    under = (
        _("纵向为占标准的百分比，实线为标准，虚线为 85%；线末为本学年现值")
        if tested
        else _("线末为本学年现值")
    )
    frame.section(school_words.falling(history, pick.names), under)
    links.block(school_trends.trends(history, pick.names), key="trends")


def issues(found: pl.DataFrame, pick: Pick) -> None:
    """List the open questions about this school's data."""
    if found.is_empty():
        return
    with st.container(key="issues"):
        frame.section(
            _("这所学校的数据有 {n} 个问题待核实", n=found.height), _("改正原始文件后重新导入并刷新")
        )
        tail = language()
        columns = [
            tables.Column("severity", _("程度"), "status", status_of="severity"),
            tables.Column(f"message_{tail}", _("问题和怎么办"), wrap=True),
            tables.Column("file_name", _("文件")),
            tables.Column("sheet_name", _("工作表")),
            tables.Column("row_number", _("行"), "number"),
            tables.Column("column_name", _("列")),
            tables.Column("rule_code", _("规则"), words=str),
        ]
        tables.table(found, columns, pick.names, key="issue_table")

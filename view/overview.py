"""The blocks of the overview."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from view import attention, bullets, frame, links, maps, sentences, tables
from view.controls import Pick
from view.names import Row
from view.tables import Column
from view.texts import _

NAMED = 8
CV, SHARE = "差异系数", "达标学校比例"


def stages(pick: Pick, verdicts: pl.DataFrame, balance: pl.DataFrame) -> None:
    """Draw the bullet rows, primary and junior side by side on one scale."""
    rows = [row for row in verdicts.to_dicts() if row["stage"] in pick.stages]
    for place, row in zip(st.columns(max(len(rows), 1), gap="medium"), rows, strict=False):
        with place:
            under = _("差异系数与达标学校比例 · n = {n} 所 · 细竖线为上年", n=row["schools"])
            if not pick.tests_schools:
                under = _("差异系数 · n = {n} 所 · 细竖线为上年", n=row["schools"])
            frame.section(sentences.stage_title(pick, row), under)
            links.block(bullets.coefficients(pick, balance, row["stage"]), key=f"bullets_{row['stage']}")


def first_schools(pick: Pick, compliance: pl.DataFrame, unmet: pl.DataFrame) -> None:
    """Draw the schools to attend to first, the list in full on request, and its download."""
    found = attention.rows(pick, compliance, unmet)
    if found.is_empty():
        return
    whole = st.session_state.get("whole_list", False)
    shown = found if whole else found.head(attention.SHOWN)
    under = _(
        "缺口为达到标准还需的数量，空白为该项已达标 · 显示 {n} 所，共 {total} 所",
        n=shown.height,
        total=found.height,
    )
    frame.section(_("先看这些学校：缺口项多、学生多的在前"), under)
    columns = attention.columns(pick)
    tables.table(shown, columns, pick.names, key="attention", tall=whole)
    with st.container(horizontal=True, vertical_alignment="center"):
        tables.download(
            shown, columns, pick.names, name=f"{_('未达标学校')}_{pick.year}", key="download_attention"
        )
        if found.height > attention.SHOWN:
            st.toggle(_("列出全部 {n} 所", n=found.height), key="whole_list")


def place_map(pick: Pick, compliance: pl.DataFrame, groups: pl.DataFrame) -> None:
    """Draw the map of schools by verdict."""
    here = compliance.filter(pl.col("stage").is_in(pick.stages))
    drawing = maps.schools(pick, here)
    if not drawing:
        return
    title = sentences.places_title(pick, groups) or _("学校分布")
    seen = [code for code in pick.names.codes("verdict") if code in here["verdict"].to_list()]
    key = frame.legend(pick.names, "verdict", seen)
    frame.section(title, _("n = {n} 所 · 点大小按学生数", n=here.height), key)
    links.block(drawing, key="map")
    frame.html(
        f'<div class="note">'
        f"{_('示意图：按学校经纬度绘制，细线连到所在乡镇各校的中心；不含行政区划界线。')}</div>"
    )


def _called(pick: Pick, row: Row) -> str:
    """Name a school, with its stage where it has several."""
    if "," not in (row["stages"] or ""):
        return str(row["school_name"])
    return _("{school}（{stage}）", school=row["school_name"], stage=pick.names.label("stage", row["stage"]))


def _named(pick: Pick, rows: Sequence[Row]) -> str:
    shown = [
        links.link(_called(pick, row), "school", school=row["school_code"], stage=row["stage"])
        for row in rows[:NAMED]
    ]
    more = _("，另 {n} 所", n=len(rows) - NAMED) if len(rows) > NAMED else ""
    return sentences.listed(shown, more)


def changes(pick: Pick, compliance: pl.DataFrame, balance: pl.DataFrame) -> None:
    """Draw what changed since last year, the schools by name."""
    gained, lost = attention.changes(pick, compliance)
    lacking = compliance.filter(
        (pl.col("verdict") == "incomplete") & pl.col("stage").is_in(pick.stages)
    ).to_dicts()
    if not pick.names.years[pick.year]["has_previous"]:
        return
    cv = sentences.coefficient_change(pick, balance.filter(pl.col("stage").is_in(pick.stages)))
    title = sentences.change_title(len(gained), len(lost)) if pick.tests_schools else _("较上年")
    frame.section(title, _("{now} 与上一学年相比，同一标准、同一口径", now=pick.names.year(pick.year)))
    parts = [
        (
            tables.status(pick.names, "verdict", "not_compliant"),
            _("{n} 所由达标转为未达标", n=len(lost)),
            lost,
        ),
        (tables.status(pick.names, "verdict", "compliant"), _("{n} 所新达标", n=len(gained)), gained),
        (
            tables.status(pick.names, "verdict", "incomplete"),
            _("{n} 所补报前不能判定", n=len(lacking)),
            lacking,
        ),
    ]
    lines = "".join(
        f"<p>{mark} {escape(words)}<br>{_named(pick, rows)}</p>" for mark, words, rows in parts if rows
    )
    lines += f"<p><b>{_('差异系数')}</b> {escape(cv)}</p>" if cv else ""
    links.block(lines, key="changes", look="spaced")


def places(pick: Pick, groups: pl.DataFrame) -> None:
    """Draw how many schools comply by place."""
    here = groups.filter(pl.col("stage").is_in(pick.stages))
    if here.is_empty() or not pick.tests_schools:
        return
    names = pick.names
    columns = [
        Column("group_name", _("城乡"), words=lambda code: names.label("area_type", code)),
        Column("stage", _("学段"), words=lambda code: names.label("stage", code)),
        Column("schools", _("学校"), "number", _("所")),
        Column("schools_compliant", names.label("verdict", "compliant"), "number", _("所")),
        Column("schools_not_compliant", names.label("verdict", "not_compliant"), "number", _("所")),
        Column("compliant_share", _("达标比例"), "percent", mark="is_corrected"),
    ]
    tables.table(here, columns, names, key="places")


def targets(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the county's own targets: coefficients and shares as dots against triangles."""
    here = found.filter(pl.col("stage").is_in(pick.stages))
    title = sentences.targets_title(pick, here)
    if not title:
        return
    papers = sentences.listed(sorted({str(paper) for paper in here["source"].drop_nulls()}))
    frame.section(
        title,
        _("空心点为上年，实心点为本年，▼ 为本县年度目标，竖线为标准限值")
        + (f" · {papers}" if papers else ""),
    )
    for kind, before, decimals in ((CV, "previous_cv", 3), (SHARE, "previous_met_share", 1)):
        part = here.filter(pl.col("target_kind") == kind)
        present = [stage for stage in pick.stages if stage in part["stage"].to_list()]
        for place, stage in zip(st.columns(max(len(present), 1), gap="medium"), present, strict=False):
            with place:
                frame.section(
                    f"{pick.names.label('stage', stage)} · {pick.names.label('target_kind', kind)}", level=3
                )
                links.block(
                    bullets.aims(pick, part, stage, before=before, decimals=decimals),
                    key=f"aims_{kind}_{stage}",
                )

"""The blocks of the page on the quality of education: one exam, grade and subject."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import polars as pl
import streamlit as st

from view import charts, charts_exam, controls, frame, links, numbers
from view import sentences_quality as say
from view.controls import Pick
from view.names import Row
from view.texts import _

RATES = ("excellent_rate", "pass_rate", "low_rate")
NAMED = 5
LINE_SHARE = 0.12
"""The share of a picture's height that a line of text needs."""
TALLEST = 900
"""Pixels the picture of value added may be high; of many schools not all are named beside it."""


@dataclass(frozen=True)
class Paper:
    """The exam, grade and subject a reader has picked."""

    exam: str
    grade: int
    subject: str
    row: Row


def choose(pick: Pick, papers: pl.DataFrame) -> Paper:
    """Draw the pickers of exam, grade and subject."""
    known = {row["exam_code"]: row for row in papers.to_dicts()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        exam = controls.choose(_("考试"), "exam", list(known), lambda code: say.exam(known[code]), width=320)
        sat = papers.filter(pl.col("exam_code") == exam)
        grades = [str(grade) for grade in sat["grade"].unique().sort().to_list()]
        grade = controls.choose(_("年级"), "grade", grades, lambda number: say.grade(int(number)), width=140)
        sat = sat.filter(pl.col("grade") == int(grade))
        subjects = sat["subject"].to_list()
        subject = controls.choose(
            _("科目"), "subject", subjects, lambda code: say.subject(pick, code), width=180
        )
    row = sat.filter(pl.col("subject") == subject).to_dicts()[0]
    return Paper(exam, int(grade), subject, row)


def none_yet(pick: Pick) -> None:
    """Say that there is no exam, and how one comes here."""
    steps = [
        _(
            "在数据页导入成绩表：一科一列，或一行一科；表里没有的考试编号、年级，导入时补上。满分写在表头里，如“语文（满分150）”。"
        ),
        _("要看增值，再导入同一批学生上一次的成绩，并写明上次考试编号。导入后刷新，这一页就有数。"),
    ]
    frame.top([frame.county_line(pick), escape(_("教育质量"))], _("还没有导入考试成绩"), steps)
    ways = [links.link(_("到数据页导入"), "data"), links.link(_("看使用手册"), "manual")]
    links.block(f"<p>{' · '.join(ways)}</p>", key="ways_in")


def header(pick: Pick, paper: Paper, exams: pl.DataFrame, schools: pl.DataFrame) -> None:
    """Draw the verdict with its figures and what to mind."""
    crumbs = [
        frame.county_line(pick),
        _("教育质量"),
        say.exam(paper.row),
        pick.names.year(paper.row["school_year"]),
    ]
    crumbs = [crumbs[0], *map(escape, crumbs[1:])]
    frame.top(crumbs, say.verdict(pick, paper.row, exams, schools), say.cautions(exams, schools))


def value_added(pick: Pick, schools: pl.DataFrame) -> None:
    """Draw the schools by value added with their intervals; those of too few pupils stand apart."""
    if schools["verdict"].drop_nulls().is_empty():
        frame.section(_("增值"), _("这次考试没有写明上次考试，或上次考试没有成绩，不计算增值。"))
        return
    known = schools.filter(pl.col("ci_low").is_not_null() & (pl.col("verdict") != "too_few"))
    title, key = (
        say.value_added_title(schools),
        frame.legend(pick.names, "value_added_verdict", list(charts_exam.EFFECT)),
    )
    under = _("与上次考试分数相近的学生相比，单位为标准差 · 区间相交的学校不分先后 · n = {n}", n=known.height)
    frame.section(title, under, key)
    if known.height:
        data = known.sort("shrunk_effect", descending=True)
        tips = [
            {
                "tip_verdict": pick.names.label("value_added_verdict", row["verdict"]),
                "tip_effect": interval(row),
                "tip_matched": numbers.number(row["matched_pupils"]),
            }
            for row in data.to_dicts()
        ]
        data = pl.concat([data, pl.DataFrame(tips)], how="horizontal")
        high = min(data.height * charts_exam.STEP, TALLEST)
        charts.draw(charts_exam.value_added, data, alt_text=title, height=high)
    if apart := say.set_apart(schools):
        frame.html(f"<p>{escape(apart)}</p>", "soft")


def interval(row: Row) -> str:
    """Write a value added with its 95 % interval."""
    if row["shrunk_effect"] is None:
        return ""
    effect = numbers.signed(row["shrunk_effect"], 2)
    if row["ci_low"] is None:
        return effect
    low, high = numbers.signed(row["ci_low"], 2), numbers.signed(row["ci_high"], 2)
    return _("{effect}（{low} 至 {high}）", effect=effect, low=low, high=high)


def participation(schools: pl.DataFrame, exams: pl.DataFrame) -> None:
    """Draw each school's mean beside its participation."""
    known = schools.filter(pl.col("mean_score").is_not_null() & pl.col("participation_rate").is_not_null())
    if known.is_empty():
        return
    title = say.participation_title(schools)
    under = _("每点一所学校 · 虚线为参考率下限，横线为全县均分 · 纵横轴不从零起 · n = {n}", n=known.height)
    frame.section(title, under, level=3)
    data = known.with_columns(
        named=pl.when(_stands_free(known)).then("school_name").otherwise(pl.lit("")),
        county_mean=pl.lit(exams["mean_score"][-1], dtype=pl.Float64),
        tip_mean=pl.Series([numbers.number(value, 1) for value in known["mean_score"]], dtype=pl.String),
        tip_part=pl.Series(
            [numbers.percent(value) for value in known["participation_rate"]], dtype=pl.String
        ),
    )
    charts.draw(charts_exam.participation, data, alt_text=title)


def _stands_free(known: pl.DataFrame) -> pl.Series:
    """Of the lowest participations those with room for a name: none lower stands at about its mean."""
    means = known["mean_score"]
    line = (means.max() - means.min()) * LINE_SHARE or 1.0  # type: ignore[operator]
    lowest = known.filter("is_low").sort("participation_rate").head(NAMED)
    free = lowest.unique((pl.col("mean_score") / line).floor(), keep="first", maintain_order=True)
    return known["school_code"].is_in(free["school_code"].implode())


def share_trend(exams: pl.DataFrame) -> None:
    """Draw the share between schools over the exams of the same year group."""
    known = exams.filter(pl.col("icc_anova").is_not_null())
    if known.is_empty():
        return
    title = say.share_title(exams)
    frame.section(
        title, _("学生成绩方差中学校之间的份额（ICC），本县监测用，不是国家监测的校际差异率"), level=3
    )
    data = known.with_columns(
        exam_label=pl.coalesce(pl.col("exam_date").cast(pl.String), "exam_name"),
        tip_share=pl.Series([numbers.percent(value) for value in known["icc_anova"]], dtype=pl.String),
        tip_takers=pl.Series([numbers.number(value) for value in known["takers"]], dtype=pl.String),
    )
    charts.draw(charts_exam.between_schools, data, alt_text=title)


def rates(exams: pl.DataFrame) -> None:
    """Draw the county's three rates beside those of the exam before."""
    rows = {row["exam_code"]: row for row in exams.to_dicts()}
    now = exams.to_dicts()[-1]
    before = rows.get(now["prior_exam_code"], {})
    data = [
        {
            "rate_label": label,
            "now": now[field],
            "before": before.get(field),
            "label_at": max(now[field], before.get(field) or 0.0),
            "tip_now": numbers.percent(now[field]),
            "tip_before": numbers.percent(before.get(field)),
            "tip_both": numbers.percent(now[field])
            + (
                _("（上次 {rate}）", rate=numbers.percent(before[field]))
                if before.get(field) is not None
                else ""
            ),
        }
        for field, label in zip(RATES, (_("优秀率"), _("及格率"), _("低分率")), strict=True)
        if now[field] is not None
    ]
    if not data:
        return
    title = _("及格率 {now}，优秀率 {best}", now=data[1]["tip_now"], best=data[0]["tip_now"])
    frame.section(title, _("全县 · 条为本次，竖线为上次 · 占参加考试学生的比例"), level=3)
    charts.draw(charts_exam.rates, pl.DataFrame(data, infer_schema_length=None), alt_text=title)


def source(pick: Pick, *, sources: int) -> None:
    """Say where the figures come from and which pickers do not bear on them."""
    came = _(
        "来源：{n} 个已导入的数据表，快照 {id}（{day} 发布）",
        n=sources,
        id=pick.snapshot_id,
        day=numbers.day(pick.published),
    )
    apart = _("左侧的学年、学段和标准不影响本页")
    ways = [links.link(_("公式与定义见指标说明"), "glossary"), links.link(_("原始文件见数据页"), "data")]
    parts = [escape(came), escape(apart), *ways]
    links.block(f'<div class="source note">{" · ".join(parts)}</div>', key="source")

"""Charts of examinations: value added with intervals, means beside participation, exams in their order."""

from __future__ import annotations

import altair as alt

from view import charts, theme
from view.texts import _

EFFECT = {
    # verdict: colour, shape
    "above": ("#2A938C", "triangle-up"),
    "below": ("#B3261E", "triangle-down"),
    "no_difference": ("#7A858F", "diamond"),
}
STEP = 24
FIGURES = 128
"""Pixels kept free at the right end for the figures of both exams."""


@charts.chart
def value_added() -> charts.Chart:
    """Schools by value added, each with its 95 % interval, about the line of no difference."""
    rows = alt.Chart()
    school = alt.Y(
        "school_name:N",
        sort=None,
        axis=alt.Axis(title=None, domain=False, ticks=False, labelLimit=160, labelOverlap=True),
    )
    along = alt.Axis(title=_("增值（标准差），横线为 95% 区间"), tickCount=5, format="+.1f")
    colour = alt.Color(
        "verdict:N",
        scale=alt.Scale(domain=list(EFFECT), range=[colour for colour, _shape in EFFECT.values()]),
        legend=None,
    )
    shape = alt.Shape(
        "verdict:N",
        scale=alt.Scale(domain=list(EFFECT), range=[shape for _colour, shape in EFFECT.values()]),
        legend=None,
    )
    interval = rows.mark_rule(strokeWidth=2).encode(
        x=alt.X("ci_low:Q", axis=along), x2=alt.X2("ci_high"), y=school, color=colour
    )
    point = rows.mark_point(filled=True, size=90, opacity=1).encode(
        x=alt.X("shrunk_effect:Q", axis=along),
        y=school,
        color=colour,
        shape=shape,
        tooltip=[
            alt.Tooltip("school_name:N", title=_("学校")),
            alt.Tooltip("tip_verdict:N", title=_("增值")),
            alt.Tooltip("tip_effect:N", title=_("增值和区间")),
            alt.Tooltip("tip_matched:N", title=_("对上的学生")),
        ],
    )
    nought = alt.Chart().mark_rule(color=theme.INK, strokeWidth=1.4).encode(x=alt.datum(0))
    return alt.layer(nought, interval, point).properties(height=alt.Step(STEP))


@charts.chart
def participation() -> charts.Chart:
    """Each school's mean against its participation; below the dashed line hollow, the lowest named."""
    x = alt.X(
        "participation_rate:Q",
        axis=alt.Axis(title=_("参考率"), format=".0%", tickCount=5),
        scale=alt.Scale(zero=False, nice=True, padding=12),
    )
    y = alt.Y(
        "mean_score:Q",
        axis=alt.Axis(title=_("平均分"), tickCount=5),
        scale=alt.Scale(zero=False, padding=14),
    )
    tips = [
        alt.Tooltip("school_name:N", title=_("学校")),
        alt.Tooltip("tip_mean:N", title=_("平均分")),
        alt.Tooltip("tip_part:N", title=_("参考率")),
    ]
    rows = alt.Chart()
    usual = rows.transform_filter("!datum.is_low").mark_circle(color=theme.BAR, size=80, opacity=0.85)
    low = rows.transform_filter("datum.is_low").mark_point(
        color=theme.STATUS["below"], size=90, strokeWidth=2, opacity=1
    )
    named = rows.mark_text(align="left", dx=10)
    limit = rows.transform_aggregate(schools="count()", groupby=["low_line"]).mark_rule(
        color=theme.INK, strokeDash=[3, 3]
    )
    mean = rows.transform_aggregate(schools="count()", groupby=["county_mean"]).mark_rule(color=theme.SOFT)
    return alt.layer(
        limit.encode(x=alt.X("low_line:Q")),
        mean.encode(y=alt.Y("county_mean:Q")),
        usual.encode(x=x, y=y, tooltip=tips),
        low.encode(x=x, y=y, tooltip=tips),
        named.encode(x=x, y=y, text="named:N"),
    ).properties(height=300)


@charts.chart
def between_schools() -> charts.Chart:
    """The share of variance between schools over a year group's exams, from zero."""
    x = alt.X(
        "exam_label:O",
        sort=None,
        axis=alt.Axis(title=None, labelAngle=0, grid=False, labelLimit=120),
        scale=alt.Scale(type="point", padding=0.5),
    )
    y = alt.Y(
        "icc_anova:Q",
        axis=alt.Axis(title=None, format=".0%", tickCount=4),
        scale=alt.Scale(zero=True, padding=16),
    )
    rows = alt.Chart().transform_filter("isValid(datum.exam_label)")
    line = rows.mark_line(color=theme.ACCENT, strokeWidth=2).encode(x=x, y=y)
    dots = rows.mark_circle(color=theme.ACCENT, size=60, opacity=1).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("exam_name:N", title=_("考试")),
            alt.Tooltip("tip_share:N", title=_("校际差异占比")),
            alt.Tooltip("tip_takers:N", title=_("参考人数")),
        ],
    )
    figures = rows.mark_text(dy=-12, fontWeight="bold").encode(x=x, y=y, text="tip_share:N")
    return alt.layer(line, dots, figures).properties(height=180)


@charts.chart
def rates() -> charts.Chart:
    """Each of the three rates now and in the exam before, for the county."""
    rows = alt.Chart()
    rate = alt.Y(
        "rate_label:N", sort=None, axis=alt.Axis(title=None, domain=False, ticks=False, labelFontSize=13)
    )
    scale = alt.Scale(domain=[0, 1], range=[0, alt.ExprRef(f"width - {FIGURES}")])
    axis = alt.Axis(title=None, format=".0%", tickCount=5)
    tips = [
        alt.Tooltip("rate_label:N", title=_("比率")),
        alt.Tooltip("tip_now:N", title=_("本次")),
        alt.Tooltip("tip_before:N", title=_("上次")),
    ]
    now = rows.mark_bar(color=theme.BAR, height=14).encode(
        x=alt.X("now:Q", axis=axis, scale=scale), y=rate, tooltip=tips
    )
    before = rows.mark_tick(color=theme.INK, thickness=2.5, size=24).encode(
        x=alt.X("before:Q", scale=scale), y=rate, tooltip=tips
    )
    figure = rows.mark_text(align="left", dx=8).encode(
        x=alt.X("label_at:Q", scale=scale), y=rate, text="tip_both:N"
    )
    return alt.layer(now, before, figure).properties(height=alt.Step(44))

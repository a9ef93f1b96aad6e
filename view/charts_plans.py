"""Charts of what is to come: a coefficient or the pupils over the coming years, with their intervals."""

from __future__ import annotations

import altair as alt

from view import charts, theme
from view.texts import _


@charts.chart
def outlook() -> charts.Chart:
    """One expected coefficient at the coming dates, with interval and limit, from zero.

    The limit's value stands at its end, to the right of the last date, where no line runs.
    """
    room = alt.Scale(type="point", range=[18, {"expr": "width - 46"}])
    year = alt.X("year_label:O", axis=alt.Axis(title=None, labelAngle=0, grid=False), scale=room)
    scale = alt.Scale(zero=True, nice=True)
    base = alt.Chart().transform_filter("isValid(datum.year_label)")
    tips = [
        alt.Tooltip("indicator:N", title=_("指标")),
        alt.Tooltip("year_label:N", title=_("统计时点")),
        alt.Tooltip("cv_label:N", title=_("差异系数")),
        alt.Tooltip("range_label:N", title=_("95% 区间")),
    ]
    axis = alt.Axis(title=None, tickCount=3)
    band = base.mark_area(opacity=0.18, color=theme.ACCENT).encode(
        x=year, y=alt.Y("low:Q", axis=axis, scale=scale), y2="high:Q"
    )
    line = base.mark_line(strokeWidth=2, color=theme.ACCENT).encode(x=year, y=alt.Y("cv:Q", scale=scale))
    dots = base.mark_circle(size=44, color=theme.ACCENT, opacity=1).encode(
        x=year, y=alt.Y("cv:Q", scale=scale), tooltip=tips
    )
    limit = base.mark_rule(color=theme.INK, strokeWidth=1.2).encode(y=alt.Y("cv_limit:Q", scale=scale))
    label = (
        base.transform_filter("datum.is_last === true")
        .mark_text(align="right", dy=-7, fontSize=12)
        .encode(x=alt.value("width"), y=alt.Y("cv_limit:Q", scale=scale), text="limit_label:N")
    )
    return alt.layer(band, limit, line, dots, label).properties(height=130)


@charts.chart
def pupils_ahead() -> charts.Chart:
    """Expected pupils of a stage over the coming years with their interval."""
    year = alt.X(
        "year_label:O",
        axis=alt.Axis(title=None, labelAngle=0, grid=False, labelExpr="slice(datum.value, 0, 4)"),
    )
    scale = alt.Scale(zero=True, nice=True)
    base = alt.Chart().transform_filter("isValid(datum.year_label)")
    band = base.mark_area(opacity=0.18, color=theme.ACCENT).encode(
        x=year, y=alt.Y("low:Q", axis=alt.Axis(title=None, tickCount=4), scale=scale), y2="high:Q"
    )
    line = base.mark_line(strokeWidth=2, color=theme.ACCENT, point=True).encode(
        x=year,
        y=alt.Y("students:Q", scale=scale),
        tooltip=[
            alt.Tooltip("year_label:N", title=_("统计时点")),
            alt.Tooltip("students_label:N", title=_("学生")),
        ],
    )
    figures = base.mark_text(dy=-12, fontSize=12).encode(
        x=year, y=alt.Y("students:Q", scale=scale), text="students_label:N"
    )
    return alt.layer(band, line, figures).properties(height=180)


@charts.chart
def spending() -> charts.Chart:
    """What each indicator costs in each stage, as bars from zero."""
    room = alt.Scale(zero=True, range=[0, {"expr": "width - 96"}])
    value = alt.X("yuan:Q", axis=None, scale=room)
    base = alt.Chart().transform_filter("isValid(datum.label)")
    lines = alt.Axis(labelExpr="split(datum.value, ' · ')", labelLimit=200)
    name = alt.Y("label:N", title=None, sort="-x", axis=lines)
    bars = base.mark_bar(color=theme.BAR, height=16).encode(
        x=value,
        y=name,
        tooltip=[alt.Tooltip("label:N", title=_("项目")), alt.Tooltip("yuan_label:N", title=_("金额"))],
    )
    figures = base.mark_text(align="left", dx=4, fontSize=12).encode(x=value, y=name, text="yuan_label:N")
    return alt.layer(bars, figures).properties(height=190)

"""Charts of one indicator across the county's schools and years."""

from __future__ import annotations

from typing import Literal

import altair as alt

from view import charts, theme
from view.texts import _

DOT = "M0,-1A1,1,0,1,1,0,1A1,1,0,1,1,0,-1Z"
RING = DOT + "M0,-0.6A0.6,0.6,0,1,0,0,0.6A0.6,0.6,0,1,0,0,-0.6Z"
HALF = "M0,-1A1,1,0,0,0,0,1ZM0,-1A1,1,0,0,1,0,1L0,0.74A0.74,0.74,0,0,0,0,-0.74Z"
ORDER = ["met", "near", "below", "not_tested"]
STATUS_SHAPE = alt.Scale(domain=ORDER, range=[DOT, HALF, RING, DOT])
STATUS_COLOUR = alt.Scale(domain=ORDER, range=[theme.STATUS[code] for code in ORDER])
LEFT = alt.Scale(range=[{"expr": "width < 520 ? 78 : 150"}, {"expr": "width"}], zero=True, nice=False)


LABELS: tuple[tuple[str, Literal["left", "right"], int, Literal["bold", "normal"]], ...] = (
    ("threshold", "left", -2, "bold"),
    ("floor", "right", 2, "normal"),
)


def _value(field: str = "value") -> alt.X:
    axis = alt.Axis(title=None, grid=True, tickCount=7, domain=False, ticks=False)
    return alt.X(f"{field}:Q", scale=LEFT, axis=axis)


def _at(pixel: str) -> alt.Y:
    return alt.Y(f"{pixel}:Q", scale=alt.Scale(zero=False, nice=False, reverse=True), axis=None)


@charts.chart
def strip() -> charts.Chart:
    """Every school as a dot by place, with the threshold solid, 85% of it dashed, and each group's median."""
    schools = (
        alt.Chart()
        .transform_filter("datum.layer === 'school'")
        .mark_point(filled=True, strokeWidth=0, opacity=0.92)
        .encode(
            x=_value(),
            y=_at("y"),
            size=alt.Size("size:Q", scale=None, legend=None),
            shape=alt.Shape("status:N", scale=STATUS_SHAPE, legend=None),
            color=alt.Color("status:N", scale=STATUS_COLOUR, legend=None),
            tooltip=[
                alt.Tooltip("school_name:N", title=_("学校")),
                alt.Tooltip("tip_value:N", title=_("数值")),
                alt.Tooltip("tip_status:N", title=_("结论")),
                alt.Tooltip("tip_lacks:N", title=_("到标准还缺")),
                alt.Tooltip("tip_students:N", title=_("学生")),
                alt.Tooltip("tip_place:N", title=_("所在")),
            ],
        )
    )
    wide = alt.expr("width < 520 ? 0 : 1")
    low = (
        _worded("low_name")
        .mark_text(align="right", dx=-10, opacity=wide)
        .encode(x=_value(), y=_at("y"), text="low_name:N")
    )
    high = (
        _worded("high_name")
        .mark_text(align="left", dx=10, opacity=wide)
        .encode(x=_value(), y=_at("y"), text="high_name:N")
    )
    return alt.layer(*_bands(), *_lines(), schools, low, high).properties(height=360)


def _worded(field: str) -> alt.Chart:
    """Rows that have a label: Vega writes a missing one as “null”."""
    return alt.Chart().transform_filter(f"isValid(datum.{field})")


def _bands() -> list[alt.Chart]:
    groups = alt.Chart().transform_filter("datum.layer === 'group'")
    rule = groups.mark_rule(color=theme.RULE).encode(x=alt.value(0), x2=alt.value("width"), y=_at("band_top"))
    name = groups.mark_text(align="left", fontWeight="bold", fontSize=13).encode(
        x=alt.value(0), y=_at("name_y"), text="group_label:N"
    )
    count = groups.mark_text(align="left", color=theme.SOFT, fontSize=12).encode(
        x=alt.value(0), y=_at("count_y"), text="count_label:N"
    )
    middle = groups.mark_text(align="left", color=theme.ACCENT, fontSize=12).encode(
        x=alt.value(0), y=_at("middle_y"), text="median_label:N"
    )
    more = (
        _worded("beyond_label")
        .mark_text(align="right", color=theme.SOFT, fontSize=12, dy=-8)
        .encode(x=alt.value("width"), y=_at("band_end"), text="beyond_label:N")
    )
    median = groups.mark_rule(color=theme.ACCENT, strokeWidth=2, opacity=0.85).encode(
        x=_value("median_value"), y=_at("median_top"), y2=alt.Y2("median_end")
    )
    return [rule, name, count, middle, more, median]


def _lines() -> list[alt.Chart]:
    lines = alt.Chart().transform_filter("datum.layer === 'line'")
    top = alt.value(-4)
    solid = lines.transform_filter("datum.kind === 'threshold'").mark_rule(color=theme.INK, strokeWidth=1.6)
    dashed = lines.transform_filter("datum.kind === 'floor'").mark_rule(color=theme.INK, strokeDash=[3, 3])
    rules = [rule.encode(x=_value(), y=top, y2=alt.value("height")) for rule in (solid, dashed)]
    words = [
        lines.transform_filter(f"datum.kind === '{kind}'")
        .mark_text(align=align, baseline="bottom", dx=dx, fontSize=12, fontWeight=weight)
        .encode(x=_value(), y=alt.value(-6), text="line_label:N")
        for kind, align, dx, weight in LABELS
    ]
    return [*rules, *words]


@charts.chart
def coefficient_trend() -> charts.Chart:
    """A coefficient over the school years from zero, with its limit as a line."""
    return _trend(zero=True)


@charts.chart
def share_trend() -> charts.Chart:
    """Shares of few groups over the school years, each named at its end."""
    return _trend(zero=False)


def _trend(*, zero: bool) -> charts.Chart:
    room = alt.Scale(range=[{"expr": "24"}, {"expr": "width - 118"}])
    year = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, grid=False), scale=room)
    scale = alt.Scale(zero=zero, nice=False, padding=0 if zero else 18)
    end = alt.Y("value:Q", axis=None, scale=scale)
    label_at = alt.Y("label_at:Q", axis=None, scale=scale)
    shade = alt.Color(
        "shade:N", scale=alt.Scale(domain=["main", "soft"], range=[theme.ACCENT, "#6F7F8E"]), legend=None
    )
    lines = alt.Chart().transform_filter("datum.layer === 'line'")
    path = lines.mark_line(strokeWidth=2).encode(x=year, y=end, color=shade, detail="series:N")
    dots = lines.mark_circle(size=46, opacity=1).encode(
        x=year,
        y=end,
        color=shade,
        tooltip=[
            alt.Tooltip("series:N", title=_("项目")),
            alt.Tooltip("year_label:N", title=_("学年")),
            alt.Tooltip("value_label:N", title=_("数值")),
        ],
    )
    figures = (
        _worded("point_label")
        .transform_filter("datum.is_last === false")
        .mark_text(dy=-11, fontSize=12)
        .encode(x=year, y=end, text="point_label:N", color=shade)
    )
    names = lines.transform_filter("datum.is_last === true").mark_text(
        align="left", dx=9, fontSize=12, fontWeight="bold"
    )
    ends = names.encode(x=year, y=label_at, text="end_label:N", color=shade)
    limit = alt.Chart().transform_filter("datum.layer === 'limit'")
    rule = limit.mark_rule(color=theme.INK, strokeWidth=1.4).encode(y=end)
    label = limit.mark_text(align="right", dx=-2, dy=-7, fontSize=12, fontWeight="bold").encode(
        x=alt.value("width"), y=end, text="end_label:N"
    )
    return alt.layer(rule, path, dots, figures, ends, label).properties(height=170)


@charts.chart
def distribution() -> charts.Chart:
    """How many schools stand at which share of the threshold; the last bar holds all above."""
    bars = (
        alt.Chart()
        .transform_filter("datum.layer === 'school'")
        .mark_bar(binSpacing=1)
        .encode(
            x=alt.X(
                "share_shown:Q",
                bin=alt.Bin(step=0.05, extent=[0, 2.05]),
                axis=alt.Axis(
                    title=None, format="%", grid=False, values=[0, 0.5, 0.85, 1, 1.5, 2], labelOverlap=True
                ),
            ),
            y=alt.Y(
                "count():Q", axis=alt.Axis(title=None, tickMinStep=1, tickCount=4, domain=False, ticks=False)
            ),
            color=alt.Color("status:N", scale=STATUS_COLOUR, legend=None),
            order=alt.Order("status:N"),
            tooltip=[
                alt.Tooltip("tip_status:N", title=_("结论")),
                alt.Tooltip("count():Q", title=_("学校（所）")),
            ],
        )
    )
    lines = alt.Chart().transform_filter("datum.layer === 'line'")
    at = alt.X("share_shown:Q")
    solid = (
        lines.transform_filter("datum.kind === 'threshold'")
        .mark_rule(color=theme.INK, strokeWidth=1.6)
        .encode(x=at)
    )
    dashed = (
        lines.transform_filter("datum.kind === 'floor'")
        .mark_rule(color=theme.INK, strokeDash=[3, 3])
        .encode(x=at)
    )
    return alt.layer(bars, solid, dashed).properties(height=170)


@charts.chart
def lorenz() -> charts.Chart:
    """Which share of the pupils has which share of the resource; the straight line is an even spread."""
    whole = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X(
        "student_cumulative_share:Q",
        axis=alt.Axis(title=_("学生累计占比（由少到多）"), format="%", tickCount=5),
        scale=whole,
    )
    y = alt.Y(
        "resource_cumulative_share:Q",
        axis=alt.Axis(title=_("资源累计占比"), format="%", tickCount=5),
        scale=whole,
    )
    even = (
        alt.Chart()
        .transform_filter("datum.layer === 'even'")
        .mark_line(color=theme.INK, strokeDash=[3, 3])
        .encode(x=x, y=y)
    )
    curve = alt.Chart().transform_filter("datum.layer === 'school'")
    area = curve.mark_area(color=theme.ACCENT, opacity=0.1).encode(
        x=x, y=y, y2=alt.Y2("student_cumulative_share:Q")
    )
    path = curve.mark_line(color=theme.ACCENT, strokeWidth=2).encode(x=x, y=y)
    dots = curve.mark_circle(color=theme.ACCENT, size=26, opacity=0.001).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("school_name:N", title=_("到此校为止")),
            alt.Tooltip("tip_value:N", title=_("数值")),
            alt.Tooltip("student_cumulative_share:Q", title=_("学生累计占比"), format=".1%"),
            alt.Tooltip("resource_cumulative_share:Q", title=_("资源累计占比"), format=".1%"),
        ],
    )
    return alt.layer(area, even, path, dots).properties(height=300)

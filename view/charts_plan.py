"""The chart of a plan: how many teachers must move for how much margin above the lines."""

from __future__ import annotations

import altair as alt

from view import charts, theme
from view.texts import _


@charts.chart
def frontier() -> charts.Chart:
    """Fewest moves from zero against the margin; the lines themselves are a rule, no plan is a word."""
    across = alt.X(
        "margin:Q",
        axis=alt.Axis(title=None, format="%", grid=False, tickCount=5),
        scale=alt.Scale(range=[{"expr": "30"}, {"expr": "width - 70"}], zero=True, nice=False),
    )
    up = alt.Y("moves:Q", axis=None, scale=alt.Scale(zero=True, padding=18))
    tips = [
        alt.Tooltip("margin_label:N", title=_("余量")),
        alt.Tooltip("moves_label:N", title=_("最少交流（名）")),
    ]
    points = alt.Chart().transform_filter("datum.layer === 'point'")
    path = points.mark_line(strokeWidth=2, color=theme.ACCENT, interpolate="step-after").encode(
        x=across, y=up
    )
    dots = points.mark_circle(size=56, opacity=1, color=theme.ACCENT).encode(x=across, y=up, tooltip=tips)
    figures = points.mark_text(dx=7, dy=-12, fontWeight="bold", color=theme.ACCENT).encode(
        x=across, y=up, text="moves_label:N"
    )
    none = alt.Chart().transform_filter("datum.layer === 'none'")
    end = none.mark_rule(strokeDash=[4, 3], color=theme.STATUS["below"]).encode(x=across)
    said = none.mark_text(align="left", dx=5, y=14, color=theme.STATUS["below"]).encode(
        x=across, text="moves_label:N"
    )
    line = alt.Chart().transform_filter("datum.layer === 'line'")
    rule = line.mark_rule(color=theme.INK, strokeWidth=1.4).encode(x=across)
    label = line.mark_text(align="left", dx=5, y=14, fontWeight="bold").encode(x=across, text="moves_label:N")
    return alt.layer(rule, label, end, said, path, dots, figures).properties(height=210)

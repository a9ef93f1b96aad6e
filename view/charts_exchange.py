"""The chart of a rate over the years against the line it has to reach."""

from __future__ import annotations

import altair as alt

from view import charts, theme
from view.texts import _


@charts.chart
def rate_trend() -> charts.Chart:
    """A rate over the school years from zero; figures stand on the side of the line where the rate is."""
    room = alt.Scale(range=[{"expr": "24"}, {"expr": "width - 92"}])
    year = alt.X("year:O", axis=alt.Axis(title=None, labelAngle=0, grid=False), scale=room)
    scale = alt.Scale(zero=True, nice=False)
    at = alt.Y("value:Q", axis=None, scale=scale)
    lines = alt.Chart().transform_filter("datum.layer === 'line'")
    path = lines.mark_line(strokeWidth=2, color=theme.ACCENT).encode(x=year, y=at)
    dots = lines.mark_circle(size=52, opacity=1, color=theme.ACCENT).encode(
        x=year,
        y=at,
        tooltip=[
            alt.Tooltip("year_label:N", title=_("学年")),
            alt.Tooltip("value_label:N", title=_("比例")),
            alt.Tooltip("people_label:N", title=_("人数")),
        ],
    )
    figures = lines.mark_text(fontSize=12, fontWeight="bold", color=theme.ACCENT).encode(
        x=year, y=alt.Y("label_at:Q", axis=None, scale=scale), text="value_label:N"
    )
    least = alt.Chart().transform_filter("datum.layer === 'limit'")
    rule = least.mark_rule(color=theme.INK, strokeWidth=1.4).encode(y=at)
    label = least.mark_text(align="right", dx=-2, dy=-8, fontSize=12, fontWeight="bold").encode(
        x=alt.value("width"), y=at, text="value_label:N"
    )
    return alt.layer(rule, path, dots, figures, label).properties(height=170)

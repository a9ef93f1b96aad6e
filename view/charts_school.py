"""A school among all schools of its stage: one strip an indicator."""

from __future__ import annotations

import altair as alt
import polars as pl

from view import numbers, theme
from view.charts import chart
from view.names import Names, spoken
from view.school_bars import rank
from view.texts import _

WIDEST, STEP = 2.5, 27
RANKS = 92
"""Pixels kept free at the right end for the ranks."""


def place_rows(places: pl.DataFrame, standard: str, school: str, stage: str, names: Names) -> pl.DataFrame:
    """Return a point per school and indicator of a stage.

    `ratio` is value ÷ threshold (÷ county mean under a standard without thresholds), cut at 250 %; `line`
    and `floor` are the guides on that scale; `place` is written for the chosen school alone.
    """
    known = names.indicators_of(standard, stage)
    words = pl.DataFrame(
        {
            "indicator_code": [row["indicator_code"] for row in known],
            "label": [f"{row['indicator_code']} {spoken(row, 'short')}" for row in known],
            "floor": pl.Series([row["floor_share"] for row in known], dtype=pl.Float64),
            "line": [1.0 for _row in known],
        }
    )
    rows = places.filter(pl.col("stage") == stage).join(words, on="indicator_code")
    rows = rows.with_columns(
        ratio=pl.coalesce("share_of_threshold", pl.col("value") / pl.col("county_mean")).clip(0, WIDEST),
        is_here=pl.col("school_code") == school,
        shown=pl.Series([numbers.number(value, 2) for value in rows["value"]], dtype=pl.String),
    )
    ranks = [rank(row) if row["is_here"] else None for row in rows.to_dicts()]
    return rows.with_columns(place=pl.Series(ranks, dtype=pl.String)).sort("indicator_code", "is_here")


@chart
def school_place() -> alt.TopLevelMixin:
    """Strips of every school against the threshold, the chosen school named by its rank."""
    rows = alt.Axis(
        title=None, domain=False, ticks=False, labelAlign="left", labelPadding=66, labelColor=theme.INK
    )
    base = alt.Chart().encode(y=alt.Y("label:N", sort=None, axis=rows))
    others = base.transform_filter("!datum.is_here").mark_tick(
        color=theme.BAR_SOFT, opacity=0.65, thickness=1.5, size=13
    )
    here = base.transform_filter("datum.is_here")
    named = here.mark_text(align="right", fontWeight="bold").encode(
        x=alt.value(alt.ExprRef("width")), text="place:N"
    )
    guides = alt.Chart().transform_aggregate(schools="count()", groupby=["line", "floor"])
    line = guides.mark_rule(color=theme.INK, strokeWidth=2).encode(x=_along("line"))
    floor = guides.transform_filter("isValid(datum.floor)").mark_rule(color=theme.SOFT, strokeDash=[3, 3])
    layers = alt.layer(
        others.encode(x=_along("ratio")), floor.encode(x=_along("floor")), line, _dot(here), named
    )
    return layers.resolve_scale(color="independent").properties(height=alt.Step(STEP))


def _along(field: str) -> alt.X:
    scale = alt.Scale(domain=[0, WIDEST], range=[0, alt.ExprRef(f"width - {RANKS}")])
    return alt.X(f"{field}:Q", scale=scale, axis=None)


def _dot(here: alt.Chart) -> alt.Chart:
    """The chosen school, coloured by its status."""
    colours = alt.Scale(domain=list(theme.STATUS), range=list(theme.STATUS.values()))
    return here.mark_circle(size=150, opacity=1, stroke="white", strokeWidth=1.5).encode(
        x=_along("ratio"),
        color=alt.Color("status:N", scale=colours, legend=None),
        tooltip=[
            alt.Tooltip("label:N", title=_("指标")),
            alt.Tooltip("shown:N", title=_("现值")),
            alt.Tooltip("place:N", title=_("位次")),
        ],
    )

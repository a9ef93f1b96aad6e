"""Which results would give pupils away: those of few, and those from which few could be told by subtracting.

The first are hidden for their size (primary suppression). Where all that is hidden in a whole is still few,
the whole less the shown would be theirs, so the next smallest is hidden with them (secondary suppression).
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl


def few(counted: str, least: float) -> pl.Expr:
    """True where somebody, but fewer than may be told apart, is counted."""
    return ((pl.col(counted) > 0) & (pl.col(counted) < least)).fill_null(value=False)


def with_cover(unsafe: pl.Expr, amount: str, over: Sequence[str], least: float) -> pl.Expr:
    """True where `unsafe`, and for the first other row where the unsafe ones of a whole are few together.

    Rows come in the order in which they may be hidden. `amount` is what a row adds to what is hidden; a row
    that is not unsafe adds none or no fewer than `least`, so that one is enough.
    """
    size = pl.col(amount).fill_null(0)
    pool = pl.when(unsafe).then(size).otherwise(0).sum().over(over)
    may = ~unsafe & (size > 0)
    first = may & (may.cum_sum().over(over) == 1)
    return unsafe | (first & (pool > 0) & (pool < least))


def hidden_results(counts: pl.DataFrame, least: float | None) -> pl.DataFrame:
    """Say of each school's row of a paper whether its scores, and its value added, stay hidden; `is_few` why.

    `counts` has takers and matched pupils of every school of each paper. Who is hidden beside the few is the
    smallest school of the sitting, the same in all its subjects as far as it may be: their sum is the total.
    """
    paper = ["exam_code", "grade", "subject"]
    if least is None:
        no = [pl.lit(value=False).alias(name) for name in ("is_few", "scores_hidden", "effects_hidden")]
        return counts.with_columns(no)
    sitting = pl.col("takers").max().over("exam_code", "grade", "school_code")
    ordered = counts.with_columns(size=sitting).sort("size", "school_code").drop("size")
    scores = with_cover(few("takers", least), "takers", paper, least)
    effects = with_cover(few("matched_pupils", least), "matched_pupils", paper, least)
    flagged = ordered.with_columns(is_few=few("takers", least), scores_hidden=scores, effects_hidden=effects)
    return flagged.with_columns(pl.col("effects_hidden") | pl.col("scores_hidden"))


def hidden_places(places: pl.DataFrame, within: pl.DataFrame, least: float) -> pl.DataFrame:
    """Add `is_hidden` to places of one kind; `within` has the place and takers of each hidden school.

    A place is hidden when the hidden schools in it are few pupils, or one school; another with it where
    those in all hidden places, which the county less the shown ones gives, would be few.
    """
    inside = within.group_by("group_code").agg(rest=pl.col("takers").sum(), concealed=pl.len())
    known = places.join(inside, on="group_code", how="full", coalesce=True, nulls_equal=True)
    alone = (pl.col("rest") > 0) & ((pl.col("rest") < least) | (pl.col("concealed") < 2))
    unsafe = (few("takers", least) | alone).fill_null(value=False)
    known = known.with_row_index("place").sort("rest", "place")
    known = known.with_columns(whole=pl.lit(1), is_hidden=unsafe | (pl.col("takers").is_null()))
    known = known.with_columns(is_hidden=with_cover(pl.col("is_hidden"), "rest", ["whole"], least))
    order = places.select("group_code").with_row_index("order")
    return (
        order.join(known.drop("place", "whole"), on="group_code", nulls_equal=True)
        .sort("order")
        .drop("order")
    )


def untellable(sides: pl.DataFrame, hidden: pl.DataFrame, least: float, over: Sequence[str]) -> pl.DataFrame:
    """Return the keys `over` of pooled figures from which hidden schools of a paper could be told.

    `sides` says which school is part of which pool, `hidden` has the hidden rows of papers. A pool over
    grades is the sum of theirs, and a reader may know all but one.
    """
    rows = hidden.join(sides, on=["school_code", "school_year"])
    parts = rows.group_by(*over, "role", "grade").agg(rest=pl.col("takers").sum(), concealed=pl.len())
    return parts.filter((pl.col("rest") < least) | (pl.col("concealed") < 2)).select(over).unique()

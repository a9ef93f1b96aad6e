"""The difference coefficient of each indicator, and who makes it."""

from __future__ import annotations

import polars as pl

COUNTY = ["stage", "indicator_code"]


def spreads(valued: pl.DataFrame, tolerance: float) -> pl.DataFrame:
    """Return mean, spread and coefficient of each indicator over the schools that have a value."""
    value, weight = pl.col("value"), pl.col("weight")
    known = valued.filter(value.is_not_null())
    means = known.group_by(COUNTY, maintain_order=True).agg(
        total_weight=weight.sum(),
        county_mean=_mean(),
        plain_mean=value.mean(),
        plain_spread=value.std(ddof=0),
    )
    variance = (weight * (value - pl.col("county_mean")).pow(2)).sum() / weight.sum()
    spread = known.join(means, on=COUNTY).group_by(COUNTY).agg(std_dev=variance.sqrt())
    unweighted = over(pl.col("plain_spread"), pl.col("plain_mean"))
    return (
        means.join(spread, on=COUNTY, how="left")
        .with_columns(
            std_dev=_unless_noise(pl.col("std_dev"), pl.col("county_mean"), tolerance),
            cv_unweighted=_unless_noise(unweighted, pl.lit(1.0), tolerance),
        )
        .with_columns(cv=over(pl.col("std_dev"), pl.col("county_mean")))
        .drop("plain_mean", "plain_spread")
    )


def _mean() -> pl.Expr:
    """Return sum over sum; with equal weights (a standard's unweighted method) the plain mean."""
    pooled = pl.col("scale").first() * pl.col("numerator").sum() / pl.col("denominator").sum()
    return (
        pl.when((pl.col("weight") == pl.col("denominator")).all())
        .then(pooled)
        .otherwise(pl.col("value").mean())
    )


def over(numerator: pl.Expr, denominator: pl.Expr) -> pl.Expr:
    """Return a quotient, null where nothing can be divided by."""
    return numerator / pl.when(denominator != 0).then(denominator)


def _unless_noise(spread: pl.Expr, size: pl.Expr, tolerance: float) -> pl.Expr:
    """Return a spread, or 0 where it is no more than the binary noise of equal values."""
    return pl.when(spread.abs() <= size.abs() * tolerance).then(0.0).otherwise(spread)


def contributions(valued: pl.DataFrame, spreads: pl.DataFrame) -> pl.DataFrame:
    """Add to each value the county mean and its share of S²."""
    distance = (pl.col("value") - pl.col("county_mean")).pow(2)
    share = over(pl.col("weight") / pl.col("total_weight") * distance, pl.col("std_dev").pow(2))
    return (
        valued.join(spreads.drop("cv", "cv_unweighted"), on=COUNTY, how="left")
        .with_columns(cv_contribution=share)
        .drop("std_dev", "total_weight")
    )

"""Where schools and county stand, from amounts alone: the marts' own formulas, fast enough to ask again.

A plan changes numerators and pupils; this module says what then follows. One row of `amounts` is a
school, stage and indicator with `students`, `numerator` and `denominator` (null where it is missing). A
test holds that unchanged amounts give back every row of the marts.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from planning import coefficients

SCHOOL = ["school_code", "stage"]
COUNTY = ["stage", "indicator_code"]
COMPOSITE = "composite"


@dataclass(frozen=True)
class Yardstick:
    """One standard in one school year: its lines, and how they are applied."""

    lines: pl.DataFrame
    """A row a stage and indicator (and `composite`): scale, threshold, floor_share, cv_limit."""
    school_rule: str
    min_indicators_met: int | None
    cv_method: str
    tolerance: float


@dataclass(frozen=True)
class Standing:
    """What follows from the amounts, in the marts' columns."""

    indicators: pl.DataFrame
    schools: pl.DataFrame
    balance: pl.DataFrame
    verdicts: pl.DataFrame


def stand(amounts: pl.DataFrame, yardstick: Yardstick) -> Standing:
    """Return where every school and the county stand with these amounts."""
    valued = value(amounts, yardstick)
    spreads = coefficients.spreads(valued, yardstick.tolerance)
    indicators = coefficients.contributions(valued, spreads).drop("weight")
    schools = judge_schools(indicators, yardstick)
    balance = judge_balance(indicators, spreads, yardstick)
    return Standing(indicators, schools, balance, judge_county(schools, balance))


def value(amounts: pl.DataFrame, yardstick: Yardstick) -> pl.DataFrame:
    """Add to each amount its value, its status and what it lacks to the line and to the floor."""
    lines = yardstick.lines.filter(pl.col("indicator_code") != COMPOSITE)
    known = amounts.join(lines.select(*COUNTY, "scale", "threshold", "floor_share"), on=COUNTY)
    needed = pl.col("denominator") / pl.col("scale")
    weight = pl.lit(1.0) if yardstick.cv_method == "unweighted" else pl.col("denominator")
    return (
        known.with_columns(
            value=coefficients.over(pl.col("scale") * pl.col("numerator"), pl.col("denominator")),
            floor_value=pl.col("threshold") * pl.col("floor_share"),
            weight=weight,
        )
        .with_columns(status=_status(1 - yardstick.tolerance))
        .with_columns(
            shortfall=_lacking(["met"], pl.col("threshold") * needed),
            shortfall_to_floor=_lacking(["met", "near"], pl.col("floor_value") * needed),
        )
        .drop("floor_share")
    )


def _status(slack: float) -> pl.Expr:
    value = pl.col("value")
    return (
        pl.when(value.is_null())
        .then(pl.lit("missing"))
        .when(pl.col("threshold").is_null())
        .then(pl.lit("not_tested"))
        .when(value >= pl.col("threshold") * slack)
        .then(pl.lit("met"))
        .when(value >= pl.col("floor_value") * slack)
        .then(pl.lit("near"))
        .otherwise(pl.lit("below"))
    )


def _lacking(reached: list[str], needed: pl.Expr) -> pl.Expr:
    status = pl.col("status")
    short = pl.when(status.is_in(["near", "below"])).then(needed - pl.col("numerator"))
    return pl.when(status.is_in(reached)).then(0.0).otherwise(short)


def judge_schools(indicators: pl.DataFrame, yardstick: Yardstick) -> pl.DataFrame:
    """Return each school's verdict: all indicators but one met, that one at its floor."""
    tested, status = pl.col("threshold").is_not_null(), pl.col("status")
    return (
        indicators.group_by(SCHOOL, maintain_order=True)
        .agg(
            students=pl.col("students").first(),
            indicators_tested=tested.sum(),
            indicators_met=(tested & (status == "met")).sum(),
            indicators_near=(status == "near").sum(),
            indicators_below=(status == "below").sum(),
            indicators_missing=(status == "missing").sum(),
            tested_missing=(tested & (status == "missing")).sum(),
        )
        .with_columns(verdict=_verdict(yardstick))
        .drop("tested_missing")
    )


def _verdict(yardstick: Yardstick) -> pl.Expr:
    if yardstick.school_rule == "none":
        return pl.lit("not_tested")
    reachable = pl.col("indicators_met") + pl.col("tested_missing")
    return (
        pl.when(pl.col("indicators_tested") == 0)
        .then(pl.lit("not_tested"))
        .when((pl.col("indicators_below") > 0) | (reachable < yardstick.min_indicators_met))
        .then(pl.lit("not_compliant"))
        .when(pl.col("tested_missing") > 0)
        .then(pl.lit("incomplete"))
        .otherwise(pl.lit("compliant"))
    )


def judge_balance(indicators: pl.DataFrame, spreads: pl.DataFrame, yardstick: Yardstick) -> pl.DataFrame:
    """Return each coefficient against its limit, and their plain mean as `composite`."""
    single = _counted(indicators).join(spreads.drop("total_weight"), on=COUNTY, how="left")
    composite = single.group_by("stage", maintain_order=True).agg(
        indicator_code=pl.lit(COMPOSITE),
        schools=pl.col("schools").max(),
        schools_with_value=pl.col("schools_with_value").min(),
        students=pl.col("students").max(),
        cv=_mean_of_all("cv"),
        cv_unweighted=_mean_of_all("cv_unweighted"),
    )
    limits = yardstick.lines.select(*COUNTY, "cv_limit")
    return (
        pl.concat([single, composite], how="diagonal")
        .join(limits, on=COUNTY, how="left")
        .with_columns(status=_limit_status(1 + yardstick.tolerance))
    )


def _counted(indicators: pl.DataFrame) -> pl.DataFrame:
    status, is_tested = pl.col("status"), pl.col("threshold").count() > 0
    return indicators.group_by(COUNTY, maintain_order=True).agg(
        schools=pl.len(),
        schools_with_value=pl.col("value").count(),
        students=_sum("students"),
        schools_met=pl.when(is_tested).then((status == "met").sum()),
        schools_near=pl.when(is_tested).then((status == "near").sum()),
        schools_below=pl.when(is_tested).then((status == "below").sum()),
        schools_missing=(status == "missing").sum(),
        total_shortfall=_sum("shortfall"),
    )


def _sum(amount: str) -> pl.Expr:
    """Return the sum of what is known; nothing known has none."""
    return pl.when(pl.col(amount).count() > 0).then(pl.col(amount).sum())


def _mean_of_all(figure: str) -> pl.Expr:
    return pl.when(pl.col(figure).null_count() == 0).then(pl.col(figure).mean())


def _limit_status(slack: float) -> pl.Expr:
    cv = pl.col("cv")
    return (
        pl.when(pl.col("cv_limit").is_null())
        .then(pl.lit("not_tested"))
        .when(pl.col("schools_with_value") < pl.col("schools"))
        .then(pl.lit("missing"))
        .when(cv.is_null() & (pl.col("indicator_code") == COMPOSITE))
        .then(pl.lit("missing"))
        .when(cv.is_null())
        .then(pl.lit("not_met"))
        .when(cv <= pl.col("cv_limit") * slack)
        .then(pl.lit("met"))
        .otherwise(pl.lit("not_met"))
    )


def judge_county(schools: pl.DataFrame, balance: pl.DataFrame) -> pl.DataFrame:
    """Return the county's verdict a stage: every school complies, every limit is kept."""
    verdict, status = pl.col("verdict"), pl.col("status")
    counted = schools.group_by("stage", maintain_order=True).agg(
        schools=pl.len(),
        schools_compliant=(verdict == "compliant").sum(),
        schools_not_compliant=(verdict == "not_compliant").sum(),
        schools_incomplete=(verdict == "incomplete").sum(),
        schools_tested=(verdict != "not_tested").sum(),
        students=_sum("students"),
    )
    limits = balance.group_by("stage").agg(
        coefficients=pl.col("cv_limit").count(),
        coefficients_met=(status == "met").sum(),
        coefficients_not_met=(status == "not_met").sum(),
        coefficients_missing=(status == "missing").sum(),
    )
    united = counted.join(limits, on="stage", how="left").join(_widest(balance), on="stage", how="left")
    share = pl.when(pl.col("schools_tested") > 0).then(pl.col("schools_compliant") / pl.col("schools_tested"))
    return united.with_columns(compliant_share=share, status=_county_status()).drop("schools_tested")


def _widest(balance: pl.DataFrame) -> pl.DataFrame:
    return (
        balance.filter((pl.col("indicator_code") != COMPOSITE) & pl.col("cv").is_not_null())
        .sort("cv", "indicator_code", descending=[True, False])
        .group_by("stage", maintain_order=True)
        .agg(widest_indicator_code=pl.col("indicator_code").first(), widest_cv=pl.col("cv").first())
    )


def _county_status() -> pl.Expr:
    return (
        pl.when((pl.col("schools_tested") == 0) & (pl.col("coefficients") == 0))
        .then(pl.lit("not_tested"))
        .when((pl.col("schools_not_compliant") > 0) | (pl.col("coefficients_not_met") > 0))
        .then(pl.lit("not_met"))
        .when((pl.col("schools_incomplete") > 0) | (pl.col("coefficients_missing") > 0))
        .then(pl.lit("missing"))
        .otherwise(pl.lit("met"))
    )

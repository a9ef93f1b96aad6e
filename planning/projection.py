"""The next statistics dates if nothing is done: cohorts go on, teachers retire, approved projects come.

Intervals come from pupils and from who retires. A school's pupils err as lognormal: the chance of who comes
(Poisson, 1/n) and what the back-test of the years at hand shows beyond it, growing with the root of the
years. Rosters give no sex, so that each teacher between the two ages of retirement is there by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
import polars as pl

from planning import cohorts
from planning.county import PUPILS, Base, amounts, with_parts
from planning.retirements import MARKS, Ages, kept_shares, kept_spreads, staying
from planning.standing import Standing, stand

DRAWS = 300
SEED = 2017
Z95 = 1.96
MEDIAN_OF_NORMAL = 0.6745
"""The middle absolute value of a standard normal."""
KEYS = ["school_code", "stage"]


@dataclass(frozen=True)
class Known:
    """What a projection starts from besides the county itself."""

    year: int
    rolls: pl.DataFrame
    """school_year, school_code, grade, students."""
    teachers: pl.DataFrame
    """Rows of `fct_teacher_age` of the year."""
    projects: pl.DataFrame
    """school_code, school_year, stage, measure, amount."""
    ages: Ages
    shrink: float
    damping: float


@dataclass(frozen=True)
class Projection:
    """What is expected at each coming statistics date, and how far the method can be trusted."""

    pupils: pl.DataFrame
    """school_code, stage, school_year, students, low, high, today."""
    standings: dict[int, Standing]
    spreads: pl.DataFrame
    """school_code, stage, school_year, indicator_code, spread: of the logarithm of a value."""
    coefficients: pl.DataFrame
    """school_year, stage, indicator_code, cv, low, high, cv_limit, status."""
    back_test: pl.DataFrame
    """origin, school_year, stage, predicted, actual, error_share, within (schools in their interval)."""
    has_pupils: bool
    """False with fewer than two years of class lists: pupils are then held as they are."""
    years_at_hand: list[int]


def project(base: Base, known: Known, *, years: int = 5) -> Projection:
    """Return what is expected at the next statistics dates."""
    rolls = cohorts.rolls_of(known.rolls)
    rates = cohorts.rates(rolls, known.year, shrink=known.shrink, damping=known.damping)
    extra, back_test = _back_test(rolls, known)
    pupils = _pupils(base, rolls, rates, known, years, extra)
    teachers = staying(known.teachers, known.year, years, known.ages)
    stays = kept_shares(teachers)
    standings = {}
    for year in range(known.year + 1, known.year + years + 1):
        expected = _in_year(base, known, pupils.filter(pl.col("school_year") == year), stays, year)
        standings[year] = stand(amounts(expected), base.yardstick)
    spreads = _spreads(base, pupils, kept_spreads(teachers))
    return Projection(
        pupils=pupils,
        standings=standings,
        spreads=spreads,
        coefficients=_coefficients(standings, spreads),
        back_test=back_test,
        has_pupils=rates is not None,
        years_at_hand=sorted({year for year, _school, _grade in rolls}),
    )


def _pupils(
    base: Base,
    rolls: cohorts.Rolls,
    rates: cohorts.Rates | None,
    known: Known,
    years: int,
    extra: float,
) -> pl.DataFrame:
    """Return declared pupils, moved as the cohorts of the class lists move, with their intervals."""
    declared = base.measures.filter(
        (pl.col("measure") == PUPILS) & pl.col("stage").is_in(["primary", "junior"])
    )
    today = cohorts.by_stage({key: n for key, n in rolls.items() if key[0] == known.year})
    coming = cohorts.by_stage(cohorts.project(rolls, known.year, years, rates)) if rates else {}
    county = {
        (year, stage): _over(
            sum(n for (at, _s, one), n in coming.items() if (at, one) == (year, stage)),
            sum(n for (_at, _s, one), n in today.items() if one == stage),
        )
        for year in range(known.year + 1, known.year + years + 1)
        for stage in ("primary", "junior")
    }
    rows = []
    for school, stage, students in declared.select(*KEYS, "own_amount").iter_rows():
        for year in range(known.year + 1, known.year + years + 1):
            own, listed = coming.get((year, school, stage)), today.get((known.year, school, stage))
            factor = own / listed if own is not None and listed else county[year, stage]
            expected = None if students is None else students * (factor if rates else 1.0)
            spread = deviation(expected or 0.0, extra, year - known.year) if rates else 0.0
            rows.append((school, stage, year, expected, *_between(expected, spread), students))
    names = ["school_code", "stage", "school_year", "students", "low", "high", "today"]
    types = [pl.String, pl.String, pl.Int64, *[pl.Float64] * 4]
    return pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")


def _over(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def deviation(pupils: float, extra: float, ahead: int) -> float:
    """Return the standard deviation of the logarithm of a school's pupils so many years ahead."""
    return sqrt((extra + (1 / pupils if pupils > 0 else 0.0)) * ahead)


def _between(expected: float | None, spread: float) -> tuple[float | None, float | None]:
    if expected is None:
        return None, None
    return expected * exp(-Z95 * spread), expected * exp(Z95 * spread)


def _back_test(rolls: cohorts.Rolls, known: Known) -> tuple[float, pl.DataFrame]:
    """Project each year at hand from those before; return the variance beyond chance, and the accuracy."""
    errors: list[tuple[int, int, str, float, float]] = []
    for origin in range(min((key[0] for key in rolls), default=0) + 1, known.year):
        earlier = {key: pupils for key, pupils in rolls.items() if key[0] <= origin}
        rates = cohorts.rates(earlier, origin, shrink=known.shrink, damping=known.damping)
        if rates is None:
            continue
        found = cohorts.by_stage(cohorts.project(earlier, origin, known.year - origin, rates))
        actual = cohorts.by_stage(rolls)
        errors += [
            (origin, year, stage, predicted, actual[year, school, stage])
            for (year, school, stage), predicted in found.items()
            if predicted > 0 and actual.get((year, school, stage), 0) > 0
        ]
    extra = _beyond_chance(errors)
    return extra, _accuracy(errors, extra)


def _beyond_chance(errors: list[tuple[int, int, str, float, float]]) -> float:
    """Return the yearly variance beyond chance, by the middle error: a merger does not widen all."""
    if not errors:
        return 0.0
    yearly = [abs(log(actual / predicted)) / sqrt(year - at) for at, year, _s, predicted, actual in errors]
    chance = float(np.median([1 / predicted for _o, _y, _s, predicted, _a in errors]))
    return max(0.0, (float(np.median(yearly)) / MEDIAN_OF_NORMAL) ** 2 - chance)


def _accuracy(errors: list[tuple[int, int, str, float, float]], extra: float) -> pl.DataFrame:
    rows = [
        (*error, abs(log(error[4] / error[3])) <= Z95 * deviation(error[3], extra, error[1] - error[0]))
        for error in errors
    ]
    names = {"origin": pl.Int64, "school_year": pl.Int64, "stage": pl.String}
    figures = {"predicted": pl.Float64, "actual": pl.Float64, "is_within": pl.Boolean}
    miss = (pl.col("predicted") / pl.col("actual") - 1).abs()
    return (
        pl.DataFrame(rows, schema={**names, **figures}, orient="row")
        .group_by("origin", "school_year", "stage", maintain_order=True)
        .agg(
            schools=pl.len(),
            median_error=miss.median(),
            within=pl.col("is_within").mean(),
            predicted=pl.col("predicted").sum(),
            actual=pl.col("actual").sum(),
        )
        .with_columns(error_share=pl.col("predicted") / pl.col("actual") - 1)
        .sort("origin", "school_year", "stage", descending=[False, False, True])
    )


def _in_year(
    base: Base,
    known: Known,
    pupils: pl.DataFrame,
    stays: dict[tuple[int, str, str, str], float],
    year: int,
) -> Base:
    """Return the county with the pupils, remaining teachers and finished projects of a year."""
    expected = {(school, stage): n for school, stage, n in pupils.select(*KEYS, "students").iter_rows()}
    added: dict[tuple[str, str, str], float] = {}
    for row in known.projects.filter(pl.col("school_year") <= year).iter_rows(named=True):
        key = (row["school_code"], row["stage"], row["measure"])
        added[key] = added.get(key, 0.0) + row["amount"]
    own, shared = [], []
    alone = set(base.stages.group_by("school_code").len().filter(pl.col("len") == 1)["school_code"])
    for school, stage, measure, mine, whole in base.measures.iter_rows():
        if measure == PUPILS:
            mine = expected.get((school, stage), mine)
        elif measure in MARKS and mine is not None:
            mine *= stays.get((year, school, stage, measure), 1.0)
        more = added.get((school, "whole", measure), 0.0)
        here = added.get((school, stage, measure), 0.0) + (more if school in alone else 0.0)
        own.append(None if mine is None else mine + here)
        shared.append(None if whole is None else whole + (0.0 if school in alone else more))
    return with_parts(
        base,
        measures=base.measures.with_columns(
            own_amount=pl.Series(own, dtype=pl.Float64), shared_amount=pl.Series(shared, dtype=pl.Float64)
        ),
    )


def _spreads(base: Base, pupils: pl.DataFrame, kept: dict[tuple[int, str, str, str], float]) -> pl.DataFrame:
    """Return how far each value may lie from what is expected, by its pupils and by its teachers."""
    rows = [(*key, spread) for key, spread in kept.items()]
    names = ["school_year", "school_code", "stage", "numerator_measure", "by_teachers"]
    types = [pl.Int64, pl.String, pl.String, pl.String, pl.Float64]
    teachers = pl.DataFrame(rows, schema=dict(zip(names, types, strict=True)), orient="row")
    by_pupils = (pl.col("high") / pl.col("students")).log().fill_nan(0.0).fill_null(0.0) / Z95
    return (
        pupils.with_columns(by_pupils=by_pupils)
        .join(base.indicators, on="stage")
        .join(teachers, on=names[:4], how="left")
        .with_columns(
            by_teachers=pl.col("by_teachers").fill_null(0.0),
            spread=(pl.col("by_pupils").pow(2) + pl.col("by_teachers").fill_null(0.0).pow(2)).sqrt(),
        )
        .select(*KEYS, "school_year", "indicator_code", "by_pupils", "by_teachers", "spread")
    )


def _coefficients(standings: dict[int, Standing], spreads: pl.DataFrame) -> pl.DataFrame:
    """Return each coefficient with the range in which 95 of 100 draws of all pupils and teachers lie."""
    rng = np.random.default_rng(SEED)
    frames = []
    for year, standing in standings.items():
        now = spreads.filter(pl.col("school_year") == year)
        known = standing.indicators.filter(pl.col("value").is_not_null())
        valued = known.join(now, on=[*KEYS, "indicator_code"])
        ranges = []
        for (stage, code), group in valued.group_by("stage", "indicator_code", maintain_order=True):
            size = (DRAWS, group.height)
            drawn = group["denominator"].to_numpy() * np.exp(
                rng.normal(size=size) * group["by_pupils"].to_numpy()
            )
            there = 1 + rng.normal(size=size) * group["by_teachers"].to_numpy()
            ranges.append((stage, code, *_range(group["numerator"].to_numpy() * there.clip(0), drawn)))
        schema = {"stage": pl.String, "indicator_code": pl.String, "low": pl.Float64, "high": pl.Float64}
        between = pl.DataFrame(ranges, schema=schema, orient="row")
        figures = standing.balance.select("stage", "indicator_code", "cv", "cv_limit", "status")
        frames.append(
            figures.join(between, on=["stage", "indicator_code"], how="left").with_columns(
                school_year=pl.lit(year, dtype=pl.Int64),
                low=pl.min_horizontal("low", "cv"),
                high=pl.max_horizontal("high", "cv"),
            )
        )
    return pl.concat(frames)


def _range(numerators: np.ndarray, drawn: np.ndarray) -> tuple[float | None, float | None]:
    everyone, total = drawn.sum(axis=1), numerators.sum(axis=1)
    if not total.all() or not everyone.all():
        return None, None
    values = numerators / drawn / (total / everyone)[:, None]
    spread = np.sqrt((drawn / everyone[:, None] * (values - 1) ** 2).sum(axis=1))
    low, high = np.quantile(spread, [0.025, 0.975])
    return float(low), float(high)

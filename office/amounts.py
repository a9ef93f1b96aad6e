"""What a plan starts from: the published amounts of one standard and year, and its yardstick."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from planning.county import POINT_TYPES, Base
from planning.standing import Yardstick
from warehouse.read import rows

COUNTED_UNITS = ("人", "间", "台", "册")
"""What cannot be cut in two when it is shared out."""
GENERAL_TYPE = "十二年一贯制学校"
"""The type whose weights hold for a stage that a school's own type does not usually teach."""


def amounts(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return every school's amounts: pupils, numerator and denominator of each indicator."""
    return rows(
        snapshot,
        """select school_code, stage, indicator_code, students, numerator, denominator
        from marts.fct_school_indicator where standard_code = ? and school_year = ?
        order by stage desc, school_code, indicator_code""",
        standard,
        year,
    )


def yardstick(snapshot: str, standard: str, year: int) -> Yardstick:
    """Return the lines that hold in a year, as the marts applied them."""
    lines = rows(
        snapshot,
        """select balance.stage, balance.indicator_code, any_value(balance.cv_limit) as cv_limit,
            any_value(indicator.scale) as scale, any_value(fact.threshold) as threshold,
            any_value(fact.floor_value / fact.threshold) as floor_share
        from marts.fct_county_balance as balance
        left join marts.dim_indicator as indicator using (standard_code, stage, indicator_code)
        left join marts.fct_school_indicator as fact using (standard_code, school_year, stage, indicator_code)
        where balance.standard_code = ? and balance.school_year = ?
        group by balance.stage, balance.indicator_code""",
        standard,
        year,
    )
    rule = rows(snapshot, "select * from marts.dim_standard where standard_code = ?", standard).to_dicts()[0]
    return Yardstick(
        lines=lines,
        school_rule=rule["school_rule"],
        min_indicators_met=rule["min_indicators_met"],
        cv_method=rule["cv_method"],
        tolerance=parameter(snapshot, "test_tolerance", year),
    )


def parameter(snapshot: str, name: str, year: int) -> float:
    """Return a dated parameter as at 1 September of a school year; of several in force the latest begun."""
    found = rows(
        snapshot,
        """select number_value from marts.dim_parameter
        where section = 'parameter' and code = ? and make_date(?, 9, 1) between valid_from and valid_to
        order by valid_from desc limit 1""",
        name,
        year,
    )
    return float(found["number_value"][0])


@lru_cache(maxsize=8)
def base(snapshot: str, standard: str, year: int) -> Base:
    """Return the county as a snapshot publishes it, for plans to change a copy of."""
    found = rows(snapshot, "select * from marts.fct_school_measure where school_year = ?", year)
    return Base(
        schools=_schools(snapshot, year, found),
        stages=found.select("school_code", "stage", "weight", "scope_reason").unique(maintain_order=True),
        measures=found.select("school_code", "stage", "measure", "own_amount", "shared_amount"),
        indicators=_indicators(snapshot, standard),
        extras=_extras(snapshot, standard, year),
        weights=_weights(snapshot),
        whole_measures=_whole_measures(snapshot),
        smallest_point=parameter(snapshot, "small_teaching_point_pupils", year),
        yardstick=yardstick(snapshot, standard, year),
    )


def _schools(snapshot: str, year: int, found: pl.DataFrame) -> pl.DataFrame:
    known = rows(
        snapshot,
        """select school_code, school_name, school_type from marts.dim_school
        where school_year = ? order by school_code""",
        year,
    )
    return known.join(found.select("school_code").unique(), on="school_code", how="semi").with_columns(
        is_point=pl.col("school_type").is_in(POINT_TYPES).fill_null(False)
    )


def _indicators(snapshot: str, standard: str) -> pl.DataFrame:
    return rows(
        snapshot,
        """select distinct stage, indicator_code, numerator_measure, denominator_measure
        from marts.dim_indicator where standard_code = ? order by all""",
        standard,
    )


def _extras(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return what dated exceptions add to numerators."""
    return rows(
        snapshot,
        """select fact.school_code, fact.stage, fact.indicator_code, fact.numerator - measure.amount as extra
        from marts.fct_school_indicator as fact
        inner join marts.dim_indicator as indicator using (standard_code, stage, indicator_code)
        inner join marts.fct_school_measure as measure
            on measure.school_year = fact.school_year and measure.school_code = fact.school_code
            and measure.stage = fact.stage and measure.measure = indicator.numerator_measure
        where fact.standard_code = ? and fact.school_year = ? and fact.exception_code is not null
        group by all""",
        standard,
        year,
    )


def _weights(snapshot: str) -> dict[tuple[str, str], float]:
    """Return the weight of a pupil by school type and stage; the type "" speaks for every other."""
    found = rows(
        snapshot,
        """select code, name_en as stage, number_value from marts.dim_parameter
        where section = 'stage_weight'""",
    )
    weights = {(code, stage): weight for code, stage, weight in found.iter_rows()}
    general = {("", stage): weight for (code, stage), weight in weights.items() if code == GENERAL_TYPE}
    return weights | general


def _whole_measures(snapshot: str) -> frozenset[str]:
    units = rows(snapshot, "select measure, unit from marts.dim_measure")
    return frozenset(units.filter(pl.col("unit").is_in(COUNTED_UNITS))["measure"])

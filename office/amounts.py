"""What a plan starts from: the published amounts of one standard and year, and its yardstick."""

from __future__ import annotations

import polars as pl

from planning.standing import Yardstick
from warehouse.read import rows


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

"""Frames of what schools lack, for the ledger: one select from the marts, as in `read`."""

from __future__ import annotations

import polars as pl

from warehouse.read import rows


def failing(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every school and indicator below its threshold or without a value, the first to look at on top."""
    return rows(
        snapshot,
        """select fact.*, school.school_name, indicator.name_zh, indicator.name_en, indicator.unit,
            indicator.numerator_unit_zh, indicator.decimals, indicator.remedy_zh, indicator.sort_order
        from marts.fct_school_indicator as fact
        inner join marts.dim_indicator as indicator
            on indicator.standard_code = fact.standard_code and indicator.stage = fact.stage
            and indicator.indicator_code = fact.indicator_code
            and make_date(fact.school_year, 9, 1) between indicator.valid_from and indicator.valid_to
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        left join marts.fct_school_compliance as compliance
            on compliance.standard_code = fact.standard_code and compliance.school_year = fact.school_year
            and compliance.school_code = fact.school_code and compliance.stage = fact.stage
        where fact.standard_code = ? and fact.school_year = ? and fact.status in ('near', 'below', 'missing')
        order by compliance.attention_rank nulls last, fact.school_code, fact.stage desc,
            indicator.sort_order""",
        standard,
        year,
    )


def latest(snapshot: str) -> pl.DataFrame:
    """Every school and indicator under every standard as the latest year has it."""
    return rows(
        snapshot,
        """select standard_code, school_code, stage, indicator_code as code, school_year as latest_year,
            value as latest_value, threshold as latest_threshold, floor_value as latest_floor,
            status as latest_status
        from marts.fct_school_indicator
        qualify row_number() over (
            partition by standard_code, school_code, stage, indicator_code order by school_year desc
        ) = 1""",
    )


def members(snapshot: str) -> pl.DataFrame:
    """Which school is in which consortium in the latest year that knows it."""
    return rows(
        snapshot,
        """select school_code, consortium_code, consortium_name
        from marts.dim_consortium_member inner join marts.dim_consortium using (consortium_code)
        qualify row_number() over (partition by school_code order by school_year desc) = 1
        order by consortium_name""",
    )

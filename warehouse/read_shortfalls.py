"""Frames of what schools and county lack, for the ledger: one select from the marts, as in `read`."""

from __future__ import annotations

import polars as pl

from warehouse.read import rows


def failing(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every school and indicator below its threshold or without a value, the first to look at on top."""
    return rows(
        snapshot,
        """select fact.standard_code, fact.school_year, fact.school_code, school.school_name, fact.stage,
            fact.indicator_code as code, '' as subject_key, fact.status, fact.value, fact.threshold,
            fact.floor_value, fact.shortfall, fact.shortfall_to_floor, fact.remedy_goal, fact.remedy_amount,
            indicator.name_zh, indicator.name_en, indicator.short_zh, indicator.short_en, indicator.unit,
            indicator.numerator_unit_zh, indicator.numerator_unit_en, indicator.decimals,
            indicator.remedy_zh, cast(null as varchar) as wording_zh
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


def failing_cases(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every case of the other inspection items that is not met, or that is missing and decides."""
    return rows(
        snapshot,
        """select fact.standard_code, fact.school_year, fact.school_code, school.school_name, fact.stage,
            fact.item_code as code, fact.subject_key, fact.status, fact.value, fact.target as threshold,
            cast(null as double) as floor_value, fact.shortfall, cast(null as double) as shortfall_to_floor,
            cast(null as varchar) as remedy_goal, cast(null as double) as remedy_amount,
            concat_ws(' ', item.short_zh, nullif(fact.subject_zh, '')) as name_zh,
            concat_ws(' ', item.short_en, nullif(fact.subject_en, '')) as name_en,
            concat_ws(' ', item.short_zh, nullif(fact.subject_zh, '')) as short_zh,
            concat_ws(' ', item.short_en, nullif(fact.subject_en, '')) as short_en, '' as unit,
            coalesce(item.unit_zh, '') as numerator_unit_zh, coalesce(item.unit_en, '') as numerator_unit_en,
            2 as decimals, item.remedy_zh, fact.wording_zh
        from marts.fct_inspection_case as fact
        inner join marts.dim_inspection_item as item on item.item_code = fact.item_code
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        where fact.standard_code = ? and fact.school_year = ? and item.part <> 'resources'
            and (fact.status = 'not_met' or (fact.status = 'missing' and fact.is_deciding))
        order by item.sort_order, fact.is_deciding desc, fact.school_code, fact.stage desc,
            fact.subject_key""",
        standard,
        year,
    )


def latest(snapshot: str) -> pl.DataFrame:
    """Every indicator of a school and every case of an item, as the latest year has it."""
    return rows(
        snapshot,
        """with figures as (
            select standard_code, school_code, stage, indicator_code as code, '' as subject_key, school_year,
                value, threshold, floor_value, status, null as wording_zh, null as wording_en
            from marts.fct_school_indicator
            union all
            select standard_code, school_code, stage, item_code, subject_key, school_year, value, target,
                null, status, wording_zh, wording_en
            from marts.fct_inspection_case where item_code not like 'R%'
        )
        select standard_code, school_code, stage, code, subject_key, school_year as latest_year,
            value as latest_value, threshold as latest_threshold, floor_value as latest_floor,
            status as latest_status, wording_zh as latest_wording_zh, wording_en as latest_wording_en
        from figures
        qualify row_number() over (
            partition by standard_code, school_code, stage, code, subject_key order by school_year desc
        ) = 1""",
    )


def settled(snapshot: str) -> pl.DataFrame:
    """The items of which a school has only met cases in the latest year that asks about them.

    A class changes its name with each year, so an older year's case cannot be looked up among them.
    """
    return rows(
        snapshot,
        """select standard_code, school_code, stage, item_code as code, school_year as settled_year
        from marts.fct_inspection_case where item_code not like 'R%' and school_code <> ''
        group by standard_code, school_code, stage, item_code, school_year
        qualify row_number() over (
            partition by standard_code, school_code, stage, item_code order by school_year desc
        ) = 1 and bool_and(status = 'met')""",
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

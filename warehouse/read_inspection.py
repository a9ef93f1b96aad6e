"""Frames on the inspection: one select from one mart each, like `warehouse.read`."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from warehouse.read import rows


def items(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every item a standard asks in a year, with its wording, in the form's order."""
    return rows(
        snapshot,
        """select fact.*, item.value_kind as item_kind,
            item.* exclude (item_code, part, sort_order, value_kind)
        from marts.fct_inspection_item as fact
        inner join marts.dim_inspection_item as item on item.item_code = fact.item_code
        where fact.standard_code = ? and fact.school_year = ? order by fact.sort_order""",
        standard,
        year,
    )


def asked(snapshot: str) -> pl.DataFrame:
    """The items as they are worded, in the form's order."""
    return rows(snapshot, "select * from marts.dim_inspection_item order by sort_order")


def cases(snapshot: str, standard: str, year: int, item: str) -> pl.DataFrame:
    """The schools, classes, rooms and figures of one item: failing ones first, the worst on top."""
    return rows(
        snapshot,
        """select fact.*, coalesce(school.school_name, fact.school_code) as school_name,
            school.township, school.area_type
        from marts.fct_inspection_case as fact
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        where fact.standard_code = ? and fact.school_year = ? and fact.item_code = ?
        order by fact.is_deciding desc,
            case fact.status when 'not_met' then 1 when 'missing' then 2 else 3 end,
            fact.margin, fact.slack, fact.school_code, fact.stage, fact.subject_key""",
        standard,
        year,
        item,
    )


def tight(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """The case of each item that holds by least, with the school's name."""
    return rows(
        snapshot,
        """select fact.*, school.school_name from marts.fct_inspection_case as fact
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        where fact.standard_code = ? and fact.school_year = ? and fact.is_deciding and fact.status = 'met'
        qualify row_number() over (
            partition by fact.item_code order by fact.slack nulls last, fact.margin, fact.school_code
        ) = 1""",
        standard,
        year,
    )


def trend(snapshot: str, standard: str, item: str) -> pl.DataFrame:
    """One item over the school years, earliest first."""
    return rows(
        snapshot,
        """select * from marts.fct_inspection_item where standard_code = ? and item_code = ?
        order by school_year""",
        standard,
        item,
    )


def limits(snapshot: str, standard: str, year: int, item: str) -> pl.DataFrame:
    """The limits of one item in force, exceptions last."""
    return rows(
        snapshot,
        """select * from marts.dim_inspection_limit
        where standard_code = ? and school_year = ? and item_code = ?
        order by exception_code, limit_code, stage""",
        standard,
        year,
        item,
    )


def declared(snapshot: str, year: int, item: str | None = None) -> pl.DataFrame:
    """What the county declared about one item, or about all."""
    return rows(
        snapshot,
        """select * from marts.fct_county_item where school_year = $1 and ($2 is null or item_code = $2)
        order by item_code, row_number""",
        year,
        item,
    )


def profile(snapshot: str, year: int) -> pl.DataFrame:
    """The county's terms of form Ⅰ, in the form's order."""
    return rows(
        snapshot,
        "select * from marts.fct_county_profile where school_year = ? order by sort_order, field",
        year,
    )


def verdicts(snapshot: str, year: int) -> pl.DataFrame:
    """Where the county stands by each standard and stage of a year."""
    return rows(
        snapshot,
        """select fact.*, standard.sort_order from marts.fct_county_verdict as fact
        inner join marts.dim_standard as standard on standard.standard_code = fact.standard_code
        where fact.school_year = ? order by standard.sort_order, fact.stage desc""",
        year,
    )


def composites(snapshot: str, year: int) -> pl.DataFrame:
    """The composite coefficient and the widest of each standard and stage of a year."""
    return rows(
        snapshot,
        """select * from marts.fct_county_balance where school_year = ? and indicator_code = 'composite'
        order by standard_code, stage desc""",
        year,
    )


def schools_by_standard(snapshot: str, year: int) -> pl.DataFrame:
    """Each school's verdict by each standard that tests schools."""
    return rows(
        snapshot,
        """select fact.*, school.school_name from marts.fct_school_compliance as fact
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        where fact.school_year = ? and fact.verdict <> 'not_tested'
        order by fact.school_code, fact.stage, fact.standard_code""",
        year,
    )


def flipped_indicators(snapshot: str, year: int) -> pl.DataFrame:
    """Indicators of a school that reach the line of one standard and not that of another, with both.

    The line is the threshold, or where neither threshold is reached its 85% floor (`is_floor`).
    """
    return rows(
        snapshot,
        """select one.school_code, one.stage, one.indicator_code, one.standard_code,
            one.value, other.standard_code as other_code, one.status = 'near' as is_floor,
            case when one.status = 'near' then one.floor_value else one.threshold end as line,
            case when one.status = 'near' then other.floor_value else other.threshold end as other_line
        from marts.fct_school_indicator as one
        inner join marts.fct_school_indicator as other
            on one.school_year = other.school_year and one.school_code = other.school_code
                and one.stage = other.stage and one.indicator_code = other.indicator_code
        where one.school_year = ? and (
            (one.status = 'met' and other.status in ('near', 'below'))
            or (one.status = 'near' and other.status = 'below')
        )
        order by one.school_code, one.stage, one.indicator_code""",
        year,
    )


def all_items(snapshot: str, year: int) -> pl.DataFrame:
    """Every item of every standard of a year, with its short name."""
    return rows(
        snapshot,
        """select fact.*, item.short_zh, item.short_en from marts.fct_inspection_item as fact
        inner join marts.dim_inspection_item as item on item.item_code = fact.item_code
        where fact.school_year = ? order by fact.sort_order, fact.standard_code""",
        year,
    )


def day_set(snapshot: str) -> date | None:
    """The day the inspectors come, or None while nobody has set it or it is no date."""
    found: list[dict[str, Any]] = rows(
        snapshot,
        """select text_value from marts.dim_parameter
        where section = 'parameter' and code = 'inspection_date' order by valid_from desc""",
    ).to_dicts()
    try:
        return date.fromisoformat(str(found[0]["text_value"])) if found else None
    except ValueError:
        return None

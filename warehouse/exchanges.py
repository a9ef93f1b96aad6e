"""Frames on teachers who move and on the staff: one select from one mart each, like `warehouse.read`."""

from __future__ import annotations

import polars as pl

from warehouse.read import rows

COUNTY = "county"


def rates(snapshot: str, scope: str, code: str) -> pl.DataFrame:
    """Rates of exchange of a county, consortium or school over the years, earliest first."""
    return rows(
        snapshot,
        "select * from marts.fct_exchange_rate where scope = ? and scope_code = ? order by school_year",
        scope,
        code,
    )


def consortiums(snapshot: str, year: int) -> pl.DataFrame:
    """The consortiums of a year with their rates, by code."""
    return rows(
        snapshot,
        """select * from marts.fct_exchange_rate where scope = 'consortium' and school_year = ?
        order by scope_code""",
        year,
    )


def schools(snapshot: str, year: int, consortium: str | None = None) -> pl.DataFrame:
    """Schools of a year, or of a consortium: rates, who came and went; those that owe most on top."""
    return rows(
        snapshot,
        """select rate.*, rate.scope_code as school_code, rate.scope_name as school_name,
            school.area_type, school.township, moved.* exclude (school_year, school_code)
        from marts.fct_exchange_rate as rate
        left join marts.dim_school as school
            on school.school_year = rate.school_year and school.school_code = rate.scope_code
        left join marts.fct_exchange_balance as moved
            on moved.school_year = rate.school_year and moved.school_code = rate.scope_code
        where rate.scope = 'school' and rate.school_year = $1
            and ($2 is null or rate.scope_code in (
                select school_code from marts.fct_exchange_member
                where school_year = $1 and consortium_code = $2))
        order by rate.exchange_shortfall desc nulls last, rate.eligible desc nulls last, rate.scope_code""",
        year,
        consortium,
    )


def kinds(snapshot: str, year: int, scope: str, code: str) -> pl.DataFrame:
    """Kinds of movement of a year, those that count first."""
    return rows(
        snapshot,
        """select fact.* from marts.fct_exchange_kind as fact
        left join marts.dim_label as label on label.kind = 'exchange_type' and label.code = fact.exchange_type
        where fact.school_year = ? and fact.scope = ? and fact.scope_code = ? order by label.sort_order""",
        year,
        scope,
        code,
    )


def flows(snapshot: str, year: int, scope: str, code: str) -> pl.DataFrame:
    """Exchanged teachers from group to group, sums as `all`."""
    return rows(
        snapshot,
        """select * from marts.fct_exchange_flow where school_year = ? and scope = ? and scope_code = ?
        order by group_kind, from_group, to_group""",
        year,
        scope,
        code,
    )


def teachers(snapshot: str, year: int, consortium: str | None = None) -> pl.DataFrame:
    """Every stay of a year with the names of both schools, by sending school."""
    return rows(
        snapshot,
        """select moved.*, moved.from_school_code as school_code, sender.school_name,
            coalesce(host.school_name, moved.to_school_code) as to_school_name
        from marts.fct_exchange_teacher as moved
        left join marts.dim_school as sender
            on sender.school_year = moved.school_year and sender.school_code = moved.from_school_code
        left join marts.dim_school as host
            on host.school_year = moved.school_year and host.school_code = moved.to_school_code
        where moved.school_year = $1
            and ($2 is null or moved.from_school_code in (
                select school_code from marts.fct_exchange_member
                where school_year = $1 and consortium_code = $2))
        order by moved.ordinal""",
        year,
        consortium,
    )


def candidates(snapshot: str, year: int, school: str) -> pl.DataFrame:
    """Teachers of a school who meet the conditions in the year after `year`, longest there first."""
    return rows(
        snapshot,
        """select coming.*, school.school_name from marts.fct_exchange_candidate as coming
        left join marts.dim_school as school
            on school.school_year = coming.school_year and school.school_code = coming.school_code
        where coming.school_year = ? and coming.school_code = ?
        order by coming.joined_month, coming.ordinal""",
        year,
        school,
    )


def effects(
    snapshot: str, standard: str, year: int, stage: str, consortium: str | None = None
) -> pl.DataFrame:
    """Schools whose roster counts differ by where exchanged teachers count, changed verdicts first."""
    return rows(
        snapshot,
        """select effect.*, school.school_name, school.area_type, indicator.sort_order
        from marts.fct_exchange_effect as effect
        left join marts.dim_school as school
            on school.school_year = effect.school_year and school.school_code = effect.school_code
        left join marts.dim_indicator as indicator
            on indicator.standard_code = effect.standard_code and indicator.stage = effect.stage
            and indicator.indicator_code = effect.indicator_code
        where effect.standard_code = $1 and effect.school_year = $2 and effect.stage = $3
            and effect.own_numerator is distinct from effect.host_numerator
            and ($4 is null or effect.school_code in (
                select school_code from marts.fct_exchange_member
                where school_year = $2 and consortium_code = $4))
        order by effect.own_status = effect.host_status, indicator.sort_order, effect.school_code""",
        standard,
        year,
        stage,
        consortium,
    )


def staff(snapshot: str, scope: str, code: str, stage: str) -> pl.DataFrame:
    """The profile of a county's or school's staff over the years."""
    return rows(
        snapshot,
        """select * from marts.fct_teacher_profile where scope = ? and scope_code = ? and stage = ?
        order by school_year, item_kind, item_code""",
        scope,
        code,
        stage,
    )


def staff_schools(snapshot: str, year: int, stage: str) -> pl.DataFrame:
    """Every school's profile of a stage and year in long form, with its place."""
    return rows(
        snapshot,
        """select fact.*, fact.scope_code as school_code, school.school_name, school.area_type
        from marts.fct_teacher_profile as fact
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.scope_code
        where fact.scope = 'school' and fact.school_year = ? and fact.stage = ?
        order by fact.scope_code, fact.item_kind, fact.item_code""",
        year,
        stage,
    )

"""Frames for pages and documents: one select from one mart, kept by snapshot and arguments.

A published snapshot never changes under its name, so a frame read once stays true.
Every function takes the snapshot's path first; a new snapshot has a new path.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import duckdb
import polars as pl

from warehouse import contracts


@lru_cache(maxsize=4)
def _connection(snapshot: str) -> duckdb.DuckDBPyConnection:
    return contracts.opened(snapshot)


@lru_cache(maxsize=512)
def rows(snapshot: str, query: str, *params: Any) -> pl.DataFrame:
    """Run one select on a snapshot (a cursor of its own each time: readers are threads)."""
    with _connection(snapshot).cursor() as cursor:
        return cursor.sql(query, params=list(params)).pl()


@lru_cache(maxsize=16)
def is_older(snapshot: str) -> bool:
    """Whether older software published a snapshot, which lacks some of what today's pages read."""
    with duckdb.connect(snapshot, read_only=True) as connection:
        return bool(contracts.lacking(connection))


def county(snapshot: str) -> dict[str, Any]:
    """Return the county's name, province and whether it is the demonstration."""
    return rows(snapshot, "select * from marts.dim_county").to_dicts()[0]


def labels(snapshot: str) -> pl.DataFrame:
    """Words and shapes of codes, in order within a kind."""
    return rows(snapshot, "select * from marts.dim_label order by kind, sort_order, code")


def years(snapshot: str) -> pl.DataFrame:
    """School years with figures, latest first, each with the standard it is shown under."""
    return rows(snapshot, "select * from marts.dim_school_year order by school_year desc")


def standards(snapshot: str) -> pl.DataFrame:
    """The standards, in order, with their documents and rules."""
    return rows(snapshot, "select * from marts.dim_standard order by sort_order, standard_code")


def indicators(snapshot: str) -> pl.DataFrame:
    """Every indicator of every standard and stage, the latest version last, in the form's order."""
    return rows(
        snapshot,
        """select * from marts.dim_indicator
        order by standard_code, stage, sort_order, indicator_code, valid_from""",
    )


def sources(snapshot: str) -> int:
    """How many imported tables still count."""
    return int(
        rows(snapshot, "select count(*) as sources from marts.fct_source where is_current")["sources"][0]
    )


def corrected(snapshot: str, standard: str, year: int) -> int:
    """How many schools have a figure of a year with a corrected cell behind it."""
    return rows(
        snapshot,
        """select * from marts.fct_school_compliance
        where standard_code = ? and school_year = ? and is_corrected""",
        standard,
        year,
    )["school_code"].n_unique()


def verdicts(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """The county's verdict, one row a stage, primary first."""
    return rows(
        snapshot,
        """select * from marts.fct_county_verdict where standard_code = ? and school_year = ?
        and stage in ('primary', 'junior') order by stage desc""",
        standard,
        year,
    )


def balance(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Coefficients of one year, primary first, in the form's order, the composite last."""
    return rows(
        snapshot,
        """select balance.* from marts.fct_county_balance as balance
        left join marts.dim_indicator as indicator
            on indicator.standard_code = balance.standard_code and indicator.stage = balance.stage
            and indicator.indicator_code = balance.indicator_code
        where balance.standard_code = ? and balance.school_year = ? and balance.stage in ('primary', 'junior')
        order by balance.stage desc, indicator.sort_order nulls last""",
        standard,
        year,
    )


def balance_years(snapshot: str, standard: str, stage: str) -> pl.DataFrame:
    """Coefficients of one stage over the years, earliest first."""
    return rows(
        snapshot,
        """select * from marts.fct_county_balance where standard_code = ? and stage = ?
        order by school_year, indicator_code""",
        standard,
        stage,
    )


def compliance(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every school's verdict of a year with its place, those to look at first on top."""
    return rows(
        snapshot,
        """select compliance.*, school.* exclude (school_year, school_code)
        from marts.fct_school_compliance as compliance
        left join marts.dim_school as school
            on school.school_year = compliance.school_year and school.school_code = compliance.school_code
        where compliance.standard_code = ? and compliance.school_year = ?
            and compliance.stage in ('primary', 'junior')
        order by compliance.attention_rank nulls last, compliance.students desc, compliance.school_code""",
        standard,
        year,
    )


def unmet(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Every indicator that a school does not meet or lacks, in the form's order."""
    return rows(
        snapshot,
        """select fact.*, indicator.sort_order from marts.fct_school_indicator as fact
        left join marts.dim_indicator as indicator
            on indicator.standard_code = fact.standard_code and indicator.stage = fact.stage
            and indicator.indicator_code = fact.indicator_code
        where fact.standard_code = ? and fact.school_year = ? and fact.status in ('near', 'below', 'missing')
        order by fact.school_code, fact.stage, indicator.sort_order""",
        standard,
        year,
    )


def schools(snapshot: str, standard: str, year: int, stage: str, indicator: str) -> pl.DataFrame:
    """Every school and its value of one indicator: shortfalls first, then unknown, then the lowest."""
    return rows(
        snapshot,
        """select fact.*, school.* exclude (school_year, school_code, stages)
        from marts.fct_school_indicator as fact
        left join marts.dim_school as school
            on school.school_year = fact.school_year and school.school_code = fact.school_code
        where fact.standard_code = ? and fact.school_year = ? and fact.stage = ? and fact.indicator_code = ?
        order by case when fact.shortfall > 0 then 0 when fact.value is null then 1 else 2 end,
            fact.shortfall desc, fact.value, fact.school_code""",
        standard,
        year,
        stage,
        indicator,
    )


def groups(snapshot: str, standard: str, stage: str, indicator: str, kind: str) -> pl.DataFrame:
    """One indicator by groups of schools over the years, groups in their own order, earliest year first."""
    return rows(
        snapshot,
        """select fact.*, label.sort_order from marts.fct_group_indicator as fact
        left join marts.dim_label as label on label.kind = fact.group_kind and label.code = fact.group_name
        where fact.standard_code = ? and fact.stage = ? and fact.indicator_code = ? and fact.group_kind = ?
        order by label.sort_order nulls last, fact.group_name, fact.school_year""",
        standard,
        stage,
        indicator,
        kind,
    )


def group_compliance(snapshot: str, standard: str, year: int, kind: str) -> pl.DataFrame:
    """Compliant schools of a year by groups and stage."""
    return rows(
        snapshot,
        """select fact.*, label.sort_order from marts.fct_group_compliance as fact
        left join marts.dim_label as label on label.kind = fact.group_kind and label.code = fact.group_name
        where fact.standard_code = ? and fact.school_year = ? and fact.group_kind = ?
        order by fact.stage desc, label.sort_order nulls last, fact.group_name""",
        standard,
        year,
        kind,
    )


def targets(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """The county's own targets of a year with what was reached and last year's coefficient."""
    return rows(
        snapshot,
        """select target.*, balance.previous_cv, balance.previous_met_share, balance.cv_limit, balance.schools
        from marts.fct_target_progress as target
        left join marts.fct_county_balance as balance
            on balance.standard_code = target.standard_code and balance.school_year = target.school_year
            and balance.stage = target.stage and balance.indicator_code = target.indicator_code
        where target.standard_code = ? and target.school_year = ?
        order by target.target_kind, target.stage desc, target.indicator_code""",
        standard,
        year,
    )

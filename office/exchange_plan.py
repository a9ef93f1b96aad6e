"""What pages and commands ask of the exchange planner: published frames in, one kept answer out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import Any

import polars as pl

from office import amounts as published
from planning import exchange, exchange_told
from planning.exchange_ask import STAGES, Ask
from planning.exchange_county import County, movers
from reports import exchange_workbook
from warehouse import rights
from warehouse.errors import JunhengError
from warehouse.read import rows

PER_CLASS = {"primary": "plan_teachers_per_class_primary", "junior": "plan_teachers_per_class_junior"}


@lru_cache(maxsize=8)
def county(snapshot: str, standard: str, year: int) -> County:
    """Return what is published of a year under a standard, as far as an exchange touches it."""
    yardstick = published.yardstick(snapshot, standard, year)
    if yardstick.school_rule != "thresholds" or yardstick.cv_method == "unweighted":
        raise JunhengError(
            "交流方案只适用于逐校有标准值、差异系数按学生数加权的标准，请换一个标准。",
            "An exchange plan needs a standard with thresholds and with coefficients weighted by pupils.",
            2,
        )
    rate = rows(
        snapshot, "select * from marts.fct_exchange_rate where school_year = ? and scope = 'county'", year
    ).to_dicts()
    return County(
        facts=_facts(snapshot, standard, year),
        teachers=rows(snapshot, "select * from marts.fct_teacher_mark where school_year = ?", year),
        schools=_schools(snapshot, year),
        staff=rows(snapshot, "select * from marts.fct_stage_staff where school_year = ?", year),
        members=rows(snapshot, "select * from marts.fct_exchange_member where school_year = ?", year),
        yardstick=yardstick,
        eligible=rate[0]["eligible_next"] if rate else None,
        share=rights.parameter(snapshot, "exchange_rate_target", year) or 0.0,
        backbone_share=rights.parameter(snapshot, "exchange_backbone_target", year) or 0.0,
        counts_at=_counts_at(snapshot, year),
    )


def _facts(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    return rows(
        snapshot,
        """select fact.*, indicator.scale, indicator.numerator_measure, balance.cv_limit,
            balance.status as balance_status
        from marts.fct_school_indicator as fact
        inner join marts.dim_indicator as indicator
            on indicator.standard_code = fact.standard_code and indicator.stage = fact.stage
            and indicator.indicator_code = fact.indicator_code
            and make_date(fact.school_year, 9, 1) between indicator.valid_from and indicator.valid_to
        left join marts.fct_county_balance as balance
            on balance.standard_code = fact.standard_code and balance.school_year = fact.school_year
            and balance.stage = fact.stage and balance.indicator_code = fact.indicator_code
        where fact.standard_code = ? and fact.school_year = ?""",
        standard,
        year,
    )


def _schools(snapshot: str, year: int) -> pl.DataFrame:
    return rows(
        snapshot,
        """select school_code, school_name, ownership, area_type, township, longitude, latitude
        from marts.dim_school where school_year = ?""",
        year,
    )


def _counts_at(snapshot: str, year: int) -> str:
    found = rows(
        snapshot,
        """select text_value from marts.dim_parameter where section = 'parameter'
        and code = 'exchanged_teacher_counts_at' and make_date(?, 9, 1) between valid_from and valid_to
        order by valid_from desc limit 1""",
        year,
    )
    return str(found["text_value"][0]) if found.height else "own"


def usual(snapshot: str, year: int) -> Ask:
    """Return the wish a reader starts from: every goal of R1–R3, with the county's parameters as limits."""
    kept = ((stage, rights.parameter(snapshot, name, year) or 0.0) for stage, name in PER_CLASS.items())
    return Ask(per_class=tuple(kept))


def choices(snapshot: str, year: int) -> dict[str, Any]:
    """Return what the form offers: the roster's subjects and duty statuses, schools, the usual limits."""
    found = rows(snapshot, "select * from marts.fct_teacher_mark where school_year = ?", year)
    named = _schools(snapshot, year).join(found.select("school_code").unique(), on="school_code", how="semi")
    return {
        "subjects": found["subject"].drop_nulls().unique().sort().to_list(),
        "duties": found["duty_status"].drop_nulls().unique().sort().to_list(),
        "schools": dict(named.sort("school_code").select("school_code", "school_name").iter_rows()),
        "per_class": dict(usual(snapshot, year).per_class),
    }


def plan(
    snapshot: str,
    standard: str,
    year: int,
    ask: Ask,
    *,
    seconds: float = 60.0,
    say: exchange.Say = lambda line: None,
) -> exchange.Plan:
    """Return the least exchange for a wish; what no roster or figure allows is said, not guessed."""
    found = county(snapshot, standard, year)
    if found.facts.filter(pl.col("stage").is_in(ask.stages)).is_empty():
        raise JunhengError(
            "这一学年、学段没有学校的数据。", "No school has figures for this year and stage.", 2
        )
    return exchange.plan(found, ask, published.amounts(snapshot, standard, year), seconds=seconds, say=say)


def people(
    snapshot: str, standard: str, year: int, ask: Ask, school: str, stage: str, kind: int
) -> pl.DataFrame:
    """Return the teachers of a kind who may leave a school, longest there first, without name."""
    found = movers(county(snapshot, standard, year), replace(ask, stages=STAGES))
    return found.filter(
        (pl.col("school_code") == school) & (pl.col("stage") == stage) & (pl.col("kind") == kind)
    ).sort("joined_month", "ordinal", nulls_last=True)


def frames(plan: exchange.Plan) -> dict[str, Any]:
    """Return a plan's tables, each under the name of what it tells."""
    names = "summary moves posts schools indicators balance verdicts frontier left_out"
    return {name: getattr(exchange_told, name)(plan) for name in names.split()}


def workbook(sheets: Sequence[exchange_workbook.Sheet]) -> bytes:
    """Return tables already in words as an Excel file."""
    target = BytesIO()
    exchange_workbook.write(sheets, target)
    return target.getvalue()

"""Frames of consortiums: one select from one mart, as in `read`."""

from __future__ import annotations

import polars as pl

from warehouse import disclosure, read_exams, rights
from warehouse.read import rows

MARKS = ("lead_value", "member_value", "whole_value", "gap", "first_gap")


def side_by_side(snapshot: str, year: int) -> pl.DataFrame:
    """Every consortium of a school year with its figures, those with most behind first."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_year inner join marts.dim_consortium using (consortium_code)
        where school_year = ? order by duties_behind desc, gaps_widening desc, consortium_code""",
        year,
    )


def members(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """The schools of a consortium in a school year, the lead first."""
    return rows(
        snapshot,
        """select * from marts.dim_consortium_member where consortium_code = ? and school_year = ?
        order by role = '牵头' desc, is_beyond_county, students desc nulls last, school_code""",
        consortium,
        year,
    )


def duties(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """What was owed and done in every term up to a school year, in the order of the duty list."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_duty where consortium_code = ? and school_year <= ?
        order by sort_order nulls last, activity_type, first_day, school_code""",
        consortium,
        year,
    )


def gaps(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """Lead beside members in every measure and period up to a school year."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_gap
        where consortium_code = ? and school_year <= ? and not is_exam
        order by stage desc, measure, school_year, period""",
        consortium,
        year,
    )


def exam_gaps(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """Lead beside members in every examination up to a school year; marks of few pupils are blanked."""
    found = rows(
        snapshot,
        """select gap.*, substr(gap.measure, 3) as subject, exam.exam_name
        from marts.fct_consortium_gap as gap
        inner join marts.dim_exam as exam on gap.period = exam.exam_code
        left join marts.dim_label as label on label.kind = 'subject' and label.code = substr(gap.measure, 3)
        where gap.consortium_code = ? and gap.school_year <= ? and gap.is_exam
            and gap.lead_pupils is not null and gap.member_pupils is not null
        order by gap.stage desc, label.sort_order nulls last, gap.measure, gap.period_date""",
        consortium,
        year,
    )
    return _told_apart(snapshot, found, consortium, year)


def _told_apart(snapshot: str, found: pl.DataFrame, consortium: str, year: int) -> pl.DataFrame:
    """Blank an exam's row whose sides are few or would give a hidden school away, and what builds on it."""
    least = rights.least_shown(snapshot, year)
    if least is None or found.is_empty():
        return found
    known = [read_exams.hidden(snapshot, exam, year) for exam in found["period"].unique()]
    sides = rows(
        snapshot,
        "select school_year, school_code, role from marts.dim_consortium_member where consortium_code = ?",
        consortium,
    )
    key = ["exam_code", "subject", "stage"]
    rows_hidden = pl.concat(known).filter("scores_hidden")
    told = disclosure.untellable(sides, rows_hidden, least, key).with_columns(is_told=True)
    here = found.join(
        told, left_on=["period", "subject", "stage"], right_on=key, how="left", maintain_order="left"
    )
    few = (pl.col("lead_pupils") < least) | (pl.col("member_pupils") < least)
    here = here.with_columns(is_told=few | pl.col("is_told").fill_null(value=False))
    first = pl.col("period") == pl.col("first_period")
    begun = (pl.col("is_told") & first).any().over("measure", "stage")
    here = here.with_columns(
        trend=pl.when(pl.col("is_told") | begun).then(pl.lit("unknown")).otherwise("trend")
    )
    return rights.blanked(rights.blanked(here, "is_told", MARKS), begun, ("first_gap",))


def gaps_of_all(snapshot: str, year: int) -> pl.DataFrame:
    """The direction of every consortium's gaps in a school year."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_gap where school_year = ? and not is_exam
        order by consortium_code, stage desc, measure, period""",
        year,
    )


def scores(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """The scorecard of a consortium and of each of its schools."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_score where consortium_code = ? and school_year = ?
        order by school_code = 'all' desc, school_code, sort_order""",
        consortium,
        year,
    )


def satisfaction(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """What a consortium's groups answered, all of them together last."""
    return rows(
        snapshot,
        """select * from marts.fct_satisfaction
        where scope = 'consortium' and scope_code = ? and school_year = ?
        order by respondents = 'all', respondents""",
        consortium,
        year,
    )


def given(snapshot: str, consortium: str, year: int) -> pl.DataFrame:
    """What the lead school hosted up to a school year."""
    return rows(
        snapshot,
        """select * from marts.fct_consortium_lead where consortium_code = ? and school_year <= ?
        order by school_year, times desc, activity_type""",
        consortium,
        year,
    )


def coverage(snapshot: str, year: int) -> pl.DataFrame:
    """How far consortiums reach in a school year, and what is behind; empty without consortiums."""
    return rows(snapshot, "select * from marts.fct_consortium_coverage where school_year = ?", year)


def duty_list(snapshot: str) -> pl.DataFrame:
    """What each kind of consortium owes, in the order of the lists."""
    return rows(snapshot, "select * from marts.dim_duty order by kind, sort_order, valid_from")


def facts(snapshot: str) -> pl.DataFrame:
    """Targets, modes, calendars and points of assessment of the documents behind the examples."""
    return rows(
        snapshot, "select * from marts.dim_consortium_fact order by example_code, section, sort_order"
    )

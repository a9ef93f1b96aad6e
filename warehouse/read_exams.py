"""Frames of examinations. Results of very few pupils are blanked here, before anything is drawn or saved."""

from __future__ import annotations

import polars as pl

from warehouse import rights
from warehouse.read import rows

SCORES = ("mean_score", "excellent_rate", "pass_rate", "low_rate")
BEFORE = tuple(f"previous_{name}" for name in SCORES)
EFFECTS = ("shrunk_effect", "ci_low", "ci_high")


def papers(snapshot: str) -> pl.DataFrame:
    """Every exam, grade and subject that somebody sat: latest exam, highest grade and total first."""
    return rows(
        snapshot,
        """select exam.exam_code, exam.exam_name, exam.exam_date, exam.school_year, paper.grade, paper.subject
        from marts.dim_exam_paper as paper
        inner join marts.dim_exam as exam on paper.exam_code = exam.exam_code
        inner join marts.fct_exam_equity as equity
            on paper.exam_code = equity.exam_code and paper.grade = equity.grade
            and paper.subject = equity.subject and equity.takers > 0
        left join marts.dim_label as label on label.kind = 'subject' and label.code = paper.subject
        order by exam.exam_date desc nulls last, exam.school_year desc, paper.exam_code, paper.grade desc,
            label.sort_order nulls last, paper.subject""",
    )


def schools(snapshot: str, exam: str, grade: int, subject: str) -> pl.DataFrame:
    """Every school of a paper by name: its results, those of the exam before, and its value added.

    `is_few` marks those whose results are too few to be shown, `is_low` a low participation.
    """
    found = rows(
        snapshot,
        """with before as (
            select fact.*, paper.exam_code as next_exam_code
            from marts.dim_exam_paper as paper
            inner join marts.dim_exam as exam on paper.exam_code = exam.exam_code
            inner join marts.fct_exam_school as fact
                on paper.prior_exam_code = fact.exam_code and paper.subject = fact.subject
                and paper.grade - (exam.school_year - fact.school_year) = fact.grade
            where paper.exam_code = $1 and paper.grade = $2 and paper.subject = $3
        )
        select fact.*, coalesce(school.school_name, fact.school_code) as school_name, school.area_type,
            school.township, added.matched_pupils, added.unmatched_pupils, added.coverage_rate,
            added.shrunk_effect, added.ci_low, added.ci_high, added.verdict, before.takers as previous_takers,
            before.mean_score as previous_mean_score, before.excellent_rate as previous_excellent_rate,
            before.pass_rate as previous_pass_rate, before.low_rate as previous_low_rate
        from marts.fct_exam_school as fact
        left join marts.dim_school as school
            on fact.school_year = school.school_year and fact.school_code = school.school_code
        left join marts.fct_value_added as added
            on fact.exam_code = added.exam_code and fact.grade = added.grade
            and fact.subject = added.subject and fact.school_code = added.school_code
        left join before on fact.school_code = before.school_code
        where fact.exam_code = $1 and fact.grade = $2 and fact.subject = $3
        order by school_name, fact.school_code""",
        exam,
        grade,
        subject,
    )
    return _school_rows(snapshot, found)


def school_papers(snapshot: str, school: str, year: int) -> pl.DataFrame:
    """One school's results of a year, the latest exam first, with its value added."""
    found = rows(
        snapshot,
        """select fact.*, exam.exam_name, exam.exam_date, added.matched_pupils, added.shrunk_effect,
            added.ci_low, added.ci_high, added.verdict, equity.mean_score as county_mean_score
        from marts.fct_exam_school as fact
        inner join marts.dim_exam as exam on fact.exam_code = exam.exam_code
        inner join marts.fct_exam_equity as equity
            on fact.exam_code = equity.exam_code and fact.grade = equity.grade
            and fact.subject = equity.subject
        left join marts.fct_value_added as added
            on fact.exam_code = added.exam_code and fact.grade = added.grade
            and fact.subject = added.subject and fact.school_code = added.school_code
        left join marts.dim_label as label on label.kind = 'subject' and label.code = fact.subject
        where fact.school_code = ? and fact.school_year = ? and fact.takers > 0
        order by exam.exam_date desc nulls last, fact.exam_code, fact.grade, label.sort_order nulls last,
            fact.subject""",
        school,
        year,
    )
    return _school_rows(snapshot, found)


def _school_rows(snapshot: str, found: pl.DataFrame) -> pl.DataFrame:
    if found.is_empty():
        return found
    year = found["school_year"][0]
    own = [*SCORES, *(name for name in EFFECTS if name in found.columns)]
    shown = rights.shielded(snapshot, found, year, "takers", own)
    shown = rights.shielded(snapshot, shown, year, "matched_pupils", EFFECTS)
    if "previous_takers" in found.columns:
        shown = rights.shielded(snapshot, shown, year, "previous_takers", BEFORE)
    limit = rights.parameter(snapshot, "low_participation_rate", year)
    return shown.with_columns(
        is_few=found["mean_score"].is_not_null() & shown["mean_score"].is_null(),
        is_low=(pl.col("participation_rate") < (limit or 0)).fill_null(value=False),
        low_line=pl.lit(limit, dtype=pl.Float64),
    )


def over_exams(snapshot: str, exam: str, grade: int, subject: str) -> pl.DataFrame:
    """One subject over the county in each exam of the same year group up to this one, earliest first."""
    found = rows(
        snapshot,
        """with here as (
            select school_year, exam_date, prior_exam_code from marts.dim_exam where exam_code = $1
        )
        select equity.*, exam.exam_name, exam.exam_date, paper.full_score, paper.full_score_status,
            paper.prior_exam_code, model.coverage_rate, model.tau2
        from marts.fct_exam_equity as equity
        cross join here
        inner join marts.dim_exam as exam on equity.exam_code = exam.exam_code
        inner join marts.dim_exam_paper as paper
            on equity.exam_code = paper.exam_code and equity.grade = paper.grade
            and equity.subject = paper.subject
        left join marts.fct_value_added_model as model
            on equity.exam_code = model.exam_code and equity.grade = model.grade
            and equity.subject = model.subject
        where equity.subject = $3 and equity.grade - equity.school_year = $2 - here.school_year
            and (equity.exam_code in ($1, here.prior_exam_code) or exam.exam_date < here.exam_date)
            and equity.takers > 0
        order by equity.exam_code = $1, exam.exam_date nulls first, equity.exam_code""",
        exam,
        grade,
        subject,
    )
    return _shielded(snapshot, found)


def subjects(snapshot: str, exam: str, grade: int) -> pl.DataFrame:
    """The county's figures of each subject of an exam and grade, the lowest pass rate first."""
    found = rows(
        snapshot,
        """select equity.*, paper.full_score
        from marts.fct_exam_equity as equity
        inner join marts.dim_exam_paper as paper
            on equity.exam_code = paper.exam_code and equity.grade = paper.grade
            and equity.subject = paper.subject
        where equity.exam_code = ? and equity.grade = ? and equity.subject <> 'total' and equity.takers > 0
        order by equity.pass_rate nulls last, equity.subject""",
        exam,
        grade,
    )
    return _shielded(snapshot, found)


def places(snapshot: str, exam: str, grade: int, subject: str, kind: str) -> pl.DataFrame:
    """A paper by area type or township, by the place's own order.

    A place is blanked too when its schools that are not shown could be told by subtracting the others.
    """
    found = rows(
        snapshot,
        """select fact.* from marts.fct_exam_group as fact
        left join marts.dim_label as label on label.kind = fact.group_kind and label.code = fact.group_code
        where fact.exam_code = ? and fact.grade = ? and fact.subject = ? and fact.group_kind = ?
        order by label.sort_order nulls last, fact.group_code""",
        exam,
        grade,
        subject,
        kind,
    )
    if found.is_empty():
        return found
    unshown = schools(snapshot, exam, grade, subject).filter("is_few")
    rest = unshown.group_by(pl.col(kind).alias("group_code")).agg(rest=pl.col("takers").sum())
    known = found.join(rest, on="group_code", how="left", maintain_order="left")
    known = known.with_columns(tellable_pupils=pl.min_horizontal("takers", "rest"))
    return rights.shielded(
        snapshot, known, known["school_year"][0], "tellable_pupils", [*SCORES, "z_mean", "eta_squared"]
    )


def _shielded(snapshot: str, county: pl.DataFrame) -> pl.DataFrame:
    if county.is_empty():
        return county
    return rights.shielded(snapshot, county, county["school_year"][0], "takers", [*SCORES, "icc_anova"])

"""Frames of examinations. Results of very few pupils are blanked here, before anything is drawn or saved."""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from warehouse import disclosure, rights
from warehouse.read import rows

RATES = ("mean_score", "excellent_rate", "pass_rate", "low_rate")
DECILES = ("p10", "p20", "p25", "p30", "p40", "median_score", "p60", "p70", "p75", "p80", "p90")
SCORES = (
    *RATES,
    *DECILES,
    "std_dev",
    "least_score",
    "best_score",
    "z_mean",
    "t_mean",
    "icc_anova",
    "eta_squared",
)
BEFORE = tuple(f"previous_{name}" for name in RATES)
EFFECTS = ("shrunk_effect", "ci_low", "ci_high")
QUOTING = ("D371", "D372", "D373", "D374")
PAPER = ["exam_code", "grade", "subject", "school_code"]


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

    `is_few` marks those whose results are too few to be shown, `is_cover` those hidden beside them lest these
    be told by subtraction, `is_low` a low participation.
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
        select fact.*, coalesce(school.school_name, fact.school_code) as plain_name, school.area_type,
            school.township, added.matched_pupils, added.unmatched_pupils, added.coverage_rate,
            added.shrunk_effect, added.ci_low, added.ci_high, added.verdict,
            before.exam_code as previous_exam_code, before.grade as previous_grade,
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
        order by plain_name, fact.school_code""",
        exam,
        grade,
        subject,
    )
    return _school_rows(snapshot, _told_by_place(found))


def _told_by_place(found: pl.DataFrame) -> pl.DataFrame:
    """Name schools, those of one name with their township, those of one township with their code too."""
    name, place = pl.col("plain_name"), pl.col("township").fill_null("")
    both = pl.format("{}（{}）", name, pl.when(place != "").then(place).otherwise("school_code"))
    named = pl.when(name.is_duplicated()).then(both).otherwise(name)
    found = found.with_columns(school_name=named)
    coded = pl.format("{}（{}）", "plain_name", "school_code")
    still = pl.col("school_name").is_duplicated()
    named = pl.when(still).then(coded).otherwise("school_name").alias("school_name")
    return found.with_columns(named).drop("plain_name")


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
    """Blank what is hidden of each row's paper and of the paper before."""
    if found.is_empty():
        return found
    year = found["school_year"][0]
    now = _hidden_in(snapshot, found, year, "exam_code", "grade")
    shown = found.join(now, on=PAPER, how="left", maintain_order="left")
    shown = rights.blanked(shown, "scores_hidden", SCORES)
    shown = rights.blanked(shown, "effects_hidden", EFFECTS)
    if "previous_exam_code" in found.columns:
        then = _hidden_in(snapshot, found, year, "previous_exam_code", "previous_grade")
        then = then.select(
            "subject", "school_code", previous_exam_code="exam_code", previous_hidden="scores_hidden"
        )
        keys = ["previous_exam_code", "subject", "school_code"]
        shown = shown.join(then, on=keys, how="left", maintain_order="left")
        shown = rights.blanked(shown, "previous_hidden", BEFORE).drop("previous_hidden")
    limit = rights.parameter(snapshot, "low_participation_rate", year)
    return shown.with_columns(
        verdict=pl.when(pl.col("effects_hidden") & pl.col("verdict").is_not_null())
        .then(pl.lit("too_few"))
        .otherwise("verdict"),
        is_cover=pl.col("scores_hidden") & ~pl.col("is_few"),
        is_low=(pl.col("participation_rate") < (limit or 0)).fill_null(value=False),
        low_line=pl.lit(limit, dtype=pl.Float64),
    )


def _hidden_in(snapshot: str, found: pl.DataFrame, year: int, exam: str, grade: str) -> pl.DataFrame:
    """What is hidden in every exam and grade that the frame's two columns name."""
    sittings = found.select(exam, grade).drop_nulls().unique().rows()
    none = hidden(snapshot, "", year).clear()
    known = pl.concat([none, *(hidden(snapshot, code, year, at) for code, at in sittings)])
    return known.select(*PAPER, "is_few", "scores_hidden", "effects_hidden")


def hidden(snapshot: str, exam: str, year: int, grade: int | None = None) -> pl.DataFrame:
    """Say of each school's row of an exam's papers whether its scores and its value added stay hidden."""
    return _hidden(snapshot, exam, grade, rights.least_shown(snapshot, year))


@lru_cache(maxsize=32)
def _hidden(snapshot: str, exam: str, grade: int | None, least: float | None) -> pl.DataFrame:
    counts = rows(
        snapshot,
        """select fact.exam_code, fact.grade, fact.subject, fact.school_code, fact.school_year, fact.takers,
            added.matched_pupils,
            case when fact.grade <= 6 then 'primary' when fact.grade <= 9 then 'junior' else 'senior' end
                as stage
        from marts.fct_exam_school as fact
        left join marts.fct_value_added as added
            on fact.exam_code = added.exam_code and fact.grade = added.grade
            and fact.subject = added.subject and fact.school_code = added.school_code
        where fact.exam_code = $1 and coalesce(fact.grade = $2, true)""",
        exam,
        grade,
    )
    return disclosure.hidden_results(counts, least)


def unquoted(snapshot: str, issues: pl.DataFrame) -> pl.DataFrame:
    """Take the figures out of findings about exam results of schools some of whose results stay hidden."""
    about = pl.col("rule_code").is_in(QUOTING) & pl.col("school_code").is_not_null()
    years = issues.filter(about)["school_year"].drop_nulls().unique().to_list()
    if not years:
        return issues
    exams = rows(snapshot, "select exam_code, school_year from marts.dim_exam").rows()
    kept = [hidden(snapshot, exam, year) for exam, year in exams if year in years]
    schools = pl.concat(kept).filter(pl.col("scores_hidden") | pl.col("effects_hidden"))
    schools = schools.select("school_year", "school_code", is_kept=pl.lit(value=True)).unique()
    found = issues.join(schools, on=["school_year", "school_code"], how="left", maintain_order="left")
    plain = {
        "message_zh": pl.concat_str("title_zh", pl.lit("（人数过少，不写出数）。"), "remedy_zh"),
        "message_en": pl.concat_str(
            "title_en", pl.lit(" (too few pupils to quote the figures). "), "remedy_en"
        ),
    }
    return found.with_columns(
        pl.when(about & pl.col("is_kept")).then(text).otherwise(name).alias(name)
        for name, text in plain.items()
    ).drop("is_kept")


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

    A place is blanked too when its schools that are not shown could be told by subtracting the others
    (`is_hidden`; `rest` counts their pupils).
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
    least = rights.least_shown(snapshot, found["school_year"][0]) if found.height else None
    if least is None:
        return found
    unshown = schools(snapshot, exam, grade, subject).filter("scores_hidden")
    within = unshown.select("takers", group_code=kind)
    known = disclosure.hidden_places(found, within, least)
    return rights.blanked(known, "is_hidden", SCORES)


def _shielded(snapshot: str, county: pl.DataFrame) -> pl.DataFrame:
    least = rights.least_shown(snapshot, county["school_year"][0]) if county.height else None
    return county if least is None else rights.blanked(county, pl.col("takers") < least, SCORES)

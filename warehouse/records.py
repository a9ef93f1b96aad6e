"""Frames of one school, of the data itself and of the glossary: one select from one mart, as in `read`."""

from __future__ import annotations

import polars as pl

from warehouse import read_exams
from warehouse.read import rows


def schools(snapshot: str) -> pl.DataFrame:
    """Every school that any year knows, one row each as it was last known, by township and name."""
    return rows(
        snapshot,
        """select * from marts.dim_school
           qualify row_number() over (partition by school_code order by school_year desc) = 1
           order by township, school_name""",
    )


def first_school(snapshot: str, standard: str, year: int, stage: str) -> str:
    """The school to look at first: most unmet indicators and pupils, else any of the stage."""
    found = rows(
        snapshot,
        """select school_code from marts.fct_school_compliance
           where standard_code = ? and school_year = ? and stage = ?
           order by attention_rank nulls last, students desc limit 1""",
        standard,
        year,
        stage,
    )
    return str(found["school_code"][0]) if found.height else ""


def school_years(snapshot: str, school: str) -> pl.DataFrame:
    """One school in every year, latest first: a change of name shows here."""
    return rows(
        snapshot, "select * from marts.dim_school where school_code = ? order by school_year desc", school
    )


def school_sites(snapshot: str, year: int, school: str) -> pl.DataFrame:
    """The sites merged into a school in a year."""
    return rows(
        snapshot,
        "select * from marts.dim_school where school_year = ? and parent_school_code = ? and not is_counted",
        year,
        school,
    )


def school_scope(snapshot: str, year: int, school: str) -> pl.DataFrame:
    """Whether each stage of a school is in scope, and why not."""
    return rows(
        snapshot,
        """select * from marts.fct_school_scope where school_year = ? and school_code = ?
           order by case stage when 'primary' then 1 when 'junior' then 2 else 3 end""",
        year,
        school,
    )


def school_compliance(snapshot: str, standard: str, year: int, school: str) -> pl.DataFrame:
    """A school's verdict by stage."""
    return rows(
        snapshot,
        """select * from marts.fct_school_compliance
           where standard_code = ? and school_year = ? and school_code = ?""",
        standard,
        year,
        school,
    )


def school_indicators(snapshot: str, standard: str, school: str) -> pl.DataFrame:
    """A school's indicators in every year and stage, oldest first."""
    return rows(
        snapshot,
        """select * from marts.fct_school_indicator where standard_code = ? and school_code = ?
           order by school_year, stage desc, indicator_code""",
        standard,
        school,
    )


def school_places(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Where every school stands on every indicator, to place one among them."""
    return rows(
        snapshot,
        """select school_code, stage, indicator_code, value, share_of_threshold, county_mean, status,
                  rank, ranked_schools
           from marts.fct_school_indicator
           where standard_code = ? and school_year = ? and value is not null""",
        standard,
        year,
    )


def lineage(snapshot: str, standard: str, year: int, school: str) -> pl.DataFrame:
    """Every source cell behind a school's figures of a year."""
    return rows(
        snapshot,
        """select * from marts.fct_lineage where standard_code = ? and school_year = ? and school_code = ?
           order by role desc, site_code, input, file_name, sheet_name, row_number""",
        standard,
        year,
        school,
    )


def measures(snapshot: str) -> pl.DataFrame:
    """The measures and their words."""
    return rows(snapshot, "select * from marts.dim_measure order by measure")


def school_issues(snapshot: str, year: int, school: str) -> pl.DataFrame:
    """The open questions about a school's figures of a year, errors first, each with what to do."""
    found = rows(
        snapshot,
        """select issues.*, rules.title_zh, rules.title_en, rules.remedy_zh, rules.remedy_en
           from marts.fct_data_issue as issues
           left join marts.dim_rule as rules on issues.rule_code = rules.rule_code
           where issues.school_code = ? and (issues.school_year = ? or issues.school_year is null)
           order by issues.severity, issues.rule_code, issues.row_number""",
        school,
        year,
    )
    return read_exams.unquoted(snapshot, found)


def issues(snapshot: str) -> pl.DataFrame:
    """Every open question about the data with the school's name, errors and latest year first."""
    found = rows(
        snapshot,
        """select issues.*, rules.title_zh, rules.title_en, rules.remedy_zh, rules.remedy_en,
                  coalesce(schools.school_name, latest.school_name) as school_name
           from marts.fct_data_issue as issues
           left join marts.dim_rule as rules on issues.rule_code = rules.rule_code
           left join marts.dim_school as schools
               on issues.school_code = schools.school_code and issues.school_year = schools.school_year
           left join (
               select school_code, arg_max(school_name, school_year) as school_name
               from marts.dim_school group by school_code
           ) as latest on issues.school_code = latest.school_code
           order by issues.severity, issues.school_year desc, issues.rule_code, issues.issue_id""",
    )
    return read_exams.unquoted(snapshot, found)


def findings(
    snapshot: str,
    *,
    school: str | None = None,
    rule: str | None = None,
    severity: str | None = None,
    school_year: int | None = None,
    state: str = "open",
) -> pl.DataFrame:
    """The open questions (or `waived`, or `all`) of a school (part of a name or code), rule and year."""
    found = issues(snapshot)
    if state != "all":
        found = found.filter(pl.col("is_waived") == (state == "waived"))
    for column, wanted in (("rule_code", rule), ("severity", severity), ("school_year", school_year)):
        if wanted is not None:
            found = found.filter(pl.col(column) == wanted)
    if school:
        named = pl.concat_str("school_name", "school_code", separator=" ", ignore_nulls=True)
        found = found.filter(named.str.contains(school, literal=True))
    return found


def source_sheets(snapshot: str) -> pl.DataFrame:
    """Every imported sheet, latest first."""
    return rows(
        snapshot, "select * from marts.fct_source order by import_id desc, file_name, sheet_name, dataset"
    )


def submissions(snapshot: str, year: int) -> pl.DataFrame:
    """What each school owes for a year and whether it came, by dataset and township."""
    return rows(
        snapshot,
        """select owed.*, schools.school_name, schools.school_type, schools.township
           from marts.fct_submission as owed
           left join marts.dim_school as schools
               on owed.school_code = schools.school_code and owed.school_year = schools.school_year
           where owed.school_year = ? order by owed.dataset, schools.township, schools.school_name""",
        year,
    )


def rules(snapshot: str) -> pl.DataFrame:
    """The checks made on the data, with their remedies."""
    return rows(snapshot, "select * from marts.dim_rule order by rule_code")


def terms(snapshot: str) -> pl.DataFrame:
    """The glossary's entries in order."""
    return rows(snapshot, "select * from marts.dim_term order by sort_order")


def examples(snapshot: str) -> pl.DataFrame:
    """The worked examples."""
    return rows(snapshot, "select * from marts.dim_example order by indicator_code nulls last, example_code")


def parameters(snapshot: str) -> pl.DataFrame:
    """The parameters, splitting weights, duty statuses and dated exceptions in force."""
    return rows(
        snapshot,
        "select * from marts.dim_parameter order by section, valid_from, code, number_value",
    )

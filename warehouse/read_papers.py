"""Whole tables of one year under one standard, as the documents of an inspection need them."""

from __future__ import annotations

import polars as pl

from warehouse import contracts, read

Frames = dict[str, pl.DataFrame]

BY_STANDARD = "where standard_code = $standard and school_year = $year"
BY_YEAR = "where school_year = $year"
QUERIES = {
    "dim_county": "",
    "dim_label": "order by kind, sort_order, code",
    "dim_measure": "order by measure",
    "dim_rule": "order by rule_code",
    "dim_standard": "where standard_code = $standard",
    "dim_school_year": "order by school_year",
    "dim_indicator": """where standard_code = $standard
        qualify row_number() over (
            partition by stage, indicator_code
            order by make_date($year, 9, 1) between cast(valid_from as date) and cast(valid_to as date) desc,
                valid_from desc
        ) = 1
        order by stage desc, sort_order""",
    "dim_school": f"{BY_YEAR} order by school_code",
    "dim_consortium_member": "order by consortium_code, role desc, school_code",
    "fct_school_compliance": f"{BY_STANDARD} order by stage desc, attention_rank, school_code",
    "fct_school_indicator": f"{BY_STANDARD} order by stage desc, school_code, indicator_code",
    "fct_school_scale": f"{BY_YEAR} order by stage desc, school_code",
    "fct_county_scale": f"{BY_YEAR} order by stage desc",
    "fct_county_balance": f"{BY_STANDARD} order by stage desc, indicator_code",
    "fct_county_verdict": f"{BY_STANDARD} order by stage desc",
    "fct_target_progress": f"{BY_STANDARD} order by target_kind, stage desc, indicator_code",
    "fct_exchange_rate": f"{BY_YEAR} and scope = 'county'",
    "fct_consortium_coverage": BY_YEAR,
    "dim_inspection_item": "order by sort_order, item_code",
    "fct_inspection_item": f"{BY_STANDARD} order by sort_order, item_code",
    "fct_inspection_case": f"""{BY_STANDARD} and school_code <> '' and status <> 'met'
        and item_code in (select item_code from marts.dim_inspection_item where part <> 'resources')
        and (is_deciding or item_code <> 'G11')
        order by status = 'missing', item_code, school_code, stage desc, margin, subject_key""",
    "fct_county_profile": f"{BY_YEAR} order by sort_order, field",
    "fct_satisfaction": f"{BY_YEAR} and scope = 'county' order by respondents",
    "dim_question": "order by sort_order",
    "fct_school_question": f"{BY_STANDARD} order by school_code, stage, question_code, subject_code",
    "fct_finding_count": "where school_year in ($year, 0) order by severity, rule_code, school_year desc",
    "fct_submission_count": f"{BY_YEAR} order by dataset",
    "fct_data_issue": """where (school_year = $year or school_year is null)
        order by severity, rule_code, school_code, issue_id""",
    "fct_source": "where is_current order by import_id, file_name, sheet_name, dataset",
    "fct_lineage": f"{BY_STANDARD} and is_corrected order by school_code, input",
}
"""The tables and which rows of them; every value named with `$` is a parameter."""


def frames(snapshot: str, standard: str, year: int) -> Frames:
    """Read the tables, kept by snapshot as every reader's frames are."""
    return {
        table: read.rows(snapshot, query, *values)
        for table, (query, values) in _queries(standard, year).items()
    }


def frames_afresh(snapshot: str, standard: str, year: int) -> Frames:
    """Read the same tables once more from the file, over a connection of their own, past every memory."""
    with contracts.opened(snapshot) as connection:
        return {
            table: connection.sql(query, params=list(values)).pl()
            for table, (query, values) in _queries(standard, year).items()
        }


def _queries(standard: str, year: int) -> dict[str, tuple[str, tuple[str | int, ...]]]:
    return {
        table: _numbered(f"select * from marts.{table} {which}", standard, year)
        for table, which in QUERIES.items()
    }


def _numbered(query: str, standard: str, year: int) -> tuple[str, tuple[str | int, ...]]:
    """Turn the named parameters a query uses into numbered ones, in the order of their values."""
    values: list[str | int] = []
    for name, value in (("$standard", standard), ("$year", year)):
        if name in query:
            values.append(value)
            query = query.replace(name, f"${len(values)}")
    return query, tuple(values)

"""One school: does it comply, what is the least it lacks, and where does each figure come from?"""

import polars as pl
import streamlit as st

from view import controls, frame, quality_tables, school_page, school_words
from warehouse import read, read_exams, records

pick = controls.current()
schools = records.schools(pick.snapshot)
left, right = st.columns([3, 1], gap="medium")
with right:
    first = records.first_school(pick.snapshot, pick.standard, pick.year, pick.stage)
    code = school_page.choose(schools, first)
years = records.school_years(pick.snapshot, code).to_dicts()
school = next((row for row in years if row["school_year"] == pick.year), None)
if school is None:
    school_page.absent(years[0]["school_name"], years, pick)
    st.stop()

scope = records.school_scope(pick.snapshot, pick.year, code).to_dicts()
history = records.school_indicators(pick.snapshot, pick.standard, code).filter(
    pl.col("school_year") <= pick.year
)
figures = history.filter(pl.col("school_year") == pick.year)
verdicts = {
    row["stage"]: row
    for row in records.school_compliance(pick.snapshot, pick.standard, pick.year, code).to_dicts()
}
stages = {stage: figures.filter(pl.col("stage") == stage).to_dicts() for stage in controls.STAGES}
stages = {stage: rows for stage, rows in stages.items() if rows}
names_by_code = dict(schools.select("school_code", "school_name").iter_rows())

sentences = [
    school_words.verdict(verdicts[stage], rows, pick.names)
    for stage, rows in stages.items()
    if stage in verdicts
]
outside = [
    school_words.outside(row, school, names_by_code, pick.names)
    for row in scope
    if not row["in_scope"] and row["stage"] in controls.STAGES
]
evidence = [
    school_words.evidence(verdicts[stage], rows, pick.names)
    for stage, rows in stages.items()
    if stage in verdicts
]
with left:
    school_page.header(
        pick, school, scope, sentences or outside, [*evidence, *(outside if sentences else [])]
    )

if stages:
    shown = pick.stage if pick.stage in stages else next(iter(stages))
    row = school_words.opened(stages[shown], st.query_params.get("indicator"))
    places = records.school_places(pick.snapshot, pick.standard, pick.year)
    beside = st.columns(2, gap="medium")
    below = beside[1:] if len(stages) == 1 else None
    for column, (stage, rows) in zip(beside, stages.items(), strict=False):
        with column:
            school_page.stage_bars(
                rows, verdicts.get(stage), pick, row["indicator_code"] if stage == shown else ""
            )
    sites = records.school_sites(pick.snapshot, pick.year, code)
    site_names = {code: school["school_name"]} | dict(sites.select("school_code", "school_name").iter_rows())
    inputs = {measure["measure"]: measure for measure in records.measures(pick.snapshot).to_dicts()}
    cells = records.lineage(pick.snapshot, pick.standard, pick.year, code)
    school_page.opened(pick, row, cells, inputs, school, site_names)
    school_page.trends(history, pick)
    for column, rows in zip(below or st.columns(2, gap="medium"), stages.values(), strict=False):
        with column:
            school_page.place(places, rows, pick, code)

quality_tables.of_school(pick, read_exams.school_papers(pick.snapshot, code, pick.year))
school_page.issues(records.school_issues(pick.snapshot, pick.year, code), pick)
fixed = read.corrected(pick.snapshot, pick.standard, pick.year)
frame.source(pick, sources=read.sources(pick.snapshot), fixed=fixed)

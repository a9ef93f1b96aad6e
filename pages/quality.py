"""What did an exam show, how fair is it between schools, and which schools add more than expected?"""

import streamlit as st

from view import controls, frame, quality, quality_tables
from view.texts import _
from warehouse import read, read_exams

pick = controls.current()
papers = read_exams.papers(pick.snapshot)
if papers.is_empty():
    quality.none_yet(pick)
    st.stop()
top = st.container()
paper = quality.choose(pick, papers)
schools = read_exams.schools(pick.snapshot, paper.exam, paper.grade, paper.subject)
exams = read_exams.over_exams(pick.snapshot, paper.exam, paper.grade, paper.subject)
with top:
    quality.header(pick, paper, exams, schools)

left, right = st.columns([3, 2], gap="medium")
with left:
    quality.value_added(pick, schools)
    quality.rates(exams)
with right:
    quality.share_trend(exams)
    quality.participation(schools, exams)
quality_tables.schools(pick, paper, schools)

frame.section(_("薄弱的科目和片区"))
quality_tables.subjects(pick, read_exams.subjects(pick.snapshot, paper.exam, paper.grade))
for column, kind in zip(st.columns(2, gap="medium"), ("area_type", "township"), strict=True):
    with column:
        places = read_exams.places(pick.snapshot, paper.exam, paper.grade, paper.subject, kind)
        quality_tables.places(pick, places, kind)
quality.source(pick, sources=read.sources(pick.snapshot))

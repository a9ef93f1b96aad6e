"""Does each consortium do what it undertook, and does the gap inside it close?"""

import streamlit as st

from view import (
    consortium_compare,
    consortium_duties,
    consortium_exams,
    consortium_gaps,
    consortium_lists,
    consortium_page,
    controls,
    frame,
)
from view import consortium_words as say
from view.texts import _
from warehouse import alliances, exchanges, read

pick = controls.current()
everyone = alliances.side_by_side(pick.snapshot, pick.year)
if everyone.is_empty():
    frame.header(pick, _("共同体"), _("这一学年没有共同体"), [say.how_to_begin()])
    consortium_lists.duties(pick, alliances.duty_list(pick.snapshot))
    consortium_lists.facts(pick, alliances.facts(pick.snapshot))
    st.stop()

left, right = st.columns([3, 1], gap="medium")
with right:
    code = consortium_page.choose(everyone)
if code == controls.ALL:
    with left:
        frame.header(pick, _("共同体"), say.all_of_them(everyone), [say.reach(everyone)])
    consortium_compare.table(pick, everyone)
    consortium_compare.directions(pick, everyone, alliances.gaps_of_all(pick.snapshot, pick.year))
    consortium_lists.facts(pick, alliances.facts(pick.snapshot))
    frame.source(pick, sources=read.sources(pick.snapshot))
    st.stop()

one = next(row for row in everyone.to_dicts() if row["consortium_code"] == code)
members = alliances.members(pick.snapshot, code, pick.year)
duties = alliances.duties(pick.snapshot, code, pick.year)
gaps = alliances.gaps(pick.snapshot, code, pick.year)
given = alliances.given(pick.snapshot, code, pick.year)
scores = alliances.scores(pick.snapshot, code, pick.year)
with left:
    consortium_page.header(
        pick, one, say.verdict(pick, one, gaps, duties), say.evidence(one, duties, members)
    )
consortium_duties.grid(pick, duties, members)
consortium_gaps.dumbbells(pick, gaps)
beside = st.columns([2, 3], gap="medium")
with beside[0]:
    consortium_page.lead(pick, one, gaps, given)
    consortium_page.exchange(pick, one, exchanges.flows(pick.snapshot, pick.year, "consortium", code))
with beside[1]:
    consortium_page.questions(say.questions(pick, one, duties, gaps, members))
consortium_page.members(pick, members)
consortium_gaps.spread(pick, gaps)
consortium_exams.marks(pick, alliances.exam_gaps(pick.snapshot, code, pick.year))
beside = st.columns([3, 2], gap="medium")
with beside[0]:
    consortium_page.scorecard(pick, scores, members)
with beside[1]:
    consortium_page.satisfaction(pick, alliances.satisfaction(pick.snapshot, code, pick.year))
consortium_page.not_a_cause()
consortium_lists.duties(pick, alliances.duty_list(pick.snapshot), one["kind"])
frame.source(pick, sources=read.sources(pick.snapshot))

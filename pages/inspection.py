"""Which of the 32 items hold, which do not or cannot be told, and who must do what by when?"""

import streamlit as st

from office import inspection as asked
from view import controls, frame, inspection
from view import inspection_words as say
from view.texts import _
from warehouse import home, read, read_inspection

pick = controls.current()
here = home.open_home()
rows = inspection.prepared(asked.items(here, pick.snapshot, pick.standard, pick.year).to_dicts())
if not rows:
    inspection.nothing(pick)
    st.stop()
code = inspection.chosen(rows)
closest = read_inspection.tight(pick.snapshot, pick.standard, pick.year)
frame.header(
    pick,
    _("迎检准备"),
    say.verdict(rows, asked.days_left(pick.snapshot)),
    say.evidence(pick, rows, closest),
)
inspection.board(pick, rows, code)
left, right = st.columns([3, 2], gap="medium")
with left:
    frame.section(_("逐项清单"), _("点指标在旁边打开"))
    inspection.listed(pick, inspection.filtered(rows))
with right, st.container(border=True, key="opened_item"):
    limits = read_inspection.limits(pick.snapshot, pick.standard, pick.year, code)
    declared = read_inspection.declared(pick.snapshot, pick.year, code)
    inspection.opened(next(row for row in rows if row["item_code"] == code), pick, limits, declared)
    trend = read_inspection.trend(pick.snapshot, pick.standard, code)
    inspection.course(pick, trend, asked.history(here, pick.standard, pick.year, code))
inspection.concerned(pick, read_inspection.cases(pick.snapshot, pick.standard, pick.year, code))
inspection.duties(rows)
frame.source(pick, sources=read.sources(pick.snapshot))

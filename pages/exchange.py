"""Does the exchange of teachers meet its duty, whom does it reach, and who can go next year?"""

import polars as pl
import streamlit as st

from view import controls, exchange, frame
from view import sentences_exchange as say
from view.texts import _
from warehouse import exchanges, read

pick = controls.current()
top = st.container()
kind, code = exchange.scope(pick, exchanges.consortiums(pick.snapshot, pick.year))
consortium = code if kind == "consortium" else None
years = exchanges.rates(pick.snapshot, kind, code).filter(pl.col("school_year") <= pick.year)
now = years.filter(pl.col("school_year") == pick.year).to_dicts()
if not now or now[0]["exchanged"] is None:
    with top:
        exchange.empty(pick)
    st.stop()
flows = exchanges.flows(pick.snapshot, pick.year, kind, code)
with top:
    frame.header(pick, _("教师交流"), say.verdict(now[0]), [say.reach(pick, flows), say.unknown(now[0])])
exchange.flow(pick, flows)
left, right = st.columns([3, 2], gap="medium")
with left:
    exchange.trends(years)
with right:
    exchange.kinds(pick, exchanges.kinds(pick.snapshot, pick.year, kind, code))
schools = exchanges.schools(pick.snapshot, pick.year, consortium)
exchange.school_table(pick, schools)
exchange.moved(pick, exchanges.teachers(pick.snapshot, pick.year, consortium))
if school := exchange.school(schools):
    exchange.candidates(pick, exchanges.candidates(pick.snapshot, pick.year, school))
exchange.effect(pick, exchanges.effects(pick.snapshot, pick.standard, pick.year, pick.stage, consortium))
frame.source(pick, sources=read.sources(pick.snapshot))

"""Is the county balanced between schools, and which schools make the difference?"""

import polars as pl
import streamlit as st

from view import balance, controls, frame, sentences
from view import sentences_balance as say
from view.texts import _
from warehouse import read

pick = controls.current()
years = read.balance_years(pick.snapshot, pick.standard, pick.stage)
now = read.balance(pick.snapshot, pick.standard, pick.year).filter(pl.col("stage") == pick.stage)
if now.is_empty():
    frame.nothing(pick, _("校际均衡"))
    st.stop()
evidence = [sentences.widest_gap(pick, now), say.composite(now)]
frame.header(pick, _("校际均衡"), say.verdict(pick, now), evidence)
balance.years(pick, years, now)
balance.ways(pick, now)

frame.section(_("一项指标的差距从哪里来"))
pick = controls.indicator(pick)
item = pick.names.indicator(pick.standard, pick.stage, pick.indicator)
row = now.filter(pl.col("indicator_code") == pick.indicator).to_dicts()[0]
schools = read.schools(pick.snapshot, pick.standard, pick.year, pick.stage, pick.indicator)
left, right = st.columns([2, 3], gap="medium")
with left:
    balance.lorenz(pick, schools, item)
with right:
    balance.makers(pick, schools, item)
balance.school_table(pick, schools, row, item)
frame.source(
    pick,
    sources=read.sources(pick.snapshot),
    fixed=read.corrected(pick.snapshot, pick.standard, pick.year),
    schools=row["schools"],
    with_value=row["schools_with_value"],
)

"""Which schools meet one indicator, which do not, and where are they?"""

import polars as pl
import streamlit as st

from view import controls, frame, indicator
from view import sentences_indicator as say
from view.texts import _
from warehouse import read

pick = controls.current()
top = st.container()
with st.container(horizontal=True, vertical_alignment="bottom"):
    pick = controls.indicator(pick)
    kind = controls.group(pick)

found = read.balance_years(pick.snapshot, pick.standard, pick.stage).filter(
    pl.col("indicator_code") == pick.indicator
)
rows = found.filter(pl.col("school_year") == pick.year).to_dicts()
if not rows:
    frame.nothing(pick, _("资源配置"))
    st.stop()
item = pick.names.indicator(pick.standard, pick.stage, pick.indicator)
schools = read.schools(pick.snapshot, pick.standard, pick.year, pick.stage, pick.indicator)
by_group = read.groups(pick.snapshot, pick.standard, pick.stage, pick.indicator, kind)
groups = by_group.filter(pl.col("school_year") == pick.year)

with top:
    evidence = [say.contrast(pick, groups, item), *say.near_and_missing(rows[0])]
    frame.header(pick, _("资源配置"), say.indicator_verdict(pick, rows[0]), evidence)
indicator.strip(pick, schools, groups, item, kind)
left, right = st.columns([2, 3], gap="medium")
with left:
    indicator.coefficient_trend(pick, found)
    indicator.group_trend(pick, by_group)
with right:
    indicator.distribution(pick, schools, item, rows[0])
    indicator.group_table(pick, groups, item, kind)
indicator.school_table(pick, schools, rows[0], item)
frame.source(
    pick,
    sources=read.sources(pick.snapshot),
    fixed=read.corrected(pick.snapshot, pick.standard, pick.year),
    schools=rows[0]["schools"],
    with_value=rows[0]["schools_with_value"],
)

"""What is the least money that brings buildings and equipment to the line, and in which order is it spent?"""

import streamlit as st

from office import investment as office
from office import investment_told as told
from view import controls, frame
from view import investment as view
from warehouse import read

pick = controls.current()
if not pick.tests_schools:
    frame.no_plan(pick)
    st.stop()
top = st.container()
own = view.ask_prices(pick, office.price_list(pick.snapshot, pick.year))
found = office.plan(pick.snapshot, pick.standard, pick.year, own)
summary = told.summary(found)
with top:
    view.head(pick, summary)
if summary["yuan"]:
    view.by_measure(pick, told.by_measure(found))
    view.purchases(pick, told.purchases(found), office.units(pick.snapshot, controls.language()))
    budget, years = view.ask_budget(summary["yuan"])
    ordered = told.order(found, office.schedule(found, [budget] * years))
    view.order(pick, ordered, told.order_summary(ordered, budget, years))
    other = office.alternative(pick.snapshot, pick.standard, pick.year, found, own)
    km = office.neighbour_km(pick.snapshot, pick.year)
    view.instead(pick, told.instead(found, other, km), told.moves(found, other))
frame.source(pick, sources=read.sources(pick.snapshot))

"""What is the least money that brings buildings and equipment to the line, and in which order is it spent?"""

from functools import partial

import streamlit as st

from office import investment as office
from office import investment_told as told
from office import plan_files
from view import controls, frame, plan_sheets
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
    bought = told.purchases(found)
    units = office.units(pick.snapshot, controls.language())
    view.purchases(pick, bought, units)
    budget, years = view.ask_budget(summary["yuan"])
    ordered = told.order(found, office.schedule(found, budget, years))
    view.order(pick, ordered, told.order_summary(ordered, budget, years))
    sheets = partial(plan_sheets.investment_sheets, pick.names, summary, bought, ordered, units)
    view.export(lambda: plan_files.workbook(sheets()), pick)
    other = office.alternative(pick.snapshot, pick.standard, pick.year, found, own)
    km = office.neighbour_km(pick.snapshot, pick.year)
    view.instead(pick, told.instead(found, other, km), told.moves(found, other))
frame.source(pick, sources=read.sources(pick.snapshot))

"""What is the least money that brings buildings and equipment to the line, and in which order is it spent?"""

from functools import partial

import streamlit as st

from office import investment as office
from office import investment_told as told
from office import plan_files, plan_start, plans
from view import controls, frame, plan_kept, plan_sheets
from view import investment as view
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import open_home

pick = controls.current()
if not plan_start.is_ready(pick.snapshot):
    frame.too_old(pick)
    st.stop()
if not pick.tests_schools:
    frame.no_plan(pick)
    st.stop()
top = st.container()
listed = office.price_list(pick.snapshot, pick.year)
own = view.ask_prices(pick, listed)
home, units = open_home(), office.units(pick.snapshot, controls.language())
kept = plans.listed(home, plans.INVESTMENT)
doings = plan_kept.Doings(
    lambda name, by: plans.enter(home, pick.snapshot, plans.find(home, name), by),
    partial(plans.forget, home),
    JunhengError,
)
steps = {plan.name: plan.steps for plan in kept}
draw = partial(view.kept_purchases, pick, units)
plan_kept.shelf(pick, plans.table(kept, pick.snapshot_id), steps, doings, draw)
found = office.plan(pick.snapshot, pick.standard, pick.year, own)
summary = told.summary(found)
with top:
    view.head(pick, summary)
if summary["yuan"]:
    view.by_measure(pick, told.by_measure(found))
    bought = told.purchases(found)
    view.purchases(pick, bought, units)
    budget, years = view.ask_budget(summary["yuan"])
    ordered = told.order(found, office.schedule(found, budget, years))
    view.order(pick, ordered, told.order_summary(ordered, budget, years))
    sheets = partial(plan_sheets.investment_sheets, pick.names, summary, bought, ordered, units)
    view.export(lambda: plan_files.workbook(sheets()), pick)
    place = (pick.snapshot_id, pick.standard, pick.year)
    asked = {"prices": office.changed(own, listed), "budget": budget, "years": years}
    plan_kept.keep(
        lambda name, by: plans.save(home, plans.investment(name, place, asked, summary, bought), by),
        JunhengError,
    )
    other = office.alternative(pick.snapshot, pick.standard, pick.year, found, own)
    km = office.neighbour_km(pick.snapshot, pick.year)
    view.instead(pick, told.instead(found, other, km), told.moves(found, other))
frame.source(pick, sources=read.sources(pick.snapshot))

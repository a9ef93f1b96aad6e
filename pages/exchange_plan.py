"""What is the least exchange of teachers that reaches the line, and which moves would one defend first?"""

from functools import partial

import streamlit as st

from office import exchange_plan, exchange_run, exchange_wish, plan_start, plans
from view import controls, frame, plan_form, plan_kept, plan_page
from view.plan_tables import Answer
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import open_home

pick = controls.current()
if not plan_start.is_ready(pick.snapshot):
    frame.too_old(pick)
    st.stop()
top = st.container()
usual = exchange_plan.usual(pick.snapshot, pick.year)
wish = plan_form.draw(pick, exchange_plan.choices(pick.snapshot, pick.year))
home = open_home()
kept = plans.listed(home, plans.EXCHANGE)
steps = {plan.name: plan.steps for plan in kept}
doings = plan_kept.Doings(
    lambda name, by: plans.enter(home, pick.snapshot, plans.find(home, name), by),
    partial(plans.forget, home),
    JunhengError,
)
plan_kept.shelf(pick, plans.table(kept, pick.snapshot_id), steps, doings, partial(plan_page.kept_steps, pick))
if wish is None:
    with top:
        plan_page.opening(pick)
    st.stop()
try:
    ask = exchange_wish.wish(usual, wish.stages, wish.goals, wish.limits)
except JunhengError as refused:
    st.error(refused.message(controls.language()))
    st.stop()
where = (pick.snapshot, pick.standard, pick.year, ask)
found = exchange_run.known(*where, wish.seconds) or plan_page.solved(
    partial(exchange_run.run, *where, wish.seconds), JunhengError
)
if found is None:
    st.stop()
frames = exchange_plan.frames(found)
answer = Answer(**frames)
place, asked = (pick.snapshot_id, pick.standard, pick.year), wish.asked()
with top:
    plan_page.verdict(pick, answer, wish)
plan_page.pictures(pick, answer)
plan_page.moves(pick, answer, exchange_plan.workbook)
plan_kept.keep(
    lambda name, by: plans.save(home, plans.exchange(name, place, asked, frames), by), JunhengError
)
move = plan_page.asked_move(pick, answer)
if move is not None:
    plan_page.people(pick, exchange_plan.people(*where, move["school_code"], move["stage"], move["kind"]))
plan_page.schools(pick, answer)
frame.source(pick, sources=read.sources(pick.snapshot))

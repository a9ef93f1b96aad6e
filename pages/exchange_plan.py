"""What is the least exchange of teachers that reaches the line, and which moves would one defend first?"""

from functools import partial

import streamlit as st

from office import exchange_plan, exchange_run, exchange_wish
from view import controls, frame, plan_form, plan_page
from view.plan_tables import Answer
from warehouse import read
from warehouse.errors import JunhengError

pick = controls.current()
top = st.container()
usual = exchange_plan.usual(pick.snapshot, pick.year)
wish = plan_form.draw(pick, exchange_plan.choices(pick.snapshot, pick.year))
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
answer = Answer(**exchange_plan.frames(found))
with top:
    plan_page.verdict(pick, answer, wish)
plan_page.pictures(pick, answer)
plan_page.moves(pick, answer, exchange_plan.workbook)
move = plan_page.asked_move(pick, answer)
if move is not None:
    plan_page.people(pick, exchange_plan.people(*where, move["school_code"], move["stage"], move["kind"]))
plan_page.schools(pick, answer)
frame.source(pick, sources=read.sources(pick.snapshot))

"""What would change if teachers, buildings, pupils, schools or consortiums were other than they are?"""

from functools import partial

import streamlit as st

from office import files, plan_start
from office import scenarios as office
from view import controls, frame, scenario_form
from view import sentences_scenario as say
from view import what_if as view
from view.texts import _
from warehouse import read
from warehouse.errors import JunhengError
from warehouse.home import open_home

pick = controls.current()
if not plan_start.is_ready(pick.snapshot):
    frame.too_old(pick)
    st.stop()
home = open_home()
where = (pick.snapshot, pick.standard, pick.year)
known = office.choices(*where, controls.language())
words = say.Words(pick.names, known.schools, known.units, known.consortiums)
top = st.container()
kept = {saved.name: saved for saved in office.listed(home)}
if opened := view.ask_kept(list(kept)):
    view.load(kept[opened].changes, opened, kept[opened].snapshot_id)
    st.rerun()
choices = scenario_form.Choices(list(known.schools), known.measures, known.types, list(known.consortiums))
added = scenario_form.draw(choices, words)
try:
    if added is not None:
        office.outcome(*where, "", [office.change(row) for row in (*view.steps(), added)])
        view.steps().append(added)
except JunhengError as refused:
    st.error(refused.message(controls.language()))
view.listing(words)
try:
    found = office.outcome(*where, "", [office.change(row) for row in view.steps()])
except JunhengError as refused:
    with top:
        frame.header(pick, _("假设测算"), refused.message(controls.language()))
    st.stop()
shown = view.Shown(
    found.verdicts().to_dicts(),
    found.flips(),
    view.named(pick, found.balance().filter(office.is_single())),
    view.named(pick, found.indicators()),
    view.named(pick, office.consortiums(pick.snapshot, pick.year, found)),
)
with top:
    verdict = say.verdict(shown.verdicts, len(view.steps()), pick.names)
    turned = say.coefficients(shown.balance.to_dicts(), pick.names, pick.standard) if view.steps() else ""
    frame.header(pick, _("假设测算"), verdict, [turned])
    mark = view.banner(pick)
if view.steps():
    view.results(pick, shown, words)
    sheets = partial(view.sheets, pick, shown, words, mark)
    said = [say.step(row, words) for row in view.steps()]
    draft = partial(office.draft, pick.standard, pick.year, pick.snapshot_id, view.steps())
    doings = view.Doings(
        lambda name, by: office.save(home, draft(name), by),
        lambda name, by: office.enter(home, draft(name), said, by, known.schools),
        lambda: files.workbook(sheets()),
        lambda: files.document(_("假设测算"), mark, sheets()),
        JunhengError,
    )
    view.keep(doings)
if chosen := view.ask_compared(list(kept)):
    view.compared(pick, [office.beside(*where, kept[name]) for name in chosen])
frame.source(pick, sources=read.sources(pick.snapshot))

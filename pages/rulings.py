"""Which findings stand as they are, and which figures were corrected: by whom, and why?"""

from functools import partial

import streamlit as st

from view import controls, correction_panel, frame, rulings_page, waiver_panel
from view.texts import _
from warehouse import actions, read, records
from warehouse.errors import JunhengError
from warehouse.home import open_home

pick = controls.current()
home = open_home()
findings = records.issues(pick.snapshot)
waived = rulings_page.told(actions.waivers(home), actions.WAIVER_STATES)
corrected = rulings_page.told(actions.corrections(home), actions.CORRECTION_STATES)
frame.header(pick, _("豁免与更正"), rulings_page.verdict(waived, corrected))

waiver_panel.draw(
    waived,
    findings,
    pick,
    waiver_panel.Waiving(partial(actions.waive, home), partial(actions.withdraw_waiver, home), JunhengError),
    st.query_params.get("finding"),
)
correction_panel.draw(
    corrected,
    records.schools(pick.snapshot),
    pick,
    correction_panel.Correcting(
        partial(actions.cells, home),
        partial(actions.correct, home),
        partial(actions.withdraw_correction, home),
        JunhengError,
    ),
    st.query_params.get("site"),
    st.query_params.get("field"),
)
frame.source(pick, sources=read.sources(pick.snapshot))

"""If nothing is done, what will pupils, indicators and coefficients be, and which line is crossed first?"""

import polars as pl
import streamlit as st

from office import plan_start
from office import projection as office
from view import controls, frame
from view import projection as view
from view import sentences_projection as say
from warehouse import read

pick = controls.current()
if not plan_start.is_ready(pick.snapshot):
    frame.too_old(pick)
    st.stop()
if not pick.tests_schools:
    frame.no_plan(pick)
    st.stop()
where = (pick.snapshot, pick.standard, pick.year)
found = office.project(*where)
crossed = office.crossings(*where)
view.head(pick, crossed, office.verdicts(*where), office.limits(*where))
view.next_steps()
tested = found.back_test.filter(pl.col("stage") == pick.stage).tail(1).to_dicts()
basis = say.basis(found.years_at_hand, has_pupils=found.has_pupils)
view.pupils(pick, office.pupils(*where, pick.stage), [basis, say.accuracy(tested, pick.names)])
view.coefficients(pick, found.coefficients)
view.crossings(pick, crossed)
view.teachers(pick, office.needed(*where))
frame.source(pick, sources=read.sources(pick.snapshot))

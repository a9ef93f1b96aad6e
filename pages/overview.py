"""Where does the county stand, and which schools come first?"""

from functools import partial

import polars as pl
import streamlit as st

from office import ledger
from view import (
    consortium_overview,
    controls,
    drift,
    exchange_rollup,
    frame,
    ledger_line,
    overview,
    sentences,
)
from view.texts import _
from warehouse import actions, alliances, exchanges, read
from warehouse.errors import JunhengError
from warehouse.home import open_home

home = open_home()
pick = controls.current()

verdicts = read.verdicts(pick.snapshot, pick.standard, pick.year).filter(pl.col("stage").is_in(pick.stages))
balance = read.balance(pick.snapshot, pick.standard, pick.year).filter(pl.col("stage").is_in(pick.stages))
compliance = read.compliance(pick.snapshot, pick.standard, pick.year)
unmet = read.unmet(pick.snapshot, pick.standard, pick.year)

evidence = [sentences.widest_gap(pick, balance), sentences.most_unmet(pick, balance)]
frame.header(pick, _("总览"), sentences.county_verdict(pick, verdicts, balance), evidence)
drift.line(actions.last_sealed(home), pick, partial(actions.compare, home), JunhengError)
ledger_line.line(partial(ledger.standing, home), JunhengError)
overview.stages(pick, verdicts, balance)
overview.first_schools(pick, compliance, unmet)
places = read.group_compliance(pick.snapshot, pick.standard, pick.year, "area_type")
left, right = st.columns([3, 2], gap="medium")
with left:
    overview.place_map(pick, compliance, places)
with right:
    overview.changes(pick, compliance, balance)
    overview.places(pick, places)
exchange_rollup.draw(pick, exchanges.rates(pick.snapshot, "county", exchanges.COUNTY))
overview.targets(pick, read.targets(pick.snapshot, pick.standard, pick.year))
consortium_overview.block(pick, alliances.coverage(pick.snapshot, pick.year))
fixed = read.corrected(pick.snapshot, pick.standard, pick.year)
frame.source(pick, sources=read.sources(pick.snapshot), fixed=fixed)

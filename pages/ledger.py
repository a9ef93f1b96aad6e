"""Who must mend what by when, what is overdue, and which figures show that it is done?"""

from functools import partial

import polars as pl
import streamlit as st

from office import evidence, ledger, ledger_book, ledger_figures
from office.rights import OPEN_EVIDENCE, Reader, may
from view import (
    controls,
    evidence_panel,
    excel_panel,
    frame,
    ledger_entry,
    ledger_list,
    ledger_new,
    ledger_words,
)
from view.texts import _
from warehouse import read, records
from warehouse.errors import JunhengError
from warehouse.home import open_home

home = open_home()
pick = ledger_words.with_states(controls.current(), ledger.STATES)
names = pick.names
found = ledger.listed(home)
counted = ledger.counts(found)
opened = found.filter(pl.col("number").cast(pl.String) == st.query_params.get("entry", "")).to_dicts()
verdict = ledger_entry.verdict(opened[0], names) if opened else ledger_words.verdict(counted)
frame.header(pick, _("整改台账"), verdict, [] if opened else ledger_words.evidence(counted))

limits = evidence.limits(home)
doings = ledger_entry.Doings(
    partial(ledger.edit, home),
    partial(ledger.settle, home),
    partial(ledger.accept, home),
    partial(ledger.comment, home),
    partial(ledger.history, home),
    ledger.FIELDS,
    ledger.MOVES,
    JunhengError,
)
files = evidence_panel.Doings(
    partial(evidence.add, home),
    partial(evidence.opened, home),
    partial(evidence.remove, home),
    may(Reader(home), OPEN_EVIDENCE),
    limits.kinds,
    limits.max_bytes,
    JunhengError,
)
part = "list" if opened else ledger_list.part(is_empty=found.is_empty())
by = ledger_entry.name_asked() if opened or part != "list" else ""
if opened:
    ledger_entry.draw(opened[0], pick, names, doings, by)
    number = opened[0]["number"]
    frame.section(_("佐证材料"), level=3)
    evidence_panel.draw(evidence.of(home, number=number), names, files, by, key="entry", number=number)
elif part == "new":
    lacking = ledger_figures.shortfalls(pick.snapshot, pick.standard, pick.year)
    pending = found.filter(pl.col("state").is_in(ledger.PENDING))
    enter = partial(ledger.enter_shortfalls, home)
    ledger_new.draw(lacking, pending, pick, enter, JunhengError, by)
elif part == "excel":
    book = excel_panel.Doings(
        partial(ledger_book.workbook, home), partial(ledger_book.take, home), JunhengError
    )
    excel_panel.draw(found.height, ledger.FIELDS, book, by)
elif part == "evidence":
    about = evidence_panel.about_asked(evidence.items(), records.schools(pick.snapshot))
    evidence_panel.draw(
        evidence.of(home, about["item"], about["school"]), names, files, by, key="evidence", **about
    )
    evidence_panel.missing(evidence.missing(home), evidence.items().height, names)
else:
    ledger_list.draw(found, counted, pick, names)
frame.source(pick, sources=read.sources(pick.snapshot))

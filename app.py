"""The front door for the browser: language, the picks of the side bar, and the list of pages."""

from __future__ import annotations

import gc
import logging

import streamlit as st

from view import charts, controls, frame, links, menu, names, theme
from view.texts import _
from warehouse import home, read, snapshots


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Build every chart's specification once and keep what is loaded out of the garbage collector's way."""
    charts.build_all()
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner=False, max_entries=4)
def names_in(path: str) -> names.Names:
    """Return what things are called in a snapshot."""
    return names.names_of(read.labels(path), read.standards(path), read.indicators(path), read.years(path))


def start_on(snapshot: snapshots.Snapshot) -> controls.Pick:
    """Return the picks a reader starts from on a snapshot."""
    path = str(snapshot.path)
    seal = None if snapshot.seal is None else str(snapshot.seal.get("label", ""))
    return controls.start(path, snapshot.id, snapshot.published_at, names_in(path), read.county(path), seal)


controls.enter()
controls.restore()
controls.language()
st.set_page_config(page_title=_("均衡"), layout="wide", initial_sidebar_state=232)
warm_up()
published = snapshots.current(home.open_home())
page = st.navigation(menu.pages(is_published=published is not None), expanded=True)
if (wish := links.wish()) is not None:
    st.switch_page(f"pages/{wish[0]}.py", query_params=wish[1])
start = start_on(published) if published is not None else None
theme.apply(start.county["county_name"] if start else "")
with st.sidebar:
    if start is not None:
        controls.sidebar(start, whole_county=page.url_path in menu.WHOLE_COUNTY)
        frame.side_foot(start)
    controls.language_switch()
is_older = published is not None and read.is_older(str(published.path))
if is_older:
    frame.older()
try:
    page.run()
except Exception:  # whatever a page fails on, its reader gets words and a way on, the log the rest
    logging.getLogger("junheng").exception("page %s failed", page.url_path or "overview")
    frame.failed(is_older=is_older)

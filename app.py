"""The front door for the browser: language, the picks of the side bar, and the list of pages."""

from __future__ import annotations

import gc
from pathlib import Path

import streamlit as st

from view import charts, controls, frame, links, names, theme
from view.texts import _
from warehouse import home, read, snapshots


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Build every chart's specification once and keep what is loaded out of the garbage collector's way."""
    charts.build_all()
    gc.collect()
    gc.freeze()


def base_pick(snapshot: snapshots.Snapshot) -> controls.Pick:
    """Return the picks a reader starts from on a snapshot."""
    path = str(snapshot.path)
    known = names.names_of(read.labels(path), read.standards(path), read.indicators(path), read.years(path))
    return controls.Pick(
        path, snapshot.id, snapshot.published_at, known, read.county(path), 0, "", "", True, "", None
    )


def pages(*, is_published: bool) -> dict[str, list[st.Page]]:
    """Return the pages by group; before anything is published a welcome stands in for the figures."""
    look = {
        "overview": _("总览"),
        "indicators": _("资源配置"),
        "balance": _("校际均衡"),
        "school": _("学校画像"),
    }
    groups = {
        _("看"): look if is_published else {"welcome": _("开始")},
        _("管"): {"data": _("数据")},
        _("备"): {"glossary": _("指标说明"), "manual": _("使用手册")},
    }
    return {
        group: [
            st.Page(f"pages/{name}.py", title=title, default=name in {"overview", "welcome"})
            for name, title in members.items()
            if Path(f"pages/{name}.py").exists()
        ]
        for group, members in groups.items()
    }


controls.restore()
controls.language()
st.set_page_config(page_title=_("均衡"), layout="wide", initial_sidebar_state=232)
warm_up()
published = snapshots.current(home.open_home())
page = st.navigation(pages(is_published=published is not None))
if (wish := links.wish()) is not None:
    st.switch_page(f"pages/{wish[0]}.py", query_params=wish[1])
start = base_pick(published) if published is not None else None
theme.apply(start.county["county_name"] if start else "")
with st.sidebar:
    if start is not None:
        controls.sidebar(start, whole_county=page.url_path == "")
        frame.side_foot(start)
    controls.language_switch()
page.run()

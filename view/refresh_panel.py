"""Refreshing: what is being computed in plain words, what did not hold, and what the new snapshot changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import streamlit as st

from view import compared, frame, numbers
from view.names import Names
from view.texts import _, language, spoken


@dataclass(frozen=True)
class Refreshing:
    """The id of what is published, and what the page may ask for: a refresh, a comparison of two ids."""

    current: str | None
    refresh: Callable[..., Any]
    compare: Callable[[str, str, str], Any]
    refusal: type[Exception]


def draw(doings: Refreshing, names: Names | None) -> None:
    """Draw the button; afterwards what was published and what changed."""
    if st.button(_("刷新并发布"), type="primary", key="refresh"):
        st.session_state.pop("published_now", None)
        _refresh(doings)
    elif published := st.session_state.get("published_now"):
        _published(published, doings, names or Names())


def _refresh(doings: Refreshing) -> None:
    before, report = doings.current, None
    with st.status(_("正在刷新"), expanded=True) as status:

        def say(line: str) -> None:
            status.update(label=spoken(line))
            status.write(spoken(line))

        try:
            report = doings.refresh(progress=say)
        except doings.refusal as refusal:
            st.error(refusal.message(language()))  # type: ignore[attr-defined]
        failed = report is None or report.snapshot_id is None
        status.update(
            label=_("刷新没有发布") if failed else _("刷新完成"), state="error" if failed else "complete"
        )
    if report is not None and failed:
        said = _(
            "{n} 项检验没有通过，仍显示上一次发布的数据。请把下面的内容发给维护人员", n=len(report.failures)
        )
        failures(report.failures, said)
    elif report is not None:
        seconds = numbers.number(report.seconds)
        st.session_state["published_now"] = {"id": report.snapshot_id, "seconds": seconds, "before": before}
        st.session_state.pop("import_report", None)
        st.rerun()


def _published(published: dict[str, Any], doings: Refreshing, names: Names) -> None:
    st.success(_("已发布新快照 {id}，用时 {seconds} 秒", id=published["id"], seconds=published["seconds"]))
    if published["before"] is None:
        return
    try:
        found = doings.compare(published["before"], published["id"], language())
    except doings.refusal as refusal:
        st.error(refusal.message(language()))  # type: ignore[attr-defined]
        return
    compared.draw(found, names, key="refreshed", title=_("这次刷新改变了什么"))


def failures(found: Sequence[Any], said: str) -> None:
    """Say what did not hold: the sentence, then each with its words and first rows."""
    st.error(said)
    for failure in found:
        frame.html(f"<h3>{escape(failure.name)}</h3><p>{escape(failure.message)}</p>")
        if failure.rows:
            st.dataframe(failure.rows, width="stretch")

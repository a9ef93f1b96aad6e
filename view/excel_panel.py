"""The ledger out to Excel and back on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from view import file_picker, frame, links
from view.names import Row
from view.texts import _, language

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Doings:
    """What the page may ask for: the workbook in a language, and to take an edited one back."""

    workbook: Callable[[str], bytes]
    take: Callable[[str, bytes, str], Any]
    refusal: type[Exception]


def draw(entries: int, fields: Mapping[str, tuple[str, str]], doings: Doings, by: str) -> None:
    """Draw the download, the upload and what came of the last one."""
    left, right = st.columns(2, gap="medium")
    with left:
        frame.section(_("① 下载"), _("正式台账的各列；状态有下拉列表，蓝色表头的列可以改"))
        st.download_button(
            _("下载台账（{n} 条）", n=entries),
            data=partial(doings.workbook, language()),
            file_name=f"{_('整改台账')}.xlsx",
            mime=EXCEL,
            key="download_ledger",
            on_click="ignore",
        )
    with right:
        frame.section(
            _("② 改好后导入"), _("按编号和版本对应；期间别人改过的会合并，改了同一处的两种写法都保留")
        )
        _upload(doings, by)
    taken = st.session_state.get("ledger_taken")
    if taken is not None:
        _outcome(taken, fields)


def _upload(doings: Doings, by: str) -> None:
    file_picker.words()
    with st.form("ledger_excel", border=False, clear_on_submit=True):
        file = st.file_uploader(_("改好的台账（xlsx）"), type=["xlsx"], key="ledger_file")
        sent = st.form_submit_button(_("导入"), type="primary")
    if not sent:
        return
    if file is None:
        st.warning(_("请先选择文件"))
        return
    try:
        st.session_state["ledger_taken"] = doings.take(file.name, file.getvalue(), by)
    except doings.refusal as said:
        st.session_state.pop("ledger_taken", None)
        for line in said.message(language()).splitlines():  # type: ignore[attr-defined]
            st.error(line)


def _outcome(taken: Any, fields: Mapping[str, tuple[str, str]]) -> None:
    said = _(
        "改动 {n} 条，未变 {m} 条，冲突 {k} 处",
        n=len(taken.changed),
        m=taken.unchanged,
        k=len(taken.conflicts),
    )
    st.success(said)
    if taken.absent:
        st.info(_("另有 {n} 条不在这份文件中，没有改动。要撤销请改状态，删行不起作用。", n=taken.absent))
    if taken.conflicts:
        lines = "".join(f"<li>{_line(row, fields)}</li>" for row in taken.conflicts)
        head = escape(_("这些地方别人同时改过，两种写法都已保留，请打开选定："))
        links.block(f"<p>{head}</p><ul>{lines}</ul>", key="taken_conflicts")


def _line(row: Row, fields: Mapping[str, tuple[str, str]]) -> str:
    way = links.link(_("第 {n} 号", n=row["number"]), "ledger", part="list", entry=row["number"])
    field = fields[row["field"]][language() == "en"]
    return f"{way} {escape(field)}: {escape(row['theirs']) or '—'} ｜ {escape(row['mine']) or '—'}"

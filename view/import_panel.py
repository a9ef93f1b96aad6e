"""The three steps from a file to the pages: prepare, look at what would happen and import, refresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from view import file_picker, frame, import_outcome, mapping_panel, refresh_panel, trial_panel
from view.names import Names
from view.texts import _, language

TYPES = ["xlsx", "xls", "et", "csv", "zip", "xlsm", "xlsb", "tsv", "xml", "html", "htm", "mht"]
Uploads = Mapping[str, bytes]


@dataclass(frozen=True)
class Tray:
    """The files a reader has chosen, and how they are to be read."""

    uploads: Uploads
    year: int | None
    partial: bool


@dataclass(frozen=True)
class Doings:
    """What the page may ask for.

    `take` imports a tray, or when told so only checks it; `attempt` works out on a copy what that would
    change, `tell` puts the difference into words of a language, `count` says how many files there are.
    """

    take: Callable[[Tray, bool, Callable[[str], None]], Any]
    attempt: Callable[[Tray, Callable[[str], None]], Any]
    tell: Callable[[Any, str], Any]
    count: Callable[[Uploads], int]
    templates: Callable[[], bytes]
    matching: mapping_panel.Matching
    refreshing: refresh_panel.Refreshing
    refusal: type[Exception]


def draw(doings: Doings, names: Names | None) -> None:
    """Draw the three steps and, below each, what came of it."""
    frame.section(_("① 准备文件"), _("可以直接用年度教育事业统计的工作簿，也可以用模板填写"))
    st.download_button(
        _("下载全部模板"),
        doings.templates,
        file_name=_("均衡导入模板.zip"),
        mime="application/zip",
        on_click="ignore",
        key="templates",
    )
    frame.section(
        _("② 导入"), _("可以一次选多个文件；不合格的行退回，写明在哪里、为什么、怎么改，其余照常入库")
    )
    _choose(doings)
    _look(doings, names or Names())
    frame.section(_("③ 刷新"), _("重新计算全部指标并检验；检验不通过时，页面仍显示上一次发布的数据"))
    refresh_panel.draw(doings.refreshing, names)


def _choose(doings: Doings) -> None:
    """Draw the file picker; what was chosen is checked at once, and nothing is imported."""
    file_picker.words()
    with st.form("import", border=True):
        files = st.file_uploader(
            _("选择文件（xlsx、xls、et、csv、zip 等）"), type=TYPES, accept_multiple_files=True
        )
        left, right = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
        with left:
            year = st.text_input(_("文件里没有写学年时，按这一学年"), placeholder=_("例如 2024"), max_chars=4)
        with right:
            partial = st.checkbox(_("只补充或更正这些行，不取代该校该学年的其余数据"))
        sent = st.form_submit_button(_("检查文件"), type="primary")
    if sent and not files:
        st.warning(_("还没有选择文件"))
    elif sent and year and not year.isdecimal():
        st.warning(_("学年写四位数字，例如 2024 表示 2024—2025学年"))
    elif sent:
        uploads = {file.name: file.getvalue() for file in files}
        st.session_state["import_tray"] = Tray(uploads, int(year) if year else None, partial)
        _forget("import_report", "import_trial")
        check(doings)


def check(doings: Doings) -> None:
    """Read the chosen files without importing them and keep what was found for the preview."""
    tray = st.session_state["import_tray"]
    st.session_state["import_preview"] = found = _take(doings, tray, dry_run=True)
    unread = isinstance(found, doings.refusal) or any(not sheet.rows_landed for sheet in found.sources)
    st.session_state["import_unknown"] = doings.matching.suggest(tray.uploads) if unread else []


def _take(doings: Doings, tray: Tray, *, dry_run: bool) -> Any:
    """Read or import the files, naming each; a refusal comes back itself, to be shown until another try."""
    done: list[str] = []
    total = max(doings.count(tray.uploads), 1)
    with st.status(_("正在检查文件") if dry_run else _("正在导入"), expanded=True) as status:
        bar = st.progress(0.0)

        def say(name: str) -> None:
            done.append(name)
            words = _("第 {n} / {total} 个文件：{name}", n=len(done), total=total, name=name)
            status.update(label=words)
            bar.progress(min(len(done) / total, 1.0), text=words)

        try:
            report = doings.take(tray, dry_run, say)
        except doings.refusal as refusal:
            status.update(label=_("没有可以导入的内容"), state="error")
            return refusal
        status.update(label=_("{n} 个文件已读完", n=len(done)), state="complete", expanded=False)
    return report


def _decide(doings: Doings, names: Names) -> None:
    """Draw the two ways on from the preview: try out what would flip, or import."""
    tray = st.session_state["import_tray"]
    with st.container(horizontal=True):
        wanted = st.button(_("导入"), type="primary", key="import_now")
        tried = doings.refreshing.current is not None and st.button(_("试算：哪些判定会翻转"), key="try_now")
    if wanted:
        st.session_state["import_report"] = _take(doings, tray, dry_run=False)
        _forget("import_preview", "import_unknown", "import_trial", "published_now")
        st.rerun()
    if tried:
        st.session_state["import_trial"] = trial_panel.attempt(lambda say: doings.attempt(tray, say), doings)
    if (trial := st.session_state.get("import_trial")) is not None:
        trial_panel.draw(trial, doings, names)


def _forget(*kept: str) -> None:
    for key in kept:
        st.session_state.pop(key, None)


def _look(doings: Doings, names: Names) -> None:
    """Draw the preview with its button, then what the import did."""
    preview = st.session_state.get("import_preview")
    if preview is not None:
        if isinstance(preview, doings.refusal):
            st.error(preview.message(language()))  # type: ignore[attr-defined]
        else:
            import_outcome.preview(preview, names)
            if not preview.unchanged:
                _decide(doings, names)
    unknown = st.session_state.get("import_unknown")
    if unknown and mapping_panel.draw(doings.matching, unknown):
        check(doings)
        st.rerun()
    report = st.session_state.get("import_report")
    if isinstance(report, doings.refusal):
        st.error(report.message(language()))  # type: ignore[attr-defined]
    elif report is not None:
        import_outcome.outcome(report, names)

"""The three steps from a file to the pages: template, import, refresh; with what happened said in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from view import frame, numbers, tables
from view.controls import Pick
from view.names import Names
from view.texts import _, language

TYPES = ["xlsx", "xls", "csv", "zip"]
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Doings:
    """What the page may ask for: import uploaded files, refresh, templates; `refusal` is what they raise."""

    upload: Callable[[Mapping[str, bytes], int | None, bool], Any]
    refresh: Callable[[Callable[[str], None]], Any]
    templates: Callable[[], bytes]
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
    _upload(doings, names)
    frame.section(_("③ 刷新"), _("重新计算全部指标并检验；检验不通过时，页面仍显示上一次发布的数据"))
    _refresh(doings)


def _say(doings: Doings, work: Callable[[], Any]) -> Any:
    """Run `work`; a refusal is shown in the reader's words and gives None."""
    try:
        return work()
    except doings.refusal as refusal:
        st.error(refusal.message(language()))  # type: ignore[attr-defined]
        return None


def _upload(doings: Doings, names: Names | None) -> None:
    _uploader_words()
    with st.form("import", border=True):
        files = st.file_uploader(_("选择文件（xlsx、xls、csv、zip）"), type=TYPES, accept_multiple_files=True)
        left, right = st.columns([1, 2], gap="medium", vertical_alignment="bottom")
        with left:
            year = st.text_input(_("文件里没有写学年时，按这一学年"), placeholder=_("例如 2024"), max_chars=4)
        with right:
            partial = st.checkbox(_("只补充或更正这些行，不取代该校该学年的其余数据"))
        sent = st.form_submit_button(_("检查并导入"), type="primary")
    if sent and not files:
        st.warning(_("还没有选择文件"))
    elif sent and year and not year.isdecimal():
        st.warning(_("学年写四位数字，例如 2024 表示 2024—2025学年"))
    elif sent:
        with st.spinner(_("正在逐行检查并入库")):
            uploads = {file.name: file.getvalue() for file in files}
            report = _say(doings, lambda: doings.upload(uploads, int(year) if year else None, partial))
        st.session_state["import_report"] = report
    if (report := st.session_state.get("import_report")) is not None:
        outcome(report, names or Names())


def _uploader_words() -> None:
    """Put our words over the file picker's own, which are English only."""
    drop = _("把文件拖到这里，或点按钮选择")
    browse = _("选择文件")
    frame.html(
        "<style>[data-testid=stFileUploaderDropzoneInstructions]>*{display:none}"
        f"[data-testid=stFileUploaderDropzoneInstructions]::before{{content:'{drop}';color:var(--soft)}}"
        "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer] p{display:none}"
        "[data-testid=stFileUploaderDropzone] button [data-testid=stMarkdownContainer]::after"
        f"{{content:'{browse}'}}</style>"
    )


def outcome(report: Any, names: Names) -> None:
    """Say what an import did: rows by sheet, refused rows in words, the workbook to mend."""
    landed = sum(source.rows_landed for source in report.sources)
    words = {
        "sheets": len(report.sources),
        "landed": numbers.number(landed),
        "refused": numbers.number(report.refused_rows),
    }
    if report.unchanged:
        st.info(_("内容与已导入的完全相同，没有改变任何数据"))
    elif report.refused_rows:
        st.warning(_("{sheets} 张表入库 {landed} 行，退回 {refused} 行，请按下表改正后重新导入", **words))
    else:
        st.success(_("{sheets} 张表入库 {landed} 行，没有退回。下一步：刷新", **words))
    _sheets(report.sources, names)
    if report.issues:
        _faults(report.issues, names)
    if report.error_workbook is not None and Path(report.error_workbook).exists():
        path = Path(report.error_workbook)
        st.download_button(
            _("下载错误工作簿（原行并列出错误，改好可直接再导入）"),
            path.read_bytes,
            file_name=path.name,
            mime=EXCEL,
            on_click="ignore",
        )


def _sheets(sources: Sequence[Any], names: Names) -> None:
    counts: dict[str, Any] = {"rows_read": pl.Int64, "rows_landed": pl.Int64, "rows_refused": pl.Int64}
    rows = pl.DataFrame(
        [
            {
                "file_name": source.file_name,
                "sheet_name": source.sheet_name or None,
                "dataset": source.dataset,
                "rows_read": source.rows_read,
                "rows_landed": source.rows_landed,
                "rows_refused": source.rows_refused,
                "extra": "、".join(source.extra_columns) or None,
            }
            for source in sources
        ],
        schema={
            "file_name": pl.String,
            "sheet_name": pl.String,
            "dataset": pl.String,
            **counts,
            "extra": pl.String,
        },
    )
    columns = [
        tables.Column("file_name", _("文件")),
        tables.Column("sheet_name", _("工作表")),
        tables.Column(
            "dataset", _("数据"), words=lambda code: names.label("dataset", code), blank=_("没有认出")
        ),
        tables.Column("rows_read", _("读到行"), "number"),
        tables.Column("rows_landed", _("入库行"), "number"),
        tables.Column("rows_refused", _("退回行"), "number"),
        tables.Column("extra", _("没有用到的列"), wrap=True),
    ]
    tables.table(rows, columns, names, key="import_sheets", tall=True)


def _faults(issues: Sequence[Any], names: Names) -> None:
    words = f"message_{language()}"
    told_as = {words: "message"}
    names_of = (
        "severity",
        words,
        "file_name",
        "sheet_name",
        "row_number",
        "column_name",
        "raw_value",
        "rule_code",
    )
    fields: dict[str, Any] = {told_as.get(name, name): pl.String for name in names_of} | {
        "row_number": pl.Int64
    }
    told = [{told_as.get(name, name): getattr(issue, name) for name in names_of} for issue in issues]
    rows = pl.DataFrame(told, schema=fields).sort("severity", maintain_order=True)
    columns = [
        tables.Column("severity", _("程度"), words=_severity),
        tables.Column("message", _("问题和怎么办"), wrap=True),
        tables.Column("file_name", _("文件")),
        tables.Column("sheet_name", _("工作表")),
        tables.Column("row_number", _("行"), "number"),
        tables.Column("column_name", _("列")),
        tables.Column("raw_value", _("原始内容")),
        tables.Column("rule_code", _("规则"), words=str),
    ]
    frame.section(_("需要改正或核实的 {n} 处", n=rows.height), level=3)
    tables.table(rows.head(300), columns, names, key="import_faults", tall=True)
    tables.download(rows, columns, names, name=_("导入问题"), key="download_faults")


def _severity(code: str) -> str:
    return {"error": _("退回"), "warning": _("提示")}.get(code, code)


def _refresh(doings: Doings) -> None:
    if not st.button(_("刷新并发布"), type="primary", key="refresh"):
        published = st.session_state.pop("published_now", None)
        if published:
            st.success(_("已发布新快照 {id}，用时 {seconds} 秒", **published))
        return
    with st.status(_("正在刷新"), expanded=True) as status:
        report = _say(doings, lambda: doings.refresh(lambda line: status.update(label=_(line))))
        failed = report is None or report.snapshot_id is None
        status.update(
            label=_("刷新没有发布") if failed else _("刷新完成"), state="error" if failed else "complete"
        )
    if report is not None and failed:
        _failures(report.failures)
    elif report is not None:
        st.session_state["published_now"] = {
            "id": report.snapshot_id,
            "seconds": numbers.number(report.seconds),
        }
        st.rerun()


def _failures(failures: Sequence[Any]) -> None:
    st.error(_("{n} 项检验没有通过，仍显示上一次发布的数据。请把下面的内容发给维护人员", n=len(failures)))
    for failure in failures:
        frame.html(f"<h3>{escape(failure.name)}</h3><p>{escape(failure.message)}</p>")
        if failure.rows:
            st.dataframe(failure.rows, width="stretch")


def history(snapshots: Sequence[Any], pick: Pick, roll_back: Callable[[str], Any]) -> None:
    """List the kept snapshots and offer to go back to one."""
    frame.section(_("保留的快照"), _("回退只改变页面显示的快照，导入的数据不变；再刷新即恢复最新"))
    for snapshot in snapshots:
        left, right = st.columns([3, 1], vertical_alignment="center")
        here = snapshot.id == pick.snapshot_id
        with left:
            mark = f" · <b>{escape(_('现在显示'))}</b>" if here else ""
            frame.html(f"{escape(snapshot.id)} · {numbers.day(snapshot.published_at)}{mark}")
        if not here and right.button(_("回退到此"), key=f"rollback_{snapshot.id}"):
            roll_back(snapshot.id)
            st.rerun()

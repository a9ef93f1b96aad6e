"""What an import did, or would do: rows by sheet, refused rows in words, the workbook to mend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from view import frame, numbers, tables
from view.names import Names
from view.texts import _, language

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    _details(report, names, "import")


def preview(report: Any, names: Names) -> None:
    """Say what an import would do, before it does anything; the same tables as afterwards."""
    readable = [source for source in report.sources if source.dataset]
    words = {
        "sheets": len(readable),
        "landed": numbers.number(sum(source.rows_landed for source in readable)),
        "refused": numbers.number(report.refused_rows),
        "unknown": len(report.sources) - len(readable),
        "warnings": sum(issue.severity == "warning" for issue in report.issues),
    }
    said = _(
        "预览：认出 {sheets} 张表，可入库 {landed} 行，退回 {refused} 行；"
        "没有认出 {unknown} 张，提示 {warnings} 条。现在什么也没有改变",
        **words,
    )
    if report.unchanged:
        said = _("预览：内容与已导入的完全相同，不必再导入")
    st.info(said)
    _details(report, names, "preview")


def _details(report: Any, names: Names, key: str) -> None:
    _sheets(report.sources, names, key)
    if report.issues:
        _faults(report.issues, names, key)
    if report.error_workbook is not None and Path(report.error_workbook).exists():
        path = Path(report.error_workbook)
        st.download_button(
            _("下载错误工作簿（原行并列出错误，改好可直接再导入）"),
            path.read_bytes,
            file_name=path.name,
            mime=EXCEL,
            on_click="ignore",
            key=f"{key}_workbook",
        )


def _sheets(sources: Sequence[Any], names: Names, key: str) -> None:
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
    tables.table(rows, columns, names, key=f"{key}_sheets", tall=True)


def _faults(issues: Sequence[Any], names: Names, key: str) -> None:
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
    tables.table(rows.head(300), columns, names, key=f"{key}_faults", tall=True)
    tables.download(rows, columns, names, name=_("导入问题"), key=f"{key}_download_faults")


def _severity(code: str) -> str:
    return {"error": _("退回"), "warning": _("提示")}.get(code, code)

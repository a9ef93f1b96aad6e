"""What is in question: findings by rule, filtered in the address, each with what to do and who waived it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import polars as pl
import streamlit as st

from view import controls, frame, links, numbers, tables, waived
from view.controls import ALL, Pick
from view.glossary import without_blanks
from view.names import Names, Row
from view.texts import _, language

MOST_ROWS = 500
WORDS = 4
"""How many columns of the list stand before the way to a waiver: up to what is wrong and what to do."""
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class SentBack:
    """What gives findings as Excel, in a language: one workbook, or a zip with a file a school."""

    workbook: Callable[[pl.DataFrame, str], bytes]
    archive: Callable[[pl.DataFrame, str], bytes]


def draw(found: pl.DataFrame, pick: Pick, sent_back: SentBack) -> None:
    """Draw the findings by rule, the filters, the list with what to do, and the files for the schools."""
    if found.is_empty():
        frame.section(_("没有待核实的数据问题"))
        return
    names = pick.names
    opened, _explained = waived.apart(found)
    if not opened.is_empty():
        _by_rule(opened, names)
    head = st.container()
    shown = _filtered(found, names)
    with head:
        title = _("共 {n} 个问题", n=numbers.number(shown.height))
        frame.section(title, _("每个问题说明在哪里、怎么办；改好原始文件后重新导入，情况属实的可以豁免"))
    listed = shown.with_columns(ruling=pl.when(~waived.mark(shown)).then(pl.lit(_("豁免"))))
    columns = issue_columns()
    way = tables.Column("ruling", "", page="rulings", ids=(("finding", "issue_id"),), blank="")
    beside = [*columns[:WORDS], way, *columns[WORDS:]]
    tables.table(listed.head(MOST_ROWS), beside, names, key="issue_list", tall=True)
    if shown.height > MOST_ROWS:
        frame.html(f'<p class="note">{escape(_("只列出前 {n} 行，下载的是全部", n=MOST_ROWS))}</p>')
    with st.container(horizontal=True):
        tables.download(shown, columns, names, name=_("数据问题"), key="download_issues")
        _files(shown, sent_back)


def _files(shown: pl.DataFrame, sent_back: SentBack) -> None:
    schools = shown["school_code"].drop_nulls().n_unique()
    st.download_button(
        _("下载退回学校的 Excel（一校一张表，{n} 所）", n=schools),
        data=lambda: sent_back.workbook(shown, language()),
        file_name=f"{_('数据问题')}.xlsx",
        mime=EXCEL,
        key="download_findings",
        on_click="ignore",
    )
    st.download_button(
        _("下载压缩包（一校一个 Excel，{n} 所）", n=schools),
        data=lambda: sent_back.archive(shown, language()),
        file_name=f"{_('数据问题')}.zip",
        mime="application/zip",
        key="download_findings_zip",
        on_click="ignore",
    )


def _by_rule(found: pl.DataFrame, names: Names) -> None:
    tail = language()
    counted = found.group_by("rule_code", "severity", f"title_{tail}", f"remedy_{tail}").agg(
        n=pl.len(), schools=pl.col("school_code").n_unique()
    )
    frame.section(_("哪些规则查出的最多"), _("点编号只看这一类"))
    columns = [
        ("rule_code", _("编号")),
        (f"title_{tail}", _("问题")),
        ("n", _("个数")),
        ("schools", _("涉及学校")),
        (f"remedy_{tail}", _("怎么办")),
    ]
    head = "".join(
        f"<th{' class=n' if field in ('n', 'schools') else ''}>{escape(title)}</th>"
        for field, title in columns
    )
    lines = "".join(
        _rule_row(row, tail, names)
        for row in counted.sort("severity", "n", descending=[False, True]).to_dicts()
    )
    links.block(tables.shell(head, lines, "scroll tall short"), key="by_rule")


def _rule_row(row: Row, tail: str, names: Names) -> str:
    code = str(row["rule_code"])
    shape = tables.status(names, "severity", str(row["severity"]))
    link = links.link(code, "data", part="issues", rule=code)
    title = escape(str(row[f"title_{tail}"] or code))
    return (
        f'<tr><th scope="row">{link} {shape}</th><td class="wrap">{title}</td>'
        f'<td class="n">{numbers.number(row["n"])}</td><td class="n">{numbers.number(row["schools"])}</td>'
        f'<td class="wrap">{escape(without_blanks(str(row[f"remedy_{tail}"] or "")))}</td></tr>'
    )


def _filtered(found: pl.DataFrame, names: Names) -> pl.DataFrame:
    """Draw the filters, all of them in the address, and return what they leave."""
    fields: dict[str, tuple[str, Callable[[str], str]]] = {
        "severity": (_("程度"), lambda code: names.label("severity", code)),
        "dataset": (_("数据"), lambda code: names.label("dataset", code)),
        "rule": (_("规则"), str),
    }
    columns = st.columns(len(fields) + 2, gap="medium")
    with columns[0]:
        found = _in_state(found)
    for column, (key, (label, words)) in zip(columns[1:], fields.items(), strict=False):
        field = "rule_code" if key == "rule" else key
        with column:
            offered = [ALL, *found[field].drop_nulls().unique().sort()]
            wanted = controls.choose(label, key, offered, _all_or(words))
        found = found if wanted == ALL else found.filter(pl.col(field) == wanted)
    with columns[-1]:
        text = st.text_input(_("学校名称或标识码"), key="issue_school").strip()
    if not text:
        return found
    named = pl.concat_str("school_name", "school_code", separator=" ", ignore_nulls=True)
    return found.filter(named.str.contains(text, literal=True))


def _in_state(found: pl.DataFrame) -> pl.DataFrame:
    opened, explained = waived.apart(found)
    parts = {"open": opened, "waived": explained, ALL: found}
    words = {
        "open": _("待核实 {n}", n=numbers.number(opened.height)),
        "waived": _("已豁免 {n}", n=numbers.number(explained.height)),
        ALL: _("全部 {n}", n=numbers.number(found.height)),
    }
    return parts[controls.choose(_("状态"), "state", list(words), words.__getitem__)]


def _all_or(words: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: _("全部") if code == ALL else words(code)


def issue_columns() -> list[tables.Column]:
    """Return the columns of the list of findings; those that say nothing in every row are left out."""
    return [
        tables.Column("school_name", _("学校"), "school", blank=_("（不属于某一所学校）")),
        tables.Column("severity", _("程度"), "status", status_of="severity"),
        tables.Column("rule_code", _("规则"), words=str),
        tables.Column(f"message_{language()}", _("问题和怎么办"), wrap=True),
        tables.Column("waiver_reason", _("豁免理由"), wrap=True, blank=""),
        tables.Column("waived_by", _("豁免人"), blank=""),
        tables.Column("file_name", _("文件")),
        tables.Column("sheet_name", _("工作表")),
        tables.Column("row_number", _("行"), "number"),
        tables.Column("column_name", _("列")),
        tables.Column("raw_value", _("原始内容")),
        tables.Column("school_year", _("学年"), words=str),
    ]

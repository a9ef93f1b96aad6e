"""The data page's reading parts: what is owed, what is in question, what is published."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import polars as pl
import streamlit as st

from view import controls, frame, links, numbers, tables, waived
from view.controls import ALL, Pick
from view.glossary import without_blanks
from view.names import Names, Row
from view.texts import _, language

MOST_ROWS = 500
Workbook = Callable[[pl.DataFrame, str], bytes]
PARTS = ("import", "progress", "issues", "published")


def part(names: Names | None) -> str:
    """Draw the choice of what to look at and return it; before the first refresh there is only the import."""
    if names is None:
        return "import"
    words = {
        "progress": _("上报进度"),
        "issues": _("数据问题"),
        "published": _("已发布的数据"),
        "import": _("导入与刷新"),
    }
    return controls.choose(_("看什么"), "part", list(words), words.__getitem__, segments=True, hidden=True)


def verdict(pick: Pick, owed: pl.DataFrame, issues: pl.DataFrame) -> str:
    """Return the state of the data in a sentence; what is waived is no longer open."""
    issues, _explained = waived.apart(issues)
    missing = owed.filter(pl.col("status") == "missing")
    words = {
        "owed": numbers.number(owed.height),
        "missing": missing.height,
        "schools": missing["school_code"].n_unique(),
    }
    errors = issues.filter(pl.col("severity") == "error").height
    said = (
        _("应报 {owed} 份，{schools} 所学校还有 {missing} 份未报", **words)
        if missing.height
        else _("应报 {owed} 份，全部已报", **words)
    )
    if not issues.height:
        return said + _("；没有待核实的数据问题")
    return said + _(
        "；{n} 个数据问题待核实，其中错误 {errors} 个",
        n=numbers.number(issues.height),
        errors=numbers.number(errors),
    )


def progress(owed: pl.DataFrame, pick: Pick) -> None:
    """Draw what is owed by dataset and by township, and list what is missing."""
    if owed.is_empty():
        frame.section(_("本学年还没有应报的学校"), _("导入学校名册后，这里按学校列出应报和未报"))
        return
    names = pick.names
    frame.section(_("各类数据：应报、已报、未报"), _("应报 = 名册上应当报送该类数据的学校数"))
    columns = [
        tables.Column("dataset", _("数据"), words=lambda code: names.label("dataset", code)),
        tables.Column("owed", _("应报"), "number"),
        tables.Column("received", _("已报"), "number"),
        tables.Column("missing", _("未报"), "number"),
        tables.Column("share", _("已报"), "percent"),
    ]
    left, right = st.columns([2, 3], gap="medium")
    with left:
        tables.table(_counted(owed, "dataset"), columns, names, key="by_dataset")
    with right:
        links.block(_grid(owed, names), key="by_township")
    _missing_list(owed.filter(pl.col("status") == "missing"), pick)


def _counted(owed: pl.DataFrame, by: str) -> pl.DataFrame:
    received = (pl.col("status") == "received").sum()
    counted = owed.group_by(by, maintain_order=True).agg(
        owed=pl.len(), received=received, share=(pl.col("status") == "received").mean()
    )
    return counted.with_columns(missing=pl.col("owed") - pl.col("received")).sort("share")


def _grid(owed: pl.DataFrame, names: Names) -> str:
    """Return townships by datasets: a shape where all came, else how many are missing."""
    datasets = [code for code in names.codes("dataset") if code in owed["dataset"].unique()]
    counts = {
        (town, dataset): (len(statuses), statuses.count("missing"))
        for town, dataset, statuses in owed.group_by("township", "dataset").agg("status").iter_rows()
    }
    heads = "".join(f"<th>{escape(names.label('dataset', code))}</th>" for code in datasets)
    towns = sorted(
        {town for town, _dataset in counts},
        key=lambda town: (-sum(counts.get((town, code), (0, 0))[1] for code in datasets), town or ""),
    )
    lines = []
    for town in towns:
        cells = "".join(_grid_cell(counts.get((town, code))) for code in datasets)
        lines.append(f'<tr><th scope="row">{escape(town or _("未填乡镇"))}</th>{cells}</tr>')
    return tables.shell(f"<th>{escape(_('乡镇'))}</th>{heads}", "".join(lines), "scroll tall short grid")


def _grid_cell(count: tuple[int, int] | None) -> str:
    if count is None:
        return "<td></td>"
    owed, missing = count
    if not missing:
        return f'<td class="st-received" title="{escape(_("{n} 份已报齐", n=owed))}">●</td>'
    return f'<td class="st-below">○ {escape(_("缺 {missing} / {n}", missing=missing, n=owed))}</td>'


def _missing_list(missing: pl.DataFrame, pick: Pick) -> None:
    names = pick.names
    if missing.is_empty():
        return
    head = st.container()
    sent = [ALL, *missing["dataset"].unique().sort()]
    words = _all_or(lambda code: names.label("dataset", code))
    wanted = controls.choose(_("数据"), "dataset", sent, words, width=240)
    rows = missing if wanted == ALL else missing.filter(pl.col("dataset") == wanted)
    with head:
        year = names.year(pick.year)
        frame.section(_("还没有报的 {n} 份", n=rows.height), _("{year}，点学校名看它已有的数据", year=year))
    columns = [
        tables.Column("school_name", _("学校"), "school"),
        tables.Column("dataset", _("未报的数据"), words=lambda code: names.label("dataset", code)),
        tables.Column("township", _("乡镇")),
        tables.Column("school_type", _("办学类型"), words=lambda code: names.label("school_type", code)),
        tables.Column("school_code", _("标识码")),
    ]
    tables.table(rows.head(MOST_ROWS), columns, names, key="missing", tall=True)
    tables.download(rows, columns, names, name=_("未报清单"), key="download_missing")


def _all_or(words: Callable[[str], str]) -> Callable[[str], str]:
    return lambda code: _("全部") if code == ALL else words(code)


def issues(found: pl.DataFrame, pick: Pick, workbook: Workbook) -> None:
    """Draw the open questions by rule, filters, and the list with what to do; waived ones apart."""
    found, explained = waived.apart(found)
    _open_issues(found, pick, workbook)
    waived.draw(explained, issue_columns()[:3], pick.names)


def _open_issues(found: pl.DataFrame, pick: Pick, workbook: Workbook) -> None:
    if found.is_empty():
        frame.section(_("没有待核实的数据问题"))
        return
    names = pick.names
    _by_rule(found, names)
    head = st.container()
    shown = _filtered(found, names)
    with head:
        title = _("共 {n} 个问题", n=numbers.number(shown.height))
        frame.section(title, _("每个问题说明在哪里、怎么办；改好原始文件后重新导入"))
    tables.table(shown.head(MOST_ROWS), issue_columns(), names, key="issue_list", tall=True)
    if shown.height > MOST_ROWS:
        frame.html(f'<p class="note">{escape(_("只列出前 {n} 行，下载的是全部", n=MOST_ROWS))}</p>')
    tables.download(shown, issue_columns(), names, name=_("数据问题"), key="download_issues")
    st.download_button(
        _("下载退回学校的 Excel（一校一张表，{n} 所）", n=shown["school_code"].n_unique()),
        data=lambda: workbook(shown, language()),
        file_name=f"{_('数据问题')}.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        key="download_findings",
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
    links.block(
        tables.shell(head, lines, "scroll tall short"),
        key="by_rule",
    )


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
    columns = st.columns(len(fields) + 1, gap="medium")
    for column, (key, (label, words)) in zip(columns, fields.items(), strict=False):
        field = "rule_code" if key == "rule" else key
        with column:
            wanted = controls.choose(
                label, key, [ALL, *found[field].drop_nulls().unique().sort()], _all_or(words)
            )
        found = found if wanted == ALL else found.filter(pl.col(field) == wanted)
    with columns[-1]:
        text = st.text_input(_("学校名称或标识码"), key="issue_school").strip()
    if not text:
        return found
    named = pl.concat_str("school_name", "school_code", separator=" ", ignore_nulls=True)
    return found.filter(named.str.contains(text, literal=True))


def issue_columns() -> list[tables.Column]:
    """Return the columns of the list of questions."""
    return [
        tables.Column("school_name", _("学校"), "school", blank=_("（不属于某一所学校）")),
        tables.Column("severity", _("程度"), "status", status_of="severity"),
        tables.Column(f"message_{language()}", _("问题和怎么办"), wrap=True),
        tables.Column("file_name", _("文件")),
        tables.Column("sheet_name", _("工作表")),
        tables.Column("row_number", _("行"), "number"),
        tables.Column("column_name", _("列")),
        tables.Column("raw_value", _("原始内容")),
        tables.Column("school_year", _("学年"), words=str),
        tables.Column("rule_code", _("规则"), words=str),
    ]


def published(sheets: pl.DataFrame, pick: Pick) -> None:
    """Draw the snapshot and the sheets it was made from."""
    used = sheets.filter(pl.col("is_current")).height
    title = _(
        "快照 {id}，{day} 发布，用到 {n} 张表", id=pick.snapshot_id, day=numbers.day(pick.published), n=used
    )
    frame.section(title, _("后导入的同类数据取代先导入的；不再计入的表仍留在历史里"))
    names = pick.names
    yes = {True: _("计入"), False: _("不再计入")}
    columns = [
        tables.Column("file_name", _("文件")),
        tables.Column("sheet_name", _("工作表")),
        tables.Column("dataset", _("数据"), words=lambda code: names.label("dataset", code)),
        tables.Column("rows_read", _("读到行"), "number"),
        tables.Column("rows_landed", _("入库行"), "number"),
        tables.Column("rows_refused", _("退回行"), "number"),
        tables.Column("state", _("状态")),
        tables.Column("import_id", _("导入批次")),
        tables.Column("imported_at", _("导入时间"), words=lambda moment: f"{moment:%Y-%m-%d %H:%M}"),
    ]
    states = [
        _("已撤回") if row["is_retracted"] else yes[bool(row["is_current"])] for row in sheets.to_dicts()
    ]
    shown = sheets.with_columns(state=pl.Series(states, dtype=pl.String))
    tables.table(shown, columns, names, key="sources", tall=True)
    tables.download(shown, columns, names, name=_("已导入的表"), key="download_sources")

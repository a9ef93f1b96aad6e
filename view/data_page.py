"""The data page's reading parts: what is owed, what is in question, what is published."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import polars as pl
import streamlit as st

from view import controls, frame, links, numbers, tables, waived
from view.controls import ALL, Pick
from view.names import Names
from view.texts import _

MOST_ROWS = 500
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

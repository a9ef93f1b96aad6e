"""Evidence on a page: what there is with its number, a copy to look at, what is missing, and a way to add."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from view import file_picker, frame, numbers, tables
from view.names import Names, Row
from view.tables import Column
from view.texts import _, language


@dataclass(frozen=True)
class Doings:
    """What a page may ask for; `may_open` is whether this reader may have the files themselves."""

    add: Callable[..., int]
    opened: Callable[[int], tuple[str, bytes]]
    remove: Callable[[int, str], Any]
    may_open: bool
    kinds: tuple[str, ...]
    max_bytes: int
    refusal: type[Exception]


def draw(found: pl.DataFrame, names: Names, doings: Doings, by: str, *, key: str, **about: Any) -> None:
    """Draw the files `found` and the form that adds one about `about` (item, school or number)."""
    if not found.is_empty():
        told = found.with_columns(
            size_said=pl.col("size").map_elements(_size, return_dtype=pl.String),
            day=pl.col("added_at").str.slice(0, 10),
        )
        tables.table(told, _columns(), names, key=f"{key}_files")
        _take(found.to_dicts(), doings, by, key)
    _add(doings, by, key, about)


def _columns() -> list[Column]:
    return [
        Column("index_no", _("编号")),
        Column(f"title_{language()}", _("条目")),
        Column("name", _("文件"), wrap=True),
        Column("school_name", _("学校"), page="school", ids=(("school", "school_code"),), blank=""),
        Column("number", _("台账"), page="ledger", ids=(("entry", "number"),), blank=""),
        Column("note", _("说明"), wrap=True, blank=""),
        Column("size_said", _("大小")),
        Column("added_by", _("姓名（未核验）")),
        Column("day", _("日期")),
    ]


def _size(size: int) -> str:
    return (
        f"{numbers.number(size / 1e6, 1)} MB"
        if size >= 1e5
        else f"{numbers.number(max(size / 1e3, 0.1), 1)} KB"
    )


def _take(rows: list[Row], doings: Doings, by: str, key: str) -> None:
    """Offer a copy of one file, as a download only: nothing that somebody sent is shown as a page."""
    if not doings.may_open:
        frame.html(f'<p class="note">{_("没有打开佐证材料的权限，只列出目录")}</p>')
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        file = st.selectbox(
            _("打开哪一份"),
            rows,
            format_func=lambda row: f"{row['index_no']} {row['name']}",
            key=f"{key}_which",
        )
        st.download_button(
            _("下载查看"),
            data=lambda: doings.opened(file["id"])[1],
            file_name=file["name"],
            mime="application/octet-stream",
            key=f"{key}_open",
            on_click="ignore",
        )
        if st.button(_("撤下"), key=f"{key}_remove"):
            _try(lambda: doings.remove(file["id"], by), doings)


def _add(doings: Doings, by: str, key: str, about: dict[str, Any]) -> None:
    file_picker.words()
    limit = _(
        "{kinds}，每份不超过 {n} MB",
        kinds=_("、").join(doings.kinds),
        n=numbers.exact(doings.max_bytes / 1e6),
    )
    with st.form(f"{key}_add", border=False, clear_on_submit=True):
        files = st.file_uploader(
            _("添加佐证材料（{limit}）", limit=limit), type=list(doings.kinds), accept_multiple_files=True,
            key=f"{key}_upload",
        )  # fmt: skip
        note = st.text_input(_("说明"), key=f"{key}_note")
        sent = st.form_submit_button(_("保存佐证"))
    if sent and not files:
        st.warning(_("请先选择文件"))
    elif sent:
        _try(
            lambda: [doings.add(file.name, file.getvalue(), by, note=note, **about) for file in files], doings
        )


def _try(work: Callable[[], Any], doings: Doings) -> None:
    try:
        work()
    except doings.refusal as said:
        st.error(said.message(language()))  # type: ignore[attr-defined]
        return
    st.rerun()


def missing(lacking: pl.DataFrame, items: int, names: Names) -> None:
    """List the items without a file, with what inspectors ask for."""
    title = _("{n} 项中 {m} 项还没有佐证", n=items, m=lacking.height)
    frame.section(title, _("“应备材料”是检查时通常要看的"))
    tail = language()
    columns = [
        Column("index_code", _("编号")),
        Column("item_code", _("条目")),
        Column(f"title_{tail}", _("内容")),
        Column(f"wanted_{tail}", _("应备材料"), wrap=True),
    ]
    tables.table(lacking, columns, names, key="evidence_missing", tall=True)
    tables.download(lacking, columns, names, name=_("缺少的佐证材料"), key="download_missing")


def about_asked(items: pl.DataFrame, schools: pl.DataFrame) -> dict[str, str]:
    """Draw the choice of item and school a file is about, and return it."""
    tail = language()
    titles = {row["item_code"]: f"{row['item_code']} {row[f'title_{tail}']}" for row in items.to_dicts()}
    known = dict(schools.select("school_code", "school_name").iter_rows())
    left, right = st.columns(2, gap="medium")
    item = left.selectbox(
        _("条目"),
        titles,
        index=None,
        format_func=titles.__getitem__,
        key="evidence_item",
        placeholder=_("不限"),
    )
    school = right.selectbox(
        _("学校"),
        known,
        index=None,
        format_func=known.__getitem__,
        key="evidence_school",
        placeholder=_("全县"),
    )
    return {"item": item or "", "school": school or ""}

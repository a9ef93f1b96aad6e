"""Corrections: those there are with their state, and a form to correct a source cell or to take one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from view import frame, numbers, rulings_page, tables
from view.controls import Pick
from view.names import Names, Row
from view.texts import _, language


@dataclass(frozen=True)
class Correcting:
    """What the page may ask for: a school's source cells, to correct one, to take it back."""

    cells: Callable[[str, int], Sequence[Any]]
    correct: Callable[..., Any]
    withdraw: Callable[..., Any]
    refusal: type[Exception]


def draw(
    kept: Sequence[Row],
    schools: pl.DataFrame,
    pick: Pick,
    correcting: Correcting,
    site: str | None,
    field: str | None,
) -> None:
    """Draw the corrections and the two forms; `site` and `field` are the cell a link asked for."""
    frame.section(
        _("更正：不动原文件，改正一格数"),
        _("原值、新值、依据、姓名都记下来；来源不再是原值时，刷新会停下并说明"),
    )
    names = dict(schools.select("school_code", "school_name").iter_rows())
    if kept:
        _table(kept, names, pick.names)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _form(names, pick, correcting, site, field)
    with right:
        if kept:
            _withdraw(kept, names, pick.names, correcting)


def _table(kept: Sequence[Row], names: dict[str, str], words: Names) -> None:
    texts = (
        "school_code", "school_year", "stage", "field", "old_value", "new_value", "reason", "evidence",
        "corrected_by", "corrected_on", "state_said",
    )  # fmt: skip
    rows = pl.DataFrame(
        [{name: row[name] or None for name in texts} for row in kept], schema=dict.fromkeys(texts, pl.String)
    ).with_columns(pl.col("old_value", "new_value").cast(pl.Float64))
    columns = [
        tables.Column("school_code", _("学校"), words=lambda code: str(names.get(code, code))),
        tables.Column("school_year", _("学年")),
        tables.Column("stage", _("学段"), words=lambda code: words.label("stage", code)),
        tables.Column("field", _("数据"), words=lambda code: words.label("measure", code)),
        tables.Column("old_value", _("原值"), "exact", decimals=2),
        tables.Column("new_value", _("新值"), "exact", decimals=2),
        tables.Column("state_said", _("状态")),
        tables.Column("reason", _("理由"), wrap=True),
        tables.Column("evidence", _("依据"), wrap=True),
        tables.Column("corrected_by", _("姓名")),
        tables.Column("corrected_on", _("日期")),
    ]
    tables.table(rows, columns, words, key="corrections", tall=True)
    tables.download(rows, columns, words, name=_("更正"), key="download_corrections")


def _form(
    names: dict[str, str], pick: Pick, correcting: Correcting, site: str | None, field: str | None
) -> None:
    with st.container(border=True):
        codes = list(names)
        wanted = site or pick.school
        code = st.selectbox(
            _("更正哪所学校（{year}）", year=pick.names.year(pick.year)),
            codes,
            index=codes.index(wanted) if wanted in names else None,
            format_func=lambda code: f"{names[code]} · {code}",
            placeholder=_("输入学校名称或标识码查找"),
            key="correct_school",
        )
        if code is None:
            return
        cells = correcting.cells(code, pick.year)
        if not cells:
            st.info(_("这所学校这一学年没有可以更正的数"))
            return
        meant = [place for place, cell in enumerate(cells) if cell.field == field]
        first = min(meant, key=lambda place: cells[place].value is None, default=None)
        place = st.selectbox(
            _("更正哪一格"),
            range(len(cells)),
            index=first,
            format_func=lambda place: _said(cells[place], pick.names),
            placeholder=_("输入列名查找"),
            key=f"correct_cell_{code}",
        )
        new = st.text_input(_("新值（元、平方米、人、台等基本单位）"), key="correct_new")
        evidence = st.text_input(_("依据"), placeholder=_("例如 设备验收单"), key="correct_evidence")
        reason, name = rulings_page.signature("correct")
        if st.button(_("更正"), type="primary", key="correct_now"):
            cell = None if place is None else cells[place]
            _correct(cell, new, {"evidence": evidence, "reason": reason, "by": name}, code, pick, correcting)


def _correct(
    cell: Any, new: str, signed: dict[str, str], code: str, pick: Pick, correcting: Correcting
) -> None:
    """Correct the chosen cell; what was not chosen or is no number is said."""
    if cell is None:
        st.warning(_("请选择要更正的一格"))
        return
    try:
        value = float(new.replace(",", "").replace("，", ""))
    except ValueError:
        st.warning(_("新值只填数，例如 3900000"))
        return
    rulings_page.asked(
        lambda: correcting.correct(
            code,
            pick.year,
            f"{cell.dataset}.{cell.field}",
            stage=cell.stage,
            old=cell.value,
            new=value,
            **signed,
        ),
        correcting.refusal,
    )


def _said(cell: Any, words: Names) -> str:
    """Return a cell in a line: stage, column, value, and where it stands."""
    value = numbers.MISSING if cell.value is None else numbers.exact(cell.value, 2)
    place = " › ".join(filter(None, [cell.file_name, cell.sheet_name]))
    row = _("第 {n} 行", n=cell.row_number)
    header = cell.header if language() == "zh" else words.label("measure", cell.field)
    return f"{words.label('stage', cell.stage)} · {header} · {value} · {place} {row}"


def _withdraw(kept: Sequence[Row], names: dict[str, str], words: Names, correcting: Correcting) -> None:
    def said(place: int) -> str:
        row = kept[place]
        measure = words.label("measure", row["field"])
        school = str(names.get(row["school_code"], row["school_code"]))
        return " · ".join([school, row["school_year"], words.label("stage", row["stage"]), measure])

    with st.form("uncorrect", border=True):
        place = st.selectbox(_("撤销哪条更正"), range(len(kept)), format_func=said, key="uncorrect_which")
        sent = st.form_submit_button(_("撤销更正"))
    if sent:
        row = kept[place]
        field = f"{row['dataset']}.{row['field']}"
        rulings_page.asked(
            lambda: correcting.withdraw(
                row["school_code"], int(row["school_year"]), field, stage=row["stage"]
            ),
            correcting.refusal,
        )

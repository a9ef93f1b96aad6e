"""The list of the ledger: what to look at, filters in the address, the overdue first."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import streamlit as st

from view import controls, frame, ledger_words, tables
from view.controls import ALL, Pick
from view.names import Names
from view.tables import Column
from view.texts import _

PENDING = ("open", "working", "checking")
FLAGS = ("overdue", "offered", "contradicted", "conflicting")


def part(*, is_empty: bool) -> str:
    """Draw the choice of what to do and return it; an empty ledger opens where entries are made."""
    first = {"new": _("列入")} if is_empty else {}
    words = first | {
        "list": _("台账"),
        "new": _("列入"),
        "excel": _("Excel 导出导入"),
        "evidence": _("佐证材料"),
    }
    return controls.choose(_("做什么"), "part", list(words), words.__getitem__, segments=True, hidden=True)


def draw(found: pl.DataFrame, counted: Mapping[str, int], pick: Pick, names: Names) -> list[int]:
    """Draw filters and list; return the numbers of the entries shown."""
    shown = _filtered(found, counted, names)
    told = ledger_words.told(shown, pick)
    frame.section(_("{n} 条，逾期的在前", n=shown.height), _("点编号打开、修改、评论，查看历史"))
    tables.table(told, columns(), names, key="ledger_list", tall=True)
    tables.download(told, columns(), names, name=_("整改台账"), key="download_ledger_list")
    return shown["number"].to_list()


def columns() -> list[Column]:
    """Return the columns of the list."""
    return [
        Column("number_said", _("编号"), page="ledger", ids=(("entry", "number"),)),
        Column("school_name", _("学校"), page="school", ids=(("school", "school_code"),), blank=_("全县")),
        Column("about", _("指标或条目"), wrap=True),
        Column("state", _("状态"), "status", status_of=ledger_words.STATE),
        Column("attention", _("提示"), blank=""),
        Column("needed", _("需补")),
        Column("deadline", _("时限"), blank=""),
        Column("who", _("责任单位和责任人"), wrap=True, blank=""),
        Column("measure", _("整改措施"), wrap=True, blank=""),
        Column("progress", _("进展"), wrap=True, blank=""),
        Column("evidence_count", _("佐证"), "number", _("份")),
        Column("consortium_name", _("共同体"), blank=""),
    ]


def _filtered(found: pl.DataFrame, counted: Mapping[str, int], names: Names) -> pl.DataFrame:
    places = st.columns(5, gap="medium")
    with places[0]:
        found = _in_state(found, counted, names)
    fields = {
        "ledger_code": (_("指标或条目"), "code"),
        "ledger_group": (_("共同体"), "consortium_name"),
        "ledger_unit": (_("责任单位"), "responsible_unit"),
    }
    for place, (key, (label, field)) in zip(places[1:], fields.items(), strict=False):
        with place:
            offered = [value for value in found[field].drop_nulls().unique().sort() if value]
            wanted = controls.choose(label, key, [ALL, *offered], _all_or_itself)
        found = found if wanted == ALL else found.filter(pl.col(field) == wanted)
    with places[-1]:
        text = st.text_input(_("学校、责任人或问题"), key="ledger_text").strip()
    if not text:
        return found
    said = pl.concat_str("school_name", "school_code", "responsible_person", "problem", separator=" ")
    return found.filter(said.str.contains(text, literal=True))


def _all_or_itself(code: str) -> str:
    return _("全部") if code == ALL else code


def _in_state(found: pl.DataFrame, counted: Mapping[str, int], names: Names) -> pl.DataFrame:
    flags = {
        "overdue": (_("逾期"), pl.col("is_overdue")),
        "offered": (_("可销号"), pl.col("is_offered")),
        "contradicted": (_("销号后仍有缺口"), pl.col("is_contradicted")),
        "conflicting": (_("两种写法待选"), pl.col("conflicts") > 0),
    }
    states = [code for kind, code in names.labels if kind == ledger_words.STATE]
    ways = {
        "pending": (_("未销号"), sum(counted[state] for state in PENDING), pl.col("state").is_in(PENDING)),
        **{flag: (word, counted[flag], test) for flag, (word, test) in flags.items()},
        **{s: (names.label(ledger_words.STATE, s), counted[s], pl.col("state") == s) for s in states},
        ALL: (_("全部"), counted["entries"], pl.lit(True)),
    }
    offered = [way for way, (_word, count, _test) in ways.items() if count or way in ("pending", ALL)]
    chosen = controls.choose(_("状态"), "ledger_state", offered, lambda way: f"{ways[way][0]} {ways[way][1]}")
    return found.filter(ways[chosen][2])

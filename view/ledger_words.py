"""What the ledger says on pages: states with shape and colour, amounts in their units, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Names, Row, spoken
from view.texts import _, language

STATE = "ledger_state"


def with_states(pick: Pick, states: Mapping[str, tuple[str, str, str]]) -> Pick:
    """Return the picks with the ledger's states, and an unmet item's, among the words for any status."""
    labels = pick.names.labels
    own = {
        (STATE, code): {"label_zh": zh, "label_en": en, "symbol": shape}
        for code, (zh, en, shape) in states.items()
    }
    unmet = {("status", "not_met"): labels.get(("item_status", "not_met"), {})}
    return replace(pick, names=replace(pick.names, labels={**labels, **own, **unmet}))


def verdict(counted: Mapping[str, int]) -> str:
    """Say how the ledger stands in one sentence."""
    if not counted["entries"]:
        return _("台账还没有条目：从未达标的学校和指标列入")
    pending = sum(counted[state] for state in ("open", "working", "checking"))
    said = _(
        "台账共 {n} 条，已销号 {m} 条，还有 {k} 条", n=counted["entries"], m=counted["closed"], k=pending
    )
    return said + (_("，其中 **{n} 条逾期**", n=counted["overdue"]) if counted["overdue"] else "")


def evidence(counted: Mapping[str, int]) -> list[str]:
    """Say what else asks for attention; nothing where nothing does."""
    return [
        _("{n} 条按新数据可以销号。", n=counted["offered"]) if counted["offered"] else "",
        _("{n} 条已销号，但最新数据仍有缺口。", n=counted["contradicted"]) if counted["contradicted"] else "",
        _("{n} 条有两个人的不同写法待选定。", n=counted["conflicting"]) if counted["conflicting"] else "",
    ]


def told(found: pl.DataFrame, pick: Pick) -> pl.DataFrame:
    """Add what the list shows in words: what it is about, what is needed, what asks for attention."""
    rows = [
        {
            **row,
            "number_said": str(row["number"]),
            "about": about(row, pick.names),
            "needed": needed(row, pick.names),
            "attention": "、".join(attention(row)),
            "who": " ".join(filter(None, (row["responsible_unit"], row["responsible_person"]))),
        }
        for row in found.to_dicts()
    ]
    extra = dict.fromkeys(("number_said", "about", "needed", "attention", "who"), pl.String)
    return pl.DataFrame(rows, schema={**found.schema, **extra})


def about(row: Row, names: Names) -> str:
    """Name an entry's indicator or item with its code and stage; its problem where it has neither."""
    item = names.indicators.get((row["standard_code"], row["stage"], row["code"]))
    own = row["title_en"] if language() == "en" and row["title_en"] else row["title"]
    title = spoken(item, "short") if item else own
    stage = names.label("stage", row["stage"]) if row["stage"] else ""
    return " ".join(filter(None, (stage, row["code"], title))) or row["problem"]


def needed(row: Row, names: Names) -> str:
    """Write the amount needed in its unit; empty where nothing is counted."""
    if row["amount_needed"] is None:
        return ""
    return numbers.need(row["amount_needed"], unit(row, names))


def unit(row: Row, names: Names) -> str:
    """Return the unit of an entry's amounts in the reader's language."""
    item = names.indicators.get((row["standard_code"], row["stage"], row["code"]))
    return spoken(item, "numerator_unit") if item and language() == "en" else row["amount_unit"]


def attention(row: Row) -> list[str]:
    """Return the words for what asks for attention."""
    words = {
        "is_overdue": _("▲ 逾期"),
        "conflicts": _("两种写法待选"),
        "is_contradicted": _("数据仍有缺口"),
        "is_offered": _("可销号"),
    }
    return [word for flag, word in words.items() if row[flag]]

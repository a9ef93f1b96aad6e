"""The ledger where the county's and the schools' standing is shown: one calm line, and the ways to enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import polars as pl

from view import links
from view.names import Row
from view.tables import Column
from view.texts import _, language

FAILING = ("near", "below", "missing")
BEFORE = 2
"""After how many columns of a list of schools the way into the ledger stands: school and status."""


def line(count: Callable[[], Mapping[str, int]], refusal: type[Exception]) -> None:
    """Draw how many entries are overdue and what can be closed, with the way there; else nothing."""
    try:
        counted = count()
    except refusal as said:
        _draw(said.message(language()), "list")  # type: ignore[attr-defined]
        return
    said_of = {
        "overdue": _("{n} 条逾期", n=counted["overdue"]),
        "offered": _("{n} 条按新数据可以销号", n=counted["offered"]),
    }
    parts = {flag: text for flag, text in said_of.items() if counted[flag]}
    if parts:
        _draw(_("、").join(parts.values()), next(iter(parts)))


def _draw(text: str, state: str) -> None:
    way = links.link(_("打开台账"), "ledger", part="list", ledger_state=state)
    title = escape(_("整改台账") + _("："))
    links.block(f'<div class="note"><b>{title}</b>{escape(text)} {way}</div>', key="ledger_line")


def way(row: Row) -> str:
    """Return the link that enters what one school lacks of one indicator; empty where it lacks nothing."""
    if row["status"] not in FAILING:
        return ""
    ids = {"ledger_school": row["school_code"], "ledger_code": row["indicator_code"]}
    return links.link(_("列入台账"), "ledger", part="new", **ids)


def beside(schools: pl.DataFrame, columns: list[Column]) -> tuple[pl.DataFrame, list[Column]]:
    """Put the way into the ledger beside every school of a list that falls short."""
    said = pl.when(pl.col("status").is_in(FAILING)).then(pl.lit(_("列入台账")))
    ids = (("part", "new"), ("ledger_school", "school_code"), ("ledger_code", "indicator_code"))
    way_there = Column("enter", "", page="ledger", ids=ids, blank="")
    return schools.with_columns(enter=said), [*columns[:BEFORE], way_there, *columns[BEFORE:]]

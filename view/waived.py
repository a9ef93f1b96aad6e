"""Findings that somebody explained and waived: listed apart, with the reason and the name."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import frame, numbers, tables
from view.names import Names
from view.texts import _

MOST_ROWS = 500


def apart(found: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what is open and what is waived; snapshots of an earlier version know no waivers."""
    if "is_waived" not in found.columns:
        return found, found.clear()
    return found.filter(~pl.col("is_waived")), found.filter(pl.col("is_waived"))


def draw(explained: pl.DataFrame, first: Sequence[tables.Column], names: Names) -> None:
    """List the waived findings after their `first` columns with who waived them and why."""
    if explained.is_empty():
        return
    title = _("已说明、不再追问的 {n} 个", n=numbers.number(explained.height))
    frame.section(title, _("由谁、为什么，逐条列出"))
    columns = [
        *first,
        tables.Column("waiver_reason", _("说明"), wrap=True),
        tables.Column("waived_by", _("说明人")),
        tables.Column("rule_code", _("规则"), words=str),
    ]
    tables.table(explained.head(MOST_ROWS), columns, names, key="waived", tall=True)
    tables.download(explained, columns, names, name=_("已说明的问题"), key="download_waived")

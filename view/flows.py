"""Who goes where, as a matrix a person reads at a glance: rows send, columns receive, shade by amount."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import numbers, tables
from view.controls import Pick
from view.names import Row
from view.texts import _

TOTAL = "all"
WORDS = {"area_type": "flow_place", "role": "flow_role"}
DARK = 0.55


def _order(pick: Pick, kind: str, groups: Sequence[str]) -> list[str]:
    return [code for code in pick.names.codes(WORDS[kind]) if code in groups]


def _cell(row: Row | None, most: int, *, is_total: bool) -> str:
    if row is None:
        return '<td class="n cell"><span class="none">·</span></td>'
    depth = 0.0 if is_total else 0.08 + 0.84 * row["teachers"] / most
    look = f' style="background:rgba(31,78,140,{depth:.2f})"' if depth else ""
    dark = " dark" if depth > DARK else ""
    small = escape(_("骨干 {n}", n=row["backbone_teachers"]))
    return (
        f'<td class="n cell{dark}"{look}><b>{numbers.number(row["teachers"])}</b><small>{small}</small></td>'
    )


def matrix(pick: Pick, flows: pl.DataFrame, kind: str) -> str:
    """Return the matrix of one grouping, sums at the ends; nothing where nobody moved."""
    cells = {
        (row["from_group"], row["to_group"]): row
        for row in flows.filter(pl.col("group_kind") == kind).to_dicts()
    }
    if not cells:
        return ""
    words = WORDS[kind]
    senders = _order(pick, kind, [start for start, _to in cells])
    hosts = _order(pick, kind, [to for _start, to in cells])
    most = max((row["teachers"] for key, row in cells.items() if TOTAL not in key), default=1)
    corner = f'<th scope="col">{escape(_("派出 ↓　派入 →"))}</th>'
    head = corner + "".join(
        f'<th scope="col" class="n">{escape(pick.names.label(words, code))}</th>' for code in hosts
    )
    lines = [
        _line(pick.names.label(words, start), {to: cells.get((start, to)) for to in hosts}, start, most)
        for start in senders
    ]
    return tables.shell(head, "".join(lines), "scroll flow")


def _line(name: str, row: dict[str, Row | None], start: str, most: int) -> str:
    look = ' class="sum"' if start == TOTAL else ""
    cells = "".join(_cell(cell, most, is_total=TOTAL in (start, to)) for to, cell in row.items())
    return f'<tr{look}><th scope="row">{escape(name)}</th>{cells}</tr>'

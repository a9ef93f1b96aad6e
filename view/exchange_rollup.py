"""The county's exchange in two lines, for the overview."""

from __future__ import annotations

import polars as pl

from view import bullets, frame, links, numbers, tables
from view import sentences_exchange as say
from view.controls import Pick
from view.names import Row
from view.texts import _

Line = tuple[str, float | None, float, str]


def draw(pick: Pick, found: pl.DataFrame) -> None:
    """Draw both rates against their lines; nothing where no exchange of the year is known."""
    rows = [row for row in found.to_dicts() if row["school_year"] == pick.year]
    if not rows or rows[0]["exchanged"] is None:
        return
    row = rows[0]
    frame.section(say.verdict(row), _("教师交流 · 竖线为要求 · {year}", year=pick.names.year(pick.year)))
    lines = _lines(row)
    known = [value for _name, share, least, _status in lines for value in (share, least) if value]
    end = max(known, default=1.0) * bullets.SPARE
    body = "".join(_line(pick, line, end) for line in lines)
    links.block(f'<div class="bullets">{body}</div>', key="exchange_rollup")


def _lines(row: Row) -> list[Line]:
    return [
        (_("交流教师占符合条件教师"), row["exchange_rate"], row["exchange_target"], row["exchange_status"]),
        (_("骨干教师占交流教师"), row["backbone_share"], row["backbone_target"], row["backbone_status"]),
    ]


def _line(pick: Pick, line: Line, end: float) -> str:
    name, share, least, status = line
    word = tables.status(pick.names, "exchange_status", status)
    return (
        f'<div class="bullet aim"><span class="name">{links.link(name, "exchange")}</span>'
        f'<span class="track"><i class="{status}" style="width:{bullets.place(share, end)}"></i>'
        f'<b style="left:{bullets.place(least, end)}"></b></span>'
        f'<span class="val">{numbers.percent(share)}</span>{word}</div>'
    )

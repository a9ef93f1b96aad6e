"""What changed between two snapshots: the grade in words, the flips first, every line to download."""

from __future__ import annotations

from typing import Any

import polars as pl

from view import frame, tables
from view.names import Names
from view.texts import _

SHOWN = 40
SHAPES = {"major": "▲", "minor": "◆", "patch": "·", "none": "＝"}


def draw(comparison: Any, names: Names, *, key: str, title: str = "") -> None:
    """Draw a comparison (`grade`, `words`, `sections` of lines) under `title`."""
    counts = " · ".join(_("{title} {n}", title=part.title, n=len(part.lines)) for part in comparison.sections)
    shape = SHAPES.get(comparison.grade, "")
    frame.section(
        title or _("从 {before} 到 {after}", before=comparison.before, after=comparison.after), level=3
    )
    frame.section(f"{shape} {comparison.words}", counts, level=3)
    if not comparison.sections:
        return
    for part in comparison.sections:
        rows = pl.DataFrame({"line": part.lines[:SHOWN]})
        heading = _("{title}（{n}）", title=part.title, n=len(part.lines))
        tables.table(
            rows, [tables.Column("line", heading, wrap=True)], names, key=f"{key}_{part.name}", tall=True
        )
        if len(part.lines) > SHOWN:
            frame.section(_("只列出前 {n} 行，下载的是全部", n=SHOWN), level=3)
    every = [(part.title, line) for part in comparison.sections for line in part.lines]
    columns = [tables.Column("part", _("变化")), tables.Column("line", _("内容"))]
    tables.download(
        pl.DataFrame(every, schema=["part", "line"], orient="row"),
        columns,
        names,
        name=f"{_('快照比较')}-{comparison.before}-{comparison.after}",
        key=f"{key}_download",
    )

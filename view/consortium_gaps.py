"""The gap between lead and members as dumbbells, one panel a measure, and the spread among schools."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl

from view import consortium_words as say
from view import frame, links, numbers, tables, theme
from view.controls import Pick
from view.names import Row
from view.school_words import unit
from view.tables import Column
from view.texts import _

TELLING = 10
"""A gap that was next to nothing grows by no share worth printing."""
WIDTH, LEFT, RIGHT, STEP, TOP = 330, 44, 96, 24, 26
LARGE = 100


def dumbbells(pick: Pick, gaps: pl.DataFrame) -> None:
    """Draw one panel a measure and stage: widening first."""
    parts = gaps.drop_nulls("gap").partition_by("stage", "measure", maintain_order=True)
    histories = [part.to_dicts() for part in parts]
    if not histories:
        return
    order = ["widening", "steady", "closing", "unknown"]
    histories.sort(key=lambda rows: order.index(rows[-1]["trend"]))
    frame.section(
        _title(histories),
        _("● 牵头校　○ 成员校合计（合计数相除）；右为差距；竖虚线为共同体外的学校。合计只作比较，不判定学校"),
    )
    panels = "".join(_panel(pick, rows) for rows in histories)
    links.block(f'<div class="dumbbells">{panels}</div>', key="dumbbells")


def _title(histories: Sequence[Sequence[Row]]) -> str:
    found = [rows[-1]["trend"] for rows in histories]
    if set(found) == {"unknown"}:
        return _("牵头校与成员校的差距：只有一年数据，还看不出变化")
    return _(
        "牵头校与成员校的差距：{closing} 项缩小，{steady} 项持平，{widening} 项扩大",
        closing=found.count("closing"),
        steady=found.count("steady"),
        widening=found.count("widening"),
    )


def _panel(pick: Pick, rows: Sequence[Row]) -> str:
    last = rows[-1]
    standard = pick.names.years[pick.year]["default_standard_code"]
    indicator = pick.names.indicator(standard, last["stage"], last["measure"])
    trend = tables.status(pick.names, "gap_trend", last["trend"])
    change = say.share_closed(last)
    told = change and abs(change) < TELLING and last["trend"] in {"closing", "widening"}
    moved = f" {numbers.percent(abs(change), 0)}" if change and told else ""
    changed = "" if last["has_same_schools"] else f" · {_('学校有变动')}"
    changed += f" · {_('成员校较高')}" if last["gap"] < 0 else ""
    under = f"<small>{last['measure']} · {escape(unit(indicator) + changed)}</small>"
    title = f"<span>{escape(say.called(pick, last))}{under}</span><span>{trend}{moved}</span>"
    return f"<figure><figcaption>{title}</figcaption>{_drawing(rows)}</figure>"


def _drawing(rows: Sequence[Row]) -> str:
    values = [row[name] for row in rows for name in ("lead_value", "member_value", "outside_value")]
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    room = (high - low) or 1.0

    def x(value: float) -> float:
        return LEFT + 40 + (WIDTH - LEFT - RIGHT - 40) * (value - low) / room

    height = TOP + STEP * len(rows)
    outside = rows[-1]["outside_value"]
    line = "" if outside is None else f'<path class="out" d="M{x(outside):.1f} {TOP - 12}V{height - 6}"/>'
    body = "".join(
        _row(row, x(row["lead_value"]), x(row["member_value"]), place) for place, row in enumerate(rows)
    )
    head = f'<text class="s" x="{WIDTH}" y="11" text-anchor="end">{_("差距")}</text>'
    return f'<svg viewBox="0 0 {WIDTH} {height}" role="img">{head}{line}{body}</svg>'


def _figure(value: float) -> str:
    return numbers.number(value, 0 if abs(value) >= LARGE else 2)


def _row(row: Row, lead: float, member: float, place: int) -> str:
    y = TOP + STEP * place + 4
    left, right = (member, lead) if member <= lead else (lead, member)
    small, large = sorted((row["lead_value"], row["member_value"]))
    colour = theme.STATUS["below"] if row["trend"] == "widening" else theme.ACCENT
    return (
        f'<text class="s" x="0" y="{y + 4}">{escape(row["period"])}</text>'
        f'<path d="M{left:.1f} {y}H{right:.1f}" stroke="{colour}" stroke-opacity="0.35" stroke-width="3"/>'
        f'<circle cx="{member:.1f}" cy="{y}" r="4" fill="#fff" stroke="{theme.ACCENT}" stroke-width="2"/>'
        f'<circle cx="{lead:.1f}" cy="{y}" r="4.6" fill="{theme.ACCENT}"/>'
        f'<text x="{left - 8:.1f}" y="{y + 4}" text-anchor="end">{_figure(small)}</text>'
        f'<text x="{right + 8:.1f}" y="{y + 4}">{_figure(large)}</text>'
        f'<text class="b" x="{WIDTH}" y="{y + 4}" text-anchor="end">{_figure(row["gap"])}</text>'
    )


def spread(pick: Pick, gaps: pl.DataFrame) -> None:
    """Draw how far the schools of the consortium differ, beside county and schools outside."""
    rows = gaps.group_by("stage", "measure", maintain_order=True).last()
    if rows.is_empty():
        return
    named = pl.Series("name", [say.short(pick, row) for row in rows.to_dicts()], dtype=pl.String)
    columns = [
        Column("name", _("指标")),
        Column("lead_value", _("牵头校"), "number", decimals=2),
        Column("member_value", _("成员校合计"), "number", decimals=2),
        Column("outside_value", _("共同体外"), "number", decimals=2),
        Column("county_value", _("全县"), "number", decimals=2),
        Column("gap", _("差距"), "number", decimals=2),
        Column("previous_gap", _("上年差距"), "number", decimals=2),
        Column("first_gap", _("成立时差距"), "number", decimals=2),
        Column("within_cv", _("内部差异系数"), "coefficient"),
        Column("member_cv", _("成员校间差异系数"), "coefficient"),
        Column("trend", _("成立以来"), "status", status_of="gap_trend"),
    ]
    frame.section(_("各项数值与内部差异"), _("按学生数加权；合计为各校合计数相除"))
    tables.table(rows.with_columns(named), columns, pick.names, key="spread")
    tables.download(
        rows.with_columns(named),
        columns,
        pick.names,
        name=f"{_('共同体差距')}_{pick.year}",
        key="download_gaps",
    )

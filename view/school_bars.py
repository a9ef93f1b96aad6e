"""One scale for all indicators of a school: value ÷ threshold, with what is wanted or to spare."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from view import links, numbers
from view.corrected import sign
from view.names import Names, Row, spoken
from view.school_words import bare_name, unit
from view.texts import _

WIDEST = 1.6
"""Values above 160 % of the threshold end at the edge of the scale."""


def bars(rows: Sequence[Row], names: Names, *, opened: str) -> str:
    """Return one row an indicator: name, bar against threshold and floor, value, standard, what is short."""
    tested = any(row["threshold"] for row in rows)
    lines = [_row(row, names, here=row["indicator_code"] == opened) for row in rows]
    look, head = ("bars", _head(rows)) if tested else ("bars plain", _plain_head())
    return f'<div class="{look}">{head}{"".join(lines)}</div>'


def _head(rows: Sequence[Row]) -> str:
    floor = next((row["floor_value"] / row["threshold"] for row in rows if row["threshold"]), 0.0)
    marks = (
        f'<span class="floor" style="left:{_left(floor)}">{numbers.percent(floor, 0)}</span>'
        f'<span class="std" style="left:{_left(1)}">{escape(_("标准"))}</span>'
    )
    return (
        f'<div class="bar head"><span></span><span class="scale">{marks}</span>'
        f'<span class="val">{escape(_("现值"))}</span><span class="val wide">{escape(_("标准"))}</span>'
        f'<span class="gap">{escape(_("余缺"))}</span></div>'
    )


def _plain_head() -> str:
    return (
        f'<div class="bar head"><span></span><span class="val">{escape(_("现值"))}</span>'
        f'<span class="val">{escape(_("全县均值"))}</span><span class="gap">{escape(_("位次"))}</span></div>'
    )


def _left(share: float) -> str:
    return f"{min(max(share, 0.0), WIDEST) / WIDEST:.2%}"


def _row(row: Row, names: Names, *, here: bool) -> str:
    indicator = names.indicator(row["standard_code"], row["stage"], row["indicator_code"])
    code, stage = row["indicator_code"], row["stage"]
    label = links.link(
        f"{code} {bare_name(indicator)}", "school", indicator=code, stage=stage, school=row["school_code"]
    )
    name = f'<span class="name">{label}<small>{escape(unit(indicator))}</small></span>'
    decimals = int(indicator.get("decimals") or 2)
    value = f'<span class="val"><b>{numbers.number(row["value"], decimals)}</b>{sign(row)}</span>'
    mark = " here" if here else ""
    if not row["threshold"]:
        mean = f'<span class="val">{numbers.number(row["county_mean"], decimals)}</span>'
        return f'<div class="bar{mark}">{name}{value}{mean}<span class="gap">{escape(rank(row))}</span></div>'
    standard = f'<span class="val wide">{numbers.exact(row["threshold"])}</span>'
    short = f'<span class="gap">{gap(row, names)}</span>'
    return f'<div class="bar{mark}">{name}{_track(row)}{value}{standard}{short}</div>'


def _track(row: Row) -> str:
    share = row["share_of_threshold"]
    floor = _left(row["floor_value"] / row["threshold"])
    marks = f'<q style="left:{floor}"></q><b style="left:{_left(1)}"></b>'
    if share is None:
        return f'<span class="track none">{marks}</span>'
    words = _("标准的 {share}", share=numbers.percent(share))
    over = '<em class="over">›</em>' if share > WIDEST else ""
    want = (
        f'<s class="want" style="left:{_left(share)};width:{_left(1 - share)}"></s>'
        if row["status"] in ("near", "below")
        else ""
    )
    return (
        f'<span class="track" title="{escape(words)}">'
        f'<i class="{row["status"]}" style="width:{_left(share)}"></i>'
        f"{want}{over}{marks}</span>"
    )


def rank(row: Row) -> str:
    """Write a school's place among the schools with a value."""
    if not row["rank"]:
        return numbers.MISSING
    return _("第 {rank} / {n} 位", rank=row["rank"], n=row["ranked_schools"])


def spare_words(row: Row, unit: str) -> str:
    """Say what a met indicator has to spare; less than one whole unit is just enough."""
    if not int(row["surplus"] or 0):
        return _("刚够")
    return _("余 {amount}", amount=numbers.spare(row["surplus"], unit))


def gap(row: Row, names: Names) -> str:
    """Return the status's shape with what is wanted or to spare, in words and natural units."""
    indicator = names.indicator(row["standard_code"], row["stage"], row["indicator_code"])
    natural = spoken(indicator, "numerator_unit")
    status = row["status"]
    if status == "missing" or row["shortfall"] is None:
        words = names.label("status", status)
    elif status != "met":
        words = _("缺 {amount}", amount=numbers.need(row["shortfall"], natural))
    else:
        words = spare_words(row, natural)
    title = escape(names.label("status", status))
    shape = escape(names.symbol("status", status))
    return f'<span class="st st-{status}" title="{title}">{shape} {escape(words)}</span>'

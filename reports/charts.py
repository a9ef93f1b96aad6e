"""The documents' own charts: Vega-Lite drawn without a browser, in Chinese type."""

from __future__ import annotations

from typing import Any

import vl_convert

from reports.facts import Facts, Figure, Row

FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
INK, SOFT, TRACK = "#1B2733", "#56626D", "#EEF1F4"
COLOURS = {"met": "#2A938C", "not_met": "#B3261E", "missing": "#7A858F", "not_tested": "#8495A6"}
CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 11,
        "labelColor": SOFT,
        "gridColor": TRACK,
        "title": None,
        "domain": False,
        "ticks": False,
    },
    "title": {"fontSize": 13, "color": INK, "anchor": "start", "fontWeight": "normal"},
}
SCALE = 2.5


Drawn = tuple[bytes, list[Figure]]
"""A picture and the figures it draws."""


def coefficients(facts: Facts) -> Drawn:
    """Draw each coefficient as a bar against its limit, the stages side by side."""
    return _drawn(facts, "fct_county_balance", "cv", "差异系数（竖线为限值）", ".3f", limit="cv_limit")


def shares_met(facts: Facts) -> Drawn:
    """Draw the share of schools that meet each indicator, the stages side by side."""
    return _drawn(facts, "fct_county_balance", "met_share", "达标学校比例", ".1%", top=1)


def _drawn(
    facts: Facts, table: str, field: str, title: str, shown: str, *, limit: str = "", top: float | None = None
) -> Drawn:
    parts, drawn = [], list[Figure]()
    for stage in facts.stages:
        names = {row["indicator_code"]: row["short_zh"] for row in facts.indicators(stage)}
        rows = [
            {"name": name, "value": row.get(field), "limit": row.get(limit), "state": _state(row, limit)}
            for code, name in names.items()
            if (row := facts.row(table, stage, code)).get(field) is not None
        ]
        drawn += [
            facts.figure(table, (stage, code), column, "exact")
            for code in names
            for column in (field, limit)
            if column
        ]
        head = f"{facts.label('stage', stage)}：{title}"
        parts.append(_bars(rows, list(names.values()), head, shown, has_limit=bool(limit), top=top))
    spec = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "hconcat": parts, "config": CONFIG}
    return bytes(vl_convert.vegalite_to_png(spec, scale=SCALE)), drawn


def _state(row: Row, limit: str) -> str:
    return str(row["status"]) if limit else "not_tested"


def _bars(
    rows: list[Row], names: list[str], title: str, shown: str, *, has_limit: bool, top: float | None
) -> Row:
    x: Row = {
        "field": "value",
        "type": "quantitative",
        "axis": {"format": ".0%" if "%" in shown else ".1f", "tickCount": 4},
    }
    if top is not None:
        x["scale"] = {"domain": [0, top]}
    y = {"field": "name", "type": "nominal", "sort": names}
    colour = {"field": "state", "type": "nominal", "legend": None, "scale": _scale()}
    bar = {"mark": {"type": "bar", "height": 13}, "encoding": {"x": x, "y": y, "color": colour}}
    label = {
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 11, "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "value", "type": "quantitative", "format": shown}},
    }
    line = {
        "mark": {"type": "tick", "thickness": 2, "size": 20, "color": INK},
        "encoding": {"x": {"field": "limit", "type": "quantitative"}, "y": y},
    }
    layers = [bar, line, label] if has_limit else [bar, label]
    return {"title": title, "width": 250, "height": 190, "data": {"values": rows}, "layer": layers}


def _scale() -> Row:
    return {"domain": list(COLOURS), "range": list(COLOURS.values())}

"""The county without tiles or boundaries: schools where they are, tied to their township by a thin line.

Drawn as SVG, so that it keeps its proportions at any width, prints sharp, and every school is a link.
"""

from __future__ import annotations

import math
from html import escape

import polars as pl

from view import links, theme
from view.controls import Pick
from view.names import Row
from view.texts import _

WIDTH, MARGIN = 620.0, 26.0
KM_PER_DEGREE = 111.32
STEPS = (1, 2, 5, 10, 20, 50)


def _projected(frame: pl.DataFrame) -> tuple[list[Row], float, float]:
    """Return schools with x and y in drawing units (one scale both ways), the height, and units per km."""
    known = frame.filter(pl.col("longitude").is_not_null() & pl.col("latitude").is_not_null())
    rows = known.sort("students", descending=True, nulls_last=True).to_dicts()
    if not rows:
        return [], 0.0, 1.0
    north, south = max(r["latitude"] for r in rows), min(r["latitude"] for r in rows)
    west, east = min(r["longitude"] for r in rows), max(r["longitude"] for r in rows)
    squeeze = math.cos(math.radians((north + south) / 2))
    wide = max((east - west) * squeeze, 0.02)
    scale = (WIDTH - 2 * MARGIN) / max(wide, (north - south) * 1.15)
    left = (WIDTH - wide * scale) / 2
    for row in rows:
        row["x"] = left + (row["longitude"] - west) * squeeze * scale
        row["y"] = MARGIN + (north - row["latitude"]) * scale
    return rows, 2 * MARGIN + (north - south) * scale, scale / KM_PER_DEGREE


def _centres(rows: list[Row]) -> dict[str, tuple[float, float]]:
    places: dict[str, list[Row]] = {}
    for row in rows:
        if row["township"]:
            places.setdefault(row["township"], []).append(row)
    return {
        name: (sum(r["x"] for r in found) / len(found), sum(r["y"] for r in found) / len(found))
        for name, found in places.items()
    }


def _mark(row: Row) -> str:
    """Draw one school: full when it complies, a ring when not, a dash when data is missing."""
    size = 2.6 + math.sqrt(row["students"] or 0) / 9
    x, y, colour = f"{row['x']:.1f}", f"{row['y']:.1f}", theme.STATUS.get(row["verdict"], theme.BAR)
    if row["verdict"] == "not_compliant":
        return f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="#fff" stroke="{colour}" stroke-width="2"/>'
    if row["verdict"] == "incomplete":
        corner = f'x="{row["x"] - size:.1f}" y="{row["y"] - 1.6:.1f}"'
        return f'<rect {corner} width="{2 * size:.1f}" height="3.2" fill="{colour}"/>'
    return f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{colour}" stroke="#fff" stroke-width="0.6"/>'


def _school(pick: Pick, row: Row) -> str:
    words = _(
        "{name} · {stage} · {n} 人 · {verdict}",
        name=row["school_name"],
        stage=pick.names.label("stage", row["stage"]),
        n=f"{row['students'] or 0:,.0f}",
        verdict=pick.names.label("verdict", row["verdict"]),
    )
    where = escape(links.href("school", school=row["school_code"], stage=row["stage"]))
    title = f"<title>{escape(words)}</title>"
    return f'<a data-page="school" href="{where}" aria-label="{escape(words)}">{title}{_mark(row)}</a>'


def _bar(height: float, per_km: float) -> str:
    km = max((step for step in STEPS if step * per_km <= WIDTH / 4), default=1)
    return (
        f'<path d="M{MARGIN} {height - 8:.1f}h{km * per_km:.1f}" stroke="{theme.INK}" stroke-width="1.5"/>'
        f'<text x="{MARGIN + km * per_km / 2:.1f}" y="{height - 13:.1f}" text-anchor="middle">{km} km</text>'
    )


def schools(pick: Pick, frame: pl.DataFrame) -> str:
    """Return the map of `frame`'s schools by verdict, or nothing where no school has a place."""
    rows, height, per_km = _projected(frame)
    if not rows:
        return ""
    height += 18
    label = _("学校分布示意图")
    centres = _centres(rows)
    lines = "".join(
        '<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}"/>'.format(row["x"], row["y"], *centres[row["township"]])
        for row in rows
        if row["township"]
    )
    names = "".join(
        f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle" class="town">{escape(name)}</text>'
        for name, (x, y) in centres.items()
    )
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH:.0f} {height:.0f}" role="group" aria-label="{escape(label)}">'
        f'<g stroke="{theme.RULE}" stroke-width="1">{lines}</g>{"".join(_school(pick, row) for row in rows)}'
        f"{names}{_bar(height, per_km)}</svg>"
    )

"""The county's own figures (县级数据, 县情): each named as its item knows it, and within what it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from warehouse.imports.knowledge import Knowledge

if TYPE_CHECKING:
    from warehouse.imports.reading import ReadTable

LEVELS = 4
YEARS = (1950, 2100)
SLIP = 1e-6


@dataclass(frozen=True)
class Settled:
    """A row's field and value as they are kept, and what is to be said about them."""

    field: str | None
    value: float | None
    unit: str | None = None
    rule: str = ""
    detail: str = ""
    about: str = "value"


def settle(read: ReadTable, knowledge: Knowledge) -> pl.DataFrame:
    """Put names, shares and units in order in `read.values`; return what cannot stand, as faults."""
    dataset = read.table.dataset
    if dataset not in {"county_items", "county_profile"}:
        return read.faults.clear()
    columns = {c.field.name: c for c in [*read.table.columns, *read.supplied] if c.field.dataset == dataset}
    if code := columns.get("item_code"):
        read.values = read.values.with_columns(pl.col(code.key).str.to_uppercase())
    rows = list(read.values.iter_rows(named=True))
    settled = [_settled({n: row[c.key] for n, c in columns.items()}, dataset, knowledge) for row in rows]
    faults = [
        [
            read.number,
            row["row_number"],
            columns[one.about].name,
            one.rule,
            str(row[columns[one.about].key]),
            one.detail,
        ]
        for row, one in zip(rows, settled, strict=True)
        if one.rule and one.about in columns
    ]
    kept = [("field", pl.String()), ("value", pl.Float64()), ("unit", pl.String())]
    read.values = read.values.with_columns(
        pl.Series(columns[name].key, [getattr(one, name) for one in settled], dtype=dtype)
        for name, dtype in kept
        if name in columns
    )
    return pl.DataFrame(faults, schema=read.faults.schema, orient="row")


def _settled(row: dict[str, object], dataset: str, knowledge: Knowledge) -> Settled:
    name, value = row.get("field"), row.get("value")
    text = str(name) if name is not None else None
    figure = float(str(value)) if value is not None else None
    if text is None:
        return Settled(None, figure, str(row.get("unit") or "") or None)
    if dataset == "county_profile":
        return _profile(text, figure, str(row.get("unit") or ""), knowledge)
    return _item(str(row.get("item_code") or ""), text, figure, knowledge)


def _profile(text: str, value: float | None, unit: str, knowledge: Knowledge) -> Settled:
    name, base = knowledge.declared.profile.get(text, (text, unit))
    factor = 1.0 if not unit or unit == base else knowledge.factor(unit, base)
    if factor is None:
        return Settled(name, None, base, "D206", unit, "unit")
    return Settled(name, None if value is None else value * factor, base)


def _item(code: str, text: str, value: float | None, knowledge: Knowledge) -> Settled:
    if code not in knowledge.declared.items:
        known = "G1—G15、Q1—Q9、S1、V1—V7、P1、P2、R0—R7"
        return Settled(text, value, rule="D207" if code else "", detail=known, about="item_code")
    fields = knowledge.declared.of_item(code)
    known_as = ((one, name) for one in fields if (name := one.named(text)))
    found = next(known_as, None)
    if found is None:
        names = "、".join(one.name for one in fields)
        return Settled(text, value, rule="D207", detail=names, about="field")
    kind = "cases" if code.startswith("V") else found[0].kind
    return _within(found[1], value, kind)


def _within(name: str, value: float | None, kind: str) -> Settled:
    """Refuse what such a figure cannot be; a share above 1 was written as a percent number."""
    if value is None:
        return Settled(name, None)
    if kind == "share" and 1 < value <= 100:
        return Settled(name, value / 100, rule="D223", detail=f"{value / 100:g}")
    if kind in {"count", "cases"} and abs(value - round(value)) > SLIP:
        return Settled(name, None, rule="D205")
    allowed = {
        "share": (value <= 1, "0–1"),
        "conclusion": (value in (0, 1), "0、1"),
        "level": (value in range(1, LEVELS + 1), "Ⅰ–Ⅳ"),
        "year": (YEARS[0] <= value <= YEARS[1], f"{YEARS[0]}–{YEARS[1]}"),
    }
    holds, detail = allowed.get(kind, (True, ""))
    return Settled(name, value) if holds else Settled(name, None, rule="D217", detail=detail)

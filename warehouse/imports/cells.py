"""One cell at a time: text to value, or the rule it breaks; asked once for each distinct text of a column."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from functools import partial
from typing import Any, NamedTuple

import polars as pl

from warehouse.imports import dates
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.tables import Column
from warehouse.imports.text import plain, squeeze

ERROR_CELL = re.compile(
    r"^#(DIV/0!|REF!|N/A|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|ERROR!)", re.I
)
_NUMBER = re.compile(
    r"^(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:[, ]\d{3})+|\d+)?(?P<part>\.\d*)?\s*(?P<unit>[^\d\s,.+-].*)?$"
)
_TEN_THOUSAND = "万"
_AFTERTHOUGHT = re.compile(r"（[^（）]*）$")
LEVELS = {"I": 1.0, "II": 2.0, "III": 3.0, "IV": 4.0}
"""Levels of the national monitoring, the fourth the highest."""
ITEMS = "county_items"
BOUNDS = {"longitude": (70.0, 140.0), "latitude": (0.0, 60.0)}


class Reading(NamedTuple):
    """A value, or the rule the text breaks and what the message should add."""

    value: Any = None
    rule: str = ""
    detail: str = ""


Reader = Callable[[str], Reading]


def reader_for(column: Column, knowledge: Knowledge) -> tuple[Reader, pl.DataType]:
    """Return the reader of a column's kind and the type of its values."""
    kind, _, argument = column.field.kind.partition(":")
    if kind == "declared":
        return partial(_declared, column=column, knowledge=knowledge), pl.Float64()
    if kind in {"count", "staff", "amount", "target", "share", "longitude", "latitude"}:
        return partial(_figure, column=column, knowledge=knowledge), pl.Float64()
    if kind in {"term", "term_open"}:
        return partial(_term, column=column, knowledge=knowledge, term_list=argument), pl.String()
    if kind == "stage":
        return partial(_stage, knowledge=knowledge, whole=argument == ""), pl.String()
    if kind == "bool":
        return partial(_yes_no, knowledge=knowledge), pl.Boolean()
    if kind == "indicator":
        return _indicator, pl.String()
    readers: dict[str, tuple[Callable[[str], Any], str, pl.DataType]] = {
        "month": (dates.read_month, "D208", pl.Date()),
        "date": (dates.read_date, "D208", pl.Date()),
        "last_date": (dates.read_last_date, "D208", pl.Date()),
        "year": (dates.read_school_year, "D209", pl.Int32()),
        "year4": (dates.read_year, "D208", pl.Int32()),
        "grade": (dates.read_grade, "D214", pl.Int32()),
    }
    read, rule, dtype = readers[kind]
    return partial(_simple, knowledge=knowledge, read=read, rule=rule), dtype


def _simple(text: str, *, knowledge: Knowledge, read: Callable[[str], Any], rule: str) -> Reading:
    if ERROR_CELL.match(text):
        return Reading(rule="D202")
    if squeeze(text) in knowledge.missing_own:
        return Reading()
    value = read(text)
    return Reading(value) if value is not None else Reading(rule=rule)


def _figure(text: str, *, column: Column, knowledge: Knowledge) -> Reading:
    """Read a number with its unit, if the cell states one that does not contradict the header's."""
    text = plain(text).removeprefix("'").strip()
    mark = squeeze(text)
    if column.role != "own" and mark in knowledge.zero_official:
        return Reading(0.0)
    if mark in (knowledge.missing_own if column.role == "own" else knowledge.missing_official):
        return Reading()
    if ERROR_CELL.match(text):
        return Reading(rule="D202")
    found = _NUMBER.match(text)
    if found is None or not (found["whole"] or (found["part"] or ".").strip(".")):
        return Reading(rule="D203")
    value = float(re.sub(r"[, ]", "", found["whole"] or "0") + (found["part"] or ""))
    value = -value if found["sign"] == "-" else value
    scaled = _scaled(value, squeeze(found["unit"] or ""), column, knowledge)
    return _bounded(scaled.value, column) if not scaled.rule else scaled


def _declared(text: str, *, column: Column, knowledge: Knowledge) -> Reading:
    """Read a county's figure: a number, a share, a level Ⅰ–Ⅳ, or 是 and 否 for a conclusion."""
    word = squeeze(text).upper()
    if level := LEVELS.get(word.removesuffix("级")):
        return Reading(level)
    answer = None if word in knowledge.missing_own else knowledge.terms["yes_no"].get(word)
    if answer and not word.isdigit():
        return Reading(float(answer == "是"))
    return _figure(text, column=column, knowledge=knowledge)


def _scaled(value: float, unit: str, column: Column, knowledge: Knowledge) -> Reading:
    kind = column.field.kind
    if not unit:
        return Reading(value * column.factor)
    if unit == "%":
        return Reading(value / 100) if kind in {"target", "share", "declared"} else Reading(rule="D203")
    own = knowledge.factor(unit, column.field.base_unit)
    if own is None and column.field.dataset == ITEMS:  # One column for figures of many units.
        own = next((factor for _, factor in knowledge.units.get(unit, [])), None)
    if own is None and unit == _TEN_THOUSAND and column.factor == 1 and kind in {"amount", "count", "staff"}:
        return Reading(value * 10_000)
    if own is None:
        is_unit = unit in knowledge.units or unit == _TEN_THOUSAND
        return Reading(rule="D206" if is_unit else "D203", detail=unit)
    if column.unit and own != column.factor:
        return Reading(rule="D206", detail=unit)
    return Reading(value * own)


def _bounded(value: float, column: Column) -> Reading:
    """Refuse what such a figure cannot be: negative, half a pupil, outside the country."""
    kind = column.field.kind
    if kind in BOUNDS:
        if value == 0:  # What map pickers leave where nobody picked a place.
            return Reading()
        low, high = BOUNDS[kind]
        return Reading(value) if low <= value <= high else Reading(rule="D217", detail=f"{low:g}–{high:g}")
    if value < 0:
        return Reading(rule="D204")
    if kind == "share" and value > 1:
        return Reading(rule="D217", detail="0–1")
    if kind not in {"count", "staff"}:
        return Reading(abs(value))
    if abs(value - round(value)) > 1e-6:  # Teachers are counted in full-time equivalents in some places.
        return Reading(value, "D227") if kind == "staff" else Reading(rule="D205")
    return Reading(float(round(value)))


def _term(text: str, *, column: Column, knowledge: Knowledge, term_list: str) -> Reading:
    if ERROR_CELL.match(text):
        return Reading(rule="D202")
    word = squeeze(text).removesuffix(".0")
    terms = knowledge.terms[term_list]
    for spelling in (word, _AFTERTHOUGHT.sub("", word)):
        if spelling in terms:
            return Reading(terms[spelling])
        if pattern := next((p for p in terms if "*" in p and fnmatchcase(spelling, p)), None):
            return Reading(terms[pattern])
    if word in knowledge.missing_own:
        return Reading()
    if column.field.kind.startswith("term_open"):
        return Reading(word)
    rule = "D225" if column.role == "soft" else "D207"
    return Reading(rule=rule, detail="、".join(knowledge.accepted(term_list)))


def _stage(text: str, *, knowledge: Knowledge, whole: bool) -> Reading:
    if ERROR_CELL.match(text):
        return Reading(rule="D202")
    word = squeeze(text)
    stage = knowledge.terms["stage"].get(word)
    if stage and (whole or stage != "whole"):
        return Reading(stage)
    if word in knowledge.missing_own:
        return Reading()
    return Reading(rule="D207", detail="小学、初中、高中、全校" if whole else "小学、初中、高中")


def _yes_no(text: str, *, knowledge: Knowledge) -> Reading:
    if ERROR_CELL.match(text):
        return Reading(rule="D202")
    word = squeeze(text)
    answer = knowledge.terms["yes_no"].get(word)
    if answer:
        return Reading(answer == "是")
    return Reading() if word in knowledge.missing_own else Reading(rule="D207", detail="是、否")


def _indicator(text: str) -> Reading:
    word = squeeze(text).upper()
    if word in {"综合", "COMPOSITE", "综合差异系数"}:
        return Reading("composite")
    if re.fullmatch(r"[A-Z]\d{1,2}", word):
        return Reading(word)
    return Reading(rule="D207", detail="R0—R7、B1—B8、综合")

"""What the inspection's figures say: status, margin, next step and forecast, in sentences by rules."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from view import numbers, sentences
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _, language

STEPS = ("mend", "supply", "evidence", "guard", "steady")
COUNTED = ("school", "class", "room", "site")
OFFICIAL = ("resources", "government", "quality", "recognition")
LEVELS = ("Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")


def step_word(code: str) -> str:
    """Return what to do next, as a word of the filter."""
    return {
        "all": _("全部"),
        "mend": _("整改"),
        "supply": _("补数据"),
        "evidence": _("补佐证"),
        "guard": _("守住"),
        "steady": _("已稳"),
    }[code]


def step(row: Row) -> str:
    """Return what an item asks for next; what the county declares needs papers beside it."""
    if row["status"] != "met":
        return "mend" if row["status"] == "not_met" else "supply"
    if row["basis"] in {"declared", "county_items"} and not row["evidence_count"]:
        return "evidence"
    return "guard" if row["is_tight"] else "steady"


def figure(value: float | None, kind: str, line: float | None = None) -> str:
    """Write a figure as its kind reads, with more decimals where rounding would make it its line."""
    if value is None:
        return numbers.MISSING
    hides = line is not None and value != line and round(value, 3) == round(line, 3)
    if kind in {"share", "between_share"}:
        return numbers.percent(value, 3 if hides else 1)
    if kind == "coefficient":
        return numbers.number(value, 6) if hides else numbers.coefficient(value)
    if kind == "level":
        return LEVELS[int(value) - 1]
    if kind == "conclusion":
        return _("成立") if value else _("不成立")
    return numbers.exact(value, 2)


def present(row: Row) -> str:
    """Write an item's figure: schools or classes that hold of all asked, else the figure."""
    if row["status"] == "missing":
        return numbers.MISSING
    if row["grain"] not in COUNTED:
        return figure(row["value"], row["value_kind"], row["target"])
    if not row["cases"]:
        return numbers.MISSING
    return f"{numbers.number(row['numerator'])}/{numbers.number(row['denominator'])}"


def required(row: Row) -> str:
    """Write what the figure is held against."""
    if row["grain"] in COUNTED:
        return _("全部")
    kind, target = row["value_kind"], row["target"]
    if target is None or kind == "conclusion":
        return numbers.MISSING if target is None else _("成立")
    mark = {"between_share": "< ", "coefficient": "≤ ", "cases": "≤ "}.get(kind, "≥ ")
    return mark + figure(target, kind)


def margin(row: Row) -> str:
    """Say what is to spare or lacking, in whole units where they can be counted."""
    if row["status"] == "missing":
        return numbers.MISSING
    if row["status"] == "not_met":
        return _lacking(row)
    if row["slack"] is not None and spoken(row, "unit"):
        return _("余 {n}", n=numbers.spare(row["slack"], spoken(row, "unit")))
    return _spare(row["margin"], row["item_kind"] if row["grain"] in COUNTED else row["value_kind"], row)


def _lacking(row: Row) -> str:
    if row["grain"] == "class":
        return _("差 {n} 个班", n=row["cases_not_met"])
    if row["grain"] in COUNTED:
        return _("差 {n} 所学校", n=row["schools_not_met"])
    if row["value_kind"] == "coefficient":
        return _("超 {n}", n=numbers.coefficient(row["shortfall"]))
    unit = spoken(row, "unit")
    return _("差 {n}", n=numbers.need(row["shortfall"], unit)) if row["shortfall"] and unit else ""


def _spare(left: float | None, kind: str, row: Row) -> str:
    if left is None or kind in {"conclusion", "cases", "level", "year"}:
        return ""
    if kind == "yuan":
        return _("余 {n}", n=numbers.spare(left, spoken(row, "unit")))
    if kind in {"share", "between_share"}:
        return _("余 {n} 个百分点", n=numbers.exact(left * 100, 2))
    return _("余 {n}", n=numbers.exact(left, 3))


def name(row: Row) -> str:
    """Return an item's code and short name."""
    return f"{row['item_code']} {spoken(row, 'short')}"


def verdict(rows: Sequence[Row], days: int | None) -> str:
    """Say how many of the items hold, and how many days are left."""
    asked = [row for row in rows if row["part"] in OFFICIAL and row["item_code"] != "R0"]
    count = {
        status: sum(row["status"] == status for row in asked) for status in ("met", "not_met", "missing")
    }
    said = _("{n} 项中 {met} 项达标、{not_met} 项未达标、{missing} 项缺数据", n=len(asked), **count)
    if days is None:
        return said
    left = _("距进校 {n} 天", n=days) if days >= 0 else _("进校日期已过 {n} 天", n=-days)
    return said + ("；" if language() == "zh" else "; ") + left


def evidence(pick: Pick, rows: Sequence[Row], closest: pl.DataFrame) -> list[str]:
    """Say what holds by a hair, what the vetoes and the preconditions say."""
    held = [row for row in rows if row["status"] == "met" and row["part"] in OFFICIAL]
    tight = [row for row in held if row["is_tight"]]
    parts = []
    if tight:
        least = {row["item_code"]: row for row in closest.to_dicts()}
        told = [_tight(row, least.get(row["item_code"])) for row in tight]
        said = _(
            "达标的 {n} 项里 **{k} 项险过**：{items}。",
            n=len(held),
            k=len(tight),
            items=sentences.listed(told),
        )
        parts.append(said)
    elif held:
        parts.append(_("达标的 {n} 项都留有余量。", n=len(held)))
    return [*parts, _school_rule(rows), *(_others(rows, part) for part in ("veto", "precondition"))]


def _tight(row: Row, case: Row | None) -> str:
    where = case["school_name"] if case and case["school_name"] else ""
    words = {"item": row["item_code"], "margin": margin(row) or _("余 {n}", n=0), "school": where}
    return _("{item} {margin}（{school}）", **words) if where else _("{item} {margin}", **words)


def _school_rule(rows: Sequence[Row]) -> str:
    row = next((row for row in rows if row["item_code"] == "R0"), None)
    if row is None or row["status"] == "met":
        return ""
    words = {"n": row["cases"], "k": row["cases_not_met"], "m": row["cases_missing"]}
    return _("全部学校达标这一条还差：{n} 个校段中 {k} 个未达标、{m} 个缺数据。", **words)


def _others(rows: Sequence[Row], part: str) -> str:
    mine = [row for row in rows if row["part"] == part]
    bad = [row["item_code"] for row in mine if row["status"] == "not_met"]
    unknown = [row["item_code"] for row in mine if row["status"] == "missing"]
    title = _("一票否决") if part == "veto" else _("申报前提")
    if not mine:
        return ""
    if not bad and not unknown:
        return _("{title} {n} 项都没有问题。", title=title, n=len(mine))
    told = [_("{items} 不合要求", items=sentences.listed(bad))] if bad else []
    told += [_("{items} 没有填报", items=sentences.listed(unknown))] if unknown else []
    return _("{title}：{told}。", title=title, told=sentences.listed(told))

"""The report's rows of the inspection's items: government, quality, satisfaction, vetoes."""

from __future__ import annotations

from collections.abc import Callable

from reports import item_words
from reports.facts import Facts, Figure, Row
from reports.wordml import BLANK, SHADES, Parts

PARTS = {"government": "政府保障程度", "quality": "教育质量", "recognition": "社会认可度", "veto": "一票否决"}
Place = Callable[[Parts | Figure | str], object]


def words(facts: Facts, part: str) -> list[Parts]:
    """Return how many of a part's items hold, and what is found of each that does not."""
    items = item_words.items_of(facts, part)
    if not items:
        return [[BLANK]]
    counted = "，".join(f"{word} {number} 项" for word, number in item_words.counts(facts, part))
    lines: list[Parts] = [[f"{PARTS[part]}共 {len(items)} 项：{counted}。"]]
    lines += [
        [
            f"{item['item_code']} {item['short_zh']}：{item_words.verdict(facts, item)}。",
            item_words.found(facts, item),
            "。",
        ]
        for item in items
        if item["status"] != "met" and item["detail"]
    ]
    return lines


def unmet(facts: Facts) -> list[Parts]:
    """Return, a sentence a part, which items do not hold and which lack data."""
    lines: list[Parts] = []
    for part, name in PARTS.items():
        found = item_words.items_of(facts, part)
        said = [
            f"{word} {len(names)} 项（{'、'.join(names)}）"
            for state, word in (("not_met", "未达标"), ("missing", "缺数据"))
            if (names := [item["short_zh"] for item in found if item["status"] == state])
        ]
        lines += [[f"{name}：{'，'.join(said)}。"]] if said else []
    return lines


def rows(facts: Facts, part: str, place: Place) -> list[Row]:
    """Return the rows of a part's table, figures put in place by `place`."""
    return [
        {
            "number": item["item_code"],
            "text": item["text_zh"],
            "target": place(item_words.figure(facts, item, "target") or "—"),
            "value": place(item_words.figure(facts, item, "value") or item_words.found(facts, item)),
            "verdict": item_words.verdict(facts, item),
            "shade": SHADES.get(item["status"], "FFFFFF"),
            "evidence": place(facts.figure(item_words.ITEM, (item["item_code"],), "evidence_count", "count")),
        }
        for item in item_words.items_of(facts, part)
    ]


def groups(facts: Facts) -> list[Parts]:
    """Return the satisfaction of each group in a sentence."""
    return [_group(facts, group) for group in item_words.groups(facts)]


def _group(facts: Facts, group: str) -> Parts:
    name = facts.label("respondents", group)
    if not facts.row("fct_satisfaction", group):
        return [f"{name}：没有问卷结果。"]
    return [
        f"{name}：有效问卷 ",
        facts.figure("fct_satisfaction", (group,), "responses", "count"),
        " 份，满意 ",
        facts.figure("fct_satisfaction", (group,), "satisfied", "count"),
        " 份，满意度 ",
        facts.figure("fct_satisfaction", (group,), "satisfied_rate", "percent"),
        "。",
    ]

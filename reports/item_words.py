"""How an inspection item's figures read."""

from __future__ import annotations

from reports.facts import Facts, Figure, Row

KINDS = {
    "share": "percent",
    "coefficient": "coefficient",
    "count": "count",
    "yuan": "value",
    "level": "count",
    "year": "exact",
    "cases": "count",
}
"""The form's kind of figure for each kind of value; a conclusion has none."""
HOLDS = "成立"
CONCLUDED = {"met": HOLDS, "not_met": "不成立"}
"""A declared conclusion as the forms write it; none declared is missing."""
ITEM = "fct_inspection_item"


def items_of(facts: Facts, part: str) -> list[Row]:
    """Return a part's items with their official words, in the official order."""
    rows = [row for row in facts.rows(ITEM) if row["part"] == part]
    return [facts.row("dim_inspection_item", row["item_code"]) | row for row in rows]


def figure(facts: Facts, item: Row, field: str) -> Figure | str | None:
    """Return an item's figure as the forms write its kind; a conclusion is a word."""
    kind = KINDS.get(item["value_kind"])
    if kind is None:
        return HOLDS if field == "target" else CONCLUDED.get(item["status"])
    return facts.figure(ITEM, (item["item_code"],), field, kind)


def found(facts: Facts, item: Row) -> Figure:
    """Return what was found in words: the figures' own sentence, of a conclusion the county's."""
    own = item["value_kind"] not in KINDS and item.get("statement")
    field = "statement" if own or not item.get("detail") else "detail"
    return facts.figure(ITEM, (item["item_code"],), field, "text")


def is_share_of_count(item: Row) -> bool:
    """Say whether an item's value is a part of something counted, so that both its terms tell something."""
    return item["value_kind"] == "share" and (item["denominator"] or 0) > 1


def groups(facts: Facts) -> list[str]:
    """Return the groups to be asked whether they are satisfied, in the official order, answers or none."""
    listed = [code for kind, code in facts.labels() if kind == "respondents"]
    return listed if facts.rows("fct_satisfaction") else []


def verdict(facts: Facts, item: Row) -> str:
    """Return an item's state as shape and word; a veto item is a case or none."""
    return facts.sign("item_status", item["status"])


def counts(facts: Facts, part: str) -> list[tuple[str, int]]:
    """Return how many items of a part are in each state, states that occur only."""
    rows = items_of(facts, part)
    numbers = [
        (state, sum(row["status"] == state for row in rows)) for state in ("met", "not_met", "missing")
    ]
    return [(facts.label("item_status", state), number) for state, number in numbers if number]

"""Words about a school's indicators, made by rules from their states."""

from __future__ import annotations

from reports.facts import Facts, Row

GROUPS = (("met", "达标"), ("near", "只达到85%"), ("below", "未达到85%"), ("missing", "缺数据"))


def by_status(facts: Facts, stage: str, school: str) -> dict[str, list[Row]]:
    """Return a school's indicators by state, each in the form's order, with the indicator's words."""
    found: dict[str, list[Row]] = {}
    for indicator in facts.indicators(stage):
        row = facts.row("fct_school_indicator", stage, school, indicator["indicator_code"])
        if row:
            found.setdefault(row["status"], []).append(indicator | row)
    return found


def remark(facts: Facts, stage: str, school: str) -> str:
    """Return which indicators a school meets, which only reach 85 %, and where rounding deceives."""
    states = by_status(facts, stage, school)
    parts = [
        f"{word}：{'、'.join(row['short_zh'] for row in states[state])}"
        for state, word in GROUPS
        if states.get(state)
    ]
    deceived = [row["short_zh"] for rows in states.values() for row in rows if row["rounding_changes_side"]]
    if deceived:
        parts.append(f"{'、'.join(deceived)}四舍五入后与未取整的结论不同，以未取整为准")
    return "；".join(parts)

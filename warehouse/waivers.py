"""Waivers: findings that were looked into and stand, each with its reason and its name."""

from __future__ import annotations

from typing import Any

from warehouse import own_rows
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.read import rows
from warehouse.snapshots import Snapshot, current

TABLE = "waivers"
STATES = {
    "counted": ("已生效", "in force"),
    "pending": ("刷新后生效", "in force after the next refresh"),
    "unmatched": ("没有对应的问题，请撤销", "matches no finding; withdraw it"),
    "unsigned": ("缺理由或姓名，不起作用", "without reason or name; has no effect"),
    "unknown": ("尚未发布", "nothing published yet"),
}


def waive(
    home: Home,
    rule: str,
    *,
    school: str | None = None,
    school_year: int | None = None,
    reason: str,
    by: str,
    on: str | None = None,
) -> dict[str, Any]:
    """Waive the findings of a rule about a school and year (each left out where the finding has none).

    JunhengError (2) for a rule or school that is not known, a finding that is not there or is waived
    already, and without reason or name. The row is returned; it counts from the next refresh.
    """
    reason, by, day = own_rows.signature(reason, by, on)
    snapshot = own_rows.published(home)
    code = own_rows.school_code(snapshot, school) if school else None
    _refuse_without_finding(snapshot, rule, code, school_year)
    row = _key(rule, school_year, code) | {"reason": reason, "waived_by": by, "waived_on": day}
    own_rows.add(home, TABLE, row)
    return {**row, "state": "pending"}


def withdraw_waiver(
    home: Home, rule: str, *, school: str | None = None, school_year: int | None = None
) -> None:
    """Take a waiver back; `school` is the code that it names."""
    own_rows.withdraw(home, TABLE, _key(rule, school_year, school))


def waivers(home: Home) -> list[dict[str, Any]]:
    """Return the county's waivers with the `state` of each (see `STATES`) on what is published."""
    snapshot, kept = current(home), own_rows.kept(home, TABLE)
    if snapshot is None:
        return [{**row, "state": "unknown"} for row in kept]
    found = _findings(snapshot)
    return [{**row, "state": _state(row, found)} for row in kept]


def _key(rule: str, year: int | None, code: str | None) -> dict[str, str]:
    return {"rule_code": rule, "school_year": str(year or ""), "school_code": code or ""}


def _findings(snapshot: Snapshot) -> dict[tuple[str, ...], bool]:
    """Return every key a waiver can name, and whether it is waived."""
    found = rows(
        str(snapshot.path),
        """select rule_code, coalesce(cast(school_year as varchar), '') as school_year,
            coalesce(school_code, '') as school_code, bool_or(is_waived) as is_waived
        from marts.fct_data_issue group by all""",
    )
    return {tuple(key): bool(waived) for *key, waived in found.iter_rows()}


def _state(row: dict[str, str], found: dict[tuple[str, ...], bool]) -> str:
    if not (row.get("reason") and row.get("waived_by")):
        return "unsigned"
    waived = found.get((row["rule_code"], row.get("school_year", ""), row.get("school_code", "")))
    return "unmatched" if waived is None else "counted" if waived else "pending"


def _refuse_without_finding(snapshot: Snapshot, rule: str, code: str | None, year: int | None) -> None:
    known = rows(str(snapshot.path), "select rule_code from marts.dim_rule")["rule_code"].to_list()
    if rule not in known:
        raise JunhengError(
            f"没有编号为 {rule} 的规则。编号见数据问题的“规则”一列。",
            f"There is no rule {rule}. The codes stand beside the findings.",
            2,
        )
    key = tuple(_key(rule, year, code).values())
    waived = _findings(snapshot)
    if key not in waived:
        place = "，".join(part for part in key[1:] if part) or "不分学校和学年"
        raise JunhengError(
            f"没有可以豁免的问题：规则 {rule}（{place}）。请核对规则编号、学年和学校。",
            f"There is no finding to waive: rule {rule} ({place}). Check rule, school year and school.",
            2,
        )
    if waived[key]:
        raise JunhengError("这个问题已经豁免。", "This finding is waived already.", 2)

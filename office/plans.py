"""Plans kept by name: found again, compared, and turned into entries of the rectification ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from office import ledger, plan_entries
from office.plainly import plainly
from office.rights import WRITE_RECORDS, Reader, insist
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace import authors, plans
from workspace.plans import Kept
from workspace.store import Store

__all__ = ["EXCHANGE", "INVESTMENT", "Kept"]
EXCHANGE, INVESTMENT = "exchange", "investment"
Row = dict[str, Any]
Place = tuple[str, str, int]
"""Snapshot id, standard, school year."""


def exchange(name: str, place: Place, asked: Mapping[str, Any], frames: Mapping[str, Any]) -> Kept:
    """Return an exchange plan as it will be kept, from the frames that tell it."""
    verdicts: pl.DataFrame = frames["verdicts"]
    counts = {part: int(verdicts[part].sum()) for part in ("compliant_before", "compliant_after")}
    steps = [
        *({"what": "move", **row} for row in frames["moves"].to_dicts()),
        *({"what": "post", **row} for row in frames["posts"].to_dicts()),
    ]
    return _kept(name, EXCHANGE, place, asked, frames["summary"] | counts, steps)


def investment(name: str, place: Place, asked: Mapping[str, Any], summary: Row, bought: pl.DataFrame) -> Kept:
    """Return an investment plan as it will be kept."""
    steps = [{"what": "purchase", **row} for row in bought.to_dicts()]
    return _kept(name, INVESTMENT, place, asked, summary, steps)


def _kept(
    name: str, kind: str, place: Place, asked: Mapping[str, Any], summary: Row, steps: Sequence[Row]
) -> Kept:
    snapshot_id, standard, year = place
    return Kept(name, kind, standard, year, snapshot_id, dict(asked), summary, list(steps))


@plainly
def save(home: Home, plan: Kept, by: str) -> str:
    """Keep a plan under its name, and return the name as it is kept."""
    insist(Reader(home, by), WRITE_RECORDS)
    return plans.save(Store(home.root), plan, authors.typed(by))


@plainly
def listed(home: Home, kind: str = "") -> list[Kept]:
    """Return the kept plans of a kind, or all, the latest first."""
    return [plan for plan in plans.listed(Store(home.root)) if kind in ("", plan.kind)]


def find(home: Home, name: str) -> Kept:
    """Return one kept plan."""
    found = [plan for plan in listed(home) if plan.name == " ".join(name.split())]
    if not found:
        raise JunhengError(f"没有保存过方案“{name}”。", f"No plan is kept under “{name}”.", 2)
    return found[0]


@plainly
def forget(home: Home, name: str, by: str) -> None:
    """Take a kept plan off the list."""
    insist(Reader(home, by), WRITE_RECORDS)
    plans.forget(Store(home.root), find(home, name).name)


def enter(home: Home, snapshot: str, plan: Kept, by: str) -> tuple[list[int], list[int]]:
    """Turn a plan into ledger entries, one a school and indicator it mends; see `ledger.enter`.

    `snapshot` is the published one: its figures say what is lacking.
    """
    drafts = plan_entries.drafts(snapshot, plan)
    if not drafts:
        zh, en = "方案里没有要做的事，不列入台账。", "The plan has nothing to do; nothing is entered."
        raise JunhengError(zh, en)
    return ledger.enter(home, drafts, by)


def table(found: Sequence[Kept], snapshot_id: str) -> pl.DataFrame:
    """Return kept plans side by side: what each takes and brings, and whether its snapshot is the present."""
    rows = [
        {
            "name": plan.name,
            "kind": plan.kind,
            "standard_code": plan.standard_code,
            "school_year": plan.school_year,
            "asked": plan.asked,
            "moves": plan.summary.get("moves"),
            "gap": plan.summary.get("gap"),
            "new_posts": plan.summary.get("new_posts"),
            "yuan": plan.summary.get("yuan"),
            "schools": _schools(plan),
            "compliant_before": plan.summary["compliant_before"],
            "compliant_after": plan.summary["compliant_after"],
            "is_present": plan.snapshot_id == snapshot_id,
            "saved_at": plan.saved_at[:10],
            "saved_by": plan.saved_by,
        }
        for plan in found
    ]
    return pl.DataFrame(rows, infer_schema_length=None, schema_overrides={"asked": pl.Object})


def _schools(plan: Kept) -> int:
    """How many schools have something to do."""
    codes = {step[part] for step in plan.steps for part in ("school_code", "to_school_code") if part in step}
    return len(codes)

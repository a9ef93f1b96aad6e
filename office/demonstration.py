"""A demonstration county's ledger: entries in every state, a comment and a piece of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl

from office import evidence, ledger, ledger_figures
from warehouse import read, snapshots
from warehouse.home import Home

AUTHOR = "演示人员"
MARK = "（演示）"
UNITS = {"R1": "人事股", "R2": "人事股", "R3": "人事股", "R4": "基建股", "R5": "基建股"}
OTHERS = "计财股"
SCRIPT: tuple[tuple[str, int, Mapping[str, str]], ...] = (
    ("R5", -12, {"state": "working", "progress": "场地已平整，塑胶跑道还没有招标"}),
    ("R1", 45, {"state": "working", "progress": "已列入本学期教师招聘计划"}),
    ("R7", 20, {"state": "checking", "progress": "设备已安装，待核验"}),
    ("R3", 90, {}),
    ("G3", -3, {"state": "working", "progress": "两间教室正在合并改造"}),
    ("G5", 60, {}),
)
"""An item to show, the days to its deadline, and what has been done since it was entered."""
CLOSED = ("R6", {"state": "checking"}, {"state": "closed", "closing": "学校补录资产账，县局现场核查无误"})


def fill(home: Home) -> int:
    """Fill an empty ledger with examples, each marked as a demonstration; return how many."""
    snapshot = snapshots.current(home)
    if snapshot is None or not ledger.listed(home).is_empty():
        return 0
    path = str(snapshot.path)
    year = read.years(path).sort("school_year").to_dicts()[-1]
    found = ledger_figures.shortfalls(path, year["default_standard_code"], year["school_year"])
    asked = found.filter(pl.col("school_code") != "", pl.col("amount_needed") > 0)
    made = [number for code, days, done in SCRIPT for number in _entry(home, asked, code, days, done)]
    for number in _entry(home, asked, CLOSED[0], 30, CLOSED[1]):
        ledger.edit(home, number, 2, CLOSED[2], AUTHOR)
        made.append(number)
    if made:
        ledger.comment(home, made[0], f"请学校报送施工计划{MARK}", AUTHOR)
        _attach(home, made[0])
    return len(made)


def _entry(home: Home, found: pl.DataFrame, code: str, days: int, done: Mapping[str, str]) -> list[int]:
    rows = found.filter(pl.col("code") == code).head(1)
    common = {
        "responsible_unit": f"{UNITS.get(code, OTHERS)}{MARK}",
        "responsible_person": AUTHOR,
        "deadline": (date.today() + timedelta(days)).isoformat(),
    }
    made, _there = ledger.enter_shortfalls(home, rows, AUTHOR, **common)
    for number in made if done else []:
        ledger.edit(home, number, 1, done, AUTHOR)
    return made


def _attach(home: Home, number: int) -> None:
    """Attach one of the county's own raw workbooks, as a bureau would attach a list."""
    for path in sorted(home.raw.rglob("*办学条件*.xlsx"))[-1:]:
        evidence.add(home, path.name, path.read_bytes(), AUTHOR, number=number, note=f"学校报送的清单{MARK}")

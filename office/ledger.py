"""The rectification ledger as pages and commands ask for it: from a shortfall to a closed entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from office import evidence, ledger_figures
from office.plainly import plainly
from office.rights import WRITE_RECORDS, Reader, insist
from warehouse.errors import JunhengError
from warehouse.home import Home
from workspace import authors, ledger
from workspace.ledger import Draft, Edit, Outcome
from workspace.ledger_fields import FIELDS, MOVES, PENDING, STATES
from workspace.store import Store

Row = dict[str, Any]
__all__ = ["FIELDS", "MOVES", "PENDING", "STATES", "Draft", "Outcome"]


def _author(home: Home, name: str) -> authors.Author:
    insist(Reader(home, name), WRITE_RECORDS)
    return authors.typed(name)


@plainly
def enter(home: Home, drafts: Sequence[Draft], name: str) -> tuple[list[int], list[int]]:
    """Keep drafts as entries; return the numbers made, and those of pending entries about the same.

    A plan or scenario turned into entries comes this way, with its kind and reference in each draft.
    """
    return ledger.add(Store(home.root), drafts, _author(home, name))


def enter_shortfalls(
    home: Home, found: pl.DataFrame, name: str, **common: str
) -> tuple[list[int], list[int]]:
    """Enter rows of `ledger_figures.shortfalls`; `common` is what all have (unit, person, deadline)."""
    drafts = ledger_figures.drafts(found, ledger_figures.current_id(home), **common)
    return enter(home, drafts, name)


@plainly
def edit(home: Home, number: int, seen: int, changes: Mapping[str, object], name: str) -> Outcome:
    """Write what somebody changed in the version `seen`; fields changed meanwhile come back as conflicts."""
    return ledger.edit(Store(home.root), [Edit(number, seen, changes)], _author(home, name))[0]


@plainly
def settle(home: Home, conflict: int, text: str, name: str) -> Outcome:
    """End a conflict with one of its texts, or with what was made of both."""
    return ledger.settle(Store(home.root), conflict, text, _author(home, name))


@plainly
def comment(home: Home, number: int, said: str, name: str) -> None:
    """Add a comment to an entry."""
    ledger.comment(Store(home.root), number, said, _author(home, name))


@plainly
def history(home: Home, number: int) -> dict[str, list[Row]]:
    """Return an entry's changes, comments and conflicts."""
    return ledger.history(Store(home.root), number)


@plainly
def accept(home: Home, number: int, seen: int, name: str) -> Outcome:
    """Close an entry on the figures that show its shortfall gone, and keep which they were."""
    row = find(home, number)
    if not row["is_offered"]:
        raise JunhengError(
            f"第 {number} 号没有可以据以销号的数据：最新数据里缺口还在，或还没有新的数据。",
            f"No figures would close entry {number}: the shortfall is still there, or nothing newer is.",
        )
    grounds = {"state": "closed", "closing": ledger_figures.grounds(row)}
    wanted = Edit(number, seen, grounds, on_figures=True)
    return ledger.edit(Store(home.root), [wanted], _author(home, name), via="figures")[0]


@plainly
def listed(home: Home, today: date | None = None) -> pl.DataFrame:
    """Return every entry with what asks for attention, the overdue first.

    Besides the entry's own fields: `is_overdue`, `is_offered` (newer figures show the shortfall gone),
    `is_contradicted` (closed, though the figures show a shortfall), the latest figures, the consortium
    and `evidence_count`.
    """
    found = ledger_figures.judged(home, ledger.entries(Store(home.root)), today or date.today())
    return found.join(evidence.counts(home), on="number", how="left").with_columns(
        pl.col("evidence_count").fill_null(0)
    )


def find(home: Home, number: int) -> Row:
    """Return one entry as `listed` has it."""
    found = listed(home).filter(pl.col("number") == number).to_dicts()
    if not found:
        raise JunhengError(f"台账里没有第 {number} 号。", f"The ledger has no entry {number}.", 2)
    return found[0]


def standing(home: Home) -> dict[str, int]:
    """Return how the whole ledger stands today."""
    return counts(listed(home))


def counts(found: pl.DataFrame) -> dict[str, int]:
    """Return how many entries there are in each state, and how many ask for something."""
    states = dict(found["state"].value_counts().iter_rows())
    flags = ("is_overdue", "is_offered", "is_contradicted")
    return {
        "entries": found.height,
        **{state: int(states.get(state, 0)) for state in STATES},
        **{flag.removeprefix("is_"): int(found[flag].sum() or 0) for flag in flags},
        "conflicting": found.filter(pl.col("conflicts") > 0).height,
    }

"""The inspection as a page asks for it: items with who owes them by when, and what became of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from office import evidence
from office.plainly import plainly
from warehouse import read_inspection, snapshots
from warehouse.home import Home
from workspace import ledger
from workspace.ledger_fields import PENDING
from workspace.store import Store

Row = dict[str, Any]
OWED = {"item_code": pl.String, "owner": pl.String, "deadline": pl.String, "entries": pl.Int64}


@plainly
def items(home: Home, snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return every item with its owner, nearest deadline, pending ledger entries and evidence.

    `evidence_count` counts what the county's data name and the files attached, whose names are in `files`.
    """
    found = read_inspection.items(snapshot, standard, year)
    for typed in (_owed(home, standard), _attached(home)):
        found = found.join(typed, on="item_code", how="left", maintain_order="left")
    attached = pl.col("files").list.len().fill_null(0)
    return found.with_columns(
        pl.col("entries").fill_null(0), evidence_count=pl.col("evidence_count") + attached
    )


def _attached(home: Home) -> pl.DataFrame:
    """Return the files attached to each item, each as its number and name."""
    numbered = pl.concat_str("index_no", "name", separator=" ").alias("files")
    return evidence.index(home).group_by("item_code", maintain_order=True).agg(numbered)


def _owed(home: Home, standard: str) -> pl.DataFrame:
    """Return for each item who owes the pending ledger entry that is due first, and when."""
    pending = [
        {
            "item_code": row["code"],
            "owner": row["responsible_person"] or row["responsible_unit"] or None,
            "deadline": row["deadline"] or None,
        }
        for row in ledger.entries(Store(home.root))
        if row["state"] in PENDING and row["standard_code"] in ("", standard)
    ]
    frame = pl.DataFrame(pending, schema={name: OWED[name] for name in ("item_code", "owner", "deadline")})
    first = pl.col("deadline").sort(nulls_last=True).first()
    who = pl.col("owner").sort_by("deadline", nulls_last=True).drop_nulls().first()
    return frame.group_by("item_code").agg(who, first, pl.len().cast(pl.Int64).alias("entries"))


def history(home: Home, standard: str, year: int, item: str) -> pl.DataFrame:
    """Return an item's status in each kept snapshot, the earliest first."""
    found = [
        row | {"published_at": snapshot.published_at, "snapshot_id": snapshot.id}
        for snapshot in reversed(snapshots.history(home))
        for row in read_inspection.trend(str(snapshot.path), standard, item).to_dicts()
        if row["school_year"] == year
    ]
    return pl.DataFrame(found, infer_schema_length=None)


def days_left(snapshot: str, today: date | None = None) -> int | None:
    """Return the days until the inspectors come; None while no day is set."""
    day = read_inspection.day_set(snapshot)
    return None if day is None else (day - (today or date.today())).days

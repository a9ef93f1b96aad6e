"""Scenarios people named and kept: lists of changes, and the snapshot they were thought out on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workspace.authors import Author
from workspace.refusals import RefusedError
from workspace.store import Store, now, rows

Row = dict[str, Any]


@dataclass(frozen=True)
class Saved:
    """One scenario as it is kept."""

    name: str
    standard_code: str
    school_year: int
    snapshot_id: str
    changes: list[Row]
    note: str = ""
    saved_at: str = ""
    saved_by: str = ""


def save(store: Store, scenario: Saved, author: Author) -> None:
    """Keep a scenario; one of the same name is replaced."""
    name = " ".join(scenario.name.split())
    if not name:
        raise RefusedError("请给方案起个名字。", "Give the scenario a name.", 2)
    values = (
        name,
        scenario.standard_code,
        scenario.school_year,
        scenario.snapshot_id,
        json.dumps(scenario.changes, ensure_ascii=False),
        scenario.note,
        now(),
        author.name,
    )
    with store.writing() as connection:
        connection.execute("delete from scenario where name = ?", (name,))
        connection.execute(
            """insert into scenario
            (name, standard_code, school_year, snapshot_id, changes, note, saved_at, saved_by)
            values (?, ?, ?, ?, ?, ?, ?, ?)""",
            values,
        )


def listed(store: Store) -> list[Saved]:
    """Return every kept scenario, the latest first."""
    with store.reading() as connection:
        found = rows(connection, "select * from scenario order by saved_at desc, id desc")
    return [_saved(row) for row in found]


def forget(store: Store, name: str) -> None:
    """Take a scenario off the list."""
    with store.writing() as connection:
        connection.execute("delete from scenario where name = ?", (name,))


def _saved(row: Row) -> Saved:
    return Saved(
        **{key: row[key] for key in row if key not in ("id", "changes")}, changes=json.loads(row["changes"])
    )

"""Plans people named and kept: what was asked, what was answered, and on which snapshot."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from workspace.authors import Author
from workspace.refusals import RefusedError
from workspace.store import Store, now, rows

Row = dict[str, Any]
WRITTEN = ("asked", "summary", "steps")
"""What is kept as JSON."""


@dataclass(frozen=True)
class Kept:
    """One plan as it is kept; `kind` is `exchange` or `investment`."""

    name: str
    kind: str
    standard_code: str
    school_year: int
    snapshot_id: str
    asked: Row
    summary: Row
    steps: list[Row]
    """Moves and new posts, or purchases."""
    saved_at: str = ""
    saved_by: str = ""


def save(store: Store, plan: Kept, author: Author) -> str:
    """Keep a plan and return the name it has; one of the same name is replaced."""
    name = " ".join(plan.name.split())
    if not name:
        raise RefusedError("请给方案起个名字。", "Give the plan a name.", 2)
    texts = [json.dumps(getattr(plan, part), ensure_ascii=False) for part in WRITTEN]
    where = (plan.kind, plan.standard_code, plan.school_year, plan.snapshot_id)
    with store.writing() as connection:
        connection.execute("delete from plan where name = ?", (name,))
        connection.execute(
            """insert into plan
            (name, kind, standard_code, school_year, snapshot_id, asked, summary, steps, saved_at, saved_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (name, *where, *texts, now(), author.name),
        )
    return name


def listed(store: Store) -> list[Kept]:
    """Return every kept plan, the latest first."""
    with store.reading() as connection:
        found = rows(connection, "select * from plan order by saved_at desc, id desc")
    return [_kept(row) for row in found]


def forget(store: Store, name: str) -> bool:
    """Take a plan off the list; return whether it was there."""
    with store.writing() as connection:
        return connection.execute("delete from plan where name = ?", (name,)).rowcount > 0


def _kept(row: Row) -> Kept:
    texts = {part: json.loads(row[part]) for part in WRITTEN}
    return Kept(**{key: row[key] for key in row if key not in ("id", *WRITTEN)}, **texts)

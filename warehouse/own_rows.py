"""Rows a county adds to its own parameter tables, each signed: with a reason, a name and a day."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date

from warehouse import parameters, snapshots
from warehouse.errors import JunhengError
from warehouse.home import SEEDS, Home
from warehouse.locks import held
from warehouse.read import rows
from warehouse.snapshots import Snapshot

Row = dict[str, str]


def kept(home: Home, table: str) -> list[Row]:
    """Return the county's own rows of a parameter table, blanks as empty texts."""
    path = home.parameters / f"{table}.csv"
    if not path.exists():
        return []
    frame = parameters.read_table(path).fill_null("")
    return frame.to_dicts()


def add(home: Home, table: str, row: Mapping[str, str]) -> None:
    """Add a row; a row of the same key that is there already is refused."""
    with held(home, "import"):
        found = kept(home, table)
        if any(_key(table, other) == _key(table, row) for other in found):
            raise JunhengError(
                f"parameters/{table}.csv 里已有这一行，未重复添加。要改写请先撤销原来的。",
                f"parameters/{table}.csv has this row already; nothing was added. Withdraw it first.",
                2,
            )
        _write(home, table, [*found, row])


def withdraw(home: Home, table: str, key: Mapping[str, str]) -> None:
    """Take out the row of a key; one that is not there is refused."""
    with held(home, "import"):
        found = kept(home, table)
        left = [row for row in found if _key(table, row) != _key(table, key)]
        if len(left) == len(found):
            named = "，".join(part for part in _key(table, key) if part)
            raise JunhengError(
                f"parameters/{table}.csv 里没有这一行：{named}。",
                f"parameters/{table}.csv has no such row: {named}.",
                2,
            )
        _write(home, table, left)


def signature(reason: str, name: str, day: str | None) -> tuple[str, str, str]:
    """Return reason, name and day as they are kept; each has to be there, the day is today by default."""
    reason, name = " ".join(reason.split()), " ".join(name.split())
    if not reason or not name:
        raise JunhengError("请写明理由和姓名。", "State the reason and the name.", 2)
    try:
        signed = date.fromisoformat(day) if day else date.today()
    except ValueError as error:
        raise JunhengError(
            f"“{day}”不是日期，请写成 2024-11-20。", f"“{day}” is no date; write 2024-11-20.", 2
        ) from error
    return reason, name, signed.isoformat()


def published(home: Home) -> Snapshot:
    """Return the published snapshot; without one there is nothing to rule on."""
    now = snapshots.current(home)
    if now is None:
        raise JunhengError(
            "还没有发布过快照。请先导入并刷新。", "Nothing is published yet. Import and refresh first."
        )
    return now


def school_code(snapshot: Snapshot, named: str) -> str:
    """Return the code of the one school that `named` (a code or a name of any year) means."""
    found = rows(
        str(snapshot.path),
        """select distinct school_code from marts.dim_school
        where school_code = $1 or school_name = $1
            or list_contains(string_split(coalesce(former_names, ''), '|'), $1)""",
        named.strip(),
    )["school_code"].to_list()
    if len(found) != 1:
        zh = f"“{named}”对应不止一所学校，请改填学校标识码。" if found else f"没有“{named}”这所学校。"
        en = f"“{named}” means more than one school; give its code." if found else f"No school “{named}”."
        raise JunhengError(zh, en, 2)
    return str(found[0])


def _key(table: str, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get(name) or "" for name in parameters.KEYS[table])


def _write(home: Home, table: str, found: list[Mapping[str, str]] | list[Row]) -> None:
    """Write the table with the project's columns; the mark in front lets Excel read the Chinese."""
    names = (SEEDS / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    home.parameters.mkdir(parents=True, exist_ok=True)
    snapshots.write_text(home.parameters / f"{table}.csv", "\ufeff" + text.getvalue())

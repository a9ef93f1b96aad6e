"""Today's marts as their contracts state them, and snapshots of older software read as if they had them all.

What an older snapshot lacks is laid over it: a column without values, a table without rows. So no reader
of a mart needs to know since when it exists; the snapshot's file is never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import duckdb
import yaml  # type: ignore[import-untyped]

from warehouse.home import PROJECT

MODELS = PROJECT / "dbt_project" / "models" / "marts"
FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Tables = dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def contracts() -> Tables:
    """Return every mart's columns and their types, in the order of its contract."""
    files = [path.read_text(encoding="utf-8") for path in sorted(MODELS.glob("*.yml"))]
    models = [model for text in files for model in yaml.load(text, FAST)["models"]]
    return {
        model["name"]: {column["name"]: column["data_type"] for column in model["columns"]}
        for model in models
    }


def opened(path: Path | str) -> duckdb.DuckDBPyConnection:
    """Open a snapshot to read, with every table and column of today's marts in its schema `marts`."""
    connection = duckdb.connect(str(path), read_only=True)
    if not lacking(connection):
        return connection
    connection.close()
    connection = duckdb.connect()
    connection.execute(f"attach {_quoted(path)} as older (read_only)")
    _lay(connection, "older", "memory")
    return connection


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    """Attach a snapshot to read as the database `name`, with all of today's marts."""
    connection.execute(f"attach {_quoted(path)} as {name} (read_only)")
    if lacking(connection, name):
        connection.execute(f"detach {name}")
        connection.execute(f"attach {_quoted(path)} as older_{name} (read_only)")
        connection.execute(f"attach ':memory:' as {name}")
        _lay(connection, f"older_{name}", name)


def lacking(connection: duckdb.DuckDBPyConnection, name: str | None = None) -> list[str]:
    """Return what a snapshot's marts lack of today's: tables, and columns as `table.column`."""
    there = _columns(connection, name).get("marts", {})
    return [table for table in contracts() if table not in there] + [
        f"{table}.{column}"
        for table, columns in contracts().items()
        for column in columns
        if table in there and column not in there[table]
    ]


def _columns(connection: duckdb.DuckDBPyConnection, name: str | None) -> dict[str, dict[str, list[str]]]:
    """Return a database's columns by schema and table."""
    rows = connection.execute(
        """select schema_name, table_name, list(column_name order by column_index) from duckdb_columns()
        where database_name = coalesce(?, current_database()) and not internal group by all order by all""",
        [name],
    ).fetchall()
    found: dict[str, dict[str, list[str]]] = {}
    for schema, table, columns in rows:
        found.setdefault(schema, {})[table] = columns
    return found


def _lay(connection: duckdb.DuckDBPyConnection, older: str, name: str) -> None:
    """Show the database `older` as `name`, with what it lacks of today's marts."""
    there = _columns(connection, older)
    for schema in {*there, "marts"}:
        connection.execute(f"create schema if not exists {name}.{schema}")
    for schema, tables in there.items():
        for table, columns in tables.items():
            wanted = contracts().get(table, {}) if schema == "marts" else {}
            parts = ", ".join(["*", *_empty(wanted, columns)])
            connection.execute(
                f"create view {name}.{schema}.{table} as select {parts} from {older}.{schema}.{table}"
            )
    for table, wanted in contracts().items():
        if table not in there.get("marts", {}):
            parts = ", ".join(_empty(wanted, []))
            connection.execute(f"create view {name}.marts.{table} as select {parts} where false")


def _empty(wanted: dict[str, str], there: list[str]) -> Iterator[str]:
    """Yield a null of its type for each wanted column that is not there."""
    for column, kind in wanted.items():
        if column not in there:
            yield f"cast(null as {kind}) as {column}"


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"

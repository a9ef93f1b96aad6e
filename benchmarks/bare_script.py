"""The yardstick of the refresh: the same models as one plain DuckDB script over the same landing Parquet.

The SQL is what dbt compiled for the last refresh, in dependency order, each as `create … as`; seeds are read
with `read_csv`. No contracts, no tests, no checks. Run as `python -m benchmarks.bare_script HOME DATABASE`;
prints the seconds from connecting to the closed file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

Node = dict[str, Any]


def statements(home: Path) -> Iterator[str]:
    """Yield the script: schemas, seeds, then every model after those it reads."""
    manifest = json.loads((home / "build" / "target" / "manifest.json").read_text(encoding="utf-8"))
    nodes: dict[str, Node] = {
        name: node for name, node in manifest["nodes"].items() if node["resource_type"] in {"seed", "model"}
    }
    for database, schema in sorted({(node["database"], node["schema"]) for node in nodes.values()}):
        yield f'create schema if not exists "{database}"."{schema}"'
    graph = {name: set(manifest["parent_map"][name]) & nodes.keys() for name in nodes}
    for name in TopologicalSorter(graph).static_order():
        node = nodes[name]
        yield _seed(home, node) if node["resource_type"] == "seed" else _model(node)


def database_name(home: Path) -> str:
    """Return the catalogue's name in the compiled SQL, which the script's file must bear too."""
    manifest = json.loads((home / "build" / "target" / "manifest.json").read_text(encoding="utf-8"))
    return str(next(iter(manifest["nodes"].values()))["database"])


def _seed(home: Path, node: Node) -> str:
    types = node["config"].get("column_types") or {}
    path = home / "build" / "project" / "seeds" / f"{node['name']}.csv"
    names = path.read_text(encoding="utf-8").splitlines()[0].split(",")
    columns = ", ".join(f"'{name}': '{types.get(name, 'varchar')}'" for name in names)
    dialect = """auto_detect = false, header = true, delim = ',', quote = '"', escape = '"', nullstr = ''"""
    reading = f"read_csv('{path}', {dialect}, columns = {{{columns}}})"
    return f"create table {node['relation_name']} as select * from {reading}"


def _model(node: Node) -> str:
    kind = "view" if node["config"]["materialized"] == "new_view" else "table"
    query = Path(node["compiled_path"]).read_text(encoding="utf-8")
    return f"create {kind} {node['relation_name']} as {query}"


def main() -> None:
    """Run the script into a new file and print how long it took."""
    home, database = Path(sys.argv[1]), Path(sys.argv[2])
    script = list(statements(home))
    os.chdir(home / "build")  # The compiled SQL names the landing from there, as dbt does.
    started = time.perf_counter()
    with duckdb.connect(str(database)) as connection:
        connection.execute(f"attach '{database.with_name('pupils.duckdb')}' as pupils")
        for statement in script:
            connection.execute(statement)
        connection.execute("checkpoint")
    print(time.perf_counter() - started)


if __name__ == "__main__":
    main()

"""A small county to maltreat, and the questions asked of it afterwards."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from benchmarks.processes import ROOT
from warehouse import seals, snapshots
from warehouse.home import Home, open_home
from warehouse.schemas import DATASETS, SCHEMAS

INPUT = ROOT / "tests" / "golden" / "input"
QUERY = "select count(*) from marts.fct_school_indicator where value is not null"


def command(home: Home, *arguments: str | Path) -> list[str]:
    """Return the words of `junheng ARGUMENTS` on a home, run by this very Python."""
    return [sys.executable, str(ROOT / "cli.py"), "--home", str(home.root), *map(str, arguments)]


def started(words: Sequence[str], **options: Any) -> subprocess.Popen[str]:
    """Start a command in a process group of its own, its output caught."""
    return subprocess.Popen(
        words,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        **options,
    )


def run(words: Sequence[str], **options: Any) -> tuple[int, str]:
    """Run a command to its end; return its exit code and all it said."""
    process = started(words, **options)
    said, _ = process.communicate(timeout=300)
    return process.returncode, said


def published(folder: Path) -> Home:
    """Import the golden county into an empty home and publish it, through the commands."""
    home = open_home(folder)
    for words in (("import", INPUT), ("refresh",)):
        code, said = run(command(home, *words))
        if code:
            raise RuntimeError(said)
    return home


def copied(home: Home, folder: Path) -> Home:
    """Copy a home, dbt's parsed project included, for one part to maltreat."""
    shutil.copytree(home.root, folder, ignore=shutil.ignore_patterns("*.lock"))
    return open_home(folder)


def variant(folder: Path, number: int) -> Path:
    """Write the county's files with one school's classrooms other than before; return their folder."""
    shutil.copytree(INPUT, folder, dirs_exist_ok=True)
    path = folder / "专用教室.csv"
    head, first, *rest = path.read_text(encoding="utf-8-sig").splitlines()
    *cells, _ = first.split(",")
    changed = ",".join([*cells, str(60 + number)])
    path.write_text("\n".join([head, changed, *rest, ""]), encoding="utf-8-sig")
    return folder


def faults(home: Home) -> list[str]:
    """Return what does not hold of a home after a mishap; empty when nothing is lost or half done."""
    return [*_snapshot_faults(home), *_landing_faults(home)]


def _snapshot_faults(home: Home) -> Iterator[str]:
    snapshot = snapshots.current(home)
    if snapshot is None:
        yield "no snapshot is published"
        return
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        (valued,) = connection.sql(QUERY).fetchall()[0]
        sources = connection.sql(
            "select import_id, file_name, file_hash, sheet_name, dataset, rows_landed"
            " from marts.fct_source where not is_retracted order by all"
        )
        rows = [dict(zip(sources.columns, row, strict=True)) for row in sources.fetchall()]
    if not valued:
        yield f"{snapshot.id} answers with nothing"
    if snapshot.manifest["id"] != snapshot.id or snapshot.manifest["sources"] != rows:
        yield f"{snapshot.id} does not agree with its manifest"
    for seal in seals.listed(home):
        if not seal["is_intact"]:
            yield f"{seal['id']} is sealed and not what was sealed"
    for kept in snapshots.history(home):
        if json.loads(kept.path.with_suffix(".json").read_text(encoding="utf-8"))["id"] != kept.id:
            yield f"{kept.id} has another one's manifest"


def _landing_faults(home: Home) -> Iterator[str]:
    """Every registered import must have all the rows it registered, in files that open."""
    for registry in sorted((home.landing / "_imports").glob("I*.parquet")):
        registered = pl.read_parquet(registry)
        for dataset in DATASETS:
            told = int(registered.filter(pl.col("dataset") == dataset)["rows_landed"].sum())
            found = _rows(home.landing / dataset / registry.name)
            if told != found:
                yield f"{registry.stem}: {dataset} registered {told} rows, {found} are there"
        for digest in _kept(registered):
            if not (home.files / digest).exists() or seals.file_hash(home.files / digest) != digest:
                yield f"{registry.stem}: a received file is not kept whole"
        for name in ("_columns", "_issues"):
            if pl.read_parquet_schema(home.landing / name / registry.name) != SCHEMAS[name]:
                yield f"{registry.stem}: {name} cannot be read"


def _kept(registered: pl.DataFrame) -> list[str]:
    """Return the hashes of the files that must be kept: all but those that hold pupils' scores."""
    scores = registered.filter(pl.col("dataset") == "exam_scores")["file_hash"]
    return [digest for digest in registered["file_hash"].drop_nulls().unique() if digest not in set(scores)]


def _rows(path: Path) -> int:
    """Count the source rows of a landed file (a row of cells lands one row a cell)."""
    if not path.exists():
        return 0
    rows = pl.read_parquet(path)
    place = [name for name in ("file_name", "sheet_name", "row_number") if name in rows.columns]
    return rows.select(place).unique().height


def leftovers(home: Home) -> list[Path]:
    """Return what killed imports and refreshes left in the landing and beside the snapshots."""
    registered = {path.name for path in (home.landing / "_imports").glob("I*.parquet")}
    rows = [path for path in home.landing.glob("*/I*.parquet") if path.name not in registered]
    parts = [path for folder in (home.landing, home.files, home.snapshots) for path in folder.rglob("*.part")]
    return [*rows, *parts, *home.build.glob(".building-*")]

"""What changed between two snapshots: verdicts that flip, coefficients, figures, definitions, sources.

Both files are attached read-only and compared in SQL. Figures count as equal within the relative
tolerance of every comparison with a threshold, 1e-9, so that the order of a sum is no change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse import contracts, snapshots
from warehouse import difference_queries as queries
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.parameters import DEFINITIONS, KEYS
from warehouse.snapshots import Snapshot

WORDS = re.compile(
    r".*_(zh|en)|source.*|.*_document|sort_order|symbol|standard_codes|is_example|decimals|note|step"
)
"""Columns of a definition that only word, order, round or cite it."""
GROWING = ("indicators", "measures", "standards")
"""Tables where one more row changes nothing that was there."""


@dataclass(frozen=True)
class Difference:
    """Everything that changed from `before` to `after`, each frame empty when nothing did.

    `classification`: `major` (something was deleted or a definition changed), `minor` (figures were
    added or updated), `patch` (figures changed by corrections alone, or only sources or issues did)
    or `none`.
    """

    before: Snapshot
    after: Snapshot
    classification: str
    verdicts: pl.DataFrame
    county_verdicts: pl.DataFrame
    coefficients: pl.DataFrame
    items: pl.DataFrame
    counts: pl.DataFrame
    figures: pl.DataFrame
    definitions: pl.DataFrame
    corrections: pl.DataFrame
    deleted: pl.DataFrame
    sources: pl.DataFrame
    issues: pl.DataFrame
    labels: pl.DataFrame
    standards: pl.DataFrame


FRAMES = (
    "verdicts",
    "county_verdicts",
    "coefficients",
    "items",
    "counts",
    "figures",
    "definitions",
    "corrections",
    "deleted",
    "sources",
    "issues",
)


def diff(home: Home, before: str, after: str) -> Difference:
    """Return what changed from snapshot `before` to snapshot `after` (ids, or `current`).

    JunhengError (2) for a snapshot that does not exist, (1) for one that cannot be read.
    """
    return difference(snapshots.find(home, before), snapshots.find(home, after))


def difference(was: Snapshot, now: Snapshot) -> Difference:
    """Return what changed from one snapshot to another, wherever their files are."""
    try:
        with _attached(was.path, now.path) as connection:
            frames = _frames(connection)
    except duckdb.Error as error:
        raise JunhengError(
            f"快照 {was.id} 与 {now.id} 无法比较：{error}",
            f"Snapshots {was.id} and {now.id} cannot be compared: {error}",
        ) from error
    return Difference(was, now, _classify(frames), **frames)


def as_dict(found: Difference) -> dict[str, Any]:
    """Return a difference in the shape `--json` promises."""
    rows = {name: getattr(found, name).to_dicts() for name in FRAMES}
    ends = {"before": found.before.id, "after": found.after.id}
    return {**ends, "classification": found.classification, **rows}


@contextmanager
def _attached(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection that sees the two files as `before` and `after` and can write to neither."""
    with duckdb.connect() as connection:
        for name, path in (("before", before), ("after", after)):
            contracts.attach(connection, path, f"{name}_file")
        connection.execute(queries.EQUALS)
        yield connection


def _frames(connection: duckdb.DuckDBPyConnection) -> dict[str, pl.DataFrame]:
    for side in ("before", "after"):
        query = (
            queries.CORRECTIONS_OF if "corrections" in _columns(connection, side) else queries.NO_CORRECTIONS
        )
        connection.execute(query.format(side=side))
    for table in (queries.SCHOOLS, queries.CORRECTIONS, queries.CORRECTED, queries.FIGURES):
        connection.execute(table)
    sources = connection.sql(queries.SOURCES).pl()
    gone = sources.filter(pl.col("change") == "removed").select(
        pl.lit("source").alias("kind"), pl.col("hash_before").alias("code"), pl.col("file_name").alias("name")
    )
    asked = {
        "verdicts": queries.VERDICTS,
        "county_verdicts": queries.COUNTY_VERDICTS,
        "coefficients": queries.COEFFICIENTS,
        "items": queries.ITEMS,
        "counts": queries.COUNTS,
        "figures": queries.ALL_FIGURES,
        "issues": queries.ISSUES,
        "corrections": "from corrections",
        "labels": "select kind, code, label_zh, label_en from after_file.marts.dim_label",
        "standards": "select standard_code, short_zh, short_en from after_file.marts.dim_standard",
    }
    return {
        **{name: connection.sql(query).pl() for name, query in asked.items()},
        "definitions": _definitions(connection),
        "deleted": pl.concat([connection.sql(queries.DELETED).pl(), gone]),
        "sources": sources,
    }


def _definitions(connection: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Compare the seeds that define figures cell by cell, over the tables and columns both sides have."""
    has = {side: _columns(connection, side) for side in ("before", "after")}
    for side in has:
        connection.execute(queries.CELLS.format(side=side))
        for table in DEFINITIONS:
            shared = [name for name in has["before"].get(table, []) if name in has["after"].get(table, [])]
            compared = [name for name in shared if name not in KEYS[table] and not WORDS.fullmatch(name)]
            if compared and set(KEYS[table]) <= set(shared):
                connection.execute(_fill(side, table, compared))
    found = connection.sql(queries.DEFINITIONS).pl()
    added = pl.col("change") == "added"
    new = found.filter(added & (pl.col("table_name") == "standards"))["row_key"].implode()
    harmless = added & (pl.col("table_name").is_in(GROWING) | pl.col("standard_code").is_in(new))
    return found.with_columns((~harmless).fill_null(True).alias("is_breaking"))


def _columns(connection: duckdb.DuckDBPyConnection, side: str) -> dict[str, list[str]]:
    found = connection.execute(queries.COLUMNS, [f"{side}_file"]).fetchall()
    return {table: list(columns) for table, columns in found}


def _fill(side: str, table: str, compared: list[str]) -> str:
    return queries.FILL_CELLS.format(
        side=side,
        table=table,
        keys=", ".join(KEYS[table]),
        standard="standard_code" if "standard_code" in KEYS[table] else "null",
        columns=", ".join(f"cast({name} as varchar) as {name}" for name in compared),
        names=", ".join(compared),
    )


def _classify(frames: dict[str, pl.DataFrame]) -> str:
    """Grade a change as the statistics service of England's Department for Education grades its data sets."""
    definitions = frames["definitions"]
    if frames["deleted"].height or definitions["is_breaking"].any():
        return "major"
    figures, sources = frames["figures"], frames["sources"]
    decided = frames["coefficients"].height or frames["items"].height
    if definitions.height or (figures.is_empty() and decided):
        return "minor"
    if figures.height and (sources.height or not figures["is_by_correction"].all()):
        return "minor"
    others = (frames["corrections"], frames["issues"], figures, sources)
    return "patch" if any(frame.height for frame in others) else "none"

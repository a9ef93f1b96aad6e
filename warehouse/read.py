"""Frames for pages and documents: one select from one mart, kept by snapshot and arguments.

A published snapshot never changes under its name, so a frame read once stays true.
Every function takes the snapshot's path first; a new snapshot has a new path.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import duckdb
import polars as pl


@lru_cache(maxsize=4)
def _connection(snapshot: str) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(snapshot, read_only=True)


@lru_cache(maxsize=512)
def rows(snapshot: str, query: str, *params: Any) -> pl.DataFrame:
    """Run one select on a snapshot (a cursor of its own each time: readers are threads)."""
    with _connection(snapshot).cursor() as cursor:
        return cursor.sql(query, params=list(params)).pl()


def county(snapshot: str) -> dict[str, Any]:
    """Return the county's name, province and whether it is the demonstration."""
    return rows(snapshot, "select * from marts.dim_county").to_dicts()[0]


def labels(snapshot: str) -> pl.DataFrame:
    """Words and shapes of codes, in order within a kind."""
    return rows(snapshot, "select * from marts.dim_label order by kind, sort_order, code")


def years(snapshot: str) -> pl.DataFrame:
    """School years with figures, latest first, each with the standard it is shown under."""
    return rows(snapshot, "select * from marts.dim_school_year order by school_year desc")


def standards(snapshot: str) -> pl.DataFrame:
    """The standards, in order, with their documents and rules."""
    return rows(snapshot, "select * from marts.dim_standard order by sort_order, standard_code")


def indicators(snapshot: str) -> pl.DataFrame:
    """Every indicator of every standard and stage, the latest version last, in the form's order."""
    return rows(
        snapshot,
        "select * from marts.dim_indicator order by standard_code, stage, sort_order, indicator_code, valid_from",
    )

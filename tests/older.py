"""A home as older software left it: fewer datasets and columns landed, a snapshot with fewer marts."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import duckdb
import polars as pl

from warehouse import snapshots
from warehouse.home import Home
from warehouse.snapshots import Snapshot

NOT_YET_LANDED = {
    "schools": ["former_names", "established_year"],
    "conditions": ["raw_value"],
    "teachers": ["has_certificate", "training_hours_5y", "birth_month"],
    "_imports": ["content_hash", "is_partial"],
}
DATASETS_NOT_YET = ("classes", "targets")
MARTS_NOT_YET = (
    "dim_example",
    "dim_parameter",
    "dim_rule",
    "dim_term",
    "fct_group_compliance",
    "fct_group_indicator",
    "fct_lineage",
    "fct_submission",
    "fct_target_progress",
)
COLUMNS_NOT_YET = {
    "fct_school_indicator": ["is_corrected", "exception_code", "cv_after_step", "student_cumulative_share"],
    "fct_school_compliance": ["previous_verdict"],
    "fct_county_balance": ["cv_with_small_sites", "previous_met_share", "schools_excluded"],
    "fct_data_issue": ["is_waived"],
    "dim_indicator": ["step"],
}


def make_older(home: Home) -> Snapshot:
    """Take from a published home what later software added; return its snapshot."""
    for dataset, columns in NOT_YET_LANDED.items():
        for path in (home.landing / dataset).glob("*.parquet"):
            pl.read_parquet(path).drop(columns).write_parquet(path)
    for dataset in DATASETS_NOT_YET:
        shutil.rmtree(home.landing / dataset)
        for path in (home.landing / "_imports").glob("I*.parquet"):
            pl.read_parquet(path).filter(pl.col("dataset") != dataset).write_parquet(path)
    snapshot = snapshots.current(home)
    assert snapshot is not None
    with duckdb.connect(str(snapshot.path)) as connection:
        take_away(connection)
    facts = json.loads(snapshot.path.with_suffix(".json").read_text(encoding="utf-8"))
    kept = {name: facts[name] for name in ("id", "published_at", "sources")}
    snapshot.path.with_suffix(".json").write_text(json.dumps(kept), encoding="utf-8")
    return snapshot


def take_away(connection: duckdb.DuckDBPyConnection) -> None:
    for table in MARTS_NOT_YET:
        connection.execute(f"drop table marts.{table}")
    for table, columns in COLUMNS_NOT_YET.items():
        connection.execute(
            f"create or replace table marts.{table} as"
            f" select * exclude ({', '.join(columns)}) from marts.{table}"
        )
    connection.execute("drop table if exists seeds.corrections")
    connection.execute("drop table if exists seeds.waivers")


def of_golden(root: Path, golden: Home) -> Home:
    """Copy the golden county to `root` and make it older."""
    home = Home(root)
    shutil.copytree(golden.root, root, ignore=shutil.ignore_patterns("build", "*.lock"))
    make_older(home)
    return home

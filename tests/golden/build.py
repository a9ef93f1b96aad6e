"""The golden county: a dozen schools small enough to check by hand (docs/golden-county.md)."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.refresh import RefreshReport, refresh

HERE = Path(__file__).parent
EXPECTED = HERE / "expected"
FROM_SEEDS = (
    "dim_approved_project",
    "dim_consortium_fact",
    "dim_duty",
    "dim_example",
    "dim_label",
    "dim_parameter",
    "dim_question",
    "dim_rule",
    "dim_term",
    "dim_unit_price",
)
VOLATILE = {"imported_at", "issue_id", "lineage_id", "file_hash"}
TABLES = "select table_name from information_schema.tables where table_schema = 'marts' order by 1"


def build(root: Path) -> tuple[Home, RefreshReport]:
    """Import the golden files into a new home at `root` and refresh it."""
    home = Home(root)
    report = import_paths(home, [HERE / "input"])
    assert report.refused_rows == 0, report.issues
    return home, refresh(home)


def marts(snapshot: Path) -> dict[str, pl.DataFrame]:
    """Every published table that is more than a seed, sorted, without what differs from run to run."""
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        names = [name for (name,) in connection.sql(TABLES).fetchall() if name not in FROM_SEEDS]
        frames = {name: connection.sql(f"select * from marts.{name}").pl() for name in names}
    return {name: _steady(frame) for name, frame in frames.items()}


def _steady(frame: pl.DataFrame) -> pl.DataFrame:
    kept = frame.drop(VOLATILE & set(frame.columns))
    texts = [column for column, dtype in kept.schema.items() if not dtype.is_float()]
    return kept.sort(texts, nulls_last=True).with_columns(
        pl.selectors.boolean().cast(pl.Int8), pl.selectors.date().cast(pl.String)
    )


def write_expected(snapshot: Path) -> None:
    """Check in what the golden county gives now; read the difference before committing it."""
    for name, frame in marts(snapshot).items():
        frame.write_csv(EXPECTED / f"{name}.csv")

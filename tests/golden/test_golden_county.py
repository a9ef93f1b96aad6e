"""One small county compared whole, table by table, and against a second computation."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from tests.golden import independent
from tests.golden.build import EXPECTED, marts
from tests.published import golden_home
from warehouse.snapshots import current

NAMES = sorted(path.stem for path in EXPECTED.glob("*.csv"))


@pytest.fixture(scope="module")
def snapshot() -> Path:
    now = current(golden_home())
    assert now is not None
    return now.path


@pytest.fixture(scope="module")
def published(snapshot: Path) -> dict[str, pl.DataFrame]:
    return marts(snapshot)


def test_every_mart_has_an_expectation(published: dict[str, pl.DataFrame]) -> None:
    assert sorted(published) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_mart_is_as_checked_in(published: dict[str, pl.DataFrame], name: str) -> None:
    found = published[name]
    expected = pl.read_csv(EXPECTED / f"{name}.csv", infer_schema_length=0).cast(found.schema)
    assert_frame_equal(found, expected, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("indicator", ["R1", "R2", "R3", "R4", "R5", "R6", "R7"])
def test_second_computation_agrees(published: dict[str, pl.DataFrame], indicator: str) -> None:
    row = published["fct_county_balance"].row(
        by_predicate=(pl.col("standard_code") == "national_2017")
        & (pl.col("school_year") == 2024)
        & (pl.col("stage") == "primary")
        & (pl.col("indicator_code") == indicator),
        named=True,
    )
    found = (row["county_mean"], row["std_dev"], row["cv"])
    assert found == pytest.approx(independent.balance()[indicator], rel=1e-12)


def test_expectations_hold_no_path_of_this_machine() -> None:
    assert not any(str(Path.home()) in path.read_text(encoding="utf-8") for path in EXPECTED.glob("*.csv"))

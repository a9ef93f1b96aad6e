"""Exchange as published from the demonstration's dirty files, against what its clean world says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.marts.county import query
from warehouse.demo import CountyFiles
from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.refresh import refresh

FIGURES = ("full_time_teachers", "eligible", "exchanged", "backbone_exchanged")


@pytest.fixture(scope="module")
def snapshot(small_county: CountyFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("exchange_truth"))
    shutil.copytree(small_county.parameters, home.parameters, dirs_exist_ok=True)
    import_paths(home, [small_county.raw])
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


def test_every_declared_item_is_judged_as_in_the_clean_world(
    small_county: CountyFiles, snapshot: Path
) -> None:
    truth = small_county.truth / "inspection_items.csv"
    differing = query(
        snapshot,
        f"select truth.*, found.status from read_csv('{truth.as_posix()}') as truth"
        " left join marts.fct_inspection_item as found on found.standard_code = 'national_2017'"
        " and truth.school_year = found.school_year and truth.item_code = found.item_code"
        " where found.status is distinct from truth.status",
    )
    assert differing == []


def test_the_county_has_items_of_every_kind(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select status, is_tight, count(*) from marts.fct_inspection_item"
        " where standard_code = 'national_2017' and school_year = 2024 group by all order by all",
    )
    assert {(status, is_tight) for status, is_tight, _ in found} == {
        ("met", False), ("met", True), ("missing", False), ("not_met", False),
    }  # fmt: skip


def test_every_rate_is_that_of_the_clean_world(small_county: CountyFiles, snapshot: Path) -> None:
    truth = small_county.truth / "exchange_rates.csv"
    same = " and ".join(f"found.{name} = truth.{name}" for name in FIGURES)
    differing = query(
        snapshot,
        f"select truth.* from read_csv('{truth.as_posix()}', types = {{'scope_code': 'varchar'}}) as truth"
        " left join marts.fct_exchange_rate as found using (school_year, scope, scope_code)"
        f" where not coalesce({same}, false)",
    )
    assert differing == []

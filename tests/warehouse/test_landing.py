"""The landing holds: typed empty files, commit by the last file, history that is never edited."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse import landing, schemas
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home

ONE = {"rows_read": 1, "rows_landed": 1, "rows_refused": 0, "is_partial": False}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


def registry() -> pl.DataFrame:
    return pl.DataFrame(
        [{**ONE, "file_name": "a.xlsx", "file_hash": "h", "sheet_name": "s", "dataset": "targets"}]
    )


def targets(value: float) -> pl.DataFrame:
    return pl.DataFrame(
        {"school_year": [2024], "stage": ["primary"], "indicator_code": ["R1"], "target": [value]}
    )


def test_every_dataset_has_a_typed_empty_file(home: Home) -> None:
    landing.ensure_landing(home)
    for name, schema in schemas.SCHEMAS.items():
        assert pl.read_parquet(home.landing / name / "_empty.parquet").schema == schema


def test_committed_rows_have_the_whole_schema(home: Home) -> None:
    landing.commit_import(home, "I000001", {"targets": targets(0.4), "_imports": registry()})
    rows = landing.landed(home, "targets")
    assert rows.schema == schemas.SCHEMAS["targets"]
    assert rows["import_seq"].to_list() == [1]


def test_rows_without_their_registry_do_not_exist(home: Home) -> None:
    landing.commit_import(home, "I000001", {"targets": targets(0.4), "_imports": registry()})
    (home.landing / "_imports" / "I000001.parquet").unlink()
    assert landing.landed(home, "targets").is_empty()
    assert landing.next_import_id(home) == "I000002", "a killed import's number is not used again"


def test_retracted_rows_stay_but_do_not_count(home: Home) -> None:
    landing.commit_import(home, "I000001", {"targets": targets(0.4), "_imports": registry()})
    landing.retract(home, "I000001")
    assert landing.landed(home, "targets").is_empty()
    assert (home.landing / "targets" / "I000001.parquet").exists()
    landing.retract(home, "I000001")


def test_retracting_what_does_not_exist_is_wrong_usage(home: Home) -> None:
    with pytest.raises(JunhengError) as caught:
        landing.retract(home, "I000009")
    assert caught.value.exit_code == 2


def test_nothing_unfinished_is_ever_globbed(home: Home) -> None:
    landing.commit_import(home, "I000001", {"targets": targets(0.4), "_imports": registry()})
    assert not list(home.landing.glob("**/*.part"))

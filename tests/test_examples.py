"""The ready examples: what ships is what the documents say, and it can be imported."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse.errors import JunhengError
from warehouse.examples import examples, import_example
from warehouse.home import open_home
from warehouse.landing import landed


def test_fenghua_has_five_communities_in_two_rounds(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    _example, report = import_example(home, "fenghua")
    assert report is not None and report.refused_rows == 0
    members = landed(home, "consortium_members")
    assert members["consortium_code"].n_unique() == 5
    assert members["school_ref"].n_unique() == 28
    assert sorted(members["round"].unique()) == ["2019—2022", "2022—2025"]
    leads = members.filter(pl.col("role") == "牵头")["school_ref"].unique().to_list()
    assert sorted(leads) == sorted(["岳林小学", "龙津实验学校", "居敬小学", "锦屏小学", "实验小学"])


def test_hubei_has_two_schools_as_unequal_as_the_plan_says(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    _example, report = import_example(home, "hubei")
    assert report is not None and report.refused_rows == 0
    cells = landed(home, "conditions").vstack(landed(home, "staff_counts"))
    assert sorted(cells["value"].drop_nulls()) == [14.0, 31.0, 90.0, 92.0, 1812.0]


def test_examples_of_facts_alone_import_nothing(tmp_path: Path) -> None:
    home = open_home(tmp_path / "home")
    example, report = import_example(home, "pucheng")
    assert report is None
    assert [fact["value"] for fact in example.facts if fact["section"] == "target"] == ["20"]
    assert len([fact for fact in example.facts if fact["section"] == "unification"]) == 9
    assert [found.name for found in examples()] == ["fenghua", "pucheng", "zhenjiang", "hubei"]


def test_an_unknown_example_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(JunhengError) as refused:
        import_example(open_home(tmp_path / "home"), "nowhere")
    assert "fenghua" in refused.value.message("zh")

from __future__ import annotations

import polars as pl
import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import numbers
from warehouse import read


@pytest.mark.parametrize("stage", ["primary", "junior"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_coefficients_stand_weighted_and_unweighted(open_page: Open, stage: str, lang: str) -> None:
    pick = golden_pick()
    shown = words(open_page("balance", stage=stage, lang=lang))
    rows = read.balance(pick.snapshot, "national_2017", 2024).filter(pl.col("stage") == stage).to_dicts()
    for row in rows:
        assert numbers.coefficient(row["cv"]) in shown
        assert numbers.coefficient(row["cv_unweighted"]) in shown


def test_schools_that_make_the_coefficient_are_named_with_their_share(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("balance", stage="primary", indicator="R4"))
    top = (
        read.schools(pick.snapshot, "national_2017", 2024, "primary", "R4")
        .sort("cv_contribution", descending=True, nulls_last=True)
        .to_dicts()[0]
    )
    assert top["school_name"] in shown
    assert numbers.percent(top["cv_contribution"]) in shown


def test_one_more_step_is_told_for_every_school(open_page: Open) -> None:
    pick = golden_pick()
    rows = read.schools(pick.snapshot, "national_2017", 2024, "primary", "R4").to_dicts()
    shown = words(open_page("balance", stage="primary", indicator="R4"))
    for row in rows:
        assert numbers.number(row["cv_after_step"], 4) in shown
    assert f"下载当前 {len(rows)} 行" in shown


def test_the_composite_alone_is_tested_under_the_older_standard(open_page: Open) -> None:
    pick = golden_pick()
    row = (
        read.balance(pick.snapshot, "national_2012", 2024)
        .filter((pl.col("stage") == "primary") & (pl.col("indicator_code") == "composite"))
        .to_dicts()[0]
    )
    shown = words(open_page("balance", standard="national_2012", stage="primary"))
    assert f"小学综合差异系数 {numbers.coefficient(row['cv'])}" in shown

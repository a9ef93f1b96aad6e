"""A county that nothing was changed in stands where the marts say it stands."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from office.amounts import amounts, yardstick
from planning.standing import Standing, stand
from tests.published import golden_home
from warehouse.read import rows
from warehouse.snapshots import current

STANDARDS = ("national_2017", "national_2012", "example_province")
MARTS = {
    "indicators": ("fct_school_indicator", ["school_code", "stage", "indicator_code"]),
    "schools": ("fct_school_compliance", ["school_code", "stage"]),
    "balance": ("fct_county_balance", ["stage", "indicator_code"]),
    "verdicts": ("fct_county_verdict", ["stage"]),
}


def snapshot() -> str:
    found = current(golden_home())
    assert found is not None
    return str(found.path)


def assert_equals_marts(standing: Standing, path: str, standard: str, year: int) -> None:
    for part, (mart, keys) in MARTS.items():
        found: pl.DataFrame = getattr(standing, part)
        published = rows(
            path, f"select * from marts.{mart} where standard_code = ? and school_year = ?", standard, year
        )
        shared = [column for column in found.columns if column in published.columns]
        assert {*keys, "students"} < {*shared, "schools_with_value"}
        assert_frame_equal(
            found.select(shared).sort(keys),
            published.select(shared).sort(keys),
            check_dtypes=False,
            rel_tol=1e-9,
            abs_tol=1e-12,
        )


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_county_without_a_change_stands_where_the_marts_say(standard: str, year: int) -> None:
    path = snapshot()
    standing = stand(amounts(path, standard, year), yardstick(path, standard, year))
    assert standing.indicators.height > 0
    assert_equals_marts(standing, path, standard, year)


def test_the_unweighted_method_takes_the_plain_mean() -> None:
    path = snapshot()
    pupil_weighted = yardstick(path, "national_2017", 2024)
    plain = type(pupil_weighted)(**{**vars(pupil_weighted), "cv_method": "unweighted"})
    balance = stand(amounts(path, "national_2017", 2024), plain).balance
    single = balance.filter(pl.col("indicator_code") != "composite")
    assert_frame_equal(single.select("cv"), single.select(cv="cv_unweighted"), rel_tol=1e-9, abs_tol=1e-12)

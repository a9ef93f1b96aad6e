"""Cohorts go on, teachers retire, projects come; what cannot be projected is not."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from planning import cohorts
from planning.county import Base, amounts
from planning.outlook import first_crossings, teachers_needed
from planning.projection import Known, project
from planning.retirements import Ages, remaining_share, retires
from planning.standing import stand
from tests.planning.counties import county

AGES = Ages(60, 55, 4, 36, 0.65)


def rolls(years: dict[int, list[float]], school: str = "one") -> pl.DataFrame:
    rows = [
        (year, school, grade, pupils)
        for year, grades in years.items()
        for grade, pupils in enumerate(grades, 1)
    ]
    return pl.DataFrame(rows, schema=["school_year", "school_code", "grade", "students"], orient="row")


def one_school(pupils: float = 600.0) -> Base:
    measures = [
        ("one", "primary", "students", pupils, 0.0),
        ("one", "primary", "qualified_teachers", 30.0, 0.0),
        ("one", "primary", "area", 3000.0, 0.0),
    ]
    indicators = [("T", "qualified_teachers", 100.0, 4.2), ("A", "area", 1.0, 4.5)]
    return county({"one": "小学"}, [("one", "primary", 1.0)], measures, indicators, limit=0.5, least=1)


def known(frame: pl.DataFrame, *, born: date | None = None, projects: list[tuple] | None = None) -> Known:
    schema = {
        "school_code": pl.String,
        "school_year": pl.Int64,
        "stage": pl.String,
        "measure": pl.String,
        "amount": pl.Float64,
    }
    teachers = pl.DataFrame(
        [(2024, "one", "primary", born, "语文", 30, True, False, False, True)],
        schema={
            "school_year": pl.Int64,
            "school_code": pl.String,
            "stage": pl.String,
            "birth_month": pl.Date,
            "subject": pl.String,
            "teachers": pl.Int64,
            "is_qualified": pl.Boolean,
            "is_backbone": pl.Boolean,
            "is_pe_arts": pl.Boolean,
            "is_mid_title": pl.Boolean,
        },
        orient="row",
    )
    return Known(
        2024, frame, teachers, pl.DataFrame(projects or [], schema=schema, orient="row"), AGES, 0.0, 0.5
    )


STEADY = {2022: [100.0] * 6, 2023: [100.0] * 6, 2024: [100.0] * 6}
SHRINKING = {2022: [100.0] * 6, 2023: [90.0, *[100.0] * 5], 2024: [81.0, 90.0, *[100.0] * 4]}


def test_a_steady_school_stays_as_it_is() -> None:
    found = project(one_school(), known(rolls(STEADY)))
    assert found.pupils["students"].to_list() == pytest.approx([600.0] * 5)
    assert found.pupils.filter(pl.col("low") >= pl.col("students")).is_empty()
    assert found.back_test["error_share"].to_list() == pytest.approx([0.0])


def test_small_cohorts_move_up_and_the_trend_of_entrants_fades() -> None:
    found = cohorts.rolls_of(rolls(SHRINKING))
    rates = cohorts.rates(found, 2024, shrink=0.0, damping=0.5)
    assert rates is not None
    coming = cohorts.project(found, 2024, 2, rates)
    assert coming[2025, "one", 2] == pytest.approx(81.0)
    assert coming[2025, "one", 1] == pytest.approx(81.0 * 0.9)
    assert coming[2026, "one", 1] == pytest.approx(81.0 * 0.9 * 0.9**0.5)


def test_junior_entrants_are_the_countys_leavers_shared_as_last_year() -> None:
    years = {year: [50.0] * 6 + [pupils] * 3 for year, pupils in ((2023, 40.0), (2024, 40.0))}
    found = cohorts.rolls_of(rolls(years))
    rates = cohorts.rates(found, 2024, shrink=60.0, damping=0.5)
    assert rates is not None and rates.transition == pytest.approx(0.8)
    assert cohorts.project(found, 2024, 1, rates)[2025, "one", 7] == pytest.approx(40.0)


def test_with_one_year_pupils_are_held_and_it_is_said() -> None:
    found = project(one_school(), known(rolls({2024: [100.0] * 6})))
    assert not found.has_pupils and found.years_at_hand == [2024]
    assert set(found.pupils["students"]) == {600.0} and found.back_test.is_empty()


@pytest.mark.parametrize(
    ("born", "age", "month"),
    [
        (date(1964, 12, 1), 60, date(2024, 12, 1)),
        (date(1965, 1, 1), 60, date(2025, 2, 1)),
        (date(1965, 5, 1), 60, date(2025, 7, 1)),
        (date(1970, 1, 1), 55, date(2025, 2, 1)),
        (date(1985, 1, 1), 55, date(2043, 1, 1)),
    ],
)
def test_the_retirement_age_rises_a_month_every_four(born: date, age: float, month: date) -> None:
    assert retires(born, age, AGES) == month


def test_an_unknown_sex_counts_as_its_share_and_an_unknown_month_stays() -> None:
    assert remaining_share(date(1967, 1, 1), 2025, AGES) == pytest.approx(0.35)
    assert remaining_share(None, 2040, AGES) == 1.0


def test_who_may_be_a_man_or_a_woman_widens_the_interval_of_teachers_and_not_of_areas() -> None:
    # Born 1971-01: a woman leaves in 2026, a man in 2031; 30 of them, each a woman with 0.65.
    found = project(one_school(), known(rolls(STEADY), born=date(1971, 1, 1)))
    spreads = {
        (year, code): (pupils, teachers)
        for year, code, pupils, teachers in found.spreads.filter(pl.col("stage") == "primary")
        .select("school_year", "indicator_code", "by_pupils", "by_teachers")
        .iter_rows()
    }
    assert spreads[2025, "T"][1] == 0.0
    assert spreads[2027, "T"][1] == pytest.approx((30 * 0.35 * 0.65) ** 0.5 / (30 * 0.35))
    assert spreads[2027, "A"][1] == 0.0 and spreads[2027, "A"][0] == spreads[2027, "T"][0] > 0
    crossed = first_crossings(stand(amounts(one_school()), one_school().yardstick), found)
    row = crossed.filter(pl.col("indicator_code") == "T").row(0, named=True)
    both = (spreads[2026, "T"][0] ** 2 + spreads[2026, "T"][1] ** 2) ** 0.5
    assert row["school_year"] == 2026
    assert row["value_low"] == pytest.approx(row["value"] * np.exp(-1.96 * both))


def test_retirements_cross_a_line_on_the_day_they_do() -> None:
    # Born 1964-01: women left at 55 long ago, so who is listed is a man and leaves at 60, in 2024.
    base = one_school()
    found = project(base, known(rolls(STEADY), born=date(1965, 3, 1)))
    crossed = first_crossings(stand(amounts(base), base.yardstick), found)
    assert crossed.select("indicator_code", "school_year").rows() == [("T", 2025)]


def test_an_approved_project_counts_from_its_year() -> None:
    project_row = ("one", 2026, "whole", "area", 600.0)
    found = project(one_school(), known(rolls(STEADY), projects=[project_row]))
    area = {
        year: standing.indicators.filter(pl.col("indicator_code") == "A")["numerator"].item()
        for year, standing in found.standings.items()
    }
    assert area == {2025: 3000.0, 2026: 3600.0, 2027: 3600.0, 2028: 3600.0, 2029: 3600.0}


def test_teachers_needed_keep_todays_ratio() -> None:
    start = known(rolls(STEADY), born=date(1965, 3, 1))
    found = project(one_school(), start)
    row = (
        teachers_needed(start.teachers, found, 2024, AGES).filter(pl.col("school_year") == 2025).to_dicts()[0]
    )
    assert (row["teachers"], row["staying"], row["to_appoint"]) == (30, 0.0, pytest.approx(30.0))

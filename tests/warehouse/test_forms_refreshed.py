"""A folder of schools' yearly workbooks, older and newer, from files to indicators."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.warehouse import forms_fixtures as forms
from warehouse import refresh as refreshing
from warehouse.home import open_home
from warehouse.imports import import_paths

Values = dict[tuple[int, str, str, str], float | None]
PRIMARY, JUNIOR, NINE = (make().code for make in (forms.primary, forms.junior, forms.nine_year))
R4_NINE = (9000 - 400) / (1000 + 1.1 * 500)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms")
    home = open_home(folder / "home")
    for year, newer in ((2020, False), (2024, True)):
        inside = folder / "上报" / str(year)
        inside.mkdir(parents=True)
        for school in (forms.primary(), forms.junior(), forms.nine_year()):
            forms.workbook_of(inside, school, year, newer=newer)
    report = import_paths(home, [folder / "上报"])
    assert report.refused_rows == 0, report.issues
    refreshed = refreshing.refresh(home)
    assert refreshed.snapshot_path is not None, refreshed.failures
    return refreshed.snapshot_path


def test_each_indicator_is_what_the_forms_say(snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as database:
        rows = database.execute(
            "select school_year, school_code, stage, indicator_code, value from marts.fct_school_indicator"
            " where standard_code = 'national_2017'"
        ).fetchall()
    values: Values = {(year, code, stage, indicator): value for year, code, stage, indicator, value in rows}
    expected = {
        (PRIMARY, "primary"): [30 / 4.8, 6 / 4.8, 5 / 4.8, 4800 / 480, 9400 / 480, 2_155_000 / 480, 24 / 4.8],
        (JUNIOR, "junior"): [50 / 6, 8 / 6, 6 / 6, 4800 / 600, 9400 / 600, 2_155_000 / 600, 24 / 6],
        (NINE, "primary"): [6.6, 1.1, 1.1, R4_NINE, 9400 / 1550, 2_155_000 / 1550, 2400 / 1550],
        (NINE, "junior"): [
            9.0,
            1.4,
            1.2,
            1.1 * R4_NINE,
            9400 / 1550 * 1.1,
            2_155_000 / 1550 * 1.1,
            2640 / 1550,
        ],
    }
    for year in (2020, 2024):
        for (code, stage), wanted in expected.items():
            found = [values[year, code, stage, f"R{at}"] for at in range(1, 8)]
            assert found == pytest.approx(wanted), (year, code, stage)


def test_a_split_figure_leads_back_to_its_cell(snapshot: Path) -> None:
    with duckdb.connect(str(snapshot), read_only=True) as database:
        found = database.execute(
            "select distinct file_name, sheet_name, row_number, column_name, raw_value from marts.fct_lineage"
            " where school_year = 2024 and school_code = ? and stage = 'junior' and indicator_code = 'R6'"
            " and role = 'numerator' and standard_code = 'national_2017'",
            [NINE],
        ).fetchall()
    name = f"{forms.nine_year().name}新.xlsx"
    assert found == [(f"2024/{name}", "教基5176", 13, "教学仪器设备资产值›数量", "215.5")]

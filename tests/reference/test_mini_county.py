"""The small county of three official stage workbooks: every school value, mean, S and coefficient."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import FIXTURES
from tests.county import County

STAGES = {"小学": "primary", "初中": "junior"}
EXPECTED = json.loads((FIXTURES / "mini_a" / "expected.json").read_text(encoding="utf-8"))["expected_default"]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    county = County(tmp_path_factory.mktemp("mini"))
    # One workbook at a time, as a clerk sends them: a later stage must not undo an earlier one.
    for stage in ("小学", "初中", "高中"):
        county.run("import", FIXTURES / "mini_a" / f"{stage}综合表.xlsx")
    county.run("refresh")
    return county


def balances(county: County, stage: str) -> list[dict[str, Any]]:
    return county.marts(
        "select * from marts.fct_county_balance where standard_code = 'national_2017' and school_year = 2024"
        " and stage = ? and indicator_code <> 'composite' order by indicator_code",
        stage,
    ).to_dicts()


@pytest.mark.parametrize("name", STAGES)
def test_county_means_and_coefficients(county: County, name: str) -> None:
    rows, want = balances(county, STAGES[name]), EXPECTED[name]
    assert [row["schools"] for row in rows] == [want["schools"]] * 7
    assert [row["county_mean"] for row in rows] == pytest.approx(want["county_mean"], rel=1e-9)
    assert [row["std_dev"] for row in rows] == pytest.approx(want["sd"], rel=1e-9)
    assert [row["cv"] for row in rows] == pytest.approx(want["cv"], rel=1e-9)
    unweighted = want["cv_unweighted_pop_diagnostic"]
    assert [row["cv_unweighted"] for row in rows] == pytest.approx(unweighted, rel=1e-9)
    assert [row["status"] == "met" for row in rows] == want["cv_pass"]


@pytest.mark.parametrize("name", STAGES)
def test_school_values_and_verdicts(county: County, name: str) -> None:
    for school in EXPECTED[name]["per_school"]:
        rows = county.marts(
            "select indicator_code, value, status from marts.fct_school_indicator"
            " inner join marts.dim_school using (school_year, school_code)"
            " where standard_code = 'national_2017' and stage = ? and school_name = ? order by 1",
            STAGES[name],
            school["学校"],
        )
        assert rows["value"].to_list() == pytest.approx(school["values"], abs=1e-6)
        assert [status == "met" for status in rows["status"]] == school["达标"]
        verdict = county.one(
            "select verdict from marts.fct_school_compliance"
            " inner join marts.dim_school using (school_year, school_code)"
            " where standard_code = 'national_2017' and stage = ? and school_name = ?",
            STAGES[name],
            school["学校"],
        )
        assert (verdict == "compliant") == school["综合达标"]


def test_scope_says_why_each_site_counts_or_not(county: County) -> None:
    reasons = dict(
        county.marts(
            "select school_name, reason from marts.fct_school_scope"
            " inner join marts.dim_school using (school_year, school_code) where stage = 'primary'"
        ).iter_rows()
    )
    assert reasons["河口小学柳湾教学点"] == "merged"
    assert reasons["东岗教学点"] == "small_teaching_point"
    assert reasons["县特殊教育学校"] == "special_school"
    assert reasons["河口小学"] == "in_scope"


def test_split_area_is_traced_to_its_cell(county: County) -> None:
    rows = county.marts(
        "select input, amount, share, file_name, row_number, column_name from marts.fct_lineage"
        " inner join marts.dim_school using (school_year, school_code)"
        " where standard_code = 'national_2017' and indicator_code = 'R4' and stage = 'primary'"
        " and school_name = '青山九年一贯制学校' and role = 'numerator' order by input"
    ).to_dicts()
    assert [row["input"] for row in rows] == ["indoor_sports_area_m2", "teaching_area_m2"]
    assert [row["amount"] for row in rows] == [-300, 6100]
    assert all("室内体育用房" in rows[0]["column_name"] for row in rows)
    numerator = sum(row["amount"] * row["share"] for row in rows)
    assert numerator == pytest.approx(5800 * 420 / (420 + 1.1 * 300), rel=1e-12)


def test_importing_the_same_workbooks_again_changes_nothing(county: County, tmp_path: Path) -> None:
    before = sorted(path.name for path in (county.home / "landing").rglob("*.parquet"))
    result = county.run("import", FIXTURES / "mini_a" / "小学综合表.xlsx")
    assert "没有变化" in result.stdout
    assert sorted(path.name for path in (county.home / "landing").rglob("*.parquet")) == before


def test_an_official_workbook_adds_to_the_register_and_wipes_nothing(tmp_path: Path) -> None:
    register = tmp_path / "学校名录.csv"
    register.write_text(
        "学年,学校标识码,学校名称,办学类型,办学性质,城乡类型,乡镇\n"
        "2024,3361000001,镇中心小学,小学,公办,镇区,青石镇\n",
        encoding="utf-8",
    )
    county = County(tmp_path / "home")
    county.run("import", register)
    county.run("import", FIXTURES / "mini_a" / "小学综合表.xlsx")
    county.run("refresh")
    row = county.marts(
        "select school_code, area_type, township from marts.dim_school where school_name = '镇中心小学'"
    )
    assert row.rows() == [("3361000001", "镇区", "青石镇")]

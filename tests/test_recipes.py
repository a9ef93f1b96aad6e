"""The recipes of docs/recipes.md work as written, in a county's own parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import FIXTURES
from tests.county import County

INDICATOR = (
    "indicator_code,standard_codes,name_zh,name_en,short_zh,short_en,prefix_zh,unit,unit_en,numerator_unit_zh,"
    "numerator_unit_en,numerator_measure,denominator_measure,scale,decimals,step,remedy_zh,remedy_en,sort_order\n"
    "X1,own_county,每百名学生拥有专任教师数,Full-time teachers per 100 pupils,师资,Staff,每百名学生拥有,"
    "人/百名学生,per 100 pupils,人,teachers,full_time_teachers,students,100,2,1,"
    "补充专任教师,recruit teachers,99\n"
)
THRESHOLDS = (
    "standard_code,indicator_code,stage,threshold,floor_share,cv_limit,valid_from,valid_to,source_document\n"
    "own_county,X1,primary,5.0,0.85,0.40,2020-01-01,2099-12-31,本县文件\n"
    "own_county,X1,junior,7.0,0.85,0.35,2020-01-01,2099-12-31,本县文件\n"
)
STANDARD = (
    "standard_code,name_zh,name_en,short_zh,short_en,source_document,source_document_en,valid_from,valid_to,"
    "min_indicators_met,school_rule,balance_rule,cv_method,is_example,sort_order\n"
    "own_county,本县标准,Our own standard,本县,Own,本县文件,Our document,2020-01-01,2099-12-31,"
    "1,thresholds,each,pupil_weighted,false,9\n"
)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> County:
    home = tmp_path_factory.mktemp("recipe")
    parameters: Path = home / "parameters"
    parameters.mkdir()
    for name, text in (("indicators", INDICATOR), ("thresholds", THRESHOLDS), ("standards", STANDARD)):
        (parameters / f"{name}.csv").write_text(text, encoding="utf-8")
    county = County(home)
    county.run("import", FIXTURES / "mini_a")
    county.run("refresh")
    return county


def test_an_indicator_of_three_rows_stands_in_every_mart(county: County) -> None:
    # 镇中心小学: 1 + 55 + 30 + 6 teachers for 1,812 pupils.
    row = county.marts(
        "select value, status, threshold from marts.fct_school_indicator"
        " inner join marts.dim_school using (school_year, school_code)"
        " where standard_code = 'own_county' and school_name = '镇中心小学'"
    ).row(0, named=True)
    assert row == {"value": pytest.approx(9200 / 1812), "status": "met", "threshold": 5.0}
    limits = county.marts(
        "select stage, cv_limit from marts.fct_county_balance"
        " where standard_code = 'own_county' and indicator_code = 'X1'"
    )
    assert dict(limits.iter_rows()) == {"primary": 0.40, "junior": 0.35}
    traced = county.one(
        "select count(*) from marts.fct_lineage where standard_code = 'own_county' and school_year = 2024"
    )
    assert traced > 0


def test_the_national_figures_stay_as_they_are(county: County) -> None:
    cv = county.one(
        "select cv from marts.fct_county_balance where standard_code = 'national_2017'"
        " and stage = 'primary' and indicator_code = 'R4' and school_year = 2024"
    )
    assert cv == pytest.approx(0.5629430221847993, rel=1e-9)

"""Published and independently computed answers come out of the public commands.

Each case is a school year of its own in one county, so that one refresh serves all.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from tests.county import County

pytestmark = pytest.mark.needs("reference")

WORKED, NINE_YEAR, TWELVE_YEAR, DISTRICTS = 2014, 2015, 2016, 2017
TAIWAN = {
    (2018, "南投縣", 0): "teachers_per_100",
    (2019, "南投縣", 50): "teachers_per_100_ge50",
    (2020, "南投縣", 100): "teachers_per_100_ge100",
    (2021, "雲林縣", 50): "teachers_per_100_ge50",
    (2022, "雲林縣", 100): "teachers_per_100_ge100",
}
YUNLIN_XLS = 2024
FIRST_PUBLISHED = 1991
EIGHT = ["教学及辅助用房", "体育运动场馆", "教学仪器设备值", "计算机", "图书", "师生比"]
EIGHT += ["高于规定学历教师", "中级及以上职称教师"]


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> Path:
    path = folder / f"{name}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def published_tables(reference: Path) -> list[dict[str, str]]:
    with (reference / "published_county_cv.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def two_schools_with(coefficient: float, mean: float, pupils: tuple[int, int]) -> tuple[float, float]:
    """Return the resources of two schools whose pupil-weighted coefficient is exactly this."""
    small, large = pupils
    deviation = coefficient * mean
    values = (mean + deviation * math.sqrt(large / small), mean - deviation * math.sqrt(small / large))
    return values[0] * small, values[1] * large


def published_as_raw_files(reference: Path, folder: Path) -> None:
    """Turn each published county's eight coefficients into a county of two schools that has them."""
    conditions, staff = [], []
    pupils = (2_000_000, 8_000_000)
    for offset, table in enumerate(published_tables(reference)):
        amounts = [two_schools_with(float(table[f"{name}_差异系数"]), 0.05, pupils) for name in EIGHT]
        for at in (0, 1):
            own = [pair[at] for pair in amounts]
            key = {
                "学年": FIRST_PUBLISHED + offset,
                "学校标识码": f"P{offset:02}{at}",
                "学段": table["学段"],
            }
            facilities = {
                "教学及辅助用房面积": own[0],
                "室内体育用房面积": 0,
                "运动场地面积": own[1],
                "教学仪器设备资产值(元)": own[2],
                "计算机台数": round(own[3]),
                "图书册数": round(own[4]),
            }
            conditions.append({**key, "在校生数": pupils[at], **facilities})
            higher = round(own[6])
            teachers = {
                "专任教师数": round(own[5]),
                "博士": 0,
                "硕士": 0,
                "本科": higher,
                "专科": 0,
                "高中及以下": max(0, round(own[5]) - higher),
                "中级及以上职称教师数": round(own[7]),
            }
            staff.append({**key, **teachers})
    write(folder, "published_conditions", conditions)
    write(folder, "published_staff", staff)


def splits_as_raw_files(folder: Path) -> None:
    schools = [
        {"学年": NINE_YEAR, "学校标识码": "S9", "学校名称": "甲九年一贯制学校", "办学类型": "九年一贯制学校"},
        {"学年": TWELVE_YEAR, "学校标识码": "S12", "学校名称": "乙学校", "办学类型": "十二年一贯制学校"},
    ]
    write(folder, "split_schools", [{**row, "办学性质": "公办", "城乡类型": "镇区"} for row in schools])
    rows = [
        (NINE_YEAR, "S9", "小学", 166, None, None),
        (NINE_YEAR, "S9", "初中", 210, None, None),
        (NINE_YEAR, "S9", "全校", None, 23226, None),
        (TWELVE_YEAR, "S12", "小学", 900, None, None),
        (TWELVE_YEAR, "S12", "初中", 450, None, None),
        (TWELVE_YEAR, "S12", "高中", 360, None, None),
        (TWELVE_YEAR, "S12", "全校", None, None, 18000.0),
    ]
    names = ["学年", "学校标识码", "学段", "在校生数", "图书册数", "教学及辅助用房面积"]
    areas = {"室内体育用房面积": 0, "运动场地面积": 0}
    write(
        folder,
        "split_conditions",
        [
            {**dict(zip(names, row, strict=True)), **(areas if row[2] == "全校" else dict.fromkeys(areas))}
            for row in rows
        ],
    )


def districts_as_raw_files(reference: Path, folder: Path) -> None:
    districts = pl.read_csv(reference / "ca_schools.csv")
    key = {"学年": DISTRICTS, "学段": "小学"}
    conditions = [
        {
            **key,
            "学校标识码": f"D{row['district']}",
            "在校生数": row["students"],
            "计算机台数": row["computer"],
            "教学仪器设备资产值(元)": row["expenditure"] * row["students"],
        }
        for row in districts.iter_rows(named=True)
    ]
    staff = [
        {**key, "学校标识码": f"D{row['district']}", "专任教师数": row["teachers"]}
        for row in districts.iter_rows(named=True)
    ]
    write(folder, "district_conditions", conditions)
    write(folder, "district_staff", staff)


def taiwan_as_raw_files(reference: Path, folder: Path) -> None:
    schools = pl.read_csv(reference / "tw_yunlin_nantou.csv", infer_schema_length=0)
    numbers = [c for c in schools.columns if "學生數" in c or c in ("男專任教師", "女專任教師")]
    schools = schools.with_columns(pl.col(numbers).cast(pl.Int64))
    pupils = [c for c in numbers if "學生數" in c]
    schools = schools.with_columns(
        pupils=pl.sum_horizontal(pupils), teachers=pl.sum_horizontal("男專任教師", "女專任教師")
    )
    conditions, staff = [], []
    for year, county, least in TAIWAN:
        for row in schools.filter(pl.col("縣市名稱") == county, pl.col("pupils") >= least).iter_rows(
            named=True
        ):
            key = {"学年": year, "学校标识码": row["學校代碼"], "学段": "小学"}
            conditions.append({**key, "在校生数": row["pupils"]})
            staff.append({**key, "专任教师数": row["teachers"]})
    write(folder, "taiwan_conditions", conditions)
    write(folder, "taiwan_staff", staff)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory, reference: Path) -> Iterator[County]:
    home = tmp_path_factory.mktemp("county")
    raw = tmp_path_factory.mktemp("raw")
    published_as_raw_files(reference, raw)
    splits_as_raw_files(raw)
    districts_as_raw_files(reference, raw)
    taiwan_as_raw_files(reference, raw)
    county = County(home)
    county.run("import", raw)
    county.run("import", reference / "pack_xls_yunlin" / "小学基本情况统计表.xls")
    county.run(
        *("import", reference / "worked_cv5.csv", "--dataset", "conditions"),
        *("--school-year", WORKED, "--set", "学段=小学"),
    )
    county.run("refresh")
    yield county


def balance(county: County, year: int, indicator: str, stage: str = "primary") -> dict[str, float]:
    frame = county.marts(
        "select * from marts.fct_county_balance where standard_code = 'national_2012'"
        " and school_year = ? and indicator_code = ? and stage = ?",
        year,
        indicator,
        stage,
    )
    assert frame.height == 1
    return frame.row(0, named=True)


def test_five_school_example_has_coefficient_0_5153(county: County, reference: Path) -> None:
    exact = json.loads((reference / "reference" / "worked_cv5.json").read_text())["exact"]
    got = balance(county, WORKED, "B5")
    assert got["schools"] == 5
    assert got["cv"] == pytest.approx(exact["cv_official_weighted"], rel=1e-9)
    assert got["county_mean"] == pytest.approx(exact["county_mean_pooled"], rel=1e-9)
    assert got["std_dev"] == pytest.approx(exact["sd_weighted"], rel=1e-9)
    assert got["cv_unweighted"] == pytest.approx(exact["cv_unweighted_pop"], rel=1e-9)
    assert f"{got['cv']:.2f}" == "0.52"


def test_shares_of_the_five_schools_are_the_published_terms(county: County, reference: Path) -> None:
    terms = json.loads((reference / "reference" / "worked_cv5.json").read_text())["terms_exact"]
    shares = county.marts(
        "select cv_contribution from marts.fct_school_indicator where school_year = ? and stage = 'primary'"
        " and standard_code = 'national_2012' and indicator_code = 'B5' order by students",
        WORKED,
    )["cv_contribution"].to_list()
    by_pupils = [terms[at] for at in (1, 0, 4, 3, 2)]
    assert shares == pytest.approx([term / sum(terms) for term in by_pupils], rel=1e-9)


def value_of(county: County, year: int, code: str, indicator: str, stage: str) -> dict[str, float]:
    frame = county.marts(
        "select * from marts.fct_school_indicator where school_year = ? and school_code = ?"
        " and indicator_code = ? and stage = ? and standard_code = 'national_2012'",
        year,
        code,
        indicator,
        stage,
    )
    assert frame.height == 1
    return frame.row(0, named=True)


def test_nine_year_split_is_the_published_one(county: County, reference: Path) -> None:
    exact = json.loads((reference / "reference" / "worked_split.json").read_text())["exact"]
    primary = value_of(county, NINE_YEAR, "S9", "B5", "primary")
    junior = value_of(county, NINE_YEAR, "S9", "B5", "junior")
    assert primary["numerator"] == pytest.approx(exact["primary"], rel=1e-9)
    assert junior["numerator"] == pytest.approx(exact["junior"], rel=1e-9)
    assert primary["value"] == pytest.approx(exact["primary_per_pupil"], rel=1e-9)
    assert junior["value"] == pytest.approx(exact["junior_per_pupil"], rel=1e-9)


def test_twelve_year_split_reserves_the_senior_share(county: County, reference: Path) -> None:
    example = json.loads((reference / "reference" / "worked_split.json").read_text())
    exact = example["twelve_year_example_constructed"]
    primary = value_of(county, TWELVE_YEAR, "S12", "B1", "primary")
    junior = value_of(county, TWELVE_YEAR, "S12", "B1", "junior")
    assert primary["numerator"] == pytest.approx(exact["primary"], rel=1e-9)
    assert junior["numerator"] == pytest.approx(exact["junior"], rel=1e-9)


def assert_balance(got: dict[str, float], want: dict[str, float], scale: float = 1) -> None:
    assert got["schools"] == want["n_schools"]
    assert got["county_mean"] * scale == pytest.approx(want["county_mean_pooled"], rel=1e-9)
    assert got["std_dev"] * scale == pytest.approx(want["sd_weighted"], rel=1e-9)
    assert got["cv"] == pytest.approx(want["cv_official_weighted"], rel=1e-9)
    assert got["cv_unweighted"] == pytest.approx(want["cv_unweighted_pop"], rel=1e-9)


def test_420_real_districts_have_their_known_coefficients(county: County, reference: Path) -> None:
    known = json.loads((reference / "reference" / "ca_schools.json").read_text())["all"]
    assert_balance(balance(county, DISTRICTS, "B6"), known["teachers_per_100"], scale=100)
    assert_balance(balance(county, DISTRICTS, "B3"), known["expenditure_per_pupil"])
    # B4 counts computers per 100 pupils, as the reference does.
    assert_balance(balance(county, DISTRICTS, "B4"), known["computers_per_100"])


@pytest.mark.parametrize(("case", "answer"), TAIWAN.items(), ids=lambda value: str(value))
def test_real_counties_by_size_of_school(
    county: County, reference: Path, case: tuple[int, str, int], answer: str
) -> None:
    year, name, _least = case
    known = json.loads((reference / "reference" / "tw_yunlin_nantou.json").read_text())[name][answer]
    assert_balance(balance(county, year, "B6"), known, scale=100)


def test_real_legacy_workbook_gives_0_699(county: County, reference: Path) -> None:
    known = json.loads((reference / "pack_xls_yunlin" / "expected.json").read_text())["expected"]
    got = balance(county, YUNLIN_XLS, "B6")
    assert_balance(got, known["teachers_per_100"], scale=100)
    assert got["students"] == known["students"]
    codes = county.marts(
        "select count(*), min(len(school_code)), max(len(school_code)) from marts.dim_school"
        " where school_year = ?",
        YUNLIN_XLS,
    ).row(0)
    assert codes == (157, 6, 6)


def test_composite_is_the_published_mean_of_eight(county: County, reference: Path) -> None:
    truncated = json.loads((reference / "reference" / "published_county_cv.json").read_text())
    doubtful = {(place[1], place[2]) for place in truncated["composite_mismatch_gt_0_0005"]}
    for offset, table in enumerate(published_tables(reference)):
        stage = {"小学": "primary", "初中": "junior"}[table["学段"]]
        got = balance(county, FIRST_PUBLISHED + offset, "composite", stage)
        # One county cut its third decimal instead of rounding it.
        tolerance = 0.001 if (table["县区"], table["学段"]) in doubtful else 0.0005
        assert got["cv"] == pytest.approx(float(table["综合_公布"]), abs=tolerance + 1e-6), table["县区"]
        limit = {"primary": 0.65, "junior": 0.55}[stage]
        assert got["cv_limit"] == limit
        assert got["status"] == ("met" if got["cv"] <= limit else "not_met")

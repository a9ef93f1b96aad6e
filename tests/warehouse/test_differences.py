"""What changed between two snapshots is found, graded and told."""

from __future__ import annotations

import json

import polars as pl
import pytest

from tests.county import County
from tests.warehouse.kept_county import republished
from warehouse.difference_words import Words, told
from warehouse.differences import FRAMES, Difference, as_dict, diff
from warehouse.errors import JunhengError
from warehouse.home import Home

OURS = "standard_code = 'national_2017' and school_year = 2024 and stage = 'primary'"
SCHOOL = "1000000001"
LOWER = f"""update marts.fct_school_indicator set value = value / 2, status = 'below'
    where {OURS} and indicator_code = 'R1' and school_code = '{SCHOOL}'"""
FLIP = f"""update marts.fct_school_compliance set verdict = 'not_compliant'
    where {OURS} and school_code = '{SCHOOL}'"""
WIDEN = f"""update marts.fct_county_balance set cv = 0.61, status = 'not_met'
    where {OURS} and indicator_code = 'R1'"""


def changed(home: Home, *changes: str) -> Difference:
    before = home.snapshots.joinpath("CURRENT").read_text(encoding="utf-8").strip()
    republished(home, *changes)
    return diff(home, before, "current")


def test_nothing_changes_between_a_snapshot_and_itself(golden_home: Home) -> None:
    found = diff(golden_home, "current", "current")
    assert found.classification == "none"
    assert all(getattr(found, name).is_empty() for name in FRAMES)


def test_updated_figures_are_minor_and_flips_come_first(own_home: Home) -> None:
    found = changed(own_home, LOWER, FLIP, WIDEN)
    assert found.classification == "minor"
    flip = found.verdicts.row(0, named=True)
    assert found.verdicts.height == 1
    assert (flip["school_name"], flip["verdict_before"], flip["verdict_after"]) == (
        "松河镇中心小学",
        "compliant",
        "not_compliant",
    )
    figure = found.figures.row(0, named=True)
    assert figure["value_after"] == pytest.approx(figure["value_before"] / 2)
    assert (figure["status_before"], figure["status_after"]) == ("met", "below")
    assert found.counts.select("indicator_code", "changed").rows() == [("R1", 1)]
    crossed = found.coefficients.filter(pl.col("crosses_limit")).row(0, named=True)
    assert (crossed["cv_after"], crossed["status_before"], crossed["status_after"]) == (
        0.61,
        "met",
        "not_met",
    )
    lines = list(told(found, "zh"))
    assert lines[1:3] == [
        "判定翻转的学校（1）",
        "  优质均衡 2024—2025学年 小学 松河镇中心小学：达标 → 未达标",
    ]
    assert lines[3] == "越过限值的差异系数（1）" and "限内 → 超限" in lines[4]
    assert "Compliant → Not compliant" in "\n".join(told(found, "en"))
    place = {"standard_code": "national_2012", "school_year": 2024, "stage": "primary"}
    county = {f"{name}_{side}": 6 for name in ("compliant", "schools") for side in ("before", "after")}
    row = {**place, **county, "status_before": "met", "status_after": "missing"}
    words = Words(found, 0)
    assert words.county_verdicts(row) == "基本均衡 2024—2025学年 小学 限内 → 缺数据"
    item = {"item_code": "G5", "short_zh": "班额", "status_before": "met", "status_after": "not_met"}
    assert words.items({**row, **item}) == "基本均衡 2024—2025学年 G5 班额：达标 → 未达标"
    figures = {"indicator_code": "composite", "cv_before": 0.5, "cv_after": 0.7, "limit_after": 0.65}
    assert "小学 综合" in words.coefficients({**row, **figures}), "in words, not by its code"


def test_rounding_noise_is_no_change(own_home: Home) -> None:
    noise = "update marts.fct_school_indicator set value = value * (1 + 1e-13)"
    assert changed(own_home, noise).classification == "none"


def test_a_moved_threshold_is_major(own_home: Home) -> None:
    rows = "standard_code = 'national_2017' and indicator_code = 'R1' and stage = 'primary'"
    found = changed(own_home, f"update seeds.thresholds set threshold = 4.5 where {rows}")
    assert found.classification == "major"
    row = found.definitions.row(0, named=True)
    assert (row["changed_column"], row["value_before"], row["value_after"]) == ("threshold", "4.2", "4.5")
    assert found.definitions.height == 1


def test_other_words_and_a_new_standard_break_nothing(own_home: Home) -> None:
    words = "update seeds.indicators set name_en = 'other words', remedy_zh = '换个说法'"
    assert changed(own_home, words).classification == "none"
    standard = "insert into seeds.standards (standard_code, min_indicators_met) values ('new_province', 6)"
    line = """insert into seeds.thresholds (standard_code, indicator_code, stage, threshold, valid_from)
        values ('new_province', 'R1', 'primary', 5, date '2024-01-01')"""
    found = changed(own_home, standard, line)
    assert found.classification == "minor"
    assert found.definitions["change"].to_list() == ["added", "added"]
    late = line.replace("new_province', 'R1'", "national_2017', 'R9'")
    assert changed(own_home, late).classification == "major", "a new line of an old standard redefines it"


@pytest.mark.parametrize(
    ("change", "kind", "code"),
    [
        (f"delete from marts.dim_school where school_code = '{SCHOOL}'", "school", SCHOOL),
        ("delete from marts.dim_school_year where school_year = 2023", "year", "2023"),
        ("delete from marts.dim_standard where standard_code = 'national_2012'", "standard", "national_2012"),
        (
            "delete from marts.dim_indicator where indicator_code = 'R7' and standard_code = 'national_2017'"
            " and stage = 'junior'",
            "indicator",
            "national_2017 junior R7",
        ),
    ],
)
def test_what_is_gone_is_major(own_home: Home, change: str, kind: str, code: str) -> None:
    found = changed(own_home, change)
    assert found.classification == "major"
    assert found.deleted.select("kind", "code").rows() == [(kind, code)]


def test_sources_are_told_by_their_hash(own_home: Home) -> None:
    replaced = "update marts.fct_source set file_hash = 'ff' where file_name = '班级.csv'"
    found = changed(own_home, replaced)
    assert found.classification == "patch"
    assert found.sources.select("file_name", "change").rows() == [("班级.csv", "replaced")]
    idle = changed(own_home, "update marts.fct_source set is_current = false where file_name = '目标.csv'")
    assert (idle.classification, idle.sources["change"].to_list()) == ("patch", ["superseded"])
    gone = "update marts.fct_source set is_current = false, is_retracted = true where file_name = '教师.csv'"
    lost = changed(own_home, gone)
    assert (lost.classification, lost.sources["change"].to_list()) == ("major", ["removed"])


def test_closed_issues_are_a_patch(own_home: Home) -> None:
    found = changed(own_home, "delete from marts.fct_data_issue")
    assert found.classification == "patch"
    assert found.issues["closed"].sum() > 0 and found.issues["opened"].sum() == 0


def test_unknown_snapshot_is_wrong_usage(golden_home: Home) -> None:
    with pytest.raises(JunhengError) as caught:
        diff(golden_home, "nope", "current")
    assert caught.value.exit_code == 2


def test_command_prints_the_same_as_json(own_home: Home) -> None:
    found = changed(own_home, LOWER, FLIP)
    county = County(own_home.root)
    printed = json.loads(county.run("diff", found.before.id, "current", "--json").stdout)
    assert printed == json.loads(json.dumps(as_dict(found), default=str))
    assert list(printed) == ["before", "after", "classification", *FRAMES]
    assert "达标 → 未达标" in county.run("diff", found.before.id, found.after.id).stdout

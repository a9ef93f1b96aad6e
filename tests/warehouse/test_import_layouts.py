"""The official layouts read as they stand."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import FIXTURES
from tests.warehouse.workbooks import cells, rows_of, rules, workbook
from warehouse import landing
from warehouse.errors import JunhengError
from warehouse.home import Home, open_home
from warehouse.imports import import_paths

MINI = FIXTURES / "mini_a"
STAGE_OF = {"小": "primary", "初": "junior"}
TEACHERS = {
    "专科": "college_teachers",
    "本科": "bachelor_teachers",
    "硕士": "master_teachers",
    "中专": "secondary_teachers",
}
RESOURCES = {
    "教学及辅助用房": ("teaching_area_m2", 1),
    "室内体育用房": ("indoor_sports_area_m2", 1),
    "运动场地面积": ("sports_ground_area_m2", 1),
    "设备值万元": ("equipment_value_yuan", 10_000),
    "多媒体教室": ("multimedia_rooms", 1),
    "班级数": ("class_count", 1),
}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return open_home(tmp_path / "home")


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = open_home(tmp_path_factory.mktemp("mini"))
    report = import_paths(home, sorted(MINI.glob("*.xlsx")))
    assert report.refused_rows == 0
    return home


def clean_rows() -> list[dict[str, str]]:
    with (MINI / "schools_clean.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_site_is_in_the_register(mini: Home) -> None:
    schools = {row["school_name"]: row for row in rows_of(mini, "schools").iter_rows(named=True)}
    for row in clean_rows():
        found = schools[row["学校名称"]]
        assert found["school_type"] == row["办学类型"]
        assert found["ownership"] == row["举办者"]
        assert found["is_counted"] == (row["是否计校数"] == "是")
        assert (found["parent_ref"] or "") == row["所属学校"]
        assert found["school_year"] == 2024
        assert found["school_code"] is None


def test_pupils_and_whole_school_resources_are_the_clean_ones(mini: Home) -> None:
    found = cells(mini)
    for row in clean_rows():
        name = row["学校名称"]
        for header, stage in (("小学生", "primary"), ("初中生", "junior"), ("高中生", "senior")):
            if float(row[header]):
                assert found[name, stage, "students"] == float(row[header])
        for header, (field, factor) in RESOURCES.items():
            assert found[name, "whole", field] == pytest.approx(float(row[header]) * factor)


def test_teachers_by_stage_are_the_clean_ones(mini: Home) -> None:
    found = cells(mini, "staff_counts")
    for row in clean_rows():
        for short, stage in STAGE_OF.items():
            name = row["学校名称"]
            if not float(row["小学生" if short == "小" else "初中生"]):
                continue
            for label, field in TEACHERS.items():
                if f"教_{short}_{label}" in row:
                    assert found[name, stage, field] == float(row[f"教_{short}_{label}"]), (name, field)
            assert found[name, stage, "backbone_teachers"] == float(row[f"骨干_{short}"])
            assert found[name, stage, "pe_arts_teachers"] == float(row[f"体艺_{short}"])


def test_each_cell_knows_its_file_sheet_row_and_header(mini: Home) -> None:
    rows = rows_of(mini, "conditions").filter(school_ref="镇中心小学", field="equipment_value_yuan")
    row = rows.row(0, named=True)
    assert (row["file_name"], row["sheet_name"], row["row_number"]) == ("小学综合表.xlsx", "小学综合表", 5)
    assert row["column_name"] == "教学仪器设备资产值（万元）"
    assert row["raw_value"] == "310.5"


def test_stage_workbooks_one_after_another_change_nothing_more(mini: Home, home: Home) -> None:
    for path in sorted(MINI.glob("*.xlsx")):
        import_paths(home, [path])
    key = ["school_ref", "stage", "field", "value"]
    for dataset in ("conditions", "staff_counts"):
        one = rows_of(mini, dataset).select(key).unique().sort(key)
        assert one.equals(rows_of(home, dataset).select(key).unique().sort(key))


def test_the_whole_folder_may_be_imported(home: Home) -> None:
    report = import_paths(home, [MINI])
    assert report.refused_rows == 0
    assert {"D102", "D103"} <= set(rules(report)), "what is no table and what is no known sheet is named"


def test_figures_of_the_school_that_differ_between_stages_are_each_stages_own(
    home: Home, tmp_path: Path
) -> None:
    header = ["学校名称", "办学类型", "是否计校数", "在校生数", "班数"]
    for stage, classes in (("小学", 12), ("初中", 9)):
        row = ["甲校", "九年一贯制学校", "1", 400, classes]
        workbook(tmp_path / f"{stage}.xlsx", {stage: [[f"某县2024年学校综合表（{stage}）"], header, row]})
    import_paths(home, sorted(tmp_path.glob("*.xlsx")))
    found = cells(home)
    assert found["甲校", "primary", "class_count"] == 12
    assert found["甲校", "junior", "class_count"] == 9
    assert ("甲校", "whole", "class_count") not in found


def test_shared_areas_that_differ_between_stages_are_refused(home: Home, tmp_path: Path) -> None:
    header = ["学校名称", "办学类型", "是否计校数", "在校生数", "运动场地面积"]
    for stage, area in (("小学", 5000), ("初中", 5001)):
        rows = [["甲校", "九年一贯制学校", "1", 400, area], ["乙校", "九年一贯制学校", "1", 400, 7]]
        workbook(tmp_path / f"{stage}.xlsx", {stage: [[f"某县2024年学校综合表（{stage}）"], header, *rows]})
    report = import_paths(home, sorted(tmp_path.glob("*.xlsx")))
    assert report.refused_rows == 2
    assert rules(report).count("D215") == 2
    assert rows_of(home, "schools")["school_name"].to_list() == ["乙校"]


def test_blank_is_zero_in_a_part_and_missing_in_a_total(home: Home, tmp_path: Path) -> None:
    top = ["学校名称", "办学类型", "是否计校数", "在校生数", "专任教师", None, None]
    below = [None, None, None, None, "合计", "#本科", "#专科"]
    rows = [["某县2024年小学综合表"], top, below, ["甲", "小学", "1", "—", None, None, "-"]]
    workbook(tmp_path / "a.xlsx", {"小学综合表": rows})
    import_paths(home, [tmp_path / "a.xlsx"])
    staff = cells(home, "staff_counts")
    assert staff["甲", "primary", "full_time_teachers"] is None
    assert staff["甲", "primary", "bachelor_teachers"] == 0
    assert staff["甲", "primary", "college_teachers"] == 0
    assert cells(home)["甲", "primary", "students"] is None


def test_an_official_sheet_without_a_stage_is_refused_with_the_remedy(home: Home, tmp_path: Path) -> None:
    header = ["学校名称", "办学类型", "是否计校数", "在校生数"]
    path = workbook(tmp_path / "a.xlsx", {"s": [["某县2024年学校综合表"], header, ["甲", "小学", "1", 9]]})
    report = import_paths(home, [path])
    assert rules(report) == ["D107"]
    assert report.refused_rows == 1
    assert import_paths(home, [path], constants={"学段": "小学"}).refused_rows == 0
    assert cells(home)["甲", "primary", "students"] == 9


@pytest.mark.needs("reference")
def test_the_real_dirty_xls_reads_as_its_clean_answer(home: Home, reference: Path, tmp_path: Path) -> None:
    folder = reference / "pack_xls_yunlin"
    path = shutil.copy(folder / "小学基本情况统计表.xls", tmp_path)
    report = import_paths(home, [path])
    assert report.refused_rows == 0
    assert {source.rows_landed for source in report.sources} == {157}
    clean = pl.read_csv(folder / "clean_answer.csv", infer_schema=False)
    pupils, staff = cells(home), cells(home, "staff_counts")
    for row in clean.iter_rows(named=True):
        code = row["学校代码"]
        assert pupils[code, "primary", "students"] == float(row["在校生数"])
        assert pupils[code, "primary", "class_count"] == float(row["班级数"])
        assert staff[code, "primary", "full_time_teachers"] == float(row["专任教师"])
    schools = rows_of(home, "schools")
    assert dict(schools.select("school_code", "township").iter_rows()) == dict(
        clean.select("学校代码", "乡镇").iter_rows()
    )
    assert set(schools["school_type"]) == {"小学"}
    assert schools["ownership"].null_count() == 157


def test_nothing_recognised_says_what_was_seen(home: Home, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"s": [["苹果", "梨子"], [1, 2]]})
    with pytest.raises(JunhengError) as caught:
        import_paths(home, [path])
    assert caught.value.exit_code == 1
    assert "苹果" in caught.value.message_zh and "a.xlsx" in caught.value.message_zh


def test_titles_and_educations_of_several_columns_are_added_up(home: Home, tmp_path: Path) -> None:
    path = ["专任教师", "#按学历分", "#高中阶段"], ["专任教师", "#按学历分", "#高中阶段以下"]
    titles = [
        ["专任教师", "#按专业技术职务分", f"#{name}"] for name in ("正高级", "副高级", "中级", "助理级")
    ]
    facts = [[name] for name in ("学校名称", "办学类型", "是否计校数", "在校生数", "班级数_x000D_\n")]
    columns = [*facts, *path, *titles]
    columns[4].append("合计")
    header = [[column[at] if at < len(column) else None for column in columns] for at in range(3)]
    row = ["甲", "小学", "1", 100, 6, 2, None, "*", 3, "４", 5]
    report = import_paths(
        home, [workbook(tmp_path / "a.xlsx", {"表": [["某县2024年小学综合表"], *header, row]})]
    )
    assert not rules(report), report.issues
    staff = cells(home, "staff_counts")
    assert staff["甲", "primary", "secondary_teachers"] == 2
    assert staff["甲", "primary", "mid_title_teachers"] == 7
    named = {r["field"]: r["column_name"] for r in landing.landed(home, "conditions").to_dicts()}
    assert named["class_count"] == "班级数›合计", "what Excel leaves of a line break is no part of a header"
    said = {
        r["field"]: (r["column_name"], r["raw_value"])
        for r in landing.landed(home, "staff_counts").to_dicts()
    }
    assert said["mid_title_teachers"] == ("专任教师›#按专业技术职务分›#正高级+#副高级+#中级", "*+3+４")

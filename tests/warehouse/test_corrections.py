"""One cell changed, by a correction or in its file, moves exactly the figures made of it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl

from tests.golden.build import HERE
from warehouse import contracts, snapshots
from warehouse.differences import diff
from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.refresh import RefreshReport, refresh

HEADER = (
    "school_year,school_code,dataset,stage,field,old_value,new_value,"
    "reason,evidence,corrected_by,corrected_on\n"
)
EQUIPMENT = (
    "2024,1000000003,conditions,whole,equipment_value_yuan,{old},3900000,"
    "漏记一批设备,验收单,王科长,2024-11-20\n"
)
PUPILS = "2024,1000000007,conditions,primary,students,40,42,转学生未计,学籍系统,王科长,2024-11-20\n"
FIGURE = ["standard_code", "school_year", "school_code", "stage", "indicator_code"]
SPLIT = "site_code = '1000000003' and input = 'equipment_value_yuan'"
MERGED = "site_code = '1000000007' and input = 'students'"
GROUND = "site_code = '1000000007' and input = 'sports_ground_area_m2'"


def corrected(home: Home, *rows: str) -> RefreshReport:
    home.parameters.mkdir(exist_ok=True)
    (home.parameters / "corrections.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return refresh(home)


def made_of(snapshot: Path, cells: str) -> set[tuple[object, ...]]:
    """The figures whose lineage names one of the cells."""
    columns = ", ".join(FIGURE)
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        sql = f"select distinct {columns} from marts.fct_lineage where school_year = 2024 and ({cells})"
        return set(connection.sql(sql).fetchall())


def rows(snapshot: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return connection.sql(sql).fetchall()


def changed(home: Home, before: str) -> tuple[str, set[tuple[object, ...]], pl.DataFrame]:
    found = diff(home, before, "current")
    return found.classification, set(found.figures.select(FIGURE).rows()), found.corrections


def test_a_correction_moves_its_figures_alone_and_is_a_patch(own_home: Home) -> None:
    before = snapshots.current(own_home)
    report = corrected(own_home, EQUIPMENT.format(old=3800000), PUPILS)
    assert report.failures == [] and before is not None and report.snapshot_path is not None
    expected = made_of(before.path, f"{SPLIT} or {MERGED}")
    classification, figures, told = changed(own_home, before.id)
    assert (classification, told["change"].to_list()) == ("patch", ["added", "added"])
    assert figures == expected
    marked = f"select {', '.join(FIGURE)} from marts.fct_school_indicator where is_corrected"
    assert set(rows(report.snapshot_path, marked)) == expected
    for mart in ("fct_school_compliance", "fct_county_balance", "fct_group_indicator", "fct_county_verdict"):
        columns = [name for name in FIGURE if name in contracts.contracts()[mart]]
        found = set(
            rows(report.snapshot_path, f"select {', '.join(columns)} from marts.{mart} where is_corrected")
        )
        made = {tuple(figure[FIGURE.index(name)] for name in columns) for figure in expected}
        assert {row for row in found if "composite" not in row} == made, mart
    cells = (
        "select distinct site_code, input, amount, original_amount, correction_reason"
        " from marts.fct_lineage where is_corrected order by 1"
    )
    assert rows(report.snapshot_path, cells) == [
        ("1000000003", "equipment_value_yuan", 3900000.0, 3800000.0, "漏记一批设备"),
        ("1000000007", "students", 42.0, 40.0, "转学生未计"),
    ]


def test_a_correction_that_no_longer_fits_stops_the_refresh_in_words(own_home: Home) -> None:
    before = snapshots.current(own_home)
    elsewhere = PUPILS.replace("1000000007", "1000000777")
    report = corrected(own_home, EQUIPMENT.format(old=3700000), elsewhere, PUPILS.replace(",42,", ",,"))
    assert [failure.name for failure in report.failures] == ["corrections_find_their_old_value"]
    said = report.failures[0].message
    assert "原值为“3700000”，而来源（办学条件.csv 第 6 行“教学仪器设备资产值（万元）”）现为“3800000”" in said
    assert "1000000777 conditions primary students，现行数据里没有这一格" in said
    assert "1000000007 conditions primary students，没有写新值" in said
    assert said.count("parameters/corrections.csv") == 6
    assert snapshots.current(own_home) == before


def test_a_cell_changed_in_its_file_moves_exactly_its_figures(own_home: Home, tmp_path: Path) -> None:
    before = snapshots.current(own_home)
    text = (HERE / "input" / "办学条件.csv").read_text(encoding="utf-8")
    was, now = "1000000007,小学,40,3,260,0,600,", "1000000007,小学,40,3,260,0,650,"
    assert text.count(was) == 1 and before is not None
    (tmp_path / "办学条件.csv").write_text(text.replace(was, now), encoding="utf-8")
    import_paths(own_home, [tmp_path / "办学条件.csv"])
    assert refresh(own_home).failures == []
    classification, figures, _ = changed(own_home, before.id)
    assert classification == "minor"
    assert figures == made_of(before.path, GROUND)

"""Waivers and corrections are added and taken back as rows, each refused in a sentence that says why."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from tests.county import County
from warehouse import actions, records, snapshots
from warehouse.errors import JunhengError
from warehouse.home import Home

SIGNED = {"reason": "漏记一批设备", "by": "王科长", "on": "2024-11-20"}
CELL = {"stage": "全校", "old": 3800000.0, "new": 3900000.0, "evidence": "验收单"}


def first_finding(home: Home) -> dict[str, object]:
    now = snapshots.current(home)
    assert now is not None
    found = records.issues(str(now.path)).filter(pl.col("school_code").is_not_null())
    return found.row(0, named=True)


def refused(work, *said: str) -> None:
    with pytest.raises(JunhengError) as caught:
        work()
    for words in said:
        assert words in caught.value.message_zh
    assert caught.value.message_en


def test_a_waiver_is_pending_until_the_refresh_and_can_be_withdrawn(own_home: Home) -> None:
    row = first_finding(own_home)
    rule, school, year = row["rule_code"], row["school_name"], row["school_year"]
    actions.waive(own_home, rule, school=school, school_year=year, **SIGNED)
    kept = own_home.parameters / "waivers.csv"
    assert kept.read_bytes().startswith(b"\xef\xbb\xbf")
    assert kept.read_text(encoding="utf-8-sig").splitlines()[1].endswith("漏记一批设备,王科长,2024-11-20")
    assert [item["state"] for item in actions.waivers(own_home)] == ["pending"]
    code = row["school_code"]
    refused(lambda: actions.waive(own_home, rule, school=code, school_year=year, **SIGNED), "已有这一行")
    assert actions.refresh(own_home).failures == []
    assert [item["state"] for item in actions.waivers(own_home)] == ["counted"]
    actions.withdraw_waiver(own_home, rule, school=code, school_year=year)
    assert actions.waivers(own_home) == []
    refused(lambda: actions.withdraw_waiver(own_home, rule, school=code, school_year=year), "没有这一行")


def test_a_waiver_that_cannot_be_is_refused_with_the_reason(own_home: Home) -> None:
    row = first_finding(own_home)
    rule, where = row["rule_code"], {"school": row["school_code"], "school_year": row["school_year"]}
    refused(lambda: actions.waive(own_home, "D999", **where, **SIGNED), "没有编号为 D999 的规则")
    refused(lambda: actions.waive(own_home, rule, **SIGNED), "没有可以豁免的问题")
    refused(lambda: actions.waive(own_home, rule, **{**where, "school": "无此校"}, **SIGNED), "无此校")
    for lack in ({"reason": " "}, {"by": ""}):
        refused(lambda lack=lack: actions.waive(own_home, rule, **where, **{**SIGNED, **lack}), "理由和姓名")
    refused(lambda: actions.waive(own_home, rule, **where, **{**SIGNED, "on": "去年"}), "2024-11-20")
    assert not (own_home.parameters / "waivers.csv").exists()


def test_a_correction_counts_after_the_refresh_and_tells_when_its_source_moves(
    own_home: Home, tmp_path: Path
) -> None:
    actions.correct(own_home, "1000000003", 2024, "教学仪器设备资产值", **CELL, **SIGNED)
    assert [row["state"] for row in actions.corrections(own_home)] == ["pending"]
    assert actions.refresh(own_home).failures == []
    assert [row["state"] for row in actions.corrections(own_home)] == ["counted"]
    head = "学年,学校标识码,学段,教学仪器设备资产值（元）"
    (tmp_path / "改.csv").write_text(f"{head}\n2024,1000000003,全校,3850000\n", encoding="utf-8")
    actions.import_paths(own_home, [tmp_path / "改.csv"], partial=True)
    assert [row["state"] for row in actions.corrections(own_home)] == ["changed"]
    actions.withdraw_correction(own_home, "1000000003", 2024, "equipment_value_yuan", stage="whole")
    assert actions.corrections(own_home) == []


def test_a_correction_that_cannot_be_is_refused_with_the_reason(own_home: Home) -> None:
    def tried(field: str = "教学仪器设备资产值", **other: object) -> None:
        actions.correct(own_home, "1000000003", 2024, field, **{**CELL, **SIGNED, **other})  # type: ignore[arg-type]

    refused(lambda: tried("校长姓名"), "没有“校长姓名”这一列")
    refused(lambda: tried(old=1.0), "原值不符", "办学条件.csv", "是“3800000”，不是“1”")
    refused(lambda: tried(stage="高中"), "来源里没有这一格", "有数的学段：", "全校")
    refused(lambda: tried(new=-1.0), "不小于 0")
    refused(lambda: tried(evidence=" "), "依据")
    assert not (own_home.parameters / "corrections.csv").exists()


def test_the_commands_waive_correct_list_and_withdraw(own_home: Home) -> None:
    county, row = County(own_home.root), first_finding(own_home)
    where = ["--school", str(row["school_code"]), "--school-year", str(row["school_year"])]
    signed = ["--reason", "核实过", "--by", "李老师"]
    county.run("waive", str(row["rule_code"]), *where, *signed)
    assert "刷新后生效" in county.run("waivers").stdout
    county.run("waive", str(row["rule_code"]), *where, "--withdraw")
    assert county.run("waivers").stdout.strip() == "没有。"
    cell = ["correct", "1000000003", "教学仪器设备资产值", "--school-year", "2024", "--stage", "全校"]
    listed = county.run("cells", "1000000003", "--school-year", "2024").stdout
    assert "全校  教学仪器设备资产值  3800000" in listed
    county.run(*cell, "--old", "3800000", "--new", "3900000", "--evidence", "验收单", *signed)
    assert "刷新后计入" in county.run("corrections").stdout
    county.run(*cell, "--withdraw")
    assert county.run("corrections", "--json").stdout.strip() == "[]"
    result = county.run(*cell, "--old", "1", "--new", "2", "--evidence", "验收单", *signed, expect=2)
    assert "原值不符" in result.stderr

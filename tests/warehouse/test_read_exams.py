from __future__ import annotations

import polars as pl

from warehouse.read_exams import _told_by_place


def test_schools_of_one_name_are_told_by_township_then_by_code() -> None:
    rows = [
        ("希望小学", "甲乡", "1"),
        ("希望小学", "乙乡", "2"),
        ("希望小学", "乙乡", "3"),
        ("希望小学", None, "4"),
    ]
    rows.append(("中心小学", "甲乡", "5"))
    found = pl.DataFrame(rows, schema=["plain_name", "township", "school_code"], orient="row")
    assert _told_by_place(found)["school_name"].to_list() == [
        "希望小学（甲乡）",
        "希望小学（2）",
        "希望小学（3）",
        "希望小学（4）",
        "中心小学",
    ]

from __future__ import annotations

import pytest

from tests.pages.conftest import Open, words
from tests.published import golden_pick
from view import numbers
from warehouse import read


def test_first_line_counts_compliant_schools_and_coefficients(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("overview"))
    for row in read.verdicts(pick.snapshot, "national_2017", 2024).to_dicts():
        stage = pick.names.label("stage", row["stage"])
        assert f"{stage} {row['schools']} 所中 {row['schools_compliant']} 所达标" in shown
    assert shown.index("差异系数") < shown.index("先看这些学校")


def test_every_indicator_stands_with_its_coefficient_and_share_of_schools(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("overview"))
    for row in read.balance(pick.snapshot, "national_2017", 2024).to_dicts():
        assert numbers.coefficient(row["cv"]) in shown, row["indicator_code"]
        if row["indicator_code"] != "composite":
            assert numbers.percent(row["met_share"]) in shown


def test_schools_to_attend_to_come_in_their_rank_with_a_next_step(open_page: Open) -> None:
    pick = golden_pick()
    shown = words(open_page("overview", stage="primary"))
    rows = read.compliance(pick.snapshot, "national_2017", 2024).to_dicts()
    first = [
        row["school_name"]
        for row in rows
        if row["stage"] == "primary" and row["verdict"] in {"not_compliant", "incomplete"}
    ][:8]
    listed = shown[shown.index("先看这些学校") :]
    places = [listed.index(name) for name in first]
    assert places == sorted(places)
    assert f"下载当前 {len(first)} 行" in shown


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        ({"lang": "en"}, "schools"),
        ({"standard": "national_2012"}, "综合差异系数"),
        ({"standard": "national_2012", "lang": "en"}, "composite coefficient"),
        ({"year": "2023"}, "2023—2024学年"),
    ],
)
def test_address_decides_what_is_shown(open_page: Open, ids: dict[str, str], sentence: str) -> None:
    assert sentence in words(open_page("overview", **ids))


def test_unknown_ids_in_the_address_fall_back_to_what_exists(open_page: Open) -> None:
    test = open_page("overview", year="1999", standard="nowhere")
    assert test.query_params["year"] == "2024"
    assert test.query_params["standard"] == "national_2017"


def test_an_empty_home_opens_on_a_page_that_leads_to_the_first_import(open_page: Open, tmp_path) -> None:
    test = open_page("welcome", home=tmp_path)
    shown = words(test)
    assert "还没有可看的数据" in shown
    assert "junheng import" in shown
    assert "junheng demo" in shown
    assert [button.label for button in test.button] == ["生成演示县"]

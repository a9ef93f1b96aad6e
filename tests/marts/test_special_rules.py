"""Each rule that is not plain arithmetic, as one school of one year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.marts import inspection
from tests.marts.county import Landed, query
from warehouse.home import Home
from warehouse.landing import retract
from warehouse.refresh import refresh

BLANK_BUT_FULL = {
    "full_time_teachers": 10.0,
    "bachelor_teachers": 6.0,
    "master_teachers": None,
    "college_teachers": 4.0,
}
BLANK_AND_SHORT = {**BLANK_BUT_FULL, "college_teachers": 3.0}


def first_import() -> Landed:
    county = Landed()
    for year in (2021, 2023):
        county.school(year, "0100000001").conditions(year, "0100000001", "primary", students=60)
        county.staff(year, "0100000001", "primary", pe_arts_teachers=0)
    county.school(2010, "0100000002", name="青山小学", former_names="青山完小|老青山")
    county.conditions(2010, "100000002", "primary", students=50)
    county.conditions(2011, "老青山", "primary", students=51)
    county.school(2012, "0100000003", "九年一贯制学校")
    county.conditions(2012, "0100000003", "primary", students=100, books=900)
    county.conditions(2012, "0100000003", "junior", students=100, books=None)
    county.conditions(2012, "0100000003", "whole", books=2100, computers=21)
    county.school(2013, "0100000004").conditions(
        2013, "0100000004", "primary", students=100, books=1, computers=5
    )
    county.school(2014, "0100000005").conditions(2014, "0100000005", "primary", students=100)
    county.staff(2014, "0100000005", "primary", **BLANK_BUT_FULL)
    county.school(2015, "0100000006").conditions(2015, "0100000006", "primary", students=100)
    county.staff(2015, "0100000006", "primary", **BLANK_AND_SHORT)
    county.school(2016, "0100000007")
    county.conditions(
        2016, "0100000007", "primary", students=100, teaching_area_m2=10, indoor_sports_area_m2=20
    )
    county.school(2017, "0100000008", "小学教学点", is_counted=False, parent_ref="0109999999")
    county.conditions(2017, "0100000008", "primary", students=60)
    county.school(2017, "0100000012", "小学", is_counted=False, parent_ref="0100000013")
    county.school(2017, "0100000013", school_type=None)
    county.conditions(2017, "0100000013", "primary", students=100, class_count=12)
    county.conditions(2017, "0100000012", "primary", students=30, class_count=1)
    county.school(2018, "0100000009").conditions(2018, "0100000009", "primary", students=100)
    county.teacher(2018, "T1", "0100000009", "primary", subject="体育").teacher(
        2018, "T2", "0100000009", "primary"
    )
    county.school(2019, None, name="只有名字小学").conditions(2019, "只有名字小学", "primary", students=70)
    county.school(2020, "0100000010", "小学教学点").conditions(2020, "0100000010", "primary", students=0)
    county.staff(2022, "0100000011", "primary", pe_teachers=1, music_teachers=1, art_teachers=None)
    county.school(2022, "0100000011").conditions(2022, "0100000011", "primary", students=100)
    inspection.schools_on_the_line(county)
    inspection.schools_with_exceptions(county)
    return county


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("rules"))
    home.parameters.mkdir(parents=True)
    (home.parameters / "school_exceptions.csv").write_text(
        "school_year,school_code,stage,exception_code,amount,document\n"
        "2021,0100000001,primary,E1,1,示例文件\n2023,0100000001,primary,E1,1,示例文件\n"
        + inspection.EXCEPTIONS,
        encoding="utf-8",
    )
    first_import().land(home, "I000001")
    Landed("key").conditions(2013, "0100000004", "primary", books=2000).land(home, "I000002")
    Landed().conditions(2013, "0100000004", "primary", students=1).land(home, "I000003")
    retract(home, "I000003")
    inspection.a_year_on_the_line().land(home, "I000004")
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


NUMERATORS = {
    "an exception counts in its years": (2021, "R3", "primary", 1.0),
    "an exception is nothing outside its years": (2023, "R3", "primary", 0.0),
    "a stage lacking its own value shares the whole": (2012, "B5", "primary", 1000.0),
    "the other stage gets the rest": (2012, "B5", "junior", 1100.0),
    "a whole-school value alone is shared": (2012, "B4", "primary", 10.0),
    "a later partial import wins its cell": (2013, "B5", "primary", 2000.0),
    "a partial import leaves other cells": (2013, "B4", "primary", 5.0),
    "blanks are none where the parts add up": (2014, "R1", "primary", 10.0),
    "a blank is missing where they do not": (2015, "R1", "primary", None),
    "a negative difference is missing": (2016, "R4", "primary", None),
    "a part never given is missing": (2016, "R5", "primary", None),
    "a roster without the column cannot tell": (2018, "R2", "primary", None),
    "a roster tells what it has": (2018, "R3", "primary", 1.0),
    "a roster without education cannot tell": (2018, "R1", "primary", None),
    "arts unknown and art unknown is missing": (2022, "R3", "primary", None),
}


@pytest.mark.parametrize("case", NUMERATORS)
def test_numerator(snapshot: Path, case: str) -> None:
    year, indicator, stage, expected = NUMERATORS[case]
    rows = query(
        snapshot,
        f"""select numerator from marts.fct_school_indicator
        where school_year = {year} and indicator_code = '{indicator}' and stage = '{stage}'
            and standard_code like 'national%'""",
    )
    assert rows == [(pytest.approx(expected) if expected is not None else None,)]


PUPILS: dict[str, tuple[int, list[Any]]] = {
    "a lost zero is put back": (2010, [("0100000002", "in_scope", 50.0)]),
    "a former name, a register of another year": (2011, [("0100000002", "in_scope", 51.0)]),
    "a retracted import does not count": (2013, [("0100000004", "in_scope", 100.0)]),
    "a site of an unknown parent stands alone, one of an untyped parent counts there": (
        2017,
        [
            ("0100000008", "in_scope", 60.0),
            ("0100000012", "merged", 30.0),
            ("0100000013", "unknown_type", 130.0),
        ],
    ),
    "a school known by name has it as code": (2019, [("只有名字小学", "in_scope", 70.0)]),
    "no pupils": (2020, [("0100000010", "no_pupils", 0.0), (inspection.LARGE, "in_scope", 2400.0)]),
}


@pytest.mark.parametrize("case", PUPILS)
def test_scope(snapshot: Path, case: str) -> None:
    year, expected = PUPILS[case]
    found = f"select school_code, reason, students from marts.fct_school_scope where school_year = {year}"
    assert query(snapshot, f"{found} order by school_code") == expected


def test_a_site_is_judged_with_its_parent_of_unknown_type(snapshot: Path) -> None:
    """Thirteen classes of both sites ask for two rooms of each kind, once."""
    rows = query(
        snapshot,
        """select denominator, target from marts.fct_inspection_case
        where school_code = '0100000013' and item_code = 'G3' and standard_code = 'national_2017'""",
    )
    assert rows == [(13.0, 2.0), (13.0, 2.0)]


def test_findings_name_school_and_rule(snapshot: Path) -> None:
    rules = {
        (rule, year)
        for rule, year in query(
            snapshot, "select rule_code, school_year from marts.fct_data_issue where rule_code <> 'D321'"
        )
    }
    assert {("D305", 2010), ("D303", 2011), ("D311", 2016), ("D304", 2017), ("D319", 2018)} <= rules


def test_no_finding_keeps_a_placeholder(snapshot: Path) -> None:
    left = "select message_zh from marts.fct_data_issue where message_zh like '%{%' or message_en like '%{%'"
    assert query(snapshot, left) == []


CASES: dict[str, tuple[tuple[int, str, str, str], tuple[str, float | None]]] = {
    "45 in a primary class": ((2024, "G5", inspection.FULL, "%|1|1班"), ("met", 0.0)),
    "46 in a primary class": ((2024, "G5", inspection.FULL, "%|2|1班"), ("not_met", 1.0)),
    "50 in a junior class": ((2024, "G5", inspection.NINE, "%|7|1班"), ("met", 0.0)),
    "51 in a junior class": ((2024, "G5", inspection.NINE, "%|8|1班"), ("not_met", 1.0)),
    "a school that lists no class": (
        (2024, "G5", inspection.FUNDED, "%unlisted"),
        ("missing", None),
    ),
    "2000 pupils": ((2024, "G4", inspection.FULL, ""), ("met", 0.0)),
    "2001 pupils": ((2024, "G4", inspection.OVER, ""), ("not_met", 1.0)),
    "2500 in nine years": ((2024, "G4", inspection.NINE, ""), ("met", 0.0)),
    "2501 in nine years": ((2024, "G4", inspection.NINE_OVER, ""), ("not_met", 1.0)),
    "2400 pupils where an exception allows it": ((2020, "G4", inspection.LARGE, ""), ("met", 0.0)),
    "a music room of 96": ((2024, "G3", inspection.FULL, "音乐"), ("met", 0.0)),
    "an art room of 89.99": ((2024, "G3", inspection.FULL, "美术"), ("not_met", 1.0)),
    "twelve classes, a music room of 95.99": ((2024, "G3", inspection.OVER, "音乐"), ("not_met", 1.0)),
    "twelve classes, an art room of 90": ((2024, "G3", inspection.OVER, "美术"), ("met", 0.0)),
    "thirteen classes, two music rooms": ((2024, "G3", inspection.NINE, "音乐"), ("met", 0.0)),
    "thirteen classes, one art room": ((2024, "G3", inspection.NINE, "美术"), ("not_met", 1.0)),
    "nobody listed the rooms": ((2024, "G3", inspection.FUNDED, "音乐"), ("missing", None)),
    "73 where an exception allows it": ((2021, "G3", inspection.SMALL_POINT, "音乐"), ("met", 0.0)),
    "54 where an exception allows it": ((2021, "G3", inspection.RURAL_POINT, "音乐"), ("met", 0.0)),
    "53.9 where an exception asks 54": ((2021, "G3", inspection.RURAL_POINT, "美术"), ("not_met", 1.0)),
    "99 pupils funded as 100": ((2024, "G6", inspection.FUNDED, "%"), ("met", 0.0)),
    "99 pupils, a yuan short": ((2024, "G6", inspection.SHORT, "%"), ("not_met", 1.0)),
    "training of exactly 5%": ((2024, "Q4", inspection.FUNDED, ""), ("met", 0.0)),
    "training just under 5%": ((2024, "Q4", inspection.SHORT, ""), ("not_met", 0.05)),
    "exactly a tenth exchanged": ((2025, "G11", "", "exchange"), ("met", 0.0)),
    "exactly a fifth of them backbone": ((2025, "G11", "", "backbone"), ("met", 0.0)),
    "exactly 85% satisfied": ((2025, "S1", "", "家长"), ("met", 0.0)),
    "level III": ((2025, "Q9", "", "语文等级"), ("met", 0.0)),
    "a between-school share of exactly 0.15": ((2025, "Q9", "", "语文差异率"), ("not_met", None)),
}


@pytest.mark.parametrize("case", CASES)
def test_an_inspection_item_at_its_boundary(snapshot: Path, case: str) -> None:
    (year, item, school, subject), (status, shortfall) = CASES[case]
    found = query(
        snapshot,
        f"""select status, shortfall from marts.fct_inspection_case where standard_code = 'national_2017'
        and school_year = {year} and item_code = '{item}' and school_code = '{school}'
        and subject_key like '{subject}'""",
    )
    assert found == [(status, None if shortfall is None else pytest.approx(shortfall, rel=1e-9))]


def test_a_school_of_a_hundred_is_no_small_school(snapshot: Path) -> None:
    case = "item_code = 'G6' and school_code ="
    sql = f"select 1 from marts.fct_inspection_case where {case} '{inspection.HUNDRED}'"
    assert query(snapshot, sql) == []


HELD = ("G1", "G4", "G7", "G8", "G9", "G11", "G12", "G13", "G15", "Q1", "S1", "V1", "P1")
FAILED, UNKNOWN = ("G2", "G14", "Q2", "Q9", "V2"), ("G3", "G10", "V3", "P2")
ITEMS = dict.fromkeys(HELD, "met") | dict.fromkeys(FAILED, "not_met") | dict.fromkeys(UNKNOWN, "missing")


def test_a_county_s_items_stand_as_their_figures_say(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select item_code, status from marts.fct_inspection_item"
        " where standard_code = 'national_2017' and school_year = 2025",
    )
    assert {item: status for item, status in found if item in ITEMS} == ITEMS


def test_what_holds_exactly_holds_by_a_hair(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select item_code from marts.fct_inspection_item where standard_code = 'national_2017'"
        " and school_year = 2025 and is_tight order by 1",
    )
    assert {"G7", "G8", "G9", "G11", "G12", "G13", "G15", "Q1", "S1"} <= {item for (item,) in found}

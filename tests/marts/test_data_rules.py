"""Each data rule of a refresh: one school that breaks it, and twelve that break none, in one county."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.marts.consortiums import Alliances
from tests.marts.county import query
from warehouse.home import Home
from warehouse.refresh import refresh

YEAR = 2024
BEFORE = YEAR - 1
SOUND = [f"90000000{number:02d}" for number in range(12)]
HALF_REPORTED = "5550000000"
CONDITIONS = {
    "students": 600.0,
    "class_count": 15.0,
    "migrant_students": 40.0,
    "teaching_area_m2": 3100.0,
    "indoor_sports_area_m2": 200.0,
    "sports_ground_area_m2": 4800.0,
    "equipment_value_yuan": 1350000.0,
    "multimedia_rooms": 15.0,
    "computers": 90.0,
    "books": 15000.0,
}
STAFF = {
    "full_time_teachers": 32.0,
    "bachelor_teachers": 20.0,
    "college_teachers": 8.0,
    "secondary_teachers": 4.0,
    "mid_title_teachers": 16.0,
    "backbone_teachers": 7.0,
    "pe_teachers": 3.0,
    "music_teachers": 2.0,
    "art_teachers": 1.0,
}
SMALLER_LAST_YEAR = {"students": 500.0, "equipment_value_yuan": 300000.0, "books": 14000.0}


def bad(rule: str) -> str:
    """The code of the school that breaks `rule`: D315 is 3150000000."""
    return f"{rule[1:]}0000000"


class County(Alliances):
    """Sound schools by default; what a case names differs."""

    def sound(
        self, code: str, year: int = YEAR, register: dict[str, Any] | None = None, **other: Any
    ) -> County:
        self.school(year, code, **(register or {}))
        scattered = {
            "equipment_value_yuan": CONDITIONS["equipment_value_yuan"] * (1 + int(code[:3]) % 7 / 50)
        }
        self.conditions(year, code, "primary", **{**CONDITIONS, **scattered, **other})
        self.staff(year, code, "primary", **STAFF)
        return self

    def both(self, rule: str, before: dict[str, Any] | None = None, **now: Any) -> County:
        return self.sound(bad(rule), BEFORE, **(before or {})).sound(bad(rule), **now)

    def unstaffed(self, rule: str, **register: Any) -> str:
        """A school without declared counts, so that its roster stands alone."""
        self.school(YEAR, bad(rule), **register).conditions(YEAR, bad(rule), "primary", **CONDITIONS)
        return bad(rule)


def sound_schools(county: County) -> None:
    """Near misses of every line: pupils +20 %, equipment × 5.4, coordinates and values that scatter."""
    for number, code in enumerate(SOUND):
        place = {"longitude": 110 + number * 0.02, "latitude": 30 + number * 0.01, "established_year": YEAR}
        county.sound(code, BEFORE, **SMALLER_LAST_YEAR)
        scattered = {name: CONDITIONS[name] * (1 + number / 50) for name in ("books", "equipment_value_yuan")}
        county.sound(code, YEAR, place, **scattered)
        county.classes(BEFORE, code, "primary", 1, 40).classes(YEAR, code, "primary", 1, 40, count=14)
        county.classes(YEAR, code, "primary", 2, 40)


def broken_registers(county: County) -> None:
    county.sound(bad("D323"), YEAR, {"name": "同名小学"}).sound("3239999999", YEAR, {"name": "同名小学"})
    county.conditions(YEAR, "同名小学", "primary", books=1.0)
    county.both("D324", {"register": {"kind": "小学教学点"}})
    county.both("D325", {"register": {"ownership": "民办"}}, register={"ownership": "公办"})
    county.sound(bad("D326"), YEAR, {"established_year": YEAR + 1})
    uncounted = {"kind": "小学教学点", "is_counted": False}
    county.sound(bad("D304"), YEAR, {**uncounted, "parent_ref": "0000000000"})
    county.sound(bad("D327"), YEAR, {**uncounted, "parent_ref": "3279999999"})
    county.sound("3279999999", YEAR, {**uncounted, "parent_ref": bad("D327")})
    county.sound(bad("D328"), YEAR, {**uncounted, "parent_ref": "3289999999"})
    county.sound("3289999999", YEAR, {**uncounted, "parent_ref": SOUND[0]})
    county.sound(bad("D329"), YEAR, {"longitude": 30.0, "latitude": 110.0})
    county.school(YEAR, bad("D330")).conditions(YEAR, bad("D330"), "primary", students=0.0)
    county.staff(YEAR, bad("D330"), "primary", **STAFF)
    county.conditions(YEAR, bad("D301"), "primary", **CONDITIONS)
    county.school(BEFORE, bad("D303")).conditions(YEAR, bad("D303"), "primary", **CONDITIONS)
    county.school(YEAR, "0305000000").conditions(YEAR, "305000000", "primary", **CONDITIONS)
    county.target(YEAR, "primary", "R77", "差异系数", 0.5)


def broken_years(county: County) -> None:
    county.both("D315", equipment_value_yuan=135.0)
    county.sound(bad("D316"), BEFORE).school(YEAR, bad("D316"))
    county.both("D331", {"students": 400.0})
    county.both("D332", {"students": 610.0})
    county.both("D333", books=0.0)
    for year, pupils in ((BEFORE, 40), (YEAR, 80)):
        county.sound(bad("D334"), year).classes(year, bad("D334"), "primary", 1 + year - BEFORE, pupils)


def broken_conditions(county: County) -> None:
    county.sound(bad("D310")).conditions(YEAR, bad("D310"), "whole", books=14000.0)
    county.school(YEAR, bad("D309"), "九年一贯制学校").conditions(
        YEAR, bad("D309"), "primary", students=600.0
    )
    county.conditions(YEAR, bad("D309"), "whole", books=15000.0)
    county.sound(HALF_REPORTED, YEAR, {"kind": "九年一贯制学校"})
    county.sound(bad("D311"), indoor_sports_area_m2=4000.0)
    county.sound(bad("D314"), equipment_value_yuan=0.0)
    county.sound(bad("D318")).conditions(YEAR, bad("D318"), "junior", books=5.0)
    county.sound(bad("D321"), books=None, multimedia_rooms=None)
    county.sound(bad("D338"), computers=0.0)
    county.sound(bad("D339"), class_count=0.0)
    county.sound(bad("D340"), migrant_students=601.0)
    county.sound(bad("D346"), equipment_value_yuan=13500000.0)
    for number in range(6):
        county.sound(f"34700000{number:02d}", sports_ground_area_m2=4300.0 + number)
    county.sound(bad("D348"), teaching_area_m2=2898.0)


def broken_staff(county: County) -> None:
    parts = {
        "D312": {"backbone_teachers": 33.0},
        "D313": {"bachelor_teachers": 24.0},
        "D335": {"pe_teachers": 31.0},
        "D336": {"bachelor_teachers": 30.0},
        "D337": {"mid_title_teachers": 33.0},
        "D341": dict.fromkeys(STAFF, 0.0),
    }
    for rule, counts in parts.items():
        county.school(YEAR, bad(rule)).conditions(YEAR, bad(rule), "primary", **CONDITIONS)
        county.staff(YEAR, bad(rule), "primary", **{**STAFF, **counts})
    county.sound(bad("D342"), YEAR, {"kind": "九年一贯制学校"})
    county.conditions(YEAR, bad("D342"), "junior", students=0.0).staff(YEAR, bad("D342"), "junior", **STAFF)
    county.sound(bad("D306")).teacher(YEAR, "T306", bad("D306"), "primary", education="本科")
    for number in range(2):
        county.teacher(
            YEAR, "T317", [county.unstaffed("D317"), SOUND[0]][number], "primary", education="本科"
        )
    county.teacher(YEAR, "T319", county.unstaffed("D319"), "primary")
    county.teacher(YEAR, "T320", county.unstaffed("D320"), "primary", education="本科", duty_status="云游")
    county.teacher(YEAR, "T344", county.unstaffed("D344"), "senior", education="本科")
    county.school(BEFORE, bad("D345"))
    for year in (BEFORE, YEAR):
        county.teacher(
            year, "T345", bad("D345"), "primary", education="本科", birth_month=date(year - 2000 + 1970, 5, 1)
        )
    county.unstaffed("D345")
    county.sound(bad("D307")).classes(YEAR, bad("D307"), "primary", 1, 30, count=15)
    county.sound(bad("D308")).classes(YEAR, bad("D308"), "primary", 1, 50, count=12)
    county.sound(bad("D343")).classes(YEAR, bad("D343"), "primary", 2, 40, count=15)


def broken_exchanges(county: County) -> None:
    """Each school sends one teacher of its own roster, but for what its rule is about."""

    def sends(rule: str, *numbers: str, **more: Any) -> None:
        school = county.unstaffed(rule)
        for number in numbers or (f"T{rule[1:]}",):
            county.teacher(YEAR, number, school, "primary", education="本科", **more)

    for rule in ("D361", "D362", "D363", "D366", "D369"):
        sends(rule)
    sends("D365", "T365")
    sends("D364", "T364")
    sends("D367", duty_status="支教")
    sends("D368", duty_status="在岗")
    host = SOUND[0]
    county.moved(YEAR, "T361", bad("D361"), SOUND[1]).moved(
        YEAR, "T361", bad("D361"), host, "支教", start_date=date(YEAR + 1, 3, 1)
    )
    county.moved(YEAR, "T362", bad("D362"), bad("D362"))
    county.moved(YEAR, "T363", bad("D363"), host, end_date=date(YEAR, 8, 1))
    county.moved(YEAR, "T3649", bad("D364"), host)
    county.moved(YEAR, "T365", bad("D365"), host).moved(YEAR, "T3658", bad("D365"), host)
    county.moved(YEAR, "T366", bad("D366"), host, start_date=date(YEAR - 2, 8, 30), end_date=None)
    county.moved(YEAR, "T368", bad("D368"), host)
    county.moved(YEAR, "T369", bad("D369"), host)


def sent_again(county: County) -> None:
    """A second document that names a teacher of the first, and adds a sound exchange."""
    county.moved(YEAR, "T369", bad("D369"), SOUND[1], start_date=date(YEAR, 9, 2))


def broken_consortiums(county: County) -> None:
    begun, day = date(YEAR, 9, 1), date(YEAR, 10, 8)
    for rule in ("D381", "D384", "D385", "D386", "D387", "D388", "D389"):
        county.sound(bad(rule))
    for code, lead in (("X", SOUND[0]), ("Y", SOUND[1]), ("Z", SOUND[2]), ("Z", SOUND[3])):
        county.member(code, lead, begun, lead=True)
    county.member("X", bad("D381"), begun).member("Y", bad("D381"), begun).member("W", SOUND[4], begun)
    county.member("X", bad("D385"), begun).member("X", bad("D387"), begun)
    county.member("X", bad("D389"), day, left_on=begun)
    county.activity("X", "示范课", day, bad("D384")).activity("X", "读书会", day, bad("D385"))
    county.activity("NONE", "示范课", day, bad("D386")).activity("X", "示范课", day, bad("D387"), teachers=99)
    county.activity("X", "示范课", day, SOUND[0], participant_refs=bad("D388"))
    county.satisfied(YEAR, "家长", 100, 120, 90)
    retained = {"毕业生数": 100, "三年转入": 0, "三年转出": 0, "初一在校生": 100, "三年死亡": 0}
    county.declared(YEAR, "Q1", **retained, 巩固率=0.9, 结论=0).declared(YEAR, "G7", 结论=1)
    county.declared(YEAR, "Q2", 入学残疾儿童=12, 适龄残疾儿童=10)
    county._add("county_profile", {"school_year": YEAR, "field": "县志卷数", "value": 3})


WAIVERS = f"""rule_code,school_year,school_code,reason,waived_by,waived_on
D331,{YEAR},{bad("D331")},两校合并,王科长,2024-10-08
D331,{YEAR},{SOUND[1]},并无此事,王科长,2024-10-08
D315,{YEAR},{bad("D315")},,王科长,2024-10-08
D347,{YEAR},,抽查过,李主任,
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("rules"))
    home.parameters.mkdir(parents=True)
    (home.parameters / "waivers.csv").write_text(WAIVERS, encoding="utf-8")
    county = County()
    for part in (
        sound_schools,
        broken_registers,
        broken_years,
        broken_conditions,
        broken_staff,
        broken_exchanges,
        broken_consortiums,
    ):
        part(county)
    county.land(home, "I000001")
    again = County("key")
    sent_again(again)
    again.land(home, "I000002")
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


OTHERWISE = {
    "D302": "同名小学",
    "D305": "0305000000",
    "D317": SOUND[0] if SOUND[0] < bad("D317") else bad("D317"),
    "D322": None,
    "D347": None,
    "D349": SOUND[1],
    "D350": bad("D315"),
    "D382": None,
    "D383": None,
    "D390": None,
    "D401": None,
    "D402": None,
    "D403": None,
    "D404": None,
    "D405": None,
}
"""Where the finding names another school than the one of its rule, or none."""
EXAM_RULES = {f"D{number}" for number in range(371, 381)} | {"D391"}
"""Those of examinations have their own county: `test_exam_rules.py`."""
FROM_REFRESH = [
    row["rule_code"]
    for row in csv.DictReader((ROOT / "seeds" / "rules.csv").open(encoding="utf-8"))
    if row["checked_at"] == "refresh" and row["rule_code"] not in EXAM_RULES
]


@pytest.mark.parametrize("rule", FROM_REFRESH)
def test_rule_finds_its_school_and_no_sound_one(snapshot: Path, rule: str) -> None:
    found = query(
        snapshot,
        f"select distinct school_code from marts.fct_data_issue"
        f" where rule_code = '{rule}' and school_year = {YEAR}",
    )
    schools = {school for (school,) in found}
    about = OTHERWISE.get(rule, bad(rule))
    assert about in schools
    others = {"D306": {SOUND[0]}, "D349": {SOUND[1]}}.get(rule, set())
    assert schools.isdisjoint(set(SOUND) - others)


def test_there_are_forty_rules_and_more() -> None:
    rules = list(csv.DictReader((ROOT / "seeds" / "rules.csv").open(encoding="utf-8")))
    assert len(rules) == len({row["rule_code"] for row in rules}) >= 40
    assert all(row.values() and all(row.values()) for row in rules)


def test_a_waived_finding_stays_and_says_why(snapshot: Path) -> None:
    sql = "select is_waived, waiver_reason, waived_by from marts.fct_data_issue where rule_code = '{}'"
    assert query(snapshot, sql.format("D331")) == [(True, "两校合并", "王科长")]
    assert query(snapshot, sql.format("D347")) == [(True, "抽查过", "李主任")]
    assert (False, None, None) in query(snapshot, sql.format("D315"))
    assert {row[0] for row in query(snapshot, sql.format("D315"))} == {False}


def test_a_stage_that_sent_nothing_is_missing_and_stops_nobody(snapshot: Path) -> None:
    sql = f"select stage, numerator from marts.fct_school_indicator where school_code = '{HALF_REPORTED}'"
    rows = query(
        snapshot, f"{sql} and standard_code = 'national_2017' and indicator_code = 'R7' order by stage"
    )
    assert rows == [("junior", None), ("primary", 15.0)]


def test_sentences_are_filled_in(snapshot: Path) -> None:
    left = "select message_zh from marts.fct_data_issue where message_zh like '%{%' or message_en like '%{%'"
    assert query(snapshot, left) == []
    empty = "select message_zh from marts.fct_data_issue where message_zh similar to '.*(（）| ，|，，|“”).*'"
    assert query(snapshot, empty) == []

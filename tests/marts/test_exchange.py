"""Who meets the exchange conditions and who was exchanged, each case a teacher checked by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.marts.county import Landed, query
from warehouse.home import Home
from warehouse.refresh import refresh

YEAR = 2024
TOWN, VILLAGE, PRIVATE, HIGH, LIMITED = "1000000001", "1000000002", "1000000003", "1000000004", "1000000005"
SITE, BUSY, NEW = "1000000006", "1000000007", "1000000008"
AWAY = "邻县实验小学"
"""A host that no register knows."""


class County(Landed):
    """Teachers of 2024 by default, who have joined long ago."""

    def on_roster(self, number: str, school: str, joined: date | None, year: int = YEAR, **more: Any) -> County:
        row = {"joined_month": joined, "backbone_level": "无", "subject": "语文", **more}
        self.teacher(year, number, school, row.pop("stage", "primary"), **row)
        return self

    def moved(
        self, number: str, school: str, to: str, kind: str = "轮岗", year: int = YEAR, **more: Any
    ) -> County:
        row = {"school_year": year, "teacher_id": number, "school_ref": school, "to_school_ref": to}
        dates = {"start_date": date(year, 9, 1), "end_date": date(year + 1, 7, 10)}
        self._add("exchanges", {**row, "exchange_type": kind, **dates, **more})
        return self

    def joins(self, consortium: str, school: str, role: str, day: date, left: date | None = None) -> County:
        row = {"school_year": 2024, "consortium_code": consortium, "consortium_name": consortium}
        self._add(
            "consortium_members",
            {**row, "kind": "教育集团", "school_ref": school, "role": role, "joined_on": day, "left_on": left},
        )
        return self


def schools(county: County) -> None:
    for year in (2021, 2022, 2023, 2024):
        county.school(year, TOWN, ownership="公办", area_type="镇区")
        county.school(year, VILLAGE, ownership="公办", area_type="乡村")
        county.school(year, PRIVATE, ownership="民办", area_type="城区")
        county.school(year, HIGH, "完全中学", ownership="公办", area_type="城区")
        county.school(year, SITE, "小学教学点", ownership="公办", is_counted=False, parent_ref=VILLAGE)
        county.school(year, BUSY, ownership="公办", area_type="城区")
        county.school(year, NEW, ownership="公办", area_type="乡村")
        for code in (TOWN, VILLAGE, PRIVATE, BUSY, NEW):
            county.conditions(year, code, "primary", students=300.0)


def boundaries(county: County) -> None:
    """TOWN: six years to the day, a month short, a transfer in mid-year, a return, two stays."""
    county.on_roster("T-SIX-1", TOWN, date(2018, 9, 1)).on_roster("T-SHORT", TOWN, date(2018, 10, 1))
    county.on_roster("T-MID-2", VILLAGE, date(2010, 9, 1), 2023).on_roster("T-MID-2", TOWN, date(2024, 3, 1))
    county.on_roster("T-BACK", TOWN, date(2015, 9, 1), 2021)
    county.moved("T-BACK", TOWN, VILLAGE, year=2022).on_roster("T-BACK", TOWN, date(2023, 9, 1))
    county.on_roster("T-PART", TOWN, date(2010, 9, 1), is_full_time=False)
    county.on_roster("T-GONE", TOWN, date(2010, 9, 1), duty_status="借调")
    county.on_roster("T-YOUNG", TOWN, date(2023, 9, 1)).moved("T-YOUNG", TOWN, VILLAGE)
    county.on_roster("T-TWICE", TOWN, date(2010, 9, 1), backbone_level="县级", duty_status="交流")
    county.moved("T-TWICE", TOWN, VILLAGE).moved("T-TWICE", TOWN, NEW, "支教", start_date=date(2025, 2, 10))


def elsewhere(county: County) -> None:
    """Listed at the host alone, private, merged, of another stage, in the roster's own columns, other kinds."""
    county.on_roster("B-HOST", NEW, date(2024, 8, 1), backbone_level="市级").moved("B-HOST", BUSY, NEW)
    county.moved("B-NONE", BUSY, AWAY)
    county.on_roster("B-OWN", BUSY, date(2010, 9, 1)).moved("B-OWN", BUSY, BUSY)
    county.on_roster("B-WALK", BUSY, date(2010, 9, 1)).moved("B-WALK", BUSY, NEW, "走教")
    county.on_roster("B-ROST", BUSY, date(2020, 9, 1), exchange_school_ref=NEW)
    county.on_roster("B-HELP", BUSY, date(2020, 9, 1), support_school_ref=VILLAGE, subject="体育")
    county.on_roster("P-1", PRIVATE, date(2010, 9, 1)).moved("P-1", PRIVATE, NEW)
    county.on_roster("S-1", SITE, date(2010, 9, 1)).moved("S-1", SITE, TOWN)
    county.on_roster("S-2", SITE, date(2010, 9, 1)).on_roster("V-1", VILLAGE, date(2010, 9, 1))
    county.on_roster("H-J", HIGH, date(2010, 9, 1), stage="junior")
    county.on_roster("H-S", HIGH, date(2010, 9, 1), stage="senior").moved("H-S", HIGH, NEW)
    county.on_roster("N-1", NEW, None)


def consortiums(county: County) -> None:
    """G1 has TOWN from before, BUSY until 31 August; G2 is founded in October with BUSY, NEW joins later."""
    county.joins("G1", TOWN, "牵头", date(2022, 9, 1)).joins("G1", VILLAGE, "成员", date(2022, 9, 1))
    county.joins("G1", BUSY, "成员", date(2022, 9, 1), date(2024, 8, 31))
    county.joins("G2", BUSY, "牵头", date(2024, 10, 8)).joins("G2", NEW, "成员", date(2024, 12, 1))


def published(folder: Path, parameters: str = "") -> Path:
    home = Home(folder)
    if parameters:
        home.parameters.mkdir(parents=True)
        (home.parameters / "parameters.csv").write_text(parameters, encoding="utf-8")
    county = County()
    for part in (schools, boundaries, elsewhere, consortiums):
        part(county)
    county.land(home, "I000001")
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("exchange"))


RATE = "full_time_teachers, eligible, eligible_by_rule, exchanged, backbone_exchanged"


def rate(snapshot: Path, scope: str, code: str, columns: str = RATE, year: int = YEAR) -> tuple[Any, ...]:
    (row,) = query(
        snapshot,
        f"select {columns} from marts.fct_exchange_rate"
        f" where school_year = {year} and scope = '{scope}' and scope_code = '{code}'",
    )
    return row


def eligible_at(snapshot: Path, school: str) -> set[str]:
    """Number tails of who meets the conditions in 2024 by the rule, from the working table."""
    found = query(
        snapshot,
        "select teacher_tail from intermediate.int_exchange_pool_decided"
        f" where school_year = {YEAR} and school_code = '{school}' and is_eligible_by_rule",
    )
    return {tail for (tail,) in found}


def test_years_run_to_the_first_of_september_and_a_return_keeps_them(snapshot: Path) -> None:
    assert rate(snapshot, "school", TOWN) == (6, 4, 3, 2, 1)

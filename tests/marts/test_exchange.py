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
TOWN, VILLAGE, PRIVATE, HIGH = "1000000001", "1000000002", "1000000003", "1000000004"
SITE, BUSY, NEW, AGED = "1000000006", "1000000007", "1000000008", "1000000009"
AWAY = "邻县实验小学"
"""A host that no register knows."""


class County(Landed):
    """Teachers of 2024 by default, who have joined long ago."""

    def on_roster(
        self, number: str, school: str, joined: date | None, year: int = YEAR, **more: Any
    ) -> County:
        row = {"joined_month": joined, "backbone_level": "无", "subject": "语文", **more}
        self.teacher(year, number, school, row.pop("stage", "primary"), **row)
        return self

    def joins(self, consortium: str, school: str, role: str, day: date, left: date | None = None) -> County:
        row = {"school_year": 2024, "consortium_code": consortium, "consortium_name": consortium}
        self._add(
            "consortium_members",
            {
                **row,
                "kind": "教育集团",
                "school_ref": school,
                "role": role,
                "joined_on": day,
                "left_on": left,
            },
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
        county.school(year, AGED, ownership="公办", area_type="镇区")
        for code in (TOWN, VILLAGE, PRIVATE, BUSY, NEW, AGED):
            county.conditions(year, code, "primary", students=300.0)


def boundaries(county: County) -> None:
    """TOWN: six years to the day, a month short, a transfer in mid-year, a return, two stays."""
    county.on_roster("T-SIX-1", TOWN, date(2018, 9, 1)).on_roster("T-SHORT", TOWN, date(2018, 10, 1))
    county.on_roster("T-MID-2", VILLAGE, date(2010, 9, 1), 2023).on_roster("T-MID-2", TOWN, date(2024, 3, 1))
    county.on_roster("T-BACK", TOWN, date(2015, 9, 1), 2021)
    county.moved(2022, "T-BACK", TOWN, VILLAGE)
    county.on_roster("T-BACK", TOWN, date(2023, 9, 1))
    county.on_roster("T-PART", TOWN, date(2010, 9, 1), is_full_time=False)
    county.on_roster("T-GONE", TOWN, date(2010, 9, 1), duty_status="借调")
    county.on_roster("T-YOUNG", TOWN, date(2023, 9, 1)).moved(YEAR, "T-YOUNG", TOWN, VILLAGE)
    county.on_roster("T-TWICE", TOWN, date(2010, 9, 1), backbone_level="县级", duty_status="交流")
    county.moved(YEAR, "T-TWICE", TOWN, VILLAGE).moved(
        YEAR, "T-TWICE", TOWN, NEW, "支教", start_date=date(2025, 2, 10)
    )


def elsewhere(county: County) -> None:
    """Listed at the host alone, private, merged, of another stage, the roster's columns, other kinds."""
    county.on_roster("B-HOST", NEW, date(2024, 8, 1), backbone_level="市级").moved(YEAR, "B-HOST", BUSY, NEW)
    county.moved(YEAR, "B-NONE", BUSY, AWAY)
    county.on_roster("B-OWN", BUSY, date(2010, 9, 1)).moved(YEAR, "B-OWN", BUSY, BUSY)
    county.on_roster("B-WALK", BUSY, date(2010, 9, 1)).moved(YEAR, "B-WALK", BUSY, NEW, "走教")
    county.on_roster("B-ROST", BUSY, date(2020, 9, 1), exchange_school_ref=NEW)
    county.on_roster("B-HELP", BUSY, date(2020, 9, 1), support_school_ref=VILLAGE, subject="体育")
    county.on_roster("P-1", PRIVATE, date(2010, 9, 1)).moved(YEAR, "P-1", PRIVATE, NEW)
    county.on_roster("S-1", SITE, date(2010, 9, 1)).moved(YEAR, "S-1", SITE, TOWN)
    county.on_roster("S-2", SITE, date(2010, 9, 1)).on_roster("V-1", VILLAGE, date(2010, 9, 1))
    county.on_roster("H-J", HIGH, date(2010, 9, 1), stage="junior")
    county.on_roster("H-S", HIGH, date(2010, 9, 1), stage="senior").moved(YEAR, "H-S", HIGH, NEW)
    county.on_roster("N-1", NEW, None)


def of_age(county: County) -> None:
    """AGED: 56, 55 and 54 on 1 September; one without a certificate, one of another subject."""
    years_ago = date(2010, 9, 1)
    skilled = {"has_certificate": True, "training_hours_5y": 360.0, "certificate_subject": "小学语文"}
    county.on_roster("A-56", AGED, years_ago, birth_month=date(1968, 9, 1), **skilled)
    county.on_roster("A-55", AGED, years_ago, birth_month=date(1968, 10, 1), **skilled, subject="思想品德")
    lacking = {"has_certificate": False, "certificate_subject": "语文", "training_hours_5y": None}
    county.on_roster("A-54", AGED, years_ago, birth_month=date(1969, 10, 1), **lacking)


def consortiums(county: County) -> None:
    """G1 has TOWN from before, BUSY until 31 August; G2 is founded in October with BUSY, NEW joins later."""
    county.joins("G1", TOWN, "牵头", date(2022, 9, 1)).joins("G1", VILLAGE, "成员", date(2022, 9, 1))
    county.joins("G1", BUSY, "成员", date(2022, 9, 1), date(2024, 8, 31))
    county.joins("G2", BUSY, "牵头", date(2024, 10, 8)).joins("G2", NEW, "成员", date(2024, 12, 1))


PARAMETERS = """parameter,value,valid_from,valid_to
exchange_max_age,55,1900-01-01,2099-12-31
"""
"""A second county with an age limit."""


def published(folder: Path, parameters: str = "") -> Path:
    home = Home(folder)
    if parameters:
        home.parameters.mkdir(parents=True)
        (home.parameters / "parameters.csv").write_text(parameters, encoding="utf-8")
    county = County()
    for part in (schools, boundaries, elsewhere, consortiums, of_age):
        part(county)
    county.land(home, "I000001")
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("exchange"))


def rate(snapshot: Path, scope: str, code: str, *columns: str, year: int = YEAR) -> tuple[Any, ...]:
    """Figures of one scope; by default pool, eligible, eligible by rule, exchanged, backbone exchanged."""
    asked = columns or (
        "full_time_teachers",
        "eligible",
        "eligible_by_rule",
        "exchanged",
        "backbone_exchanged",
    )
    (row,) = query(
        snapshot,
        f"select {', '.join(asked)} from marts.fct_exchange_rate"
        f" where school_year = {year} and scope = '{scope}' and scope_code = '{code}'",
    )
    return row


def eligible(snapshot: Path, school: str) -> set[str]:
    """Who of a school meets the conditions in 2024 by the rule: known from the list of the year after."""
    found = query(
        snapshot,
        "select teacher_tail from marts.fct_exchange_candidate"
        f" where school_year = {YEAR} and school_code = '{school}' and not is_newly_eligible",
    )
    return {tail for (tail,) in found}


def sent(snapshot: Path, school: str) -> set[str]:
    """Who of a school counts as exchanged in 2024."""
    found = query(
        snapshot,
        "select teacher_tail from marts.fct_exchange_teacher"
        f" where school_year = {YEAR} and from_school_code = '{school}' and is_deciding",
    )
    return {tail for (tail,) in found}


def test_years_count_to_the_day_a_transfer_starts_anew_and_a_return_keeps_them(snapshot: Path) -> None:
    assert eligible(snapshot, TOWN) == {"IX-1", "BACK", "WICE"}


def test_part_time_and_seconded_teachers_stay_out_unless_exchanged(snapshot: Path) -> None:
    assert rate(snapshot, "school", TOWN, "full_time_teachers") == (6,)
    assert sent(snapshot, TOWN) == {"WICE", "OUNG"}


def test_whoever_was_exchanged_belongs_to_the_eligible_and_counts_once(snapshot: Path) -> None:
    assert rate(snapshot, "school", TOWN) == (6, 4, 3, 2, 1)
    assert rate(snapshot, "school", TOWN, "exchange_rate", "backbone_share") == (0.5, 0.5)


def test_listed_at_the_host_or_nowhere_counts_where_the_teacher_was_sent_from(snapshot: Path) -> None:
    assert {"HOST", "NONE"} <= sent(snapshot, BUSY)
    assert rate(snapshot, "school", NEW, "full_time_teachers", "exchanged") == (1, 0)
    assert rate(snapshot, "school", BUSY, "backbone_exchanged", "backbone_unknown") == (1, 1)


def test_other_kinds_and_a_stay_at_the_own_school_are_no_exchange(snapshot: Path) -> None:
    assert eligible(snapshot, BUSY) == {"WALK", "-OWN"}
    assert sent(snapshot, BUSY).isdisjoint({"WALK", "-OWN"})
    kinds = query(
        snapshot,
        "select exchange_type, teachers, is_counted from marts.fct_exchange_kind"
        f" where school_year = {YEAR} and scope = 'county' order by 1",
    )
    assert kinds == [("支教", 2, True), ("走教", 1, False), ("轮岗", 6, True)]


def test_the_rosters_own_columns_say_who_was_exchanged(snapshot: Path) -> None:
    assert {"ROST", "HELP"} <= sent(snapshot, BUSY)
    assert rate(snapshot, "school", BUSY) == (6, 6, 2, 4, 1)


def test_private_and_senior_teachers_are_no_part_of_the_pool(snapshot: Path) -> None:
    found = query(
        snapshot, f"select * from marts.fct_exchange_rate where scope = 'school' and scope_code = '{PRIVATE}'"
    )
    assert found == []
    assert rate(snapshot, "school", HIGH) == (1, 1, 1, 0, 0)
    assert eligible(snapshot, HIGH) == {"H-J"}


def test_an_uncounted_site_counts_under_its_parent(snapshot: Path) -> None:
    assert eligible(snapshot, VILLAGE) == {"S-1", "S-2", "V-1"}
    assert rate(snapshot, "school", VILLAGE) == (3, 3, 3, 1, 0)


def test_the_county_is_the_sum_of_its_schools(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select sum(full_time_teachers), sum(exchanged), sum(backbone_exchanged) from marts.fct_exchange_rate"
        f" where school_year = {YEAR} and scope = 'school'",
    )
    figures = ("full_time_teachers", "exchanged", "backbone_exchanged")
    assert found == [rate(snapshot, "county", "county", *figures)]


def test_without_a_month_of_joining_eligibility_is_missing_not_zero(snapshot: Path) -> None:
    asked = ("eligible", "eligible_unknown", "exchange_rate", "exchange_status")
    assert rate(snapshot, "school", NEW, *asked) == (None, 1, None, "missing")


def test_without_a_roster_or_any_word_of_exchange_the_rate_is_missing(snapshot: Path) -> None:
    asked = ("full_time_teachers", "exchanged", "exchange_rate", "exchange_status")
    assert rate(snapshot, "county", "county", *asked, year=2022) == (None, 1, None, "missing")
    assert rate(snapshot, "county", "county", *asked, year=2023) == (1, None, None, "missing")


def test_a_consortium_has_its_members_of_1_september_or_of_its_founding_day(snapshot: Path) -> None:
    assert rate(snapshot, "consortium", "G1") == (9, 7, 6, 3, 1)
    assert rate(snapshot, "consortium", "G2") == rate(snapshot, "school", BUSY)


def test_flows_add_up_to_the_exchanged_and_roles_stay_inside(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select from_group, to_group, teachers from marts.fct_exchange_flow"
        f" where school_year = {YEAR} and scope = 'consortium' and scope_code = 'G1' and group_kind = 'role'",
    )
    assert set(found) == {
        ("lead", "member", 2),
        ("lead", "all", 2),
        ("member", "lead", 1),
        ("member", "all", 1),
        ("all", "lead", 1),
        ("all", "member", 2),
        ("all", "all", 3),
    }
    to_village = query(
        snapshot,
        "select teachers from marts.fct_exchange_flow where school_year = 2024 and scope = 'county'"
        " and group_kind = 'area_type' and from_group = 'all' and to_group in ('all', 'outside') order by 1",
    )
    assert to_village == [(1,), rate(snapshot, "county", "county", "exchanged")]


def test_schools_gain_and_lose_backbone_and_sports_teachers(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select school_code, sent, received, backbone_gain, pe_arts_gain from marts.fct_exchange_balance"
        f" where school_year = {YEAR} and school_code in ('{VILLAGE}', '{BUSY}') order by 1",
    )
    assert found == [(VILLAGE, 1, 3, 1, 1), (BUSY, 4, 0, -1, -1)]


def test_the_switch_moves_an_exchanged_teacher_to_the_host(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select school_code, own_numerator, host_numerator, counts_at from marts.fct_exchange_effect"
        f" where school_year = {YEAR} and standard_code = 'national_2017' and indicator_code = 'R2'"
        f" and school_code in ('{TOWN}', '{VILLAGE}', '{BUSY}', '{NEW}') order by 1",
    )
    assert found == [(TOWN, 1, 0, "own"), (VILLAGE, 0, 1, "own"), (BUSY, 1, 0, "own"), (NEW, 0, 1, "own")]
    published = query(
        snapshot,
        "select school_code, numerator from marts.fct_school_indicator where standard_code like '%2017'"
        f" and school_year = {YEAR} and indicator_code = 'R2'"
        f" and school_code in ('{TOWN}', '{NEW}') order by 1",
    )
    assert published == [(TOWN, 1), (NEW, 0)]


def test_next_year_asks_the_conditions_a_year_on(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select teacher_tail, tenure_years, is_newly_eligible from marts.fct_exchange_candidate"
        f" where school_year = {YEAR} and school_code = '{TOWN}' order by ordinal",
    )
    assert found == [("WICE", 15, False), ("BACK", 10, False), ("IX-1", 7, False), ("HORT", 6, True)]


def test_no_name_and_no_whole_number_is_published(snapshot: Path) -> None:
    for mart in ("fct_exchange_teacher", "fct_exchange_candidate"):
        columns = {
            name
            for (name,) in query(
                snapshot, f"select column_name from information_schema.columns where table_name = '{mart}'"
            )
        }
        assert columns.isdisjoint({"teacher_id", "teacher_key", "name"})


def test_the_staff_counts_what_holds_what_does_not_and_what_is_unknown(snapshot: Path) -> None:
    found = query(
        snapshot,
        "select item_code, numerator, denominator, unknown_count, short, status"
        " from marts.fct_teacher_profile"
        f" where school_year = {YEAR} and scope = 'school' and scope_code = '{AGED}' and stage = 'all'"
        " and (item_kind = 'item' or numerator > 0) order by item_kind, item_code",
    )
    assert found == [
        ("50_54", 1, 3, 0, 2, "not_tested"),
        ("55_up", 2, 3, 0, 1, "not_tested"),
        ("certificate", 2, 3, 0, 1, "not_met"),
        ("outside_subject", 1, 3, 0, 2, "not_tested"),
        ("training", 2, 2, 1, 0, "missing"),
    ]


def test_an_age_limit_leaves_out_who_is_older(snapshot: Path, tmp_path: Path) -> None:
    assert rate(snapshot, "school", AGED, "eligible") == (3,)
    limited = published(tmp_path, PARAMETERS)
    assert rate(limited, "school", AGED, "eligible") == (2,)
    coming = "select teacher_tail from marts.fct_exchange_candidate where school_code = "
    assert query(limited, f"{coming}'{AGED}' and school_year = {YEAR}") == [("A-54",)]

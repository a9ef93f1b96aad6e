"""Consortiums by hand: members in time, what counts as done, how wide a gap is, what a score is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.marts.consortiums import (
    BACKBONE,
    BEYOND,
    FAR,
    LEAD,
    MOVER,
    NEAR,
    OTHER,
    OTHER_LEAD,
    OUTSIDE,
    PUPILS,
    county,
)
from tests.marts.county import query
from warehouse.home import Home
from warehouse.refresh import refresh


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Home(tmp_path_factory.mktemp("consortiums"))
    county().land(home, "I000001")
    report = refresh(home)
    assert report.failures == []
    assert report.snapshot_path is not None
    return report.snapshot_path


DUTIES: dict[str, tuple[str, str, str, str, tuple[Any, ...]]] = {
    "times are summed within a term, its last day in": ("A", "2022-1", "示范课", "all", (15.0, 13.0, "near")),
    "the next term begins with its first month": ("A", "2022-2", "示范课", "all", (15.0, 15.0, "met")),
    "the last day of a member counts, the day after not": (
        "A",
        "2023-2",
        "示范课",
        "all",
        (15.0, 1.0, "below"),
    ),
    "the founding day counts": ("A", "2022-1", "联席会议", "all", (2.0, 2.0, "met")),
    "a log without the activity is nothing done": ("A", "2022-2", "联席会议", "all", (2.0, 0.0, "below")),
    "a visit needs ten teachers or a fifth of the staff": (
        "A",
        "2022-1",
        "教师研修",
        "all",
        (3.0, 2.0, "below"),
    ),
    "a week counts once": ("B", "2023-1", "同课异构", "all", (17.0, 2.0, "below")),
    "a month counts once, the day before joining not": (
        "B",
        "2023-1",
        "联合调研",
        "all",
        (4.0, 2.0, "below"),
    ),
    "a term without any log is missing": ("B", "2023-2", "联合调研", "all", (4.0, None, "missing")),
    "a school owes for itself": ("A", "2022", "干部交流", NEAR, (1.0, 1.0, "met")),
    "what the source allows is not owed": ("A", "2022", "干部交流", FAR, (1.0, 0.0, "optional")),
    "a school beyond the county owes too": ("A", "2023", "干部交流", BEYOND, (1.0, 0.0, "optional")),
    "what the list does not ask for is shown": ("A", "2022-1", "读书会", "all", (None, 1.0, "not_required")),
    "a year sums its terms": ("A", "2022", "全员培训", "all", (1.0, 0.0, "below")),
    "three years are one span": ("A", "2022-2025", "市级课题", "all", (1.0, 0.0, "below")),
}


@pytest.mark.parametrize("case", DUTIES)
def test_duty(snapshot: Path, case: str) -> None:
    consortium, term, activity, school, expected = DUTIES[case]
    found = f"""select required, done, status from marts.fct_consortium_duty
        where consortium_code = '{consortium}' and term = '{term}'
            and activity_type = '{activity}' and school_code = '{school}'"""
    assert query(snapshot, found) == [expected]


def test_terms_begin_with_the_founding(snapshot: Path) -> None:
    found = "select distinct term from marts.fct_consortium_duty where consortium_code = 'C' order by 1"
    assert query(snapshot, found) == [("2023",), ("2023-1",), ("2023-2",)]


def test_what_does_not_count_is_told_apart(snapshot: Path) -> None:
    found = """select activity_type, times_outside, times_small from marts.fct_consortium_duty
        where term in ('2022-1', '2023-1', '2023-2') and times_outside + times_small > 0 order by term, 1"""
    assert query(snapshot, found) == [("教师研修", 0.0, 3.0), ("联合调研", 1.0, 0.0), ("示范课", 7.0, 0.0)]


def test_members_that_were_not_reached_are_named(snapshot: Path) -> None:
    found = """select unreached_codes from marts.fct_consortium_duty
        where consortium_code = 'A' and term = '2022-1' and activity_type = '教师研修'"""
    assert query(snapshot, found) == [(f"{MOVER}|{BEYOND}",)]


def test_a_year_has_the_members_of_its_first_day(snapshot: Path) -> None:
    found = """select consortium_code, school_year, list(school_code order by school_code)
        from marts.dim_consortium_member group by 1, 2 order by 1, 2"""
    assert query(snapshot, found) == [
        ("A", 2022, [LEAD, NEAR, FAR, MOVER, BEYOND]),
        ("A", 2023, [LEAD, NEAR, FAR, BEYOND]),
        ("B", 2022, [OTHER_LEAD, OTHER]),
        ("B", 2023, [OTHER_LEAD, OTHER]),
        ("C", 2023, [OUTSIDE]),
    ]


def test_a_school_beyond_the_county_is_a_member_without_figures(snapshot: Path) -> None:
    found = """select is_beyond_county, students, role from marts.dim_consortium_member
        where school_year = 2023 and school_name = '邻县中学'"""
    assert query(snapshot, found) == [(True, None, "成员")]


def pooled(year: int, *codes: str) -> float:
    return 100 * sum(BACKBONE[year][code] for code in codes) / sum(PUPILS[code] for code in codes)


def coefficient(year: int, *codes: str) -> float:
    total, mean = sum(PUPILS[code] for code in codes), pooled(year, *codes)
    variance = sum(PUPILS[code] / total * (pooled(year, code) - mean) ** 2 for code in codes)
    return float(variance**0.5 / mean)


@pytest.mark.parametrize(("year", "members"), [(2022, (NEAR, FAR, MOVER)), (2023, (NEAR, FAR))])
def test_gap_pools_the_members_and_spread_weighs_pupils(
    snapshot: Path, year: int, members: tuple[str, ...]
) -> None:
    found = f"""select lead_value, member_value, gap, within_cv, member_cv, county_value, outside_value,
        members_counted from marts.fct_consortium_gap
        where consortium_code = 'A' and measure = 'R2' and period = '{year}'"""
    outside = (MOVER,) if year == 2023 else (OUTSIDE,)
    expected = (
        pooled(year, LEAD),
        pooled(year, *members),
        pooled(year, LEAD) - pooled(year, *members),
        coefficient(year, LEAD, *members),
        coefficient(year, *members),
        pooled(year, *PUPILS),
        pooled(year, *outside),
        len(members),
    )
    assert query(snapshot, found) == [pytest.approx(expected)]


def test_gap_tells_its_direction_and_whether_the_schools_are_the_same(snapshot: Path) -> None:
    found = """select consortium_code, trend, has_same_schools from marts.fct_consortium_gap
        where measure = 'R2' and period = '2023' order by 1"""
    assert query(snapshot, found) == [
        ("A", "closing", False),
        ("B", "widening", True),
        ("C", "unknown", True),
    ]


def test_satisfaction_adds_up_what_was_asked_school_by_school(snapshot: Path) -> None:
    found = """select scope, scope_code, respondents, satisfied_rate, is_stated from marts.fct_satisfaction
        where respondents = 'all' or scope = 'county' order by all"""
    assert query(snapshot, found) == [
        ("consortium", "A", "all", pytest.approx(130 / 160), False),
        ("consortium", "B", "all", pytest.approx(0.9), True),
        ("county", "", "all", pytest.approx(137 / 167), False),
        ("county", "", "家长", pytest.approx(111 / 140), False),
        ("county", "", "教师", pytest.approx(0.95), False),
        ("county", "", "校长", 1.0, True),
        ("school", LEAD, "all", pytest.approx(0.9), True),
        ("school", NEAR, "all", pytest.approx(0.7), True),
    ]


def test_scorecard_shows_each_component_and_leaves_out_what_is_missing(snapshot: Path) -> None:
    found = """select component, weight, score, points, compared, weight_scored, total_score
        from marts.fct_consortium_score
        where consortium_code = 'B' and school_year = 2023 and school_code = 'all' order by sort_order"""
    duties = 100 * (2 / 17 + 2 / 4 + 0) / 3
    scores = [None, 0.0, None, 100.0, 90.0, duties]
    total = (25 * 0 + 15 * 100 + 10 * 90 + 10 * duties) / (25 + 15 + 10 + 10)
    rows = query(snapshot, found)
    assert [row[2] for row in rows] == [score if score is None else pytest.approx(score) for score in scores]
    assert [row[5:] for row in rows] == [(60.0, pytest.approx(total))] * 6
    assert rows[4][3:5] == (360.0, 400.0)


def test_a_year_without_a_year_before_scores_no_growth(snapshot: Path) -> None:
    found = """select count(score) from marts.fct_consortium_score
        where school_year = 2022 and component in ('teacher_growth', 'gap_narrowing')"""
    assert query(snapshot, found) == [(0,)]


def test_a_school_has_a_scorecard_of_its_own(snapshot: Path) -> None:
    found = """select school_code, score from marts.fct_consortium_score
        where consortium_code = 'A' and school_year = 2023 and component = 'satisfaction' order by 1"""
    own = [
        (LEAD, pytest.approx(90.0)),
        (NEAR, pytest.approx(70.0)),
        (FAR, None),
        ("all", pytest.approx(81.25)),
    ]
    assert query(snapshot, found) == [*own, (BEYOND, None)]


def test_coverage_counts_schools_and_pupils_of_the_compulsory_stages(snapshot: Path) -> None:
    found = """select consortiums, schools, schools_covered, student_share, term
        from marts.fct_consortium_coverage where school_year = 2023"""
    share = sum(pupils for code, pupils in PUPILS.items() if code != MOVER) / sum(PUPILS.values())
    assert query(snapshot, found) == [(3, 7, 6, pytest.approx(share), "2023-2")]

"""Exchanges and consortiums of the county keep their make for every seed and size."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache

import pytest

from warehouse.demo import truth_joint
from warehouse.demo.county import County, live
from warehouse.demo.duties import Diary
from warehouse.demo.edges import draw_lines, leave_gaps
from warehouse.demo.movers import Mover
from warehouse.demo.unions import BEYOND, LEAD, SECOND, Union
from warehouse.demo.world import YEARS

SEEDS = (2019, 7)


@cache
def county(seed: int, schools: int = 220) -> County:
    made = live(schools, seed)
    draw_lines(made)
    leave_gaps(made)
    Mover(made).move()
    return made


def rates(made: County) -> list[dict[str, float]]:
    return [row for row in truth_joint.exchange_rate_rows(made) if row["scope"] == "county"]


@pytest.mark.parametrize(("seed", "schools"), [(2019, 220), (7, 220), (2019, 40), (2019, 20)])
def test_one_year_passes_the_tenth_one_meets_it_and_one_falls_short(seed: int, schools: int) -> None:
    first, second, third = (row["exchange_rate"] for row in rates(county(seed, schools)))
    assert first > 0.1
    assert second == 0.1
    assert 0.09 <= third < 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_are_near_a_published_county_s(seed: int) -> None:
    for row in rates(county(seed)):
        assert 1450 <= row["eligible"] <= 1700
        assert 145 <= row["exchanged"] <= 175
        assert 0.19 <= row["backbone_share"] <= 0.25


@pytest.mark.parametrize("seed", SEEDS)
def test_teachers_have_certificates_hours_and_years_as_counties_do(seed: int) -> None:
    made = county(seed)
    staff = [t for people in made.rosters[YEARS[-1]].values() for t in people if t.is_full_time]
    assert 0.985 <= sum(t.has_certificate for t in staff) / len(staff) <= 0.997
    assert 0.915 <= sum(t.training_hours >= 360 for t in staff) / len(staff) <= 0.945


def test_most_go_from_the_seat_to_the_country_and_many_within_a_consortium() -> None:
    told = [row for row in truth_joint.stay_rows(county(SEEDS[0])) if row["is_counted"]]
    inside = [row for row in told if row["to_school"] != BEYOND]
    down = [row for row in inside if row["from_area"] == "城区" and row["to_area"] != "城区"]
    assert len(down) > 0.5 * len(inside)
    assert not [row for row in told if row["school_code"] == row["to_school"]]
    assert {row["told_in"] for row in told} == {"summary", "roster", "both"}
    assert {row["listed_at"] for row in told} == {"own", "host", "away"}


@pytest.mark.parametrize("schools", [20, 40, 220])
def test_consortiums_are_dated_and_have_one_lead_a_day(schools: int) -> None:
    for union in county(2019, schools).unions:
        for day in (date(2020, 9, 1), date(2023, 9, 1), date(2024, 2, 1), date(2024, 9, 1)):
            present = union.on(day)
            assert len({m.school for m in present}) == len(present)
            assert not present or sum(m.role == LEAD for m in present) == 1


def test_consortiums_change_as_real_ones_do() -> None:
    unions = county(2019).unions
    assert {union.plan.kind for union in unions} == {"名校+", "教育集团", "教联体", "教育共同体"}
    assert any(m.school == BEYOND for union in unions for m in union.members)
    assert any(len({m.school for m in u.members if m.role == LEAD}) > 1 for u in unions)  # lead replaced
    assert any(m.joined == date(2024, 9, 1) and m.role == LEAD for u in unions for m in u.members)  # split
    assert any(m.joined == date(2024, 3, 1) for u in unions for m in u.members)  # in mid-round
    twice = Counter(m.school for u in unions for m in u.on(date(2023, 9, 1)))
    assert max(twice.values()) == 2
    in_one = {m.school for u in unions for m in u.members}
    assert [s for s in county(2019).world.open_schools(2024) if s.is_counted and s.code not in in_one]


def _gap(union: Union, indicator: str, year: int) -> float:
    return sum(
        abs(row["gap"] or 0.0)
        for row in truth_joint.gap_rows(county(2019))
        if row["consortium_code"] == union.code
        and row["indicator_code"] == indicator
        and row["school_year"] == year
    )


def test_gaps_close_widen_or_stay_as_planned() -> None:
    unions = county(2019).unions
    effects = {effect: [u for u in unions if u.plan.effect == effect] for effect in ("closing", "widening")}
    closed = [u for u in effects["closing"] if _gap(u, "R6", 2024) < 0.75 * _gap(u, "R6", 2022)]
    assert len(closed) >= 3
    widened = [u for u in effects["widening"] if _gap(u, "R6", 2023) > 1.1 * _gap(u, "R6", 2022)]
    assert widened
    frozen = next(u for u in unions if u.plan.effect == "frozen")
    assert frozen.plan.diligence == 1
    assert abs(_gap(frozen, "R6", 2024) - _gap(frozen, "R6", 2022)) < 60


def test_logs_are_full_where_a_consortium_is_diligent_and_thin_where_not() -> None:
    made = county(2019)
    diary = Diary(made)
    lessons = {
        union.code: sum(
            a.times for _, _, found in diary.terms(union) for a in found if a.activity == "示范课"
        )
        / 6
        for union in made.unions
        if union.plan.kind == "教育共同体" and any(m.round != SECOND for m in union.members)
    }
    for union in made.unions:
        if union.code in lessons:
            assert (lessons[union.code] >= 15) == (union.plan.diligence == 1)

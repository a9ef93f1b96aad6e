"""The county keeps its make for every seed: sizes, means, coefficients, verdicts."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from warehouse.demo import truth
from warehouse.demo.county import County, live
from warehouse.demo.edges import draw_lines, leave_gaps
from warehouse.demo.world import KINDS, YEARS, counts_by_kind

SEEDS = (2019, 7)
# published county, primary: mean in the latest year, within a little more than rounding
MEANS = {"R1": (5.2, 6.0), "R2": (0.85, 1.05), "R3": (0.85, 1.0), "R4": (4.4, 5.3), "R5": (7.7, 9.2),
         "R6": (2300, 2700), "R7": (2.5, 3.0)}  # fmt: skip


@cache
def county(seed: int) -> County:
    made = live(220, seed)
    draw_lines(made)
    leave_gaps(made)
    return made


@cache
def figures(seed: int) -> list[truth.Row]:
    return truth.indicator_rows(county(seed))


def test_counts_add_up_and_keep_every_kind() -> None:
    assert sum(counts_by_kind(220).values()) == 220
    assert counts_by_kind(220) == {key: kind.full for key, kind in KINDS.items()}
    small = counts_by_kind(30)
    assert sum(small.values()) == 30
    assert min(small.values()) >= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_pupils_and_teachers_are_a_county_s(seed: int) -> None:
    made = county(seed)
    for year in YEARS:
        for stage, low, high in (("primary", 15, 18.5), ("junior", 12, 16)):
            pupils = sum(made.world.students(year, s.code, stage) for s in made.world.open_schools(year))
            teachers = [t for (_, of), staff in made.rosters[year].items() if of == stage for t in staff]
            assert low <= pupils / sum(t.counts for t in teachers) <= high
        assert 7000 <= sum(map(len, made.rosters[year].values())) <= 8600


@pytest.mark.parametrize("seed", SEEDS)
def test_primary_means_are_near_a_published_county_s(seed: int) -> None:
    found = {row["indicator_code"]: row["county_mean"] for row in truth.balance_rows(figures(seed))
             if row["school_year"] == YEARS[-1] and row["stage"] == "primary"}  # fmt: skip
    assert not {code: found[code] for code, (low, high) in MEANS.items() if not low <= found[code] <= high}


@pytest.mark.parametrize("seed", SEEDS)
def test_coefficients_are_plausible_and_one_of_each_stage_fails(seed: int) -> None:
    rows = truth.balance_rows(figures(seed))
    assert not [row for row in rows if not 0.15 <= row["cv"] <= 0.60]
    for stage in truth.CV_LIMITS:
        latest = [row for row in rows if row["stage"] == stage and row["school_year"] == YEARS[-1]]
        failing = [row["indicator_code"] for row in latest if row["cv"] > row["cv_limit"]]
        assert 1 <= len(failing) <= 2


@pytest.mark.parametrize("seed", SEEDS)
def test_compliance_grows_and_stays_between_a_quarter_and_six_tenths(seed: int) -> None:
    rows = truth.verdict_rows(truth.compliance_rows(figures(seed)))
    shares = [row["compliant_share"] for row in rows if row["stage"] == "primary"]
    assert all(0.25 <= share <= 0.60 for share in shares)
    assert shares[-1] > shares[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_some_schools_lie_exactly_on_a_line(seed: int) -> None:
    marks = Counter(
        round(row["value"] / row["threshold"], 9) for row in figures(seed) if row["value"] is not None
    )
    assert all(marks[line] >= 2 for line in (1.0, 0.85, 0.849, 0.851))


@pytest.mark.parametrize("seed", SEEDS)
def test_scope_has_every_reason(seed: int) -> None:
    reasons = {part.reason for part in truth.parts(county(seed), YEARS[-1])}
    assert reasons == {"in_scope", "merged", "special_school", "small_teaching_point"}


def test_teachers_stay_the_same_persons() -> None:
    made = county(SEEDS[0])
    people = [{t.teacher_id: t for staff in made.rosters[year].values() for t in staff} for year in YEARS]
    assert len(people[0]) == sum(map(len, made.rosters[YEARS[0]].values()))
    stayed = people[0].keys() & people[2].keys()
    assert len(stayed) > 0.85 * len(people[0])
    assert all(people[0][code].birth == people[2][code].birth for code in stayed)


def test_grades_move_up_year_by_year() -> None:
    world = county(SEEDS[0]).world
    seat = world.of_kind("seat_primary")[1]
    before, after = (world.pupils[year, seat.code, "primary"] for year in YEARS[:2])
    assert all(
        abs(later - earlier) <= 0.08 * earlier for earlier, later in zip(before, after[1:], strict=False)
    )


def test_every_event_kind_happens() -> None:
    kinds = {event.kind for event in county(SEEDS[0]).world.events}
    assert kinds == {"closed", "merged", "renamed", "split", "opened", "campus", "taken_over"}


def test_split_parts_add_up_to_the_whole() -> None:
    made = county(SEEDS[0])
    for school in made.world.of_kind("nine_year"):
        parts = [p for p in truth.parts(made, YEARS[1]) if p.school is school]
        whole = made.resources[YEARS[1], school.code]["equipment_value_yuan"]
        assert sum(truth.numerators(made, part)["R6"] or 0 for part in parts) == pytest.approx(whole)

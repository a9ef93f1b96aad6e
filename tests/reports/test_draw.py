"""The random sample: stratified, repeatable, and without repeating a school."""

from __future__ import annotations

import pytest

from reports.draw import places, sample, strata
from tests.reports.reading import golden

GROUPS = {
    ("小学", "乡村"): [f"a{number:02d}" for number in range(30)],
    ("小学", "城区"): [f"b{number:02d}" for number in range(12)],
    ("初中", "镇区"): [f"c{number}" for number in range(6)],
    ("初中", "城区"): ["d0", "d1"],
}


def test_one_seed_draws_the_same_schools_and_another_others() -> None:
    assert sample(GROUPS, 10, 7) == sample(GROUPS, 10, 7)
    assert sample(GROUPS, 10, 7) != sample(GROUPS, 10, 8)


def test_a_further_draw_repeats_no_school_until_a_stratum_is_used_up() -> None:
    first, second = sample(GROUPS, 10, 7, 1), sample(GROUPS, 10, 7, 2)
    assert len(set(first)) == len(first) == 10
    assert set(first) & set(second) == set()


@pytest.mark.parametrize("wanted", [1, 3, 4, 10, 49, 50, 80])
def test_places_follow_sizes_and_never_exceed_them(wanted: int) -> None:
    sizes = {name: len(schools) for name, schools in GROUPS.items()}
    given = places(sizes, wanted)
    assert sum(given.values()) == min(wanted, 50)
    assert all(given[name] <= sizes[name] for name in sizes)
    assert all(given.values()) or wanted < len(sizes)


def test_every_assessed_school_stands_in_one_stratum() -> None:
    groups = strata(golden())
    listed = [school for schools in groups.values() for school in schools]
    assert len(listed) == len(set(listed)) == 11
    assert "1000000003" in groups["小学、初中", golden().row("dim_school", "1000000003")["area_type"]]

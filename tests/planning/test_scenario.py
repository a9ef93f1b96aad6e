"""A change on a copy: splits anew, undoes itself, and never invents or loses anything."""

from __future__ import annotations

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from office import amounts as published
from planning.county import Base, amounts
from planning.refusals import ImpossibleChangeError
from planning.scenario import Change, apply, inverse, outcome
from tests.planning.counties import county
from tests.planning.test_standing import STANDARDS, assert_equals_marts, snapshot

KEYS = ["school_code", "stage", "indicator_code"]


def small_county() -> Base:
    """A nine-year school (1000 + 500 pupils sharing 9000 m²), a primary school and a teaching point."""
    return county(
        {"nine": "九年一贯制学校", "one": "小学", "point": "教学点"},
        [
            ("nine", "primary", 1.0),
            ("nine", "junior", 1.1),
            ("one", "primary", 1.0),
            ("point", "primary", 1.0),
        ],
        [
            ("nine", "primary", "students", 1000.0, 0.0),
            ("nine", "primary", "area", 0.0, 9000.0),
            ("nine", "primary", "teachers", 50.0, 0.0),
            ("nine", "junior", "students", 500.0, 0.0),
            ("nine", "junior", "area", 0.0, 9000.0),
            ("nine", "junior", "teachers", 30.0, 0.0),
            ("one", "primary", "students", 400.0, 0.0),
            ("one", "primary", "area", 1600.0, 0.0),
            ("one", "primary", "teachers", 20.0, 0.0),
            ("point", "primary", "students", 49.0, 0.0),
            ("point", "primary", "area", 300.0, 0.0),
            ("point", "primary", "teachers", 4.0, 0.0),
        ],
        [("R1", "teachers", 100.0, 4.2), ("R4", "area", 1.0, 4.5)],
        limit=0.5,
        least=2,
    )


def value(base: Base, changes: list[Change], school: str, stage: str, code: str) -> float:
    found = outcome(base, changes).indicators.filter(
        (pl.col("school_code") == school) & (pl.col("stage") == stage) & (pl.col("indicator_code") == code)
    )
    return found["value"].item()


@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("standard", STANDARDS)
def test_a_scenario_without_a_change_equals_the_snapshot(standard: str, year: int) -> None:
    path = snapshot()
    assert_equals_marts(outcome(published.base(path, standard, year), []), path, standard, year)


def test_every_change_of_the_golden_county_undoes_itself() -> None:
    base = published.base(snapshot(), "national_2017", 2024)
    before = amounts(base).sort(KEYS)
    schools = before.filter(pl.col("numerator").is_not_null())["school_code"].unique().sort().to_list()
    for school, other in zip(schools, schools[1:] + schools[:1], strict=True):
        for change in (
            Change("adjust", school, amounts={"multimedia_rooms": 2, "teaching_area_net_m2": 120.5}),
            Change("transfer", school, "primary", {"students": 3}, {other: 1}),
        ):
            if change.kind == "transfer" and not has_pupils(base, school, 3):
                continue
            after = amounts(apply(base, [change, inverse(change)])).sort(KEYS)
            assert_frame_equal(after, before, rel_tol=1e-9)


def has_pupils(base: Base, school: str, least: float) -> bool:
    pupils = base.measures.filter(
        (pl.col("school_code") == school) & (pl.col("stage") == "primary") & (pl.col("measure") == "students")
    )["own_amount"]
    return bool(pupils.len() and (pupils[0] or 0) >= least)


def test_a_nine_year_school_splits_anew_when_pupils_change() -> None:
    base = small_county()
    assert value(base, [], "nine", "primary", "R4") == pytest.approx(9000 / 1550)
    assert value(base, [], "nine", "junior", "R4") == pytest.approx(1.1 * 9000 / 1550)
    moved = [Change("transfer", "nine", "primary", {"students": 200}, {"one": 1})]
    assert value(base, moved, "nine", "junior", "R4") == pytest.approx(1.1 * 9000 / 1350)
    assert value(base, moved, "one", "primary", "R4") == pytest.approx(1600 / 600)


def test_what_is_built_for_a_whole_school_is_split_and_for_a_stage_is_not() -> None:
    base = small_county()
    whole = [Change("adjust", "nine", amounts={"area": 1550})]
    assert value(base, whole, "nine", "primary", "R4") == pytest.approx(10550 / 1550)
    own = [Change("adjust", "nine", "junior", {"area": 1550})]
    assert value(base, own, "nine", "primary", "R4") == pytest.approx(9000 / 1550)
    assert value(base, own, "nine", "junior", "R4") == pytest.approx(1.1 * 9000 / 1550 + 3.1)


def test_a_closure_gives_everything_to_the_receivers_and_cuts_no_pupil() -> None:
    base = small_county()
    closed = apply(base, [Change("close", "one", to={"nine": 2 / 3, "point": 1 / 3})])
    total = lambda part: part.measures.group_by("measure").agg(pl.col("own_amount").sum()).sort("measure")  # noqa: E731
    assert_frame_equal(total(closed), total(base))
    pupils = closed.measures.filter((pl.col("measure") == "students") & (pl.col("stage") == "primary"))
    assert dict(pupils.select("school_code", "own_amount").iter_rows()) == {"nine": 1267.0, "point": 182.0}
    assert set(amounts(closed)["school_code"]) == {"nine", "point"}


def test_a_point_of_fifty_pupils_comes_in_and_one_without_pupils_goes_out() -> None:
    base = small_county()
    assert "point" not in outcome(base, []).schools["school_code"]
    grown = [Change("transfer", "one", "primary", {"students": 1}, {"point": 1})]
    assert "point" in outcome(base, grown).schools["school_code"]
    emptied = [Change("transfer", "one", "primary", {"students": 400}, {"nine": 1})]
    assert "one" not in outcome(base, emptied).schools["school_code"]


def test_a_new_school_that_is_closed_again_leaves_the_county_as_it_was() -> None:
    base = small_county()
    changes = [
        Change("open", "new", "primary", name="新校", school_type="小学"),
        Change("transfer", "one", "primary", {"students": 150, "teachers": 8}, {"new": 1}),
    ]
    assert value(base, changes, "new", "primary", "R1") == pytest.approx(100 * 8 / 150)
    back = apply(base, [*changes, Change("close", "new", to={"one": 1})])
    assert_frame_equal(amounts(back).sort(KEYS), amounts(base).sort(KEYS))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("transfer", "one", "primary", {"teachers": 21}, {"nine": 1}), "没有这么多可减"),
        (Change("adjust", "gone", amounts={"area": 1}), "没有代码为 gone 的学校"),
        (Change("close", "one", to={"nine": 0.5}), "份额合计为 1"),
        (Change("open", "one", "primary"), "已有学校"),
        (Change("adjust", "one", amounts={"areas": 1}), "没有数量项 areas"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_step(change: Change, said: str) -> None:
    fine = Change("adjust", "nine", amounts={"area": 1})
    with pytest.raises(ImpossibleChangeError) as refused:
        apply(small_county(), [fine, change])
    assert said in refused.value.message_zh
    assert refused.value.message_zh.startswith("第 2 步")

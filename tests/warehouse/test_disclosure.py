"""Results of few pupils are hidden, and cannot be told by subtracting what is shown from the whole."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from warehouse import disclosure

LEAST = 10


def paper(takers: dict[str, int], matched: dict[str, int] | None = None, grade: int = 6) -> pl.DataFrame:
    known = matched or takers
    rows = [
        {"exam_code": "E", "grade": grade, "subject": "语文", "school_code": code, "takers": size}
        | {"matched_pupils": known.get(code, 0), "school_year": 2024, "stage": "primary"}
        for code, size in takers.items()
    ]
    return pl.DataFrame(rows)


def hidden(counts: pl.DataFrame, flag: str = "scores_hidden") -> set[str]:
    return set(disclosure.hidden_results(counts, LEAST).filter(flag)["school_code"])


@pytest.mark.parametrize(
    ("takers", "told"),
    [
        ({"a": 9, "b": 40, "c": 30}, {"a", "c"}),
        ({"a": 4, "b": 6, "c": 30}, {"a", "b"}),
        ({"a": 4, "b": 5, "c": 30, "d": 90}, {"a", "b", "c"}),
        ({"a": 10, "b": 40, "c": 0}, set()),
        ({"a": 9}, {"a"}),
    ],
    ids=["the next smallest with one", "two cover each other", "two are few", "ten and nought", "alone"],
)
def test_the_hidden_schools_of_a_paper_are_never_few_together(takers: dict[str, int], told: set[str]) -> None:
    assert hidden(paper(takers)) == told


def test_value_added_is_covered_by_its_own_counts() -> None:
    counts = paper({"a": 50, "b": 40, "c": 30}, {"a": 12, "b": 3, "c": 28})
    assert hidden(counts) == set()
    assert hidden(counts, "effects_hidden") == {"b", "c"}


def test_the_same_school_covers_in_every_subject_of_a_sitting() -> None:
    chinese = paper({"a": 5, "b": 12, "c": 13})
    maths = paper({"a": 5, "b": 12, "c": 11}).with_columns(subject=pl.lit("数学"))
    both = disclosure.hidden_results(pl.concat([chinese, maths]), LEAST).filter("scores_hidden")
    assert (
        both.group_by("subject").agg(pl.col("school_code").sort())["school_code"].to_list()
        == [["a", "b"]] * 2
    )


def test_whoever_may_see_all_has_nothing_hidden() -> None:
    flags = disclosure.hidden_results(paper({"a": 3, "b": 40}), None)
    assert not flags.select(pl.any_horizontal("is_few", "scores_hidden", "effects_hidden").any()).item()


def determined(known: np.ndarray, unknowns: int) -> list[int]:
    """Return which unknowns the equations `known` (rows of coefficients) fix."""
    rank = np.linalg.matrix_rank(known) if len(known) else 0
    ones = np.eye(unknowns)
    return [at for at in range(unknowns) if np.linalg.matrix_rank(np.vstack([known, ones[at]])) == rank]


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_school_follows_from_the_county_and_the_places_shown(seed: int) -> None:
    chance = np.random.default_rng(seed)
    schools = [f"s{at}" for at in range(chance.integers(3, 25))]
    takers = dict(
        zip(
            schools,
            (int(size) for size in chance.choice([2, 5, 8, 9, 12, 40, 90], len(schools))),
            strict=True,
        )
    )
    place = {school: str(chance.integers(0, 5)) for school in schools}
    counts = paper(takers).with_columns(group_code=pl.col("school_code").replace_strict(place))
    flagged = disclosure.hidden_results(counts, LEAST)
    places = counts.group_by("group_code").agg(pl.col("takers").sum()).sort("group_code")
    within = flagged.filter("scores_hidden").select("group_code", "takers")
    shown = (
        disclosure.hidden_places(places, within, LEAST).filter(~pl.col("is_hidden"))["group_code"].to_list()
    )
    unknown = flagged.filter("scores_hidden")["school_code"].to_list()
    county_is_shown = sum(takers.values()) >= LEAST
    sums = [[1.0] * len(unknown)] * county_is_shown
    sums += [[float(place[school] == code) for school in unknown] for code in shown]
    fixed = {unknown[at] for at in determined(np.array(sums), len(unknown))}
    assert not {school for school in fixed if takers[school] < LEAST}


def test_a_pool_is_told_when_one_grade_of_a_side_hides_few() -> None:
    sides = pl.DataFrame(
        {"school_year": [2024] * 3, "school_code": ["a", "b", "c"], "role": ["牵头", "成员", "成员"]}
    )
    one = disclosure.hidden_results(paper({"a": 50, "b": 8, "d": 30}), LEAST).filter("scores_hidden")
    two = disclosure.hidden_results(paper({"a": 50, "b": 8, "c": 7}), LEAST).filter("scores_hidden")
    key = ["exam_code", "subject", "stage"]
    assert disclosure.untellable(sides, one, LEAST, key).height == 1
    assert disclosure.untellable(sides, two, LEAST, key).height == 0

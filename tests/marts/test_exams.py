"""Examinations worked out by hand, held against an independent computation, unmoved by other marks."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
import statsmodels.api as sm

from tests.marts.exam_county import generated


def rows(snapshot: Path, table: str, where: str, order: str = "all") -> list[dict[str, Any]]:
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return connection.sql(f"select * from marts.{table} where {where} order by {order}").pl().to_dicts()


def school(snapshot: Path, code: str, name: str, subject: str = "语文") -> dict[str, Any]:
    (row,) = rows(
        snapshot,
        "fct_exam_school",
        f"exam_code = '{code}' and school_code = '{name}' and subject = '{subject}'",
    )
    return row


def county(snapshot: Path, code: str, subject: str = "语文") -> dict[str, Any]:
    (row,) = rows(snapshot, "fct_exam_equity", f"exam_code = '{code}' and subject = '{subject}'")
    return row


def test_absent_void_and_nought_are_three_things(examined: Path) -> None:
    first, second = school(examined, "hand", "甲校"), school(examined, "hand", "乙校")
    assert (first["registered"], first["takers"], first["void"]) == (4, 3, 0)
    assert (second["registered"], second["takers"], second["void"]) == (4, 3, 1)
    assert (first["mean_score"], first["median_score"], first["least_score"]) == (50, 60, 0)
    assert first["participation_rate"] == 0.75
    assert first["std_dev"] == pytest.approx(math.sqrt(1400), rel=1e-12)
    assert (first["excellent_rate"], first["pass_rate"], first["low_rate"]) == (1 / 3, 2 / 3, 1 / 3)
    assert (second["excellent_rate"], second["pass_rate"], second["low_rate"]) == (1 / 3, 1 / 3, 1 / 3)
    whole = county(examined, "hand")
    assert (whole["takers"], whole["schools"], whole["mean_score"]) == (6, 2, 52.5)
    assert whole["icc_anova"] == pytest.approx(-1400 / 2912.5, rel=1e-12)
    assert whole["eta_squared"] == pytest.approx(37.5 / 5787.5, rel=1e-12)
    spread = math.sqrt(5787.5 / 6)
    assert first["z_mean"] == pytest.approx(-2.5 / spread, rel=1e-12)
    assert second["t_mean"] == pytest.approx(50 + 25 / spread, rel=1e-12)


def test_a_subject_nobody_sat_has_no_mean_and_spoils_no_total(examined: Path) -> None:
    maths = county(examined, "hand", "数学")
    assert (maths["registered"], maths["takers"], maths["participation_rate"]) == (8, 0, 0)
    empty = ("mean_score", "std_dev", "median_score", "excellent_rate", "pass_rate", "low_rate", "icc_anova")
    assert {maths[name] for name in empty} == {None}
    total = school(examined, "hand", "甲校", "total")
    assert (total["registered"], total["takers"], total["mean_score"]) == (4, 3, 50)
    assert school(examined, "hand", "乙校", "total")["void"] == 1


def test_classes_are_read_apart(examined: Path) -> None:
    found = rows(
        examined, "fct_exam_class", "exam_code = 'hand' and subject = '语文'", "school_code, class_name"
    )
    assert [(row["class_name"], row["registered"], row["takers"], row["mean_score"]) for row in found] == [
        ("1班", 4, 3, 55),
        ("1班", 2, 2, 75),
        ("2班", 2, 1, 0),
    ]


def test_one_school_alone_has_no_share_between_schools(examined: Path) -> None:
    alone = county(examined, "alone")
    assert alone["icc_anova"] is None and alone["eta_squared"] == 0
    assert alone["mean_score"] == 75


def test_equal_scores_have_no_spread_and_no_standard_scores(examined: Path) -> None:
    equal = county(examined, "equal")
    assert (equal["std_dev"], equal["icc_anova"], equal["eta_squared"]) == (0, None, None)
    assert school(examined, "equal", "甲校")["z_mean"] is None
    assert equal["pass_rate"] == 1 and equal["excellent_rate"] == 0


def paper(snapshot: Path, code: str) -> tuple[Any, str]:
    (row,) = rows(snapshot, "dim_exam_paper", f"exam_code = '{code}' and subject = '语文'")
    return row["full_score"], row["full_score_status"]


def test_full_marks_follow_the_later_file_and_are_never_guessed(examined: Path) -> None:
    assert paper(examined, "changed") == (120, "stated")
    changed = county(examined, "changed")
    assert (changed["pass_rate"], changed["excellent_rate"]) == (1, 0)
    assert paper(examined, "alone") == (None, "missing")
    assert paper(examined, "apart") == (None, "contradicting")
    assert paper(examined, "above") == (None, "exceeded")
    for code in ("alone", "apart", "above"):
        row = county(examined, code)
        assert row["mean_score"] is not None
        assert {row["excellent_rate"], row["pass_rate"], row["low_rate"]} == {None}


def test_a_paper_s_own_line_wins_and_a_later_score_replaces_one_pupil_s(examined: Path) -> None:
    assert paper(examined, "lines") == (100, "described")
    row = county(examined, "lines")
    assert (row["takers"], row["mean_score"], row["pass_rate"]) == (3, 72, 1)


def independent() -> tuple[float, float, dict[str, tuple[int, float, float]]]:
    """ICC(1) of the generated exam, tau2, and each school's matched pupils, raw and shrunk effect."""
    pupils = generated()
    names = np.array([pupil[1] for pupil in pupils])
    scores = np.array([pupil[2] for pupil in pupils])
    icc = anova(scores, names)[3]
    kept = np.array([pupil[3] is not None for pupil in pupils])
    x = np.array([pupil[3] for pupil in pupils if pupil[3] is not None])
    y = scores[kept]
    residuals = sm.OLS((y - y.mean()) / y.std(), sm.add_constant((x - x.mean()) / x.std())).fit().resid
    between, within, size, _ = anova(residuals, names[kept])
    tau2 = max(0.0, (between - within) / size)
    effects = {}
    for name in np.unique(names[kept]):
        mine = residuals[names[kept] == name]
        effects[str(name)] = (len(mine), mine.mean(), mine.mean() * tau2 / (tau2 + within / len(mine)))
    return icc, tau2, effects


def anova(values: np.ndarray, names: np.ndarray) -> tuple[float, float, float, float]:
    table = sm.OLS(values, np.array([names == name for name in np.unique(names)], dtype=float).T).fit()
    sizes = np.unique(names, return_counts=True)[1]
    pupils, schools = len(values), len(sizes)
    within = table.ssr / (pupils - schools)
    between = (((values - values.mean()) ** 2).sum() - table.ssr) / (schools - 1)
    size = (pupils - (sizes**2).sum() / pupils) / (schools - 1)
    return between, within, size, (between - within) / (between + (size - 1) * within)


def test_shares_and_value_added_agree_with_statsmodels(examined: Path) -> None:
    icc, tau2, effects = independent()
    assert county(examined, "plain", "科学")["icc_anova"] == pytest.approx(icc, rel=1e-9)
    (model,) = rows(examined, "fct_value_added_model", "exam_code = 'plain' and subject = '科学'")
    assert model["tau2"] == pytest.approx(tau2, rel=1e-9)
    assert model["matched_pupils"] == sum(number for number, _, _ in effects.values())
    assert model["unmatched_pupils"] == len(generated()) - model["matched_pupils"] > 0
    found = rows(examined, "fct_value_added", "exam_code = 'plain' and subject = '科学'")
    assert {row["school_code"] for row in found} == set(effects)
    for row in found:
        number, raw, shrunk = effects[row["school_code"]]
        assert row["matched_pupils"] == number
        assert row["raw_effect"] == pytest.approx(raw, abs=1e-9)
        assert row["shrunk_effect"] == pytest.approx(shrunk, abs=1e-9)
        half = 1.96 * math.sqrt(tau2 * (1 - row["reliability"]))
        assert row["ci_high"] - row["shrunk_effect"] == pytest.approx(half, rel=1e-9)
        assert row["is_ranked"] == (number >= 10) and (row["effect_rank"] is None) == (number < 10)


@pytest.mark.parametrize("form", ["linear", "shuffled"])
def test_other_marks_or_another_order_change_nothing(examined: Path, form: str) -> None:
    plain, other = county(examined, "plain", "科学"), county(examined, form, "科学")
    assert other["icc_anova"] == pytest.approx(plain["icc_anova"], rel=1e-9)
    figures = ("raw_effect", "shrunk_effect", "ci_low", "ci_high")
    pairs = [
        rows(examined, "fct_value_added", f"exam_code = '{code}'", "subject, school_code")
        for code in ("plain", form)
    ]
    assert len(pairs[0]) == len(pairs[1]) > 0
    for one, two in zip(*pairs, strict=True):
        assert one["school_code"] == two["school_code"] and one["effect_rank"] == two["effect_rank"]
        assert [two[name] for name in figures] == pytest.approx([one[name] for name in figures], abs=1e-9)


def test_no_pupil_is_in_the_snapshot(examined: Path) -> None:
    with duckdb.connect(str(examined), read_only=True) as connection:
        columns = connection.sql(
            "select column_name from information_schema.columns"
            " where column_name like '%pupil%' or table_schema = 'intermediate'"
        ).fetchall()
    counts = {"matched_pupils", "unmatched_pupils", "lead_pupils", "member_pupils"}
    assert {name for (name,) in columns} == counts
    assert not list((examined.parent.parent / "build").glob(".pupils*"))

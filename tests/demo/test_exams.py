"""Examinations of the demonstration county: its frame, its stories, its files."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from tests.demo.test_files import grid, rows
from warehouse.demo import CountyFiles
from warehouse.demo.county import live
from warehouse.demo.exam_plan import SUBJECTS
from warehouse.demo.movers import Mover
from warehouse.demo.sittings import SAT, Session, Sitting, hold
from warehouse.demo.truth_exams import effect_rows, gap_rows, paper_rows, school_rows, share_between

JUDGED = 6
MATCHED = 15
LARGE = 40


@cache
def session(*, is_full: bool) -> Session:
    county = live(220, 2019)
    Mover(county).move()
    return hold(county, is_full=is_full)


def matched(made: Session, now: Sitting, subject: str) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Marks of pupils who sat both examinations: earlier, later, and the later school."""
    code = made.plan.prior(now.exam, now.grade, subject)
    for then in made.sittings if code else ():
        if then.exam.code != code or not np.isin(now.numbers, then.numbers).any():
            continue
        late, early = list(now.papers).index(subject), list(then.papers).index(subject)
        later, earlier = now.status[:, late] == SAT, then.status[:, early] == SAT
        _, at, before = np.intersect1d(now.numbers[later], then.numbers[earlier], return_indices=True)
        return then.marks[earlier][before, early], now.marks[later][at, late], now.schools[later][at]
    return None


def residuals(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """What one line through all pupils leaves, in standard deviations of the later marks."""
    x, y = (np.asarray((v - v.mean()) / v.std()) for v in (earlier, later))
    return np.asarray(y - float((x * y).mean()) * x)


def moment_estimates(left: np.ndarray, schools: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Schools, sizes and shrunken means of their pupils' residuals, by moments with unequal sizes."""
    found, place, sizes = np.unique(schools, return_inverse=True, return_counts=True)
    means = np.bincount(place, left) / sizes
    total, count = len(left), len(found)
    within = float(((left - means[place]) ** 2).sum()) / (total - count)
    between = float((sizes * (means - left.mean()) ** 2).sum()) / (count - 1)
    size = (total - float((sizes**2).sum()) / total) / (count - 1)
    tau = max(0.0, (between - within) / size)
    return found, sizes, means * tau / (tau + within / sizes)


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    ranks = [np.argsort(np.argsort(values)) for values in (one, other)]
    return float(np.corrcoef(*ranks)[0, 1])


def test_small_county_samples_enough_schools_to_compare() -> None:
    made = session(is_full=False)
    assert 8_000 <= sum(len(s.numbers) for s in made.sittings) <= 12_000
    assert {full for s in made.sittings for full in s.papers.values()} == {60, 90, 100, 120, 150}
    compared: set[int] = set()
    for sitting in made.sittings:
        found = matched(made, sitting, "语文")
        if found and sitting.exam.school_year == 2024:
            compared |= set(np.flatnonzero(np.bincount(found[2]) >= MATCHED))
    assert 60 <= len(compared) <= 80


def test_full_county_has_about_two_million_scores() -> None:
    made = session(is_full=True)
    assert 1_800_000 <= sum(s.marks.size for s in made.sittings) <= 2_200_000
    assert {s.grade for s in made.sittings} == set(range(3, 10))


def test_moment_estimates_find_what_schools_really_add() -> None:
    made = session(is_full=True)
    truth = {(r["exam_code"], r["grade"], r["subject"], r["school_code"]): r["true_effect"]
             for r in effect_rows(made)}  # fmt: skip
    found = []
    for sitting in made.sittings:
        pair = matched(made, sitting, "数学")
        if pair is None:
            continue
        schools, sizes, estimates = moment_estimates(residuals(*pair[:2]), pair[2])
        key = sitting.exam.code, sitting.grade, "数学"
        true = np.array([truth[*key, made.attainment.schools[at].code] for at in schools])
        found.append(spearman(true[sizes >= LARGE], estimates[sizes >= LARGE]))
    assert len(found) == 33
    assert np.median(found) > 0.85
    assert np.mean(np.array(found) > 0.8) > 0.8


def test_shares_between_schools_and_correlations_are_a_real_county_s() -> None:
    made = session(is_full=True)
    shares: dict[str, list[float]] = {"primary": [], "junior": []}
    for row in paper_rows(made):
        if not row["prior_exam_code"] and row["school_year"] == 2022 and row["subject"] == "语文":
            shares["primary" if row["grade"] <= JUDGED else "junior"].append(row["icc"])
    assert 0.16 <= np.mean(shares["primary"]) <= 0.22
    assert 0.18 <= np.mean(shares["junior"]) <= 0.30
    pairs = [pair for s in made.sittings if (pair := matched(made, s, "语文"))]
    assert 0.64 <= np.mean([np.corrcoef(*pair[:2])[0, 1] for pair in pairs]) <= 0.75
    left = [share_between(residuals(*pair[:2]), pair[2]) for pair in pairs]
    assert 0.10 <= np.mean(left) <= 0.18


def test_pupils_keep_their_number_and_some_move() -> None:
    made = session(is_full=True)
    then, now = (next(s for s in made.sittings if s.exam.code == code and s.grade == grade)
                 for code, grade in (("2022-QM", 7), ("2023-QM", 8)))  # fmt: skip
    _, before, after = np.intersect1d(then.numbers, now.numbers, return_indices=True)
    assert 0.975 <= len(before) / len(then.numbers) <= 0.99
    assert 0.017 <= np.mean(then.schools[before] != now.schools[after]) <= 0.029


@pytest.mark.parametrize("is_full", [False, True])
def test_one_school_hides_its_weak_pupils(is_full: bool) -> None:
    made = session(is_full=is_full)
    code = made.attainment.schools[made.attainment.hiding].code
    own = [r for r in school_rows(made) if r["school_code"] == code and r["grade"] == JUDGED
           and r["subject"] == "数学" and r["exam_code"].endswith("QM")]  # fmt: skip
    rates = [row["takers"] / row["registered"] for row in own]
    assert rates[0] > 0.94
    assert rates[0] > rates[1] + 0.08 > rates[2] + 0.16
    assert own[2]["mean_score"] > own[0]["mean_score"]
    assert {r["true_effect"] for r in effect_rows(made) if r["story"] == "hides_weak_pupils"} == {0.0}


def test_good_intake_explains_two_schools() -> None:
    told = [r for r in effect_rows(session(is_full=False)) if r["story"] == "intake_explains"]
    assert len({r["school_code"] for r in told}) == 2
    assert {r["true_effect"] for r in told} == {0.0}
    assert all(r["intake"] > 0.8 for r in told)


def test_gaps_of_consortiums_close_widen_or_stay() -> None:
    by_union: dict[tuple[str, str], list[float]] = {}
    for row in gap_rows(session(is_full=True)):
        by_union.setdefault((row["effect"], row["consortium_code"]), []).append(row["gap"])
    assert {effect for effect, _ in by_union} == {"closing", "widening", "frozen"}
    for (effect, _), gaps in by_union.items():
        change = gaps[2] - gaps[0]
        assert {"closing": change < -0.05, "widening": change > 0.05, "frozen": abs(change) < 0.2}[effect]


def test_smallest_counties_hold_examinations_too() -> None:
    made = hold(live(20, 5), is_full=False)
    assert {s.grade for s in made.sittings} == {5, 6, 8, 9}
    assert min(len(s.numbers) for s in made.sittings) > 50


def test_score_files_come_as_districts_send_them(small_county: CountyFiles) -> None:
    files = [p.relative_to(small_county.raw).as_posix() for p in small_county.raw.glob("*/考试/*")]
    assert {Path(name).suffix for name in files} == {".xls", ".xlsx", ".csv"}
    first = next(p for p in small_county.raw.glob("2022*/考试/*.xls"))
    assert CalamineWorkbook.from_path(str(first)).sheet_names == ["五年级", "六年级", "八年级", "九年级"]
    texts = list(small_county.raw.glob("2023*/考试/*.csv"))
    assert texts
    for path in texts:
        with pytest.raises(UnicodeDecodeError):
            path.read_bytes().decode("utf-8")
        assert next(csv.reader(path.read_bytes().decode("gb18030").splitlines()))[3] == "学籍号"


def test_absent_void_and_nought_are_told_apart(small_county: CountyFiles) -> None:
    seen: set[str] = set()
    for path in small_county.raw.glob("*/考试/*成绩*"):
        name = path.relative_to(small_county.raw).as_posix()
        sheets = [""] if path.suffix == ".csv" else CalamineWorkbook.from_path(str(path)).sheet_names
        for sheet in sheets:
            seen |= {
                str(cell).removesuffix(".0") for line in grid(small_county.raw, name, sheet) for cell in line
            }
    assert {"-1", "缺考", "0", "", "−1", "缺 考"} <= seen
    assert seen & {"违纪", "作弊", "缓考"}


def test_papers_name_the_examination_before(small_county: CountyFiles) -> None:
    lines = grid(small_county.raw, "2024-2025学年/考试/考试科目.xlsx", "考试科目")[2:]
    prior = {(int(line[3]), line[9]) for line in lines}
    assert {(5, ""), (8, ""), (JUDGED, "2023-QM"), (9, "2023-QM"), (9, "")} == prior
    assert {row["subject"] for row in rows(small_county.truth / "exam_papers.csv")} <= set(SUBJECTS)

"""The golden county after three examinations of one grade, for what a reader sees of them."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

import numpy as np

from tests import shared
from tests.golden.build import HERE
from warehouse.home import Home
from warehouse.imports import import_paths
from warehouse.refresh import refresh

EXAMS = (("E1", "2024-09-20", 100), ("E2", "2025-01-15", 100), ("E3", "2025-06-25", 120))
SCHOOLS = {
    # school: pupils, what it adds from exam to exam, where it starts
    "松河镇中心小学": (80, 6.0, 2.0),
    "松河镇第二小学": (70, 0.5, 0.0),
    "青山九年一贯制学校": (60, 0.0, -4.0),
    "育英学校": (75, 2.0, 6.0),
    "柳湾小学": (50, -1.0, -6.0),
    "启明小学": (65, 0.0, 3.0),
    "河口小学": (60, -7.0, -3.0),
    "东街小学": (45, 0.3, 1.0),
    "西关小学": (55, -0.5, 0.0),
    "北门小学": (40, 1.0, -1.0),
    "石梁教学点": (14, 0.0, -5.0),
    "石坝教学点": (6, 0.0, -5.0),
}
LOW_PARTICIPATION, FEW_MATCHED, TINY = "河口小学", "石梁教学点", "石坝教学点"


@lru_cache(maxsize=1)
def examined_home() -> Home:
    """Return a home whose current snapshot holds the golden county and its exams; not to be changed."""
    return shared.home_of("examined", build)


def build(root: Path) -> Home:
    """Import the golden files and three exams into a new home at `root` and refresh it."""
    home = Home(root / "home")
    import_paths(home, [HERE / "input"])
    chance = np.random.default_rng(11)
    able = {name: chance.normal(70 + start, 9, size) for name, (size, _gain, start) in SCHOOLS.items()}
    for place, (code, day, full) in enumerate(EXAMS):
        path = _sheet(root / f"{code}.csv", place, full, able, chance)
        before = {"上次考试编号": EXAMS[place - 1][0]} if place else {}
        constants = {"考试编号": code, "考试名称": f"第{place + 1}次测试", "考试日期": day, "年级": "五年级"}
        report = import_paths(home, [path], constants=constants | before)
        assert report.refused_rows == 0, report.issues
    report = refresh(home)
    assert report.snapshot_path is not None, report.failures
    return home


def _sheet(
    path: Path, place: int, full: int, able: dict[str, np.ndarray], chance: np.random.Generator
) -> Path:
    """Write an exam as a clerk's wide sheet; mathematics has other full marks in the last one."""
    rows: list[list[object]] = []
    for number, (school, (_size, gain, _start)) in enumerate(SCHOOLS.items()):
        for at, mark in enumerate(able[school]):
            came = place == 0 or school != LOW_PARTICIPATION or at % 5
            known = place == 0 or school != FEW_MATCHED or at < 8
            pupil = f"{number:02d}{at:03d}" if known else f"N{place}{number:02d}{at:03d}"
            scores = [_mark(mark + gain * place + extra, chance) for extra in (2.0, -6.0)]
            rows.append(
                [pupil, school, *((scores[0], round(scores[1] * full / 100)) if came else ("缺考", "缺考"))]
            )
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([["考号", "学校", "语文（满分100）", f"数学（满分{full}）"], *rows])
    return path


def _mark(mean: float, chance: np.random.Generator) -> int:
    return int(np.clip(round(mean + chance.normal(0, 6)), 0, 100))

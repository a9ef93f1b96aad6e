"""A county of small examinations, written as clerks write them, so that one refresh answers all."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from warehouse.home import Home
from warehouse.imports import ImportReport, import_paths

Row = Sequence[object]
SOUND = [f"稳小{number}" for number in range(10)]
HANDED = 100
GENERATED_SCHOOLS = 25


class Exams:
    """Writes score sheets and imports them."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home, self.folder, self.count = home, folder, 0

    def sheet(self, header: Sequence[str], rows: Sequence[Row]) -> Path:
        """Write a sheet as CSV under a name of its own."""
        self.count += 1
        path = self.folder / f"成绩{self.count}.csv"
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        return path

    def take(
        self,
        code: str,
        header: Sequence[str],
        rows: Sequence[Row],
        *,
        day: str | None = "2024-06-25",
        partial: bool = False,
        grade: str = "初一",
        **more: str,
    ) -> ImportReport:
        """Import one sheet of an exam."""
        constants = {"考试编号": code, "年级": grade, **more, **({"考试日期": day} if day else {})}
        path = self.sheet(header, rows)
        return import_paths(self.home, [path], constants=constants, partial=partial)


def by_hand(exams: Exams) -> None:
    """Exams whose every figure is worked out in the test."""
    header = ["考号", "学校", "班级", "语文（满分100）", "数学（满分150）"]
    rows = [
        ["1", "甲校", "1班", "90", "缺考"],
        ["2", "甲校", "1班", "６０分", "-1"],
        ["3", "甲校", "2班", "缺 考", "/"],
        ["4", "甲校", "2班", "0", "—"],
        ["5", "乙校", "1班", "30", ""],
        ["6", "乙校", "七(1)班", "作弊", "−1"],
        ["7", "乙校", "701", "85", "缺"],
        ["8", "乙校", "初一（01）班", "50.0", "免考"],
    ]
    exams.take("hand", header, rows)
    exams.take("alone", ["考号", "学校", "语文"], [["1", "甲校", 70], ["2", "甲校", 80]])
    equal = [
        [str(at), school, "70.3"]
        for at, school in enumerate(["甲校", "甲校", "甲校", "乙校", "乙校", "乙校"])
    ]
    exams.take("equal", ["考号", "学校", "语文（满分100）"], equal)
    exams.take("changed", ["考号", "学校", "语文（满分100）"], [["1", "甲校", 85], ["2", "甲校", 60]])
    exams.take("changed", ["考号", "学校", "语文（满分120）"], [["1", "甲校", 85], ["2", "甲校", 72]])
    exams.take("apart", ["考号", "学校", "语文（满分100）"], [["1", "甲校", 85]])
    exams.take("apart", ["考号", "学校", "语文（满分120）"], [["2", "乙校", 85]])
    exams.take("above", ["考号", "学校", "语文"], [["1", "甲校", 95], ["2", "乙校", 50]])
    papers = ["考试编号", "考试名称", "考试日期", "年级", "科目", "满分", "及格线"]
    described = [
        ["above", "期末", "2024-06-25", "七年级", "语", 90, ""],
        ["lines", "期中", "2024-04-20", 7, "语文", 100, "70%"],
    ]
    import_paths(exams.home, [exams.sheet(papers, described)])
    long = ["考号", "学校", "科目", "成绩"]
    exams.take(
        "lines", long, [["1", "甲校", "语文", 69], ["2", "甲校", "语文", 70], ["3", "甲校", "语文", 71]]
    )
    exams.take("lines", long, [["1", "甲校", "语", 75]], partial=True)
    exams.take("undated", ["考号", "学校", "语文"], [["1", "甲校", 95]], day=None)
    exams.take("orphan", ["考号", "学校", "语文"], [["1", "甲校", 95]], 上次考试编号="nowhere")
    exams.take("named", ["考号", "学校", "语文", "政治"], [["1", "甲校", 95, 50]])
    exams.take("named", ["考号", "学校", "语文", "道法"], [["2", "乙校", 90, 40]])
    exams.take("twice", ["考号", "学校", "语文"], [["1", "甲校", 95]])
    exams.take("twice", ["考号", "学校", "语文"], [["1", "甲校", 95]], grade="初二")


def generated() -> list[tuple[str, str, float, float | None]]:
    """Pupils of unequal schools: number, school, this score, earlier score (some have none)."""
    chance = np.random.default_rng(7)
    pupils = []
    for school in range(GENERATED_SCHOOLS):
        effect, intake = chance.normal(0, 4), chance.normal(0, 6)
        for at in range(int(chance.integers(3, 60))):
            before = float(np.clip(round(60 + intake + chance.normal(0, 12), 1), 0, 100))
            now = float(np.clip(round(20 + 0.7 * before + effect + chance.normal(0, 8), 1), 0, 100))
            known = before if chance.random() > 0.1 else None
            pupils.append((f"G{school:02d}{at:03d}", f"生校{school:02d}", now, known))
    return pupils


def in_three_forms(exams: Exams) -> None:
    """One generated exam as it is, with its marks changed linearly, and with its rows shuffled."""
    pupils = generated()
    shuffled = random.Random(3).sample(pupils, len(pupils))
    for name, order, slope, add in (
        ("plain", pupils, 1.0, 0.0),
        ("linear", pupils, 1.5, 7.0),
        ("shuffled", shuffled, 1.0, 0.0),
    ):
        before = [[p[0], p[1], p[3] * slope + add] for p in order if p[3] is not None]
        now = [[p[0], p[1], p[2] * slope + add] for p in order]
        exams.take(f"{name}-before", ["考号", "学校", "科学"], before, day="2024-01-15")
        exams.take(name, ["考号", "学校", "科学"], now, 上次考试编号=f"{name}-before")


def to_look_into(exams: Exams) -> None:
    """Two exams of ten sound schools and one for each data rule."""
    header = ["考号", "学校", "班级", "语文（满分100）"]
    before: list[Row] = []
    now: list[Row] = []
    for school in [*SOUND, "少考校", "跳高校", "压线校", "换班校"]:
        for at in range(40):
            number, score = f"{school}{at}", 35 + (at * 37) % 60
            room = f"{at // 20 + 1}班"
            first = score - 4 if school == "少考校" else 45 + score % 7 if school == "跳高校" else score
            before.append([number, school, room, first])
            then: object = score
            if school == "少考校":
                then = "缺考" if score < 55 else score
            elif school == "跳高校":
                then = min(score + 30, 99)
            elif school == "压线校":
                then = 60 + at % 2 if at < 24 else score
            now.append([number, school, f"{at % 2 + 1}班" if school == "换班校" else room, then])
    exams.take("rule-before", header, before, day="2024-01-15")
    exams.take("rule", header, now, 上次考试编号="rule-before")

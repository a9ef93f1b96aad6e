"""The files the import is timed on: a register, and a roster of teachers far longer than a county's.

Run as `python -m benchmarks.roster FOLDER --rows N`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

import xlsxwriter

SCHOOLS = 220
YEAR = 2024
REGISTER_HEADERS = ("学年", "学校标识码", "学校名称", "办学类型", "办学性质", "城乡类型")
ROSTER_HEADERS = (
    "学年", "教师编号", "姓名", "学校标识码", "任教学段", "是否专任", "学历", "职称", "骨干级别",
    "任教学科", "出生年月", "入校年月", "教师资格证", "近五年培训学时", "在岗状态",
)  # fmt: skip
EDUCATIONS = ("博士", "硕士", "本科", "本科", "本科", "专科", "高中及以下")
TITLES = ("正高级教师", "高级教师", "一级教师", "二级教师", "未定级")
BACKBONE = ("无", "无", "无", "县级", "市级", "省级")
SUBJECTS = ("语文", "数学", "英语", "体育", "音乐", "美术", "科学", "道德与法治")


def write_files(folder: Path, rows: int) -> tuple[Path, Path]:
    """Write the register and a clean roster of `rows` teachers; the same files every time."""
    register, roster = folder / "schools.xlsx", folder / "teachers.xlsx"
    _write(register, "学校", REGISTER_HEADERS, _register())
    _write(roster, "教师", ROSTER_HEADERS, _teachers(rows))
    return register, roster


def _code(school: int) -> str:
    return f"{2199000000 + school:010d}"


def _register() -> Iterator[tuple[object, ...]]:
    for school in range(SCHOOLS):
        kind = ("小学", "初级中学")[school % 4 == 3]
        yield (
            YEAR,
            _code(school),
            f"测速第{school + 1}{'小学' if kind == '小学' else '初级中学'}",
            kind,
            "公办",
            "镇区",
        )


def _teachers(rows: int) -> Iterator[tuple[object, ...]]:
    choose = random.Random(2019)
    for number in range(rows):
        school = number % SCHOOLS
        born = choose.randrange(1966, 2000)
        yield (
            YEAR, f"T{number:07d}", f"教师{number % 9999:04d}", _code(school),
            "初中" if school % 4 == 3 else "小学", "是", choose.choice(EDUCATIONS), choose.choice(TITLES),
            choose.choice(BACKBONE), choose.choice(SUBJECTS), f"{born}-{choose.randrange(1, 13):02d}",
            f"{born + 23}-09", "是", choose.randrange(0, 500), "在岗",
        )  # fmt: skip


def _write(path: Path, sheet: str, headers: Sequence[str], rows: Iterable[tuple[object, ...]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        for place, row in enumerate(chain([headers], rows)):
            page.write_row(place, 0, row)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    write_files(options.folder, options.rows)


if __name__ == "__main__":
    main()

"""Workbooks as the yearly statistics give them to a school: many sheets, older and newer layout.

`FIGURES` of a stage are what the workbook says; builders lay them out as the official forms do, with
titles, codes, merged headers, the row of 甲 乙 1 2 3, 编号 columns and rows that must not be added.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = list[list[Any]]
Merge = tuple[int, int, int, int]
ORDINALS = "一二三四五六七八九"
TURNED: Rows = [
    ["名称", None, None, "代码"],
    ["所在地城乡类型", None, "村庄", "220"],
    ["属地管理教育行政部门", None, "青禾县教育局", "610526000000"],
    ["名称", None, None, "代码"],
    ["办学类型", None, "九年一贯制学校", "312"],
    ["举办者", None, "民办", "999"],
    ["规定年制", None, "九年", "9"],
]


@dataclass
class Stage:
    """What one stage reports."""

    students: Any
    classes: int
    education: tuple[Any, ...]  # 博士 硕士 本科 专科 高中 高中以下
    backbone: Any
    subjects: dict[str, Any]
    teachers: Any = None

    @property
    def total(self) -> Any:
        """Full-time teachers."""
        return (
            sum(n for n in self.education if isinstance(n, int)) if self.teachers is None else self.teachers
        )


@dataclass
class FormSchool:
    """One school's report."""

    code: str
    name: str
    kind: tuple[str, str]
    stages: dict[str, Stage]
    teaching: Any = 5200
    indoor: Any = 400
    ground: Any = 9000
    equipment: Any = 215.5
    rooms: Any = 24
    computers: Any = 120
    books: Any = 30_000
    sponsor: tuple[str, str] = ("县级教育部门", "831")
    area: tuple[str, str] = ("镇中心区", "121")
    letters: bool = False
    skip: Sequence[str] = ()
    edits: dict[str, dict[tuple[str, str], Any]] = field(default_factory=dict)


@dataclass
class Laid:
    """One sheet laid out: rows from the top and merged ranges (row, column, row, column)."""

    rows: Rows
    merges: list[Merge] = field(default_factory=list)


def primary(code: str = "2161000001", **more: Any) -> FormSchool:
    stage = Stage(480, 12, (0, 2, 20, 8, 1, 1), 6, {"体育": 3, "音乐": 1, "美术": 1})
    return FormSchool(code, "青禾镇中心小学", ("小学", "211"), {"小学": stage}, **more)


def junior(code: str = "3161000002", **more: Any) -> FormSchool:
    stage = Stage(600, 14, (1, 9, 40, 3, "*", None), 8, {"体育": 4, "音乐": 2, "美术": "-"})
    return FormSchool(code, "青禾县第二初级中学", ("初级中学", "311"), {"初中": stage}, **more)


def nine_year(code: str = "3161000003", **more: Any) -> FormSchool:
    lower = Stage(1000, 24, (0, 4, 50, 12, 2, 0), 11, {"体育": 5, "艺术": 6})
    upper = Stage(500, 10, (1, 8, 36, 2, 0, 0), 7, {"体育": 3, "艺术": 3})
    kind = ("九年一贯制学校", "312")
    return FormSchool(code, "青禾县实验学校", kind, {"小学": lower, "初中": upper}, teaching=9000, **more)


def identity(school: FormSchool, code: str, year: int) -> Laid:
    said = f"（{year} /{year + 1} 学年初）"
    rows: Rows = [
        ["学校（机构）基本情况"],
        [f"{code}            "],
        [said],
        ["学校标识码", None, "学校（机构）名称（章）"],
        [school.code, None, school.name],
        [None, "学校（机构）地址", "所在地城乡类型", "属地管理教育行政部门"],
        ["名称", "青禾县青禾镇正街1号", school.area[0], "青禾县教育局"],
        ["代码", "610526100001", school.area[1], "610526000000"],
        [None, "办学类型", "举办者", "规定年制"],
        ["名称", school.kind[0], school.sponsor[0], "六年"],
        ["代码", school.kind[1], school.sponsor[1], "6"],
        ["附设幼儿班", "附设小学班", "附设普通初中班"],
        ["119", "219", "319"],
    ]
    return Laid(rows, [(0, 0, 0, 5), (1, 0, 1, 5), (2, 0, 2, 5), (3, 0, 3, 1), (3, 2, 3, 5)])


def facts(school: FormSchool, code: str) -> Laid:
    rows: Rows = [
        ["学校基本条件"],
        [code],
        ["项目", "编号", "内容", "单位", "备注"],
        ["甲", "乙", "1", "丙", "丁"],
    ]
    items = [("是否寄宿制学校", "否", None)]
    items += [(f"县级及以上骨干教师（{name}）", s.backbone, "人") for name, s in school.stages.items()]
    items += [("上学年参加国家学生体质健康标准测试的人数", 300, "人")]
    rows += [[label, at, value, unit, None] for at, (label, value, unit) in enumerate(items, start=1)]
    return Laid(rows, [(0, 0, 0, 4), (1, 0, 1, 4)])


def sizes(stage: Stage, name: str, code: str) -> Laid:
    grades = _grades(name)
    rows: Rows = [[f"{name}班额情况"], [code], [None, "单位：个"]]
    rows += [["班额", "编号", "合计", *grades], ["甲", "乙", *map(str, range(1, len(grades) + 2))]]
    split = [stage.classes // len(grades)] * len(grades)
    rows += [["总计", "01", stage.classes, *split]]
    between = [f"{low}-{low + 4}人" for low in range(26, 66, 5)]
    bands = ["25人及以下", *between, "66人及以上"]
    total = stage.students if isinstance(stage.students, int) else 0
    usual = min(max(-(-total // stage.classes) - 21, 0) // 5, len(bands) - 1)
    rows += [
        [band, f"{at + 2:02}", stage.classes if at == usual else "*", *split] for at, band in enumerate(bands)
    ]
    return Laid(rows, [(0, 0, 0, 8), (1, 0, 1, 8)])


def _grades(name: str) -> list[str]:
    return [f"{ORDINALS[at]}年级" for at in (range(6) if name == "小学" else range(3))]


def _shares(students: Any, grades: int) -> list[int]:
    """Return the pupils of each grade; together they are all."""
    total = students if isinstance(students, int) else 0
    return [total // grades + (at < total % grades) for at in range(grades)]


def pupils(stage: Stage, name: str, code: str) -> Laid:
    grades = _grades(name)
    entry = ["招生数", None, None, None]
    header = [None, None, "毕业生数", *entry, "在校生数", None, *[None] * len(grades), "预计毕业生数"]
    below = [
        None,
        None,
        None,
        "合计",
        "受过学前教育",
        "未受过学前教育",
        "其中女",
        "合计",
        "其中女",
        *grades,
        None,
    ]
    count = len(header) - 2
    share = _shares(stage.students, len(grades))
    rows: Rows = [[f"{name}学生情况"], [code], header, below, ["甲", "乙", *map(str, range(1, count + 1))]]
    rows += [["总计", "01", 77, share[0], 80, 1, 40, stage.students, 99, *share, 78]]
    rows += [["其中：女", "02", 30, 40, 40, 0, 40, 99, 99, *share, 39]]
    rows += [["进城务工人员随迁子女", "03", 3, 4, 4, 0, 4, 36, 18, *share, 5]]
    last = 8 + len(grades)
    merges = [(0, 0, 0, count), (1, 0, 1, count), (2, 2, 3, 2), (2, 3, 2, 6), (2, 7, 2, last)]
    merges += [(2, last + 1, 3, last + 1), (2, 0, 3, 0), (2, 1, 3, 1)]
    return Laid(rows, merges)


def staff(stage: Stage, name: str, code: str, *, newer: bool) -> Laid:
    subjects = ["道德与法治", "语文", "数学", "外语"]
    pe = "体育与健康" if newer else "体育"
    asked = {pe if key == "体育" else key: value for key, value in stage.subjects.items()}
    columns = [*subjects, *asked]
    header = ["", "编号", "合计", *columns]
    labels = ["博士研究生", "硕士研究生", "本科", "专科", "高中阶段", "高中阶段以下"]
    if not newer:
        labels = [
            "博士研究生毕业",
            "硕士研究生毕业",
            "本科毕业",
            "专科毕业",
            "高中阶段毕业",
            "高中阶段以下毕业",
        ]
    rows: Rows = [[f"{name}分课程专任教师学历情况"], [code], [None, None, "单位：人"], header]
    rows += [["甲", "乙", *map(str, range(1, len(columns) + 2))]]
    rows += [["总计", "01", stage.total, 3, 4, 5, 6, *asked.values()]]
    rows += [["其中：女", "02", 9, 1, 1, 1, 1, *[1] * len(asked)]]
    rows += [
        [label, f"{at:02}", count, 1, 1, 1, 1, *[0] * len(asked)]
        for at, (label, count) in enumerate(zip(labels, stage.education, strict=True), 3)
    ]
    width = len(header) - 1
    return Laid(rows, [(0, 0, 0, width), (1, 0, 1, width)])


def buildings(school: FormSchool, code: str, *, newer: bool) -> Laid:
    indoor = "室内体育用房" if newer else "体育馆"
    rows: Rows = [["学校（机构）校舍情况"], [code], [None, None, None, "单位：平方米"]]
    rows += [["", None, "编号", "合计" if not newer else "计", "框架结构", "砖混结构"]]
    rows += [["甲", None, "乙", "1", "2", "3"]]
    body = [
        ("总计", None, 12_000),
        ("其中", "危房", 0),
        (None, "当年新增", 100),
        ("一、教学及辅助用房", None, school.teaching),
        (None, "普通教室", 3000),
        (None, indoor, school.indoor),
        ("二、行政办公用房", None, 900),
        ("三、生活用房", None, 1800),
        ("四、其他用房", None, 50),
    ]
    rows += [[a, b, f"{at:02}", value, 1, 1] for at, (a, b, value) in enumerate(body, 1)]
    return Laid(rows, [(0, 0, 0, 5), (1, 0, 1, 5), (3, 0, 3, 1), (4, 0, 4, 1), (6, 0, 7, 0)])


def equipment_old(school: FormSchool, code: str) -> Laid:
    top = [
        None,
        "编号",
        "占地面积（平方米）",
        None,
        None,
        "图书（册）",
        "计算机数（台）",
        "网络多媒体教室（间）",
    ]
    middle: list[Any] = [None, None, "计", "其中", None, None, None, None, "计", "其中"]
    low: list[Any] = [None, None, None, "绿化用地面积", "运动场地面积", *[None] * 4, "教学仪器设备资产值"]
    rows: Rows = [["占地面积及其他办学条件"], [code], [*top, "固定资产总值（万元）", None], middle, low]
    rows += [["甲", "乙", "1", "2", "3", "4", "5", "6", "7", "8"]]
    values = [
        30_000,
        4000,
        school.ground,
        school.books,
        school.computers,
        school.rooms,
        900.5,
        school.equipment,
    ]
    rows += [["总计", "01", *values]]
    merges = [(0, 0, 0, 9), (1, 0, 1, 9), (2, 2, 2, 4), (3, 2, 4, 2), (3, 3, 3, 4), (2, 8, 2, 9)]
    return Laid(rows, [*merges, (3, 8, 4, 8), *((2, at, 4, at) for at in (0, 1, 5, 6, 7))])


def equipment_new(school: FormSchool, code: str) -> Laid:
    items = [
        ("占地面积（平方米）", 30_000),
        ("其中：绿化用地面积（平方米）", 4000),
        ("其中：运动场地面积（平方米）", school.ground),
        ("图书（册）", school.books),
        ("数字终端数（台）", school.computers),
        ("其中：教师终端数（台）", 40),
        ("网络多媒体教室（间）", school.rooms),
        ("固定资产总值（万元）", 900.5),
        ("其中：教学仪器设备资产值（万元）", school.equipment),
    ]
    rows: Rows = [["占地面积及其他办学条件"], [code], ["指标名称", "编号", "数量"], ["甲", "乙", "1"]]
    rows += [[label, f"{at:02}", value] for at, (label, value) in enumerate(items, 1)]
    return Laid(rows, [(0, 0, 0, 2), (1, 0, 1, 2)])


def sheets_of(school: FormSchool, year: int, *, newer: bool) -> dict[str, Laid]:
    """Return the sheets of a school's workbook by name, text-only ones included."""
    found = {
        "封面": Laid([["学校年度统计报表"], [f"填报日期：{year}年9月20日"]]),
        "目录": Laid([["表号", "表名"]]),
    }
    found |= _newer(school, year) if newer else _older(school, year)
    check = [["数据核查结果说明及建议"], ["教学及辅助用房比上年增加 20%，请核实。"]]
    found["教基5176续表1" if newer else "基础基522续表1"] = Laid(check)
    return {name: laid for name, laid in found.items() if name not in school.skip}


def _older(school: FormSchool, year: int) -> dict[str, Laid]:
    found = {"基础基111": identity(school, "基础基111", year), "基础基112": facts(school, "基础基112")}
    codes = {"小学": ("212", "312", "423"), "初中": ("213", "313", "424")}
    for name, stage in school.stages.items():
        size, pupil, teach = (f"基础基{code}" for code in codes[name])
        found |= {size: sizes(stage, name, size), pupil: pupils(stage, name, pupil)}
        found[teach] = staff(stage, name, teach, newer=False)
    found["基础基511"] = buildings(school, "基础基511", newer=False)
    found["基础基521"] = equipment_old(school, "基础基521")
    return found


def _newer(school: FormSchool, year: int) -> dict[str, Laid]:
    found = {"教基1001": identity(school, "教基1001", year), "教基1102续": facts(school, "教基1102续")}
    codes = {"小学": ("2106", "3112", "4155"), "初中": ("2107", "3115", "4156")}
    for name, stage in school.stages.items():
        size, pupil, teach = (f"教基{code}" for code in codes[name])
        found |= {size: sizes(stage, name, size), f"{pupil}_{name}": pupils(stage, name, pupil)}
        found[f"{teach}_{school.kind[0]}"] = staff(stage, name, teach, newer=True)
    found["教基5170"] = buildings(school, "教基5170", newer=True)
    found["教基5176"] = equipment_new(school, "教基5176")
    return found


def write(path: Path, sheets: dict[str, Laid], *, letters: bool = False) -> Path:
    """Write sheets with their merged cells; with `letters`, as copies that carry Excel's own A B C, 1 2 3."""
    shift = int(letters)
    with xlsxwriter.Workbook(path) as book:
        plain = book.add_format()
        for name, laid in sheets.items():
            sheet = book.add_worksheet(name)
            for top, left, bottom, right in laid.merges:
                sheet.merge_range(top + shift, left + shift, bottom + shift, right + shift, "", plain)
            for row, cells in enumerate(laid.rows):
                if letters:
                    sheet.write_string(row + 1, 0, str(row + 1))
                for column, value in enumerate(cells):
                    if value not in (None, ""):
                        sheet.write(row + shift, column + shift, value)
            if letters:
                for column in range(max(map(len, laid.rows))):
                    sheet.write_string(0, column + 1, chr(ord("A") + column))
    return path


def workbook_of(folder: Path, school: FormSchool, year: int, *, newer: bool) -> Path:
    """Write a school's workbook of a year."""
    name = f"{school.name}{'新' if newer else '旧'}.xlsx"
    return write(folder / name, sheets_of(school, year, newer=newer), letters=school.letters)

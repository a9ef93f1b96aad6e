"""The yearly workbooks the import is timed on: one a school, about thirty official forms each.

Run as `python -m benchmarks.forms FOLDER --schools N`; prints how many sheets there are in all.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

SCHOOLS = 200
YEAR = 2024
SIZE_BANDS = (
    "总计",
    "25人及以下",
    "26-30人",
    "31-35人",
    "36-40人",
    "41-45人",
    "46-50人",
    "51-55人",
    "66人及以上",
)
PUPILS = ("总计", "其中：女", "其中：少数民族", "进城务工人员随迁子女", "其中：外省迁入", "农村留守儿童")
LEVELS = (
    "总计", "其中：女", "博士研究生", "硕士研究生", "本科", "专科", "高中阶段", "高中阶段以下",
)  # fmt: skip
SUBJECTS = (
    "道德与法治",
    "语文",
    "数学",
    "外语",
    "科学",
    "体育与健康",
    "音乐",
    "美术",
    "综合实践活动",
    "信息技术",
)
ROOMS = (
    "总计", "其中：危房", "一、教学及辅助用房", "普通教室", "专用教室", "图书室", "室内体育用房",
    "二、行政办公用房", "三、生活用房", "四、其他用房",
)  # fmt: skip
SITE = (
    "占地面积（平方米）", "其中：绿化用地面积（平方米）", "其中：运动场地面积（平方米）", "图书（册）",
    "数字终端数（台）", "其中：教师终端数（台）", "网络多媒体教室（间）", "固定资产总值（万元）",
    "其中：教学仪器设备资产值（万元）",
)  # fmt: skip
STAGES = (("小学", 6, "2106", "3112", "4155"), ("初中", 3, "2107", "3115", "4156"))
UNUSED = (
    "1103", "1104", "2105", "3111", "3201", "3202", "3203", "4110", "4121", "4160", "4161", "4252", "4253",
    "5371", "5372", "5377",
)  # fmt: skip

Rows = list[Sequence[Any]]


def write_workbooks(folder: Path, schools: int) -> int:
    """Write a workbook for each of `schools` nine-year schools, the same every time; return the sheets."""
    folder.mkdir(parents=True, exist_ok=True)
    return sum(_write(folder, number) for number in range(schools))


def _write(folder: Path, number: int) -> int:
    name = f"测速第{number + 1}九年一贯制学校"
    sheets = list(_sheets(number, name, random.Random(number)))
    with xlsxwriter.Workbook(folder / f"{name}.xlsx") as book:
        centred = book.add_format({"align": "center"})
        for code, rows in sheets:
            page = book.add_worksheet(code)
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            for at in range(2 if len(rows) > 2 else 0):
                page.merge_range(at, 0, at, max(map(len, rows)), rows[at][0], centred)
    return len(sheets)


def _sheets(number: int, name: str, choose: random.Random) -> Iterator[tuple[str, Rows]]:
    yield "封面", [["学校年度统计报表"], [f"填报日期：{YEAR}年9月20日"]]
    yield "目录", [["表号", "表名"], *([f"教基{code}", "学校统计表"] for code in UNUSED)]
    yield "教基1001", _identity(number, name)
    facts = [("是否寄宿制学校", "否"), ("县级及以上骨干教师（小学）", 9), ("县级及以上骨干教师（初中）", 6)]
    labels = [[label, at, value, "人", ""] for at, (label, value) in enumerate(facts, start=1)]
    head = [["项目", "编号", "内容", "单位", "备注"], ["甲", "乙", "1", "丙", "丁"]]
    yield "教基1102续", [["学校基本条件"], ["教基1102续"], *head, *labels]
    for stage, grades, sizes, pupils, staff in STAGES:
        years = [f"{'一二三四五六'[at]}年级" for at in range(grades)]
        yield f"教基{sizes}", _form(f"{stage}班额情况", f"教基{sizes}", SIZE_BANDS, ("合计", *years), choose)
        columns = ("毕业生数", "招生数", "在校生数", *years, "预计毕业生数")
        yield f"教基{pupils}_{stage}", _form(f"{stage}学生情况", f"教基{pupils}", PUPILS, columns, choose)
        title = f"{stage}分课程专任教师学历情况"
        yield f"教基{staff}_九年一贯制学校", _form(title, f"教基{staff}", LEVELS, ("合计", *SUBJECTS), choose)
    yield "教基5170", _form("学校校舍情况", "教基5170", ROOMS, ("计", "框架结构", "砖混结构"), choose)
    yield "教基5176", _form("占地面积及其他办学条件", "教基5176", SITE, ("数量",), choose)
    yield "教基5176续表1", [["数据核查结果说明及建议"], ["教学及辅助用房比上年增加 20%，请核实。"]]
    for code in UNUSED:
        rows = tuple(f"项目{at}" for at in range(1, 31))
        yield f"教基{code}", _form("其他情况", f"教基{code}", rows, ("合计", *LEVELS[1:], *SUBJECTS), choose)


def _identity(number: int, name: str) -> Rows:
    return [
        ["学校（机构）基本情况"], ["教基1001"], [f"（{YEAR} /{YEAR + 1} 学年初）"],
        ["学校标识码", "", "学校（机构）名称（章）"],
        [f"{3199000000 + number}", "", name],
        ["", "学校（机构）地址", "所在地城乡类型", "属地管理教育行政部门"],
        ["名称", "青禾镇正街1号", "镇中心区", "青禾县教育局"],
        ["代码", "610526100001", "121", "610526000000"],
        ["", "办学类型", "举办者", "规定年制"],
        ["名称", "九年一贯制学校", "县级教育部门", "九年"],
        ["代码", "312", "831", "9"],
    ]  # fmt: skip


def _form(
    title: str, code: str, labels: Sequence[str], columns: Sequence[str], choose: random.Random
) -> Rows:
    """Lay out a form: title, code, header, the row of 甲 乙 1 2 3, a first column no less than the others."""
    numbers = ["甲", "乙", *map(str, range(1, len(columns) + 1))]
    rows: Rows = [[title], [code], ["", "编号", *columns], numbers]
    for at, label in enumerate(labels, start=1):
        parts = [choose.randrange(1, 60) for _ in columns[1:]]
        rows.append([label, f"{at:02}", sum(parts) + choose.randrange(1, 900), *parts])
    return rows


def main() -> None:
    """Write the workbooks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schools", type=int, default=SCHOOLS)
    options = parser.parse_args()
    print(write_workbooks(options.folder, options.schools))


if __name__ == "__main__":
    main()

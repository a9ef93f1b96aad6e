"""What the county declares of itself: figures of the inspection items over three years, and its profile."""

from __future__ import annotations

from typing import Any

from warehouse.demo.files import folder, label
from warehouse.demo.places import COUNTY
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.world import YEARS

ITEMS = ["学年", "指标编号", "数据项", "数值", "文字结论", "佐证材料"]
PROFILE = ["学年", "数据项", "数值", "单位"]
# item → field → the three years (None: not handed in); the last year has items that hold by one head
FIGURES: dict[str, dict[str, tuple[float | None, ...]]] = {
    "G6": {"小学标准": (720, 720, 720), "初中标准": (940, 940, 940)},
    "G7": {"生均公用经费": (5800, 6200, 7150)},
    "G8": {"教师平均工资": (96200, 99800, 103600), "公务员平均工资": (98400, 100100, 103400)},
    "G13": {"小学就近入学比例": (1, 1, 1), "初中就近入学比例": (0.931, 0.948, 0.95)},
    "G14": {"分配名额": (812, 870, 936), "招生计划": (1700, 1740, 1800), "农村分配名额": (210, 248, 290)},
    "G15": {
        "符合条件随迁子女": (4180, 4260, 4320),
        "公办就读": (3380, 3490, 3602),
        "购买学位就读": (110, 120, 70),
    },
    "Q1": {
        "毕业生数": (5470, 5510, 5544),
        "三年转入": (160, 150, 141),
        "三年转出": (118, 112, 106),
        "初一在校生": (5720, 5760, 5802),
        "三年死亡": (2, 1, 2),
    },
    "Q2": {"入学残疾儿童": (402, 415, 428), "适龄残疾儿童": (430, 436, 450)},
    "Q9": {
        "数学等级": (None, 3, 3),
        "数学差异率": (None, 0.162, 0.141),
        "科学等级": (None, None, 3),
        "科学差异率": (None, None, None),
    },
    "P1": {"认定年份": (2015, 2015, 2015)},
}
# item → conclusion in the three years, sentence, papers of the last year
CONCLUSIONS: dict[str, tuple[tuple[int | None, ...], str, str]] = {
    "G1": ((1, 1, 1), "学校布局专项规划已批复并实施", "学校布局专项规划、批复文件"),
    "G2": ((1, 1, 1), "建设、编制、经费、装备四项标准城乡统一", "四统一实施方案"),
    "G10": ((0, 1, 1), "编制按县域统筹，每年调整一次", "编制分配文件"),
    "Q3": ((1, 1, 1), "各校章程已核准", "章程核准名册"),
    "Q5": ((1, 1, 1), "教师信息化教学考核合格", ""),
    "Q6": ((None, 1, 1), "德育与校园文化评估均为良好以上", "德育评估通报"),
    "Q7": ((1, 1, 0), "两所村小综合实践课时不足", "课程督导记录"),
    "Q8": ((0, 1, 1), "作业总量公示，监测未超", ""),
    "P2": ((1, 1, 1), "年度监测保持在较高水平", "监测复查报告"),
}
VETOES = ("V1", "V2", "V3", "V4", "V5", "V6", "V7")
TERMS: dict[str, tuple[str, tuple[float, ...]]] = {
    "常住人口": ("万人", (48.2, 47.9, 47.5)),
    "户籍人口": ("万人", (52.6, 52.3, 52.0)),
    "行政区域面积": ("平方公里", (1286, 1286, 1286)),
    "乡镇（街道）数": ("个", (18, 18, 18)),
    "地区生产总值": ("亿元", (218.4, 229.7, 241.3)),
    "人均GDP": ("元", (45311, 47954, 50800)),
    "一般公共预算收入": ("亿元", (11.8, 12.4, 12.9)),
    "一般公共预算教育支出": ("亿元", (9.6, 9.9, 10.3)),
    "农村居民人均可支配收入": ("元", (17420, 18630, 19870)),
}


def declared_sheets(year: int) -> list[Sheet]:
    """Return 县级数据 and 县情 of one year."""
    title = [f"{COUNTY}{label(year)}县级数据（虚构数据）"]
    items = [Row(cells) for cells in item_rows(year)]
    at = YEARS.index(year)
    terms = [Row([year, term, values[at], unit]) for term, (unit, values) in TERMS.items()]
    return [
        Sheet(
            f"{folder(year)}/县级数据.xlsx",
            "县级数据",
            [list(ITEMS)],
            items,
            "county_items",
            year,
            title=title,
        ),
        Sheet(f"{folder(year)}/县情.xlsx", "县情", [list(PROFILE)], terms, "county_profile", year),
    ]


def item_rows(year: int) -> list[list[Any]]:
    """Return 学年, 指标编号, 数据项, 数值, 文字结论, 佐证材料; what is not handed in has no row."""
    at = YEARS.index(year)
    rows = [
        [year, item, field, values[at], None, _papers(item)]
        for item, fields in FIGURES.items()
        for field, values in fields.items()
        if values[at] is not None
    ]
    rows += [
        [year, item, "结论", held[at], said, papers or None]
        for item, (held, said, papers) in CONCLUSIONS.items()
        if held[at] is not None
    ]
    vetoes = VETOES if year == YEARS[-1] else VETOES[:-1]
    return rows + [[year, item, "结论", 0, None, "承诺书"] for item in vetoes]


def _papers(item: str) -> str | None:
    """Every figure has its paper but those of two items, so that missing evidence is seen."""
    return None if item in {"G13", "Q2"} else f"{item}统计表"

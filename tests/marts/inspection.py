"""Schools and figures exactly on an inspection item's line, and one unit to its wrong side."""

from __future__ import annotations

from datetime import date

from tests.marts.county import Landed

YEAR, WHOLE_YEAR = 2024, 2025
FULL, OVER, NINE, NINE_OVER, FUNDED, SHORT, HUNDRED = (f"01200000{number:02d}" for number in range(1, 8))
SMALL_POINT, RURAL_POINT, LARGE = "0120000011", "0120000012", "0120000013"
EXCEPTIONS = (
    f"2021,{SMALL_POINT},primary,E3,,示例文件\n2021,{RURAL_POINT},primary,E4,,示例文件\n"
    f"2020,{LARGE},primary,E5,,示例文件\n"
)
SIX_GROUPS = ("学生", "家长", "教师", "校长", "代表委员", "其他")


def schools_on_the_line(county: Landed) -> None:
    """Seven schools of one year: size, class size, rooms, funds."""
    kinds = {NINE: "九年一贯制学校", NINE_OVER: "九年一贯制学校"}
    pupils = {FULL: 2000, OVER: 2001, FUNDED: 99, SHORT: 99, HUNDRED: 100}
    for code in (FULL, OVER, NINE, NINE_OVER, FUNDED, SHORT, HUNDRED):
        county.school(YEAR, code, kinds.get(code, "小学"))
        if code in pupils:
            county.conditions(YEAR, code, "primary", students=pupils[code])
    for code, junior in ((NINE, 1000), (NINE_OVER, 1001)):
        county.conditions(YEAR, code, "primary", students=1500).conditions(
            YEAR, code, "junior", students=junior
        )
    county.classes(YEAR, FULL, "primary", 1, 45).classes(YEAR, FULL, "primary", 2, 46)
    county.rooms(YEAR, FULL, "音乐", 96).rooms(YEAR, FULL, "美术", 89.99)
    county.classes(YEAR, OVER, "primary", 1, 40, 12)
    county.rooms(YEAR, OVER, "音乐", 95.99).rooms(YEAR, OVER, "美术", 90)
    county.classes(YEAR, NINE, "primary", 1, 45, 7).classes(YEAR, NINE, "junior", 7, 50, 5)
    county.classes(YEAR, NINE, "junior", 8, 51)
    county.rooms(YEAR, NINE, "音乐", 96, 96).rooms(YEAR, NINE, "美术", 90)
    county.conditions(YEAR, FUNDED, "whole", public_funds_yuan=65000, training_funds_yuan=3250)
    county.conditions(YEAR, SHORT, "whole", public_funds_yuan=64999, training_funds_yuan=3249.9)
    county.conditions(YEAR, HUNDRED, "whole", public_funds_yuan=1000, training_funds_yuan=0)
    county.declared(YEAR, "G6", 小学标准=650, 初中标准=850)


def a_year_on_the_line() -> Landed:
    """One school of fifty teachers, five of them exchanged and one of these backbone; a county's figures."""
    county = Landed()
    county.school(WHOLE_YEAR, FULL, ownership="公办").school(WHOLE_YEAR, OVER, "高级中学")
    county.conditions(WHOLE_YEAR, FULL, "primary", students=900)
    for number in range(50):
        level = "县级" if number == 0 else "无"
        facts = {"joined_month": date(2010, 9, 1), "backbone_level": level, "has_certificate": True}
        county.teacher(WHOLE_YEAR, f"L{number:03d}", FULL, "primary", training_hours_5y=360, **facts)
    for number in range(5):
        county.moved(WHOLE_YEAR, f"L{number:03d}", FULL, OVER)
    for group in SIX_GROUPS:
        county.asked(WHOLE_YEAR, group, 20, 17)
    county.declared(WHOLE_YEAR, "G7", 生均公用经费=7000).declared(WHOLE_YEAR, "V1", 结论=0)
    county.declared(WHOLE_YEAR, "G8", 教师平均工资=100000, 公务员平均工资=100000)
    county.declared(WHOLE_YEAR, "G13", 小学就近入学比例=1, 初中就近入学比例=0.95)
    county.declared(WHOLE_YEAR, "G14", 分配名额=50, 招生计划=100, 农村分配名额=0)
    county.declared(WHOLE_YEAR, "G15", 符合条件随迁子女=20, 公办就读=17)
    county.declared(WHOLE_YEAR, "Q1", 毕业生数=95, 三年转入=5, 三年转出=5, 初一在校生=101, 三年死亡=1)
    county.declared(WHOLE_YEAR, "Q2", 入学残疾儿童=18, 适龄残疾儿童=19)
    county.declared(WHOLE_YEAR, "Q9", 语文等级=3, 语文差异率=0.15)
    county.declared(WHOLE_YEAR, "V2", 结论=1).declared(WHOLE_YEAR, "V3", 结论=None)
    county.declared(WHOLE_YEAR, "P1", 认定年份=2022).declared(WHOLE_YEAR, "G1", 结论=1).declared(
        WHOLE_YEAR, "G2", 结论=0
    )
    return county


def schools_with_exceptions(county: Landed) -> None:
    """Rooms of 73 and 67 m², rooms of 54 m², and 2,400 pupils, where an exception of 2019 allows them."""
    for code, music, art in ((SMALL_POINT, 73, 67), (RURAL_POINT, 54, 53.9)):
        county.school(2021, code, "小学教学点").conditions(2021, code, "primary", students=40)
        county.classes(2021, code, "primary", 1, 20, 2)
        county.rooms(2021, code, "音乐", music).rooms(2021, code, "美术", art)
    county.school(2020, LARGE).conditions(2020, LARGE, "primary", students=2400)

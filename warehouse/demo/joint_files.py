"""The clean files of what schools do together: exchanges, members, activity logs, questionnaires."""

from __future__ import annotations

from typing import Any

from warehouse.demo.county import County
from warehouse.demo.duties import Activity, Diary
from warehouse.demo.files import folder, label
from warehouse.demo.places import COUNTY
from warehouse.demo.rosters import place_name
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.stays import Stay
from warehouse.demo.unions import LEAD, ROUNDS, Union
from warehouse.demo.voices import satisfaction_rows
from warehouse.demo.world import YEARS

# each year's clerk has a form of their own
EXCHANGES = {
    YEARS[0]: ["教师编号", "姓名", "派出学校", "接收学校", "交流形式", "开始时间", "结束时间"],
    YEARS[1]: ["学年", "身份证号", "姓名", "派出学校", "派入学校", "交流类型", "开始日期", "结束日期"],
    YEARS[2]: ["学年", "教师编号", "姓名", "派出单位", "派入单位", "交流方式", "起始时间", "终止时间"],
}
MEMBERS = ["共同体编号", "共同体名称", "类型", "模式", "学校", "角色", "加入日期", "退出日期", "轮次"]
LOG = ["共同体编号", "活动类型", "日期", "主办学校", "参与学校", "参与教师数", "次数", "主题"]
VOICES = ["学年", "群体", "共同体编号", "发放问卷数", "有效问卷数", "满意份数"]
TERMS = {1: "第一学期", 2: "第二学期"}


def joint_sheets(county: County) -> list[Sheet]:
    """Return every sheet about exchanges, consortiums and satisfaction."""
    sheets = [sheet for year in YEARS for sheet in (exchange_sheet(county, year), _voices(county, year))]
    sheets += [member_sheet(county, label, at) for at, label in enumerate(ROUNDS)]
    diary = Diary(county)
    for union in county.unions:
        for year, term, activities in diary.terms(union):
            sheets.append(_log(county, union, (year, term), activities))
    return sheets


def exchange_sheet(county: County, year: int) -> Sheet:
    """交流轮岗汇总 of one year: legacy workbooks first, a new one in the last year."""
    ending = "xlsx" if year == YEARS[-1] else "xls"
    told = [stay for stay in county.stays[year] if stay.told != "roster"]
    rows = [stay_row(county, stay) for stay in sorted(told, key=lambda s: (s.origin, s.teacher.teacher_id))]
    name = "教师交流轮岗汇总表"
    title = [f"{COUNTY}{label(year)}{name}（虚构数据）"]
    path = f"{folder(year)}/{name}.{ending}"
    return Sheet(path, name, [list(EXCHANGES[year])], rows, "exchanges", year, title=title)


def stay_row(county: County, stay: Stay) -> Row:
    """One stay as a line: with the year where the form has one, schools by name or (last year) by code."""
    year = stay.school_year
    by_code = year == YEARS[1]
    cells: list[Any] = [stay.teacher.teacher_id, stay.teacher.name]
    for code in (stay.origin, stay.host):
        cells.append(code if by_code else place_name(county, year, code))
    cells += [stay.kind, stay.start.isoformat(), stay.end.isoformat()]
    return Row(cells if year == YEARS[0] else [year, *cells], school=stay.origin)


def member_sheet(county: County, round_name: str, at: int) -> Sheet:
    """Members of one round; code and name stand in the first line only, as in merged cells."""
    rows = []
    for union in county.unions:
        members = [m for m in union.members if m.round == round_name]
        for index, member in enumerate(sorted(members, key=lambda m: (m.role != LEAD, m.joined))):
            own: list[Any] = [union.code, union.name] if index == 0 else [None] * 2
            own += [union.plan.kind, union.plan.mode]
            dates = [member.joined.isoformat(), member.left.isoformat(), round_name]
            name = place_name(county, YEARS[-1], member.school)
            rows.append(Row([*own, name, member.role, *dates], school=member.school))
    name = f"第{'一二'[at]}轮"
    title = [f"{COUNTY}学校共同体成员名单（{name}，虚构数据）"]
    path = "共同体/共同体成员名单.xlsx"
    year = YEARS[0] if at == 0 else YEARS[-1]
    return Sheet(path, name, [list(MEMBERS)], rows, "consortium_members", year, title=title)


def log_path(union: Union, year: int) -> str:
    """One workbook a consortium and year, with a sheet a term; half the offices keep the old format."""
    ending = ("xlsx", "xls")[int(union.code[1:]) % 2]
    return f"共同体/{folder(year)}/{union.code}活动记录.{ending}"


def _log(county: County, union: Union, when: tuple[int, int], activities: list[Activity]) -> Sheet:
    year, term = when
    rows = [Row(_entry(county, one), school=one.host) for one in activities]
    return Sheet(log_path(union, year), TERMS[term], [list(LOG)], rows, "consortium_activities", year)


def _entry(county: County, one: Activity) -> list[Any]:
    names = "、".join(place_name(county, one.school_year, code) for code in one.participants) or "全体"
    host = place_name(county, one.school_year, one.host)
    cells = [one.union.code, one.activity, one.held_on.isoformat(), host, names]
    return [*cells, one.teachers, one.times, one.topic]


def _voices(county: County, year: int) -> Sheet:
    rows = [Row(cells) for cells in satisfaction_rows(county, year)]
    title = [f"{COUNTY}{label(year)}教育满意度调查结果（虚构数据）"]
    path = f"{folder(year)}/满意度调查.xlsx"
    return Sheet(path, "满意度", [list(VOICES)], rows, "satisfaction", year, title=title)

"""What is wrong in the summaries of exchanges, the lists of members and the logs of activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from warehouse.demo.forms import as_text, full_width, short_name, spaced
from warehouse.demo.joint_files import EXCHANGES, TERMS, log_path, stay_row
from warehouse.demo.places import COUNTY
from warehouse.demo.planter import Planter
from warehouse.demo.rosters import place_name
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.stays import Stay
from warehouse.demo.world import YEARS

EPOCH = date(1899, 12, 30)  # of Excel's day numbers
DATE_COLUMNS = ("开始时间", "开始日期", "起始时间", "加入日期", "日期")
WORDS = {"轮岗": "交流轮岗", "支教": "下乡支教", "走教": "巡回走教", "挂职": "干部挂职", "跟岗": "跟岗学习"}
DUTY_WORDS = {
    "示范课": "名师示范课",
    "听评课": "听课评课",
    "联席会议": "校长联席会",
    "薄弱学科联合教研": "集体教研",
    "专题讲座": "讲座",
    "送教": "送教下乡",
    "校长会商": "校长互访",
}


def soil_joint(planter: Planter) -> None:
    """Make the files of exchanges, consortiums and questionnaires as clerks send them."""
    for sheet in planter.sheets("exchanges"):
        _exchanges(planter, sheet)
    for sheet in planter.sheets("consortium_members"):
        _members(planter, sheet)
    logs = planter.sheets("consortium_activities")
    for at, sheet in enumerate(logs):
        _log(planter, sheet, at)
    _unlisted(planter, logs)
    for sheet in planter.sheets("satisfaction"):
        planter.change(sheet, "有效问卷数", 2, "number_as_text", as_text)
        planter.change(sheet, "发放问卷数", 1, "fullwidth_digits", full_width)


def _written(day: str, choice: int) -> Any:
    """2023-09-01 as 2023.9.1, 2023/9/1, 2023年9月1日 or Excel's day number."""
    found = date.fromisoformat(day)
    parts = (found.year, found.month, found.day)
    return ("{}.{}.{}".format(*parts), "{}/{}/{}".format(*parts), "{}年{}月{}日".format(*parts),
            (found - EPOCH).days)[choice]  # fmt: skip


def _dates(planter: Planter, sheet: Sheet, counts: tuple[int, int, int, int]) -> None:
    column = next(name for name in sheet.columns if name in DATE_COLUMNS)
    for choice, count in enumerate(counts):
        planter.change(sheet, column, count, "date_form", partial(_written, choice=choice))


def _exchanges(planter: Planter, sheet: Sheet) -> None:
    year = sheet.school_year
    start, end = len(sheet.columns) - 2, len(sheet.columns) - 1
    stays = [s for s in planter.desk.county.stays[year] if s.told != "roster"]
    _doubles(planter, sheet, [s for s in stays if s.is_counted])
    for row in planter.rows(sheet, planter.number(4)):
        planter.set(row, end, "end_before_start", _year_back(row.values[start]), "warn", row.values[end])
    for row in planter.rows(sheet, planter.number(7)):
        planter.set(row, end, "open_ended", None, "fix", row.values[end])
    kind = sheet.columns[start - 1]
    planter.change(sheet, kind, 8, "term_variant", lambda word: WORDS[word])
    planter.change(sheet, "姓名", 5, "odd_space", spaced)
    planter.change(sheet, EXCHANGES[year][start - 5], 3, "id_lower_case", str.lower)
    _dates(planter, sheet, (12, 9, 6, 6))
    total = Row(["合计", f"{len(stays)}人次", *[None] * (len(sheet.columns) - 2)])
    planter.insert(sheet, len(sheet.rows), total, "subtotal_row", "fix")
    sheet.footer = ["备注：含在外交流未满期人员；不含走教人次。"]


def _year_back(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=53)).isoformat()


def _doubles(planter: Planter, sheet: Sheet, stays: list[Stay]) -> None:
    """Second stays that overlap, stays at the own school, and people told again under another document."""
    county = planter.desk.county
    order = [stays[int(at)] for at in planter.rng.permutation(len(stays))]
    hosts = {s.host for s in stays if s.host in county.world.schools}
    for stay in order[: planter.number(5)]:
        other = next(h for h in sorted(hosts) if h not in (stay.host, stay.origin))
        begun = date(stay.school_year, 11, 1)
        extra = stay_row(county, replace(stay, host=other, start=begun, end=begun + timedelta(days=240)))
        planter.insert(sheet, len(sheet.rows), extra, "overlapping_stays", "warn")
    for stay in _staying(planter, sheet.school_year, planter.number(6)):
        extra = stay_row(county, stay)
        planter.insert(sheet, len(sheet.rows), extra, "own_school", "warn")
    again = order[planter.number(5) : planter.number(5) + planter.number(4)]
    rows = [stay_row(county, replace(s, start=s.start - timedelta(days=3))) for s in again]
    path = sheet.path.replace("汇总表", "补报表")
    second = Sheet(path, "补报", [list(sheet.header[0])], rows, "exchange_extra", sheet.school_year)
    second.title = [sheet.title[0].replace("汇总表", "补报表")]
    for row in rows:
        planter.turn(row, "counted_twice", "warn")
    planter.desk.sheets.insert(planter.desk.sheets.index(sheet) + 1, second)


def _staying(planter: Planter, year: int, count: int) -> Iterator[Stay]:
    """Teachers who went nowhere: entered as exchanged to their own school."""
    county = planter.desk.county
    gone = {stay.teacher.teacher_id for stay in county.stays[year]}
    for (code, stage), staff in sorted(county.rosters[year].items())[3 :: max(1, 60 // count)]:
        home = next((t for t in staff if t.counts and t.teacher_id not in gone), None)
        if home and stage != "senior" and count:
            count -= 1
            yield Stay(year, home, code, code, "轮岗", date(year, 9, 1), date(year + 1, 7, 10), "summary")


def _members(planter: Planter, sheet: Sheet) -> None:
    kind, role = sheet.column("类型"), sheet.column("角色")
    blank = [row for row in sheet.rows if row.values[0] is None]
    if blank:
        planter.head(sheet, None, "merged_cells", "")
    for row in planter.rows(sheet, planter.number(4), lambda row: row.values[kind] == "教育集团"):
        planter.set(row, kind, "term_variant", "集团", "fix", "教育集团")
    for row in planter.rows(sheet, planter.number(8)):
        word = "核心校" if row.values[role] == "牵头" else "成员校"
        planter.set(row, role, "term_variant", word, "fix", row.values[role])
    planter.change(sheet, "学校", 5, "odd_space", spaced, test=lambda row: row.values[0] is None)
    _dates(planter, sheet, (5, 4, 6, 4))


def _log(planter: Planter, sheet: Sheet, at: int) -> None:
    def some(share: float) -> int:
        return round(len(sheet.rows) * share)

    activity = sheet.column("活动类型")
    for row in planter.rows(sheet, some(0.08), lambda row: row.values[activity] in DUTY_WORDS):
        word = row.values[activity]
        planter.set(row, activity, "term_variant", DUTY_WORDS[word], "fix", word)
    if at % 3 == 0:
        column = sheet.column("日期")
        for index, row in enumerate(planter.rows(sheet, some(0.15))):
            day = row.values[column]
            planter.set(row, column, "date_form", _written(day, index % 4), "fix", day)
    if at % 8 == 5:
        _short_names(planter, sheet)


def _short_names(planter: Planter, sheet: Sheet) -> None:
    world, host = planter.desk.county.world, sheet.column("主办学校")
    for row in planter.rows(sheet, 2):
        school = world.schools.get(row.school)
        if school and not world.has_twin(sheet.school_year, school):
            short = short_name(school.name, COUNTY)
            if short != row.values[host] and planter.alias(short, school):
                planter.set(row, host, "alias_name", short, "fix", row.values[host])


def _unlisted(planter: Planter, logs: list[Sheet]) -> None:
    """Activities that the list does not know."""
    late = [s for s in logs if s.school_year == YEARS[-1]]
    for sheet, word in zip(late[1::7], ("工会联谊", "趣味运动会", "读书沙龙"), strict=False):
        extra = list(sheet.rows[0].values)
        extra[1], extra[-1] = word, word
        planter.insert(sheet, len(sheet.rows), Row(extra), "unlisted_activity", "warn")
    _early(planter, logs)


def _early(planter: Planter, logs: list[Sheet]) -> None:
    """An activity the day before its host became a member in mid-round."""
    county = planter.desk.county
    third = county.unions[2]
    joining = next((m for m in third.members if m.joined == date(2024, 3, 1)), None)
    path = log_path(third, YEARS[1])
    sheet = next((s for s in logs if s.path == path and s.name == TERMS[2]), None)
    if joining and sheet:
        extra = list(sheet.rows[0].values)
        extra[2:4] = ["2024-02-29", place_name(county, YEARS[1], joining.school)]
        planter.insert(sheet, 0, Row(extra), "before_joining", "warn")

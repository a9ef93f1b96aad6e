"""Score sheets as the county's districts send them, and the bureau's own sheet of papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from warehouse.demo.county import County
from warehouse.demo.exam_plan import Exam
from warehouse.demo.files import folder
from warehouse.demo.people import RARE_SURNAMES, SURNAMES
from warehouse.demo.places import COUNTY, Township
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.sittings import ABSENT, DEFERRED, VOID, Session, Sitting
from warehouse.demo.wide import full_name
from warehouse.demo.world import YEARS

PAPERS = [
    "考试编号",
    "考试名称",
    "考试日期",
    "年级",
    "科目",
    "满分",
    "优秀线",
    "及格线",
    "低分线",
    "上次考试编号",
]
SHARES = (0.85, 0.6, 0.4)
DISTRICTS = ("城区片", "东片", "西片")
GRADES = ("三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")
JUNIOR_WORDS = {"七年级": "初一", "八年级": "初二", "九年级": "初三"}


@dataclass(frozen=True)
class Form:
    """How one year's sheets look: file type, headers, schools by code or name, marks for the absent."""

    ending: str
    pupil: str
    school: str
    absent: tuple[Any, ...]  # by district
    states_marks: bool = False
    has_total: bool = False


FORMS = {
    YEARS[0]: Form("xls", "学籍号", "学校", (-1, "缺考", -1)),
    YEARS[1]: Form("xlsx", "学籍号", "学校名称", ("缺考", None, "缺考")),
    YEARS[2]: Form("xlsx", "全国学籍号", "学校标识码", (None, "缺考", -1), True, True),
}
TEXT_DISTRICT = DISTRICTS[2]  # sends text files in the second year


def exam_sheets(county: County, session: Session) -> Iterator[Sheet]:
    """Yield every sheet of examinations: the papers of each year, then the scores."""
    districts = {township.name: _district(county, township) for township in county.world.townships}
    of_school = np.array([districts[s.township.name] for s in session.attainment.schools])
    for year in YEARS:
        yield _papers(session, year)
    for sitting in session.sittings:
        for at in range(len(DISTRICTS)):
            rows = np.flatnonzero(of_school[sitting.schools] == at)
            if len(rows):
                yield _scores(county, session, sitting, at, rows)


def _district(county: County, township: Township) -> int:
    """Streets are one district; the other townships are shared by the rest in their order."""
    others = [t for t in county.world.townships if t.area_type != "城区"]
    if township not in others:
        return 0
    return 1 + others.index(township) * (len(DISTRICTS) - 1) // len(others)


def _papers(session: Session, year: int) -> Sheet:
    plan, rows = session.plan, []
    for exam in plan.exams():
        for grade in plan.grades if exam.school_year == year else ():
            for subject, full in plan.subjects(grade).items():
                prior = plan.prior(exam, grade, subject) or None
                start = [exam.code, exam.name, exam.day, grade, subject, int(full)]
                rows.append(Row([*start, *SHARES, prior]))
    title = [f"{COUNTY}{folder(year)}统一考试科目（虚构数据）"]
    path = f"{folder(year)}/考试/考试科目.xlsx"
    return Sheet(path, "考试科目", [list(PAPERS)], rows, "exam_papers", year, title=title)


def _scores(county: County, session: Session, sitting: Sitting, at: int, rows: np.ndarray) -> Sheet:
    """One grade of one district: by school and class, in the form of the year."""
    year = sitting.exam.school_year
    form, word = FORMS[year], GRADES[sitting.grade - 3]
    if year == YEARS[1]:
        word = JUNIOR_WORDS.get(word, word)
    header = ["考试编号", form.school, "班级", form.pupil, "姓名", *_subjects(sitting, form)]
    order = rows[np.lexsort((sitting.numbers[rows], sitting.classes[rows], sitting.schools[rows]))]
    names = [s.code if form.school.endswith("码") else full_name(county, year, s)
             for s in session.attainment.schools]  # fmt: skip
    is_text = year == YEARS[1] and DISTRICTS[at] == TEXT_DISTRICT
    body = [_row(session, sitting, index, names, form.absent[at], form.has_total) for index in order]
    sheet = Sheet(_path(sitting.exam, at, is_text, word), word, [header], body, "exam_scores", year)
    if is_text:
        sheet.encoding = "gb18030"
    else:
        sheet.title = [f"{COUNTY}{sitting.exam.name}成绩（{DISTRICTS[at]}，虚构数据）"]
    return sheet


def _path(exam: Exam, at: int, is_text: bool, word: str) -> str:
    start = f"{folder(exam.school_year)}/考试/{exam.code}成绩_{DISTRICTS[at]}"
    return f"{start}_{word}.csv" if is_text else f"{start}.{FORMS[exam.school_year].ending}"


def _subjects(sitting: Sitting, form: Form) -> list[str]:
    stated = [f"{name}（满分{full:g}）" for name, full in sitting.papers.items()]
    return [*(stated if form.states_marks else sitting.papers), *["总分"] * form.has_total]


def _row(
    session: Session, sitting: Sitting, index: int, names: list[str], absent: Any, has_total: bool
) -> Row:
    school, number = int(sitting.schools[index]), int(sitting.numbers[index])
    pairs = list(zip(sitting.marks[index].tolist(), sitting.status[index].tolist(), strict=True))
    marks = [_cell(mark, status, absent, number) for mark, status in pairs]
    total = [sum(mark for mark, status in pairs if not status)] * has_total
    room = f"{sitting.classes[index]}班"
    cells = [sitting.exam.code, names[school], room, pupil_number(number), pupil_name(number)]
    return Row([*cells, *marks, *total], school=session.attainment.schools[school].code)


def _cell(mark: float, status: int, absent: Any, number: int) -> Any:
    if status == VOID:
        return ("违纪", "作弊")[number % 2]
    return {ABSENT: absent, DEFERRED: "缓考"}.get(status, int(mark) if mark == int(mark) else mark)


def pupil_number(number: int) -> str:
    """A pupil's number in a region that does not exist, the same in every examination."""
    return f"G990{number:015d}"


def pupil_name(number: int) -> str:
    """A surname from the calendar's signs and a number: nobody's name."""
    surname = SURNAMES[number % 10] if number % 400 else RARE_SURNAMES[number % 3]
    return f"{surname}某{number % 10_000:04d}"

"""What is wrong in the sheets of papers and scores."""

from __future__ import annotations

from typing import Any

from warehouse.demo.exam_plan import SUBJECTS
from warehouse.demo.forms import as_text, full_width, plain, short_name, spaced
from warehouse.demo.places import COUNTY
from warehouse.demo.planter import Planter, Test
from warehouse.demo.sheets import Row, Sheet
from warehouse.demo.world import YEARS

ABSENCES = ("缺 考", "−1", "缺", "/", "未考")
SHORT = {
    "语文": "语",
    "数学": "数",
    "英语": "英",
    "物理": "物",
    "化学": "化",
    "道德与法治": "道法",
    "历史": "史",
}
TEN_TIMES_TOO_MUCH = 15.0  # a mark whose lost point makes more than any paper's full marks
EVERY = 4  # one sheet of so many has a kind of defect


def soil_exams(planter: Planter) -> None:
    """Make the files of examinations as schools and districts send them."""
    for sheet in planter.sheets("exam_papers"):
        _papers(planter, sheet)
    for at, sheet in enumerate(planter.sheets("exam_scores")):
        if sheet.name.startswith("初"):
            planter.head(sheet, None, "grade_words", sheet.name)
        _marks(planter, sheet, at)
        _pupils(planter, sheet, at)
        _average(planter, sheet)


def _papers(planter: Planter, sheet: Sheet) -> None:
    planter.change(sheet, "科目", 5, "term_variant", lambda word: SHORT.get(word, word))
    planter.change(sheet, "及格线", 4, "percent_text", lambda share: f"{share:.0%}")
    planter.change(sheet, "考试日期", 4, "date_form", lambda day: day.replace("-", "."))
    planter.change(sheet, "满分", 2, "number_as_text", as_text)


def _is_mark(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def _marked(at: int, least: float = 0.0) -> Test:
    return lambda row: _is_mark(row.values[at]) and row.values[at] > least


def _marks(planter: Planter, sheet: Sheet, number: int) -> None:
    """Marks in full-width digits, as text, with 分; marks above the paper's; words; marks for the absent."""
    subjects = [at for at, name in enumerate(sheet.columns) if name.startswith(SUBJECTS)]
    at = subjects[number % len(subjects)]
    forms = (
        ("fullwidth_digits", full_width, "fix"),
        ("number_as_text", as_text, "fix"),
        ("text_note", lambda mark: f"{plain(mark)}分", "fix"),
        ("mark_above_full", lambda mark: int(mark * 10), "null"),
        ("mark_in_words", lambda _: "优", "null"),
    )
    kind, form, treatment = forms[number % len(forms)]
    count = planter.number(2) if treatment == "null" else planter.number(6)
    for row in planter.rows(sheet, count, _marked(at, TEN_TIMES_TOO_MUCH)):
        mark = row.values[at]
        planter.set(row, at, kind, form(mark), treatment, mark)
    _absences(planter, sheet, at, number)


def _absences(planter: Planter, sheet: Sheet, at: int, number: int) -> None:
    absent = planter.rows(sheet, planter.number(5), lambda row: row.values[at] in (-1, "缺考"))
    for index, row in enumerate(absent):
        planter.set(row, at, "absence_mark", ABSENCES[(index + number) % len(ABSENCES)], "fix", "缺考")


def _pupils(planter: Planter, sheet: Sheet, number: int) -> None:
    """Numbers in lower case or missing, pupils listed twice, schools by their short names."""
    pupil = next(at for at, name in enumerate(sheet.columns) if name.endswith("学籍号"))
    if number % EVERY == 0:
        for row in planter.rows(sheet, planter.number(4)):
            planter.set(row, pupil, "id_lower_case", row.values[pupil].lower(), "fix", row.values[pupil])
        for row in planter.rows(sheet, planter.number(2)):
            planter.insert(
                sheet, len(sheet.rows), Row(list(row.values), school=row.school), "exact_duplicate", "fix"
            )
    if number % EVERY == 1 and sheet.school_year < YEARS[2]:
        _names(planter, sheet)
    if number % EVERY == 2:
        _twice(planter, sheet)
    if number == EVERY - 1:
        for row in planter.rows(sheet, 1):
            planter.set(row, pupil, "id_missing", None, "reject_row", row.values[pupil])


def _twice(planter: Planter, sheet: Sheet) -> None:
    """One pupil with two marks in one subject: neither counts."""
    at = sheet.column("数学")
    for row in planter.rows(sheet, 1, _marked(at)):
        again = Row(list(row.values), school=row.school)
        planter.set(row, at, "conflicting_mark", row.values[at], "null", row.values[at])
        planter.insert(sheet, len(sheet.rows), again, "conflicting_mark", "null")
        again.values[at] = row.values[at] - 0.5


def _names(planter: Planter, sheet: Sheet) -> None:
    world, at = planter.desk.county.world, sheet.column("学校")
    for row in planter.rows(sheet, planter.number(6)):
        school = world.schools[row.school]
        short = short_name(school.name, COUNTY)
        if (
            short != row.values[at]
            and not world.has_twin(sheet.school_year, school)
            and planter.alias(short, school)
        ):
            planter.set(row, at, "alias_name", short, "fix", row.values[at])
        else:
            planter.set(row, at, "odd_space", spaced(row.values[at]), "fix", row.values[at])


def _average(planter: Planter, sheet: Sheet) -> None:
    """A line of averages at the foot."""
    cells: list[Any] = ["平均分", *[None] * (len(sheet.columns) - 1)]
    for at, name in enumerate(sheet.columns):
        marks = [row.values[at] for row in sheet.rows if _is_mark(row.values[at])]
        if name.startswith(SUBJECTS) and marks:
            cells[at] = round(sum(marks) / len(marks), 1)
    planter.insert(sheet, len(sheet.rows), Row(cells), "subtotal_row", "fix")

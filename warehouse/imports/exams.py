"""Score sheets: which columns are subjects, what full marks a header states, which grade a title names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from warehouse.imports import score_marks
from warehouse.imports.dates import read_grade
from warehouse.imports.knowledge import Knowledge
from warehouse.imports.labels import SEPARATOR
from warehouse.imports.tables import Table
from warehouse.imports.text import squeeze

SCORES = "exam_scores"
SAMPLE_ROWS = 4_000
MOSTLY = 0.8
LARGEST_USUAL_SCORE = 1_000
NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_FULL_MARKS = re.compile(
    r"^(?P<name>.*?)[（\[【]?(?:卷面)?(?:满分|总分)?[值为:：]*(?P<marks>\d{2,3}(?:\.\d+)?)分?[）\]】]?$"
)
_STATES_MARKS = re.compile(r"满分|\d分|[（\[【]\d+(?:\.\d+)?[）\]】]$")
_SCORE_WORD = re.compile(r"(卷面|原始|考试|实际)?(成绩|分数|得分|分值)$|(卷面|原始|实得)分$")
_GROUP_WORD = re.compile(r"^(各|学|各学|考试|单)?科(目)?(成绩|分数)?$")
_NO_SUBJECT = re.compile(
    r"总分|总成绩|合计|总计|小计|名次|排名|位次|排位|等级|等第|均分|平均|折算|折合|赋分|标准分|百分位|增值|进步"
    r"|序号|编号|号$|考场|座位|座号|备注|说明|性别|年龄|出生|日期|时间|手机|电话|民族|户口|学年|年级|选科|类别|类型"
    r"|(班|校|县|区|市|级|年|联|省)(名|次|序|排)$|^(班|校|级|年级|县|区|市|全)(名|排|次)|缺考|参考|[TZ]分|^[TZ]$|率$"
)
_GRADE_IN_TITLE = re.compile(
    r"(?:小学|初中|高中)?[一二三四五六七八九]年级|(?<!\d)(?:[1-9]|1[0-2])年级|[初高](?:中)?[一二三](?:年级)?"
    r"|[一二三四五六七八九](?=（\d{1,2}）班?)"
)
_CLASS_SHEET = re.compile(r"（\d{1,2}）班?$|\d{1,2}班$|^[1-9]\d\d$|[一二三四五六七八九十]班$")
_WHOLE_PAPER = re.compile(r"(?<=..)(?:合卷|合科|同卷|合并|综合卷|试卷|卷)$")
_STAGE_GRADES = ((re.compile(r"初中|初级中学"), 6), (re.compile(r"高中|高级中学"), 9))
STAGE_YEARS = 3
_SUMMARY = (
    r"^(全?(县|区|市|镇|校|班|年级))?(平均分?|均分|最高分?|最低分?|标准差|及格率|合格率|优秀率|低分率"
    r"|(应|参|实|缺)考人?数|参考人数)$"
)
_FULL_MARKS_ROW = r"^(卷面|各科|试卷)?满分值?$"


@dataclass(frozen=True)
class Subject:
    """A column of scores: where it stands, its header, its subject, the full marks its header states."""

    at: int
    header: str
    name: str
    full_score: float | None
    is_known: bool


def read_subject(text: str, knowledge: Knowledge) -> str:
    """Return a subject's name: short forms by their full one, every other word as it is."""
    word = squeeze(text)
    short = _WHOLE_PAPER.sub("", word)
    return knowledge.subjects.get(word) or knowledge.subjects.get(short, word)


def find_subjects(table: Table, found: list[tuple[str, ...]], knowledge: Knowledge) -> list[Subject]:
    """Return the columns of no other meaning that are a subject by name, or by cells that are scores."""
    taken = {column.at for column in table.columns}
    subjects: dict[str, Subject] = {}
    for at, path in enumerate(found):
        named = _named(path, knowledge) if at not in taken else None
        if named is None:
            continue
        name, marks = named
        known = name in knowledge.subjects.values()
        header = SEPARATOR.join(path)
        if name in subjects:
            table.doubled.append((header, subjects[name].header))
        elif known or _holds_scores(table, at, knowledge):
            subjects[name] = Subject(at, header, name, marks, known)
    return list(subjects.values())


def _named(path: tuple[str, ...], knowledge: Knowledge) -> tuple[str, float | None] | None:
    """Return the subject and the full marks that a header path states, or None where it names none."""
    marks, words = None, []
    for text in path:
        word = squeeze(text).removesuffix("（分）")
        stated = _FULL_MARKS.match(word) if _STATES_MARKS.search(word) else None
        if stated:
            marks, word = float(stated["marks"]), stated["name"]
        if word:
            words.append(word)
    if not words or any(_NO_SUBJECT.search(word) for word in words):
        return None
    words = [short for word in words if (short := _SCORE_WORD.sub("", word)) and not _GROUP_WORD.match(short)]
    if not words or re.fullmatch(NUMBER, words[-1]):
        return None
    if len(words) > 1 and words[-2] in knowledge.subjects:  # 语文›作文 is a part of a paper.
        return None
    return read_subject(words[-1], knowledge), marks


def _holds_scores(table: Table, at: int, knowledge: Knowledge) -> bool:
    """True where the cells of a column are scores or marks of absence, a score at least among them."""
    cells = table.sheet.cells.slice(table.body_top).to_series(at)
    step = max(cells.len() // SAMPLE_ROWS, 1)
    text = score_marks.cleaned(pl.col("text"))
    frame = pl.DataFrame({"text": cells.gather_every(step)}).select(text=text).filter(pl.col("text") != "")
    seen = frame.select(
        number=pl.col("text").str.contains(NUMBER),
        mark=score_marks.meaning(pl.col("text"), knowledge.score_marks).is_not_null(),
        usual=pl.col("text").cast(pl.Float64, strict=False).abs() <= LARGEST_USUAL_SCORE,
    )
    numbers = seen.filter(pl.col("number") & pl.col("usual").fill_null(False)).height
    return numbers > 0 and numbers + int(seen["mark"].sum()) >= MOSTLY * seen.height


def grade_of(table: Table) -> int | None:
    """Return the grade that the sheet's name, its titles or the file's name give."""
    places = (table.sheet.name, *table.titles, table.sheet.file_name)
    for text in map(squeeze, places):
        if found := _GRADE_IN_TITLE.search(text):
            grade = read_grade(found[0])
            return _in_stage(grade, places) if grade else None
    return None


def class_of(table: Table) -> str | None:
    """Return the class that a sheet's name gives, where each class has a sheet of its own."""
    name = squeeze(table.sheet.name)
    return name if _CLASS_SHEET.search(name) else None


def _in_stage(grade: int, places: tuple[str, ...]) -> int:
    """一年级 of a junior school is grade 7, where a title says 初中."""
    if grade > STAGE_YEARS:
        return grade
    said = "".join(map(squeeze, places))
    return next((grade + years for word, years in _STAGE_GRADES if word.search(said)), grade)


def supplied(table: Table, constants: Mapping[str, str]) -> set[str]:
    """Return the fields a score sheet need not have: a grade in its title, a code where it names the exam."""
    named = table.column("exam_name") is not None or bool({"考试名称", "exam_name"} & set(constants))
    return {*(["exam_code"] if named else []), *(["grade"] if grade_of(table) else [])}


def is_long(table: Table, constants: Mapping[str, str]) -> bool:
    """True where each row is one subject's score."""
    subject = table.column("subject") is not None or bool({"科目", "学科", "subject"} & set(constants))
    return table.column("score") is not None and subject


def without_summaries(rows: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, float]]:
    """Leave out rows of averages and of full marks; return the full marks by column of the sheet."""
    names = [name for name in rows.columns if name != "row_number"]
    first = pl.coalesce(names).str.replace_all(r"\s", "")
    marked = rows.filter(first.str.contains(_FULL_MARKS_ROW))
    kept = rows.filter(~first.str.contains(_SUMMARY).fill_null(False))
    if marked.is_empty():
        return kept, {}
    stated = {name: _number(str(text)) for name, text in marked.head(1).row(0, named=True).items()}
    kept = kept.filter(~first.str.contains(_FULL_MARKS_ROW).fill_null(False))
    return kept, {name: marks for name, marks in stated.items() if marks is not None and name in names}


def _number(text: str) -> float | None:
    try:
        return float(text.strip())
    except ValueError:
        return None

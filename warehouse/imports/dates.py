"""Years, months and grades as people write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from warehouse.imports.text import squeeze

_DIGITS = {character: str(at) for at, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ｏ": "0",
}
_CHINESE_DATE = re.compile(
    r"^([〇零○一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月)?(?:([一二三四五六七八九十]{1,3})日)?$"
)
_DATE = re.compile(
    r"^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?(?:[T ]?\d{1,2}:\d{2}(:\d{2})?(\.\d+)?)?$"
)
_SPAN = re.compile(r"^(\d{4})[-/—–―－~～至](\d{4}|\d{2})(学年)?度?(第?[一二12]学期)?$")
_SPAN_IN_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/—–―~～至]((?:19|20)?\d\d)学年")
_YEAR_IN_TITLE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年|学年)")
_GRADE = re.compile(r"^([一二三四五六七八九十]{1,2}|\d{1,2})(?:年级|年)?$")
_NAMED_GRADE = re.compile(r"^(初|高)(?:中)?([一二三四123])(?:年级)?$")
_BESIDE_GRADE = re.compile(
    r"^20\d\d级(?=.)|(?:（\d{1,2}）|(?<=年级)\d{1,2})班?$|(?:[上下](?:学期|册|期)?|第[一二12]学期)$"
)
_COHORT = re.compile(r"^(小|初|高)?[中学]?(20\d\d)[级届](小|初|高)?[中学]?$")
STAGE_STARTS = {"小": (1, 6), "初": (7, 3), "高": (10, 3)}
SERIALS = range(7_000, 60_000)
FIRST_YEAR, LAST_YEAR = 1990, 2100


def chinese_number(text: str) -> int:
    """Return 一 … 九十九 as a number."""
    if "十" not in text:
        return int("".join(_DIGITS[character] for character in text))
    tens, _, ones = text.partition("十")
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)


def read_month(text: str) -> date | None:
    """Return the first day of the month a cell names, or None where it names none."""
    day = read_date(text)
    return day.replace(day=1) if day else None


def read_date(text: str) -> date | None:
    """Return the day a cell names, the first of its month where it names no day, or None.

    Accepts 2023.9, 202309, 2023年9月, 2023-09-01, 20230901, 二〇二三年九月 and Excel's serial days.
    """
    parts = _parts(squeeze(text))
    return _day(parts[0], parts[1], parts[2] or 1) if parts else None


def read_last_date(text: str) -> date | None:
    """Return the day a cell names, the last of its month where it names no day, or None."""
    parts = _parts(squeeze(text))
    if parts is None:
        return None
    first = _day(parts[0], parts[1], parts[2] or 1)
    if first is None or parts[2]:
        return first
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month and day (0 where there is none) of what is written like a date."""
    if found := _DATE.match(text):
        return int(found[1]), int(found[2]), int(found[3] or 0)
    if text.isdigit() and len(text) in (6, 8):
        return int(text[:4]), int(text[4:6]), int(text[6:] or 0)
    if re.fullmatch(r"\d{4,5}(\.\d+)?", text) and int(float(text)) in SERIALS:
        day = date(1899, 12, 30) + timedelta(days=int(float(text)))
        return day.year, day.month, day.day
    spelled = _CHINESE_DATE.match(text)
    if spelled and spelled[2]:
        year = int("".join(_DIGITS[character] for character in spelled[1]))
        return year, chinese_number(spelled[2]), chinese_number(spelled[3]) if spelled[3] else 0
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= LAST_YEAR else None
    except ValueError:
        return None


def read_school_year(text: str) -> int | None:
    """Return the year a school year starts in: 2024, 2024年, 2024-2025学年 are 2024."""
    text = squeeze(text)
    span = _SPAN.match(text)
    if span:
        return _span(span[1], span[2])
    found = re.fullmatch(r"(\d{4})(?:\.0+)?(?:年|学年|年度|学年度)?", text)
    return int(found[1]) if found and FIRST_YEAR <= int(found[1]) <= LAST_YEAR else None


def _span(first: str, second: str) -> int | None:
    follows = int(second) == (int(first) + 1) % (100 if len(second) == 2 else 10_000)
    return int(first) if follows and FIRST_YEAR <= int(first) <= LAST_YEAR else None


def school_year_in(title: str) -> int | None:
    """Return the school year a title speaks of: `2024-2025学年…` and `2024年…` are both 2024."""
    text = squeeze(title)
    for found in _SPAN_IN_TITLE.finditer(text):
        year = _span(found[1], found[2])
        if year:
            return year
    plain = _YEAR_IN_TITLE.search(text)
    return int(plain[1]) if plain else None


def read_year(text: str) -> int | None:
    """Return a calendar year from `1998`, `1998年` or a date."""
    text = squeeze(text)
    found = re.fullmatch(r"(1[89]\d\d|20\d\d)(?:\.0+)?年?", text)
    if found:
        return int(found[1])
    month = read_month(text)
    return month.year if month else None


def read_grade(text: str) -> int | None:
    """Return 1–12; 初一 is 7 and 高一 is 10; whether 一年级 of a junior school is 7 the caller knows.

    八年级上, 八（1）班 and 2022级（八年级） are 8. Of a year group (2023级) see `read_cohort`.
    """
    text = squeeze(text)
    if _COHORT.match(text):
        return None
    text = _BESIDE_GRADE.sub("", text).strip("（）")
    named = _NAMED_GRADE.match(text)
    if named:
        number = int(named[2]) if named[2].isdigit() else chinese_number(named[2])
        return (6 if named[1] == "初" else 9) + number
    found = _GRADE.match(
        re.sub(r"^(小学|初中|高中|小)(?=[一二三四五六七八九123])", "", text).removesuffix(".0")
    )
    if not found:
        return None
    number = int(found[1]) if found[1].isdigit() else chinese_number(found[1])
    return number if 1 <= number <= 12 else None


def read_cohort(text: str, school_year: int, stage: str) -> int | None:
    """Return the grade that a year group (2023级, 初2026届) is in, in a school year, or None.

    `stage` is 小, 初 or 高, for a text that does not say it. A year that has begun is the
    one they entered, a later one that in which they leave: some places name year groups by it.
    """
    found = _COHORT.match(squeeze(text))
    if found is None:
        return None
    first, years = STAGE_STARTS.get(found[1] or found[3] or stage, (0, 0))
    year = int(found[2])
    been = school_year - year if year <= school_year else years - (year - school_year)
    return first + been if 0 <= been < years else None

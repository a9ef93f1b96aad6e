"""The many ways in which people write the same value: pure functions from a clean value to a dirty one."""

from __future__ import annotations

from typing import Any

FULL_WIDTH = {
    ord(half): half_to for half, half_to in zip("0123456789.", "０１２３４５６７８９．", strict=True)
}
NUMERALS = "〇一二三四五六七八九"
GRADES = {
    7: ("七年级", "七", "初一", "一年级"),
    8: ("八年级", "八", "初二", "二年级"),
    9: ("九年级", "九", "初三", "三年级"),
}
MISSING = ("—", "/", "*", "-", "无")


def plain(value: Any) -> str:
    """Write a clean cell as text (30.0 → 30)."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def full_width(value: Any) -> str:
    """１２３４."""
    return plain(value).translate(FULL_WIDTH)


def thousands(value: Any) -> str:
    """12,345.6 (values of a thousand and more)."""
    return f"{value:,}"


def as_text(value: Any) -> str:
    """The number as text."""
    return plain(value)


def spaced(name: str) -> str:
    """Trailing, leading ideographic, inner, line-break or no-break space, one of them for each name."""
    choice = sum(map(ord, name))
    middle = len(name) // 2
    forms = (f"{name} ", f"\u3000{name}", f"{name[:middle]} {name[middle:]}", f"{name}\n", f"{name}\u00a0")
    return forms[choice % len(forms)]


def other_brackets(name: str) -> str:
    """Half-width brackets for full-width ones."""
    return name.replace("（", "(").replace("）", ")")


def short_name(name: str, county: str) -> str:
    """What colleagues say: 县一小 for 青禾县第一小学, 云溪初中 for 云溪镇初级中学."""
    if name.startswith(f"{county}第") and not name.endswith("）"):
        numeral = name.removeprefix(f"{county}第").rstrip("小中学")
        return f"县{numeral}{'小' if name.endswith('小学') else '中'}"
    return (
        name.replace("镇初级中学", "初中")
        .replace("乡初级中学", "初中")
        .replace("镇中心小学", "中心校")
        .replace("乡中心小学", "中心校")
        .replace("教学点", "点")
    )


def month_form(month: str, choice: int) -> Any:
    """2018-09 as 2018.9, 201809, 2018年9月, 2018/9/1, 二〇一八年九月 or Excel's day number."""
    year, number = month.split("-")
    chinese = "".join(NUMERALS[int(digit)] for digit in year)
    spoken = ("", *NUMERALS[1:], "十", "十一", "十二")[int(number)]
    forms = (
        f"{year}.{int(number)}",
        f"{year}{number}",
        f"{year}年{int(number)}月",
        f"{year}/{int(number)}/1",
        f"{chinese}年{spoken}月",
        day_number(int(year), int(number)),
    )
    return forms[choice % len(forms)]


def day_number(year: int, month: int) -> int:
    """Excel's number of the first day of a month (45170 = 2023-09-01)."""
    before = year * 365 + (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400
    lengths = (
        31,
        29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28,
        31,
        30,
        31,
        30,
        31,
        31,
        30,
        31,
        30,
    )
    return before + sum(lengths[: month - 1]) + 1 - 693959

"""How figures are written: values with 2 decimals, coefficients with 3, shares with 1 and a %."""

from __future__ import annotations

import math
from datetime import datetime

MISSING = "—"


def number(value: float | None, decimals: int = 0) -> str:
    """Write a quantity with thousands separators; a missing one is a dash."""
    if value is None or math.isnan(value):
        return MISSING
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def coefficient(value: float | None) -> str:
    """Write a difference coefficient with the official three decimals."""
    return number(value, 3)


def percent(share: float | None, decimals: int = 1) -> str:
    """Write a share (0–1) as a percentage."""
    return MISSING if share is None else number(share * 100, decimals) + "%"


def signed(value: float | None, decimals: int = 0) -> str:
    """Write a change with its sign; no change is ±0."""
    text = number(value, decimals)
    if text == MISSING or text.startswith("−"):
        return text
    return "±" + text if not float(text.replace(",", "")) else "+" + text


def amount(value: float | None, unit: str) -> str:
    """Write a whole need, rounded up: nobody can supply three tenths of a teacher."""
    if value is None:
        return MISSING
    return f"{math.ceil(round(value, 6)):,}\u202f{unit}"


def day(moment: datetime | None) -> str:
    """Write a date as 2024-09-01."""
    return MISSING if moment is None else f"{moment:%Y-%m-%d}"


WAN = 10_000
IN_WAN = {"元": "万元"}


def need(value: float | None, unit: str) -> str:
    """Write what is still wanted in its natural unit, rounded up; large sums of yuan in 万元 with one decimal."""
    if value is None:
        return MISSING
    if unit in IN_WAN and value >= WAN:
        return f"{math.ceil(round(value / WAN * 10, 6)) / 10:,.1f}\u202f{IN_WAN[unit]}"
    return amount(value, unit)


def spare(value: float | None, unit: str) -> str:
    """Write what there is to spare, rounded down: half a teacher cannot be lent."""
    if value is None:
        return MISSING
    if unit in IN_WAN and value >= WAN:
        return f"{math.floor(round(value / WAN * 10, 6)) / 10:,.1f}\u202f{IN_WAN[unit]}"
    return f"{math.floor(round(value, 6)):,}\u202f{unit}"


def exact(value: float | None, decimals: int = 4) -> str:
    """Write a figure with no more decimals than it has: 7, 946, 0.765."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text

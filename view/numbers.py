"""How figures are written: values with 2 decimals, coefficients with 3, shares with 1 and a %."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"
SIGNIFICANT = 15
Write = Callable[[float | None], str]


def number(value: float | None, decimals: int = 0) -> str:
    """Write a quantity with thousands separators; a missing one is a dash."""
    if value is None or math.isnan(value):
        return MISSING
    text = f"{rounded(value, decimals):,f}"
    return text.replace("-", "−") if float(text.replace(",", "")) else text.lstrip("-")


def rounded(value: float, decimals: int) -> Decimal:
    """Round half up what the figure says with 15 digits, as the forms do: 0.125 gives 0.13."""
    step = Decimal(1).scaleb(-decimals)
    return Decimal(f"{value:.{SIGNIFICANT}g}").quantize(step, ROUND_HALF_UP)


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


SHORT = {"平方米": "m²"}


def money(unit: str) -> tuple[float, str, int]:
    """Return how amounts of a unit are shown: divisor, unit and decimals. Yuan are told in ten thousands."""
    if unit == "元":
        return 10_000.0, "万元", 1
    if unit == "yuan":
        return 1_000.0, "thousand yuan", 1
    return 1.0, SHORT.get(unit, unit), 0


def wanted(value: float, unit: str) -> float:
    """Return a need in the unit of its column, rounded up: nobody can supply three tenths of a teacher."""
    divisor, _unit, decimals = money(unit)
    fine = 10**decimals
    return math.ceil(round(value / divisor * fine, 6)) / fine


def _with_unit(count: float, decimals: int, unit: str) -> str:
    """Join a figure and its unit: closely in Chinese, with a space and in the singular in English."""
    text = f"{count:,.{decimals}f}"
    if not unit[:1].isascii() or len(unit) <= len(SHORT["平方米"]):
        return f"{text}\u202f{unit}"
    return f"{text}\u00a0{unit.removesuffix('s') if text == '1' else unit}"


def need(value: float | None, unit: str) -> str:
    """Write what is still wanted with its unit, rounded up; large sums of money in their larger unit."""
    if value is None:
        return MISSING
    divisor, shown, decimals = money(unit)
    if value < divisor:
        return _with_unit(math.ceil(round(value, 6)), 0, SHORT.get(unit, unit))
    return _with_unit(wanted(value, unit), decimals, shown)


def spare(value: float | None, unit: str) -> str:
    """Write what there is to spare, rounded down: half a teacher cannot be lent."""
    if value is None:
        return MISSING
    divisor, shown, decimals = money(unit)
    if value < divisor:
        return _with_unit(math.floor(round(value, 6)), 0, SHORT.get(unit, unit))
    fine = 10**decimals
    return _with_unit(math.floor(round(value / divisor * fine, 6)) / fine, decimals, shown)


def day(moment: datetime | None) -> str:
    """Write a date as 2024-09-01."""
    return MISSING if moment is None else f"{moment:%Y-%m-%d}"


def moment(instant: datetime | None) -> str:
    """Write an instant as 2024-09-01 08:30 in this machine's time."""
    return MISSING if instant is None else f"{instant.astimezone():%Y-%m-%d %H:%M}"


def clock(text: str) -> str:
    """Write an instant kept as text (UTC) as 2024-09-01 08:30 in this machine's time."""
    return moment(datetime.fromisoformat(text.replace("Z", "+00:00")))


def exact(value: float | None, decimals: int = 4) -> str:
    """Write a figure with no more decimals than it has: 7, 946, 0.765."""
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text

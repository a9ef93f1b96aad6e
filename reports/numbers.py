"""How the official forms write figures: rounded half up, as people round."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

MISSING = "—"
TEN_THOUSANDS = frozenset({"people", "money"})
"""Kinds that the forms count in 万: 万人 and 万元."""
DECIMALS = {"value": 2, "coefficient": 3, "percent": 1, "people": 2, "count": 0, "amount": 0, "money": 2}
"""Decimals by kind of figure: school values and means 2, coefficients 3, percentages 1, 万人 2, counts 0."""
FORMATS = {
    "value": "#,##0.00",
    "coefficient": "0.000",
    "percent": "0.0%",
    "people": "0.00",
    "count": "#,##0",
    "exact": "0.0000",
    "line": "General",
    "amount": "#,##0",
    "money": "#,##0.00",
}
"""The same in a workbook's number formats."""
SIGNIFICANT = 15


def rounded(value: float, decimals: int) -> Decimal:
    """Round half up what the figure says with 15 digits: 0.125 gives 0.13, 2.675 gives 2.68."""
    return Decimal(f"{value:.{SIGNIFICANT}g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def counted(value: float, kind: str) -> float:
    """Return a figure in the unit the forms count its kind in.

    An `amount` still wanted is rounded up: nobody can supply three tenths of a teacher.
    """
    if kind == "amount":
        return math.ceil(round(value, 6))
    return value / 10_000 if kind in TEN_THOUSANDS else value


def written(value: float | str | None, kind: str) -> str:
    """Write a figure of a kind as the forms do; a missing one is a dash."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return MISSING
    if isinstance(value, str):
        return value
    if kind in ("exact", "line"):
        return f"{value:.12g}"
    if kind == "short":
        return f"{rounded(value, 4).normalize():f}"
    if kind == "percent":
        return f"{rounded(value * 100, DECIMALS[kind])}%"
    shown = f"{rounded(counted(value, kind), DECIMALS[kind]):,f}"
    return shown.removeprefix("-") if not float(shown.replace(",", "")) else shown

"""A county figure opened: its formula with the numbers filled in, step by step."""

from __future__ import annotations

from html import escape

import polars as pl

from view import numbers
from view.controls import Pick
from view.names import Row, spoken
from view.texts import _


def _line(what: str, working: str, result: str) -> str:
    return f'<tr><th scope="row">{escape(what)}</th><td class="wrap">{working}</td><td class="n"><b>{escape(result)}</b></td></tr>'


def _mean(indicator: Row, schools: pl.DataFrame, row: Row, decimals: int) -> str:
    known = schools.filter(pl.col("value").is_not_null())
    above, below = known["numerator"].sum(), known["denominator"].sum()
    scale = float(indicator.get("scale") or 1)
    times = f" × {numbers.number(scale)}" if scale != 1 else ""
    unit = escape(spoken(indicator, "numerator_unit"))
    working = f"X = Σr ÷ Σn{times} = {numbers.number(above, 0)} {unit} ÷ {numbers.number(below)} {_('人')}{times}"
    return _line(_("县均值"), working, numbers.number(row["county_mean"], decimals))


def county(pick: Pick, schools: pl.DataFrame, row: Row, *, is_open: bool = False) -> str:
    """Return how mean, standard deviation and coefficient of one indicator come out, numbers filled in."""
    indicator = pick.names.indicator(pick.standard, row["stage"], row["indicator_code"])
    decimals = int(indicator.get("decimals") or 2)
    mean, spread = numbers.number(row["county_mean"], decimals + 2), numbers.number(row["std_dev"], decimals + 2)
    name = f"{spoken(indicator, 'numerator_name')} ÷ {_('在校生数')}"
    lines = [
        _line(_("学校值"), f"x = r ÷ n{' × ' + numbers.number(indicator['scale']) if indicator.get('scale') not in (None, 1) else ''}（{escape(name)}）", ""),
        _mean(indicator, schools, row, decimals),
        _line(_("标准差"), f"S = √Σ(n ÷ N)(x − X)², N = {numbers.number(schools.filter(pl.col('value').is_not_null())['students'].sum())}", numbers.number(row["std_dev"], decimals)),
        _line(_("差异系数"), f"CV = S ÷ X = {spread} ÷ {mean}", numbers.coefficient(row["cv"])),
    ]
    if row["cv_limit"] is not None and row["cv"] is not None:
        sign = "≤" if row["status"] == "met" else "·" if row["status"] == "missing" else ">"
        word = pick.names.label("balance_status", row["status"])
        lines.append(_line(_("判定"), f"{numbers.number(row['cv'], 4)} {sign} {numbers.number(row['cv_limit'], 2)}", word))
    note = _("按学生数加权，总体标准差；按未取整的值判定。每所学校的 r 与 n 见学校画像，可追到文件、工作表和行。")
    state = " open" if is_open else ""
    return (
        f"<details{state}><summary>{_('这个差异系数怎么算：公式与代入')}</summary>"
        f'<div class="scroll"><table class="formula"><tbody>{"".join(lines)}</tbody></table></div><p class="note">{note}</p></details>'
    )

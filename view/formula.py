"""A county figure opened: its formula with the numbers filled in, step by step."""

from __future__ import annotations

from html import escape

import polars as pl

from view import numbers
from view.controls import Pick
from view.corrected import mark
from view.names import Row, spoken
from view.texts import _


def _line(what: str, working: str, result: str) -> str:
    figure = f'<td class="n"><b>{escape(result)}</b></td>'
    return f'<tr><th scope="row">{escape(what)}</th><td class="wrap">{working}</td>{figure}</tr>'


def county(pick: Pick, schools: pl.DataFrame, row: Row) -> str:
    """Return how mean, standard deviation and coefficient of one indicator come out, numbers filled in."""
    item = pick.names.indicator(pick.standard, row["stage"], row["indicator_code"])
    decimals = int(item.get("decimals") or 2)
    known = schools.filter(pl.col("value").is_not_null())
    amount, pupils = (numbers.exact(float(known[field].sum())) for field in ("numerator", "denominator"))
    times = f" × {numbers.exact(item['scale'])}" if item.get("scale") not in (None, 1) else ""
    mean, spread = (numbers.number(row[field], decimals + 2) for field in ("county_mean", "std_dev"))
    above = escape(f"{spoken(item, 'numerator_name')} ÷ {_('在校生数')}")
    unit = escape(spoken(item, "numerator_unit"))
    lines = [
        _line(_("学校值"), f"x = r ÷ n{times}（{above}）", ""),
        _line(
            _("县均值"),
            f"X = Σr ÷ Σn{times} = {amount} {unit} ÷ {pupils} {_('人')}{times}",
            numbers.number(row["county_mean"], decimals),
        ),
        _line(_("标准差"), f"S = √Σ(n ÷ N)(x − X)², N = {pupils}", numbers.number(row["std_dev"], decimals)),
        _line(_("差异系数"), f"CV = S ÷ X = {spread} ÷ {mean}", numbers.coefficient(row["cv"]) + mark(row)),
    ]
    if row["cv_limit"] is not None and row["cv"] is not None:
        sign = "≤" if row["status"] == "met" else "·" if row["status"] == "missing" else ">"
        word = pick.names.label("balance_status", row["status"])
        lines.append(
            _line(
                _("判定"), f"{numbers.number(row['cv'], 4)} {sign} {numbers.number(row['cv_limit'], 2)}", word
            )
        )
    note = _(
        "按学生数加权，总体标准差；按未取整的值判定。每所学校的 r 与 n 见学校画像，可追到文件、工作表和行。"
    )
    return (
        f"<details><summary>{_('这个差异系数怎么算：公式与代入')}</summary>"
        f'<div class="scroll"><table class="formula"><tbody>{"".join(lines)}</tbody></table></div>'
        f'<p class="note">{note}</p></details>'
    )

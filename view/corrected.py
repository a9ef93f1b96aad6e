"""The mark of a figure that a correction of the county has changed, wherever it is shown."""

from __future__ import annotations

from view.names import Row
from view.texts import _

SIGN = "※"


def mark(row: Row, field: str = "is_corrected") -> str:
    """Return the sign behind a figure that a corrected cell is part of, else nothing."""
    return SIGN if row.get(field) else ""


def sign(row: Row, field: str = "is_corrected") -> str:
    """Return the sign as HTML that says what it means."""
    if not row.get(field):
        return ""
    return f'<abbr class="fix" title="{_("含更正的数据，原值和理由见学校画像")}">{SIGN}</abbr>'


def told(schools: int) -> str:
    """Return what the sign means and how many schools' figures of the year bear it; nothing without any."""
    if not schools:
        return ""
    return _("{sign} 含更正的数据（本学年 {n} 所学校），原值和理由见学校画像", sign=SIGN, n=schools)

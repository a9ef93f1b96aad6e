"""Colours, the style sheet, and how charts look; one place for each."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import streamlit as st

INK, SOFT, RULE, TRACK, ACCENT = "#1B2733", "#56626D", "#D8DEE4", "#EEF1F4", "#1F4E8C"
BAR, BAR_SOFT = "#8495A6", "#A9BACB"
STATUS = {
    "met": "#2A938C",
    "near": "#D98E04",
    "below": "#B3261E",
    "missing": "#7A858F",
    "not_tested": "#8495A6",
    "not_met": "#B3261E",
    "compliant": "#2A938C",
    "not_compliant": "#B3261E",
    "incomplete": "#7A858F",
    "reached": "#2A938C",
    "behind": "#B3261E",
}
FONT = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
CHART: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "padding": {"left": 2, "top": 4, "right": 4, "bottom": 2},
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelColor": SOFT,
        "titleColor": SOFT,
        "domainColor": RULE,
        "gridColor": TRACK,
        "tickColor": RULE,
        "labelPadding": 6,
    },
    "text": {"fontSize": 12, "color": INK},
    "header": {"labelFontSize": 13, "labelColor": INK, "labelFontWeight": "bold", "title": None},
}


@lru_cache(maxsize=1)
def _sheet() -> str:
    sheets = sorted(Path(__file__).parent.glob("theme*.css"))
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def apply(county: str = "") -> None:
    """Send the style sheet, which also writes the county's name over the side bar; it takes no room."""
    name = "".join(letter for letter in county if letter.isalnum() or letter in " -·（）()")
    st.html(f"<style>{_sheet()}:root {{ --county: '{name}'; }}</style>")

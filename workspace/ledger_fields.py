"""What may be written into a ledger entry, and from which state to which it may go."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from workspace.refusals import RefusedError

EDITABLE = (
    "problem",
    "measure",
    "responsible_unit",
    "responsible_person",
    "deadline",
    "progress",
    "state",
    "closing",
)
"""The fields that people write, each a text; what an entry is about never changes."""

FIELDS = {
    "problem": ("问题", "Problem"),
    "measure": ("整改措施", "Measure"),
    "responsible_unit": ("责任单位", "Responsible unit"),
    "responsible_person": ("责任人", "Responsible person"),
    "deadline": ("完成时限", "Deadline"),
    "progress": ("进展", "Progress"),
    "state": ("状态", "State"),
    "closing": ("销号依据", "Grounds for closing"),
}

STATES = {
    "open": ("未开始", "Not started", "○"),
    "working": ("整改中", "In progress", "◐"),
    "checking": ("待核", "To be verified", "◇"),
    "closed": ("已销号", "Closed", "●"),
    "dropped": ("已撤销", "Withdrawn", "–"),
}
"""Each state with its words and its shape."""

MOVES = {
    "open": ("working", "checking", "dropped"),
    "working": ("open", "checking", "dropped"),
    "checking": ("working", "closed", "dropped"),
    "closed": ("working",),
    "dropped": ("open",),
}
"""Where an entry may go next. Figures that show the shortfall gone close it from anywhere before."""

PENDING = ("open", "working", "checking")
LONGEST = 4000
YEARS = range(2000, 2100)
_CONTROL = {code: None for code in range(32) if chr(code) not in "\n\t"}
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")


def clean(field: str, value: object) -> str:
    """Return a field's text as it is kept; RefusedError when it cannot be one."""
    text = "" if value is None else str(value)
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(c for c in text.translate(_CONTROL) if unicodedata.category(c) not in ("Cs", "Cn")).strip()
    if len(text) > LONGEST:
        zh, en = FIELDS.get(field, ("评论", "Comment"))
        raise RefusedError(
            f"“{zh}”最多 {LONGEST} 字，收到 {len(text)} 字。请写短一些，详细材料作为佐证上传。",
            f"“{en}” holds at most {LONGEST} characters, got {len(text)}. Attach long texts as evidence.",
        )
    if field == "deadline":
        return day(text)
    return state(text) if field == "state" else text


def day(text: str) -> str:
    """Return a date as 2025-06-30, or an empty text; RefusedError for what is no day."""
    if not text:
        return ""
    found = _DAY.fullmatch(text)
    try:
        if found and int(found[1]) in YEARS:
            return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        pass
    raise RefusedError(
        f"“{text}”不是日期。请写成 2025-06-30 这样的日期。", f"“{text}” is no date. Write it as 2025-06-30."
    )


def state(text: str) -> str:
    """Return a state's code from its code or its word in either language."""
    for code, (zh, en, _shape) in STATES.items():
        if text.casefold() in (code, zh, en.casefold()):
            return code
    known = "、".join(zh for zh, _en, _shape in STATES.values())
    english = ", ".join(en for _zh, en, _shape in STATES.values())
    raise RefusedError(
        f"“{text}”不是台账的状态，应为其中之一：{known}。",
        f"“{text}” is no state of the ledger; use one of: {english}.",
    )


def check_move(before: str, after: Mapping[str, str], *, on_figures: bool = False) -> None:
    """Refuse a step the ledger does not know, and closing without saying on what grounds."""
    goal = after["state"]
    if goal == before:
        return
    if goal not in MOVES[before] and not (on_figures and goal == "closed" and before in PENDING):
        raise _no_way(before, goal)
    if goal == "closed" and not after["closing"]:
        raise RefusedError(
            "销号要写明依据（“销号依据”一栏），例如核查日期和核查结果。",
            "Closing needs its grounds (“Grounds for closing”), for example who verified it and when.",
        )


def _no_way(before: str, goal: str) -> RefusedError:
    zh = "、".join(STATES[code][0] for code in MOVES[before])
    en = ", ".join(STATES[code][1] for code in MOVES[before])
    return RefusedError(
        f"状态不能从“{STATES[before][0]}”直接改为“{STATES[goal][0]}”，可以改为：{zh}。",
        f"An entry cannot go from “{STATES[before][1]}” to “{STATES[goal][1]}”; it can go to: {en}.",
    )

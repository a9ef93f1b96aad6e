"""Goals and limits as a reader names them, turned into a wish the planner understands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from planning.exchange_ask import GROUPS, STAGES, Ask
from planning.exchange_problem import MARKS
from warehouse.errors import JunhengError

GOALS = ("thresholds", "coefficients", "target", *MARKS)
"""Each school's thresholds, all coefficients, the duty of exchange, or the coefficient of one indicator."""


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError
        return text

    return read


def _positive(text: str) -> float:
    value = float(text)
    if value < 0:
        raise ValueError
    return value


def _count(text: str) -> int:
    if int(text) < 0:
        raise ValueError
    return int(text)


READERS: dict[str, Callable[[str], Any]] = {
    "who": _one_of("eligible", "all"),
    "subject": str,
    "duty": str,
    "leave": _count,
    "total": _count,
    "within": _one_of(*GROUPS),
    "first": _one_of(*GROUPS),
    "km": _positive,
    "lock": str,
    "margin": _positive,
    "lost": _one_of("hold", "spare"),
    "losses": _one_of("refuse", "allow"),
    "per_class_primary": _positive,
    "per_class_junior": _positive,
}
"""What each limit takes."""
SEVERAL = {"subject": "subjects", "duty": "duty_statuses", "lock": "locked"}
FIELDS = {
    "leave": "leave_most",
    "total": "total",
    "within": "within",
    "first": "first",
    "km": "most_km",
    "margin": "margin",
}


def wish(usual: Ask, stages: Sequence[str], goals: Sequence[str], limits: Sequence[tuple[str, str]]) -> Ask:
    """Return the wish of a reader: what is not named stays as usual."""
    known = [_read(name, text) for name, text in limits]
    ask = replace(usual, stages=tuple(stages) or STAGES)
    if goals:
        ask = _aimed(ask, goals)
    several: dict[str, Any] = {
        field: tuple(value for found, value in known if found == name) for name, field in SEVERAL.items()
    }
    ask = replace(ask, **several)
    for name, value in known:
        ask = _limited(ask, name, value)
    return ask


def _aimed(ask: Ask, goals: Sequence[str]) -> Ask:
    unknown = sorted(set(goals) - set(GOALS))
    if unknown:
        raise JunhengError(
            f"没有“{unknown[0]}”这个目标。可用：{'、'.join(GOALS)}。",
            f"There is no goal “{unknown[0]}”; there are {', '.join(GOALS)}.",
            2,
        )
    chosen = MARKS if "coefficients" in goals else tuple(mark for mark in MARKS if mark in goals)
    return replace(ask, thresholds="thresholds" in goals, coefficients=chosen, target="target" in goals)


def _read(name: str, text: str) -> tuple[str, Any]:
    if name not in READERS:
        raise JunhengError(
            f"没有“{name}”这个限制。可用：{'、'.join(READERS)}。",
            f"There is no limit “{name}”; there are {', '.join(READERS)}.",
            2,
        )
    try:
        return name, READERS[name](text)
    except ValueError as wrong:
        raise JunhengError(
            f"限制 {name} 的值“{text}”不对。", f"The limit {name} cannot be “{text}”.", 2
        ) from wrong


def _limited(ask: Ask, name: str, value: Any) -> Ask:
    if name in FIELDS:
        return replace(ask, **{FIELDS[name]: value})
    if name == "who":
        return replace(ask, only_eligible=value == "eligible")
    if name == "lost":
        return replace(ask, spares_lost=value == "spare")
    if name == "losses":
        return replace(ask, keeps_met=value == "refuse")
    if name.startswith("per_class_"):
        return replace(
            ask, per_class=tuple((dict(ask.per_class) | {name.removeprefix("per_class_"): value}).items())
        )
    return ask

"""What a planner wants of an exchange: the goals that must hold, and the limits it must keep."""

from __future__ import annotations

from dataclasses import dataclass

from planning.exchange_problem import MARKS

STAGES = ("primary", "junior")
GROUPS = ("township", "consortium")


@dataclass(frozen=True)
class Ask:
    """Goals and limits of one plan; what is not limited is None or empty.

    `margin` raises every line and lowers every limit by a share. `spares_lost` asks nothing of schools that
    no exchange can save. `keeps_met` lets nothing that is met today be lost, chosen as a goal or not.
    """

    stages: tuple[str, ...] = STAGES
    thresholds: bool = True
    coefficients: tuple[str, ...] = MARKS
    target: bool = False
    margin: float = 0.0
    spares_lost: bool = False
    keeps_met: bool = True
    only_eligible: bool = True
    subjects: tuple[str, ...] = ()
    duty_statuses: tuple[str, ...] = ()
    leave_most: int | None = None
    total: int | None = None
    within: str = ""
    first: str = ""
    most_km: float | None = None
    locked: tuple[str, ...] = ()
    per_class: tuple[tuple[str, float], ...] = ()
    """Teachers a class that a sending school keeps, as pairs of stage and figure."""

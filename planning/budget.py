"""In which order to spend over the years, so that most pupils reach the standard soonest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

SECONDS = 4.0
GAP = 1e-3


@dataclass(frozen=True)
class Project:
    """One school's purchases: what they cost, and how many pupils then learn in a compliant school."""

    school: str
    yuan: float
    pupils: float


@dataclass(frozen=True)
class Schedule:
    """The year (1 is the first) in which each project is finished; None where the money does not reach."""

    years: dict[str, int | None]
    pupil_years: float
    bound: float
    """No order gives more pupil-years."""


def schedule(projects: list[Project], budgets: list[float]) -> Schedule:
    """Return the order that gives most pupil-years in compliant schools; money left over is carried on.

    A project counts when it is wholly paid. Of equal orders the one that finishes cheaper projects first.
    """
    if not projects:
        return Schedule({}, 0.0, 0.0)
    count, years = len(projects), len(budgets)
    yuan = np.array([project.yuan for project in projects])
    pupils = np.array([project.pupils for project in projects])
    unit = max(float(yuan.max()), 1.0)
    worth = np.repeat(pupils + 1e-3 * (1 - yuan / (2 * unit)), years)
    spent = np.kron(yuan / unit, np.eye(years))
    later = np.kron(np.eye(count), np.eye(years)[:-1] - np.eye(years, k=1)[:-1])
    limits = [LinearConstraint(spent, -np.inf, np.cumsum(budgets) / unit * (1 + 1e-9))]
    if years > 1:
        limits.append(LinearConstraint(later, -np.inf, 0))
    found = milp(
        -worth,
        integrality=np.ones(count * years),
        bounds=Bounds(0, 1),
        constraints=limits,
        options={"time_limit": SECONDS, "mip_rel_gap": GAP},
    )
    done = np.zeros((count, years)) if found.x is None else np.round(found.x).reshape(count, years)
    first = [int(np.argmax(row)) + 1 if row.any() else None for row in done]
    reached = float((done * pupils[:, None]).sum())
    bound = -float(found.mip_dual_bound) if found.mip_dual_bound is not None else reached
    names = [project.school for project in projects]
    return Schedule(dict(zip(names, first, strict=True)), reached, max(bound, reached))

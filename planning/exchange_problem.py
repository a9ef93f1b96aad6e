"""The question of an exchange plan in arrays: what each school and stage has, needs and may give."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

MARKS = ("R1", "R2", "R3")
"""A teacher's marks, each by its indicator: required education exceeded, backbone, sports or arts."""
KINDS = np.array([[kind >> mark & 1 for mark in range(len(MARKS))] for kind in range(2 ** len(MARKS))])
"""One row a kind of teacher, one column a mark."""
BACKBONE = KINDS[:, 1] == 1
NOISE = 1e-12
"""Binary noise of a sum, far below the tolerance of the comparisons."""
FREE = 10_000
"""More teachers than any limit: no limit."""


@dataclass(frozen=True)
class Target:
    """The duty of exchange: a share of the eligible, and of backbone teachers among the exchanged."""

    share: float
    eligible: int
    backbone_share: float


@dataclass(frozen=True)
class Problem:
    """One row of each array is a school's stage (a cell); columns are marks or kinds of teachers.

    `to_line` and `to_floor` are the least changes of a count that reach the threshold and its 85 %; at most
    `shortfalls` marks of a cell may stay between the two. A cell whose figures are missing has `known` false:
    nothing is asked of it, and nobody moves; what it has of a mark (`valued`) counts in the coefficient.
    """

    schools: tuple[str, ...]
    stages: tuple[str, ...]
    pupils: np.ndarray
    counts: np.ndarray
    known: np.ndarray
    to_line: np.ndarray
    to_floor: np.ndarray
    shortfalls: np.ndarray
    supply: np.ndarray
    eligible: np.ndarray
    may_receive: np.ndarray
    leave_cap: np.ndarray
    spare: np.ndarray
    cv_limits: dict[tuple[str, int], float] = field(default_factory=dict)
    allowed: np.ndarray | None = None
    target: Target | None = None
    total: int | None = None
    tolerance: float = 1e-9
    valued: np.ndarray | None = None
    """Of which marks a cell has a figure; of all where its figures are known, unless it is said."""

    @property
    def cells(self) -> int:
        """How many school stages there are."""
        return len(self.schools)

    @property
    def stage_list(self) -> list[str]:
        """The stages there are, in the order they come."""
        return list(dict.fromkeys(self.stages))

    def within(self, stage: str) -> np.ndarray:
        """Return which cells with known figures belong to a stage."""
        return (np.array(self.stages) == stage) & self.known

    def measured(self, stage: str, mark: int) -> np.ndarray:
        """Return which cells of a stage the coefficient of a mark is made of."""
        valued = self.known if self.valued is None else self.valued[:, mark]
        return (np.array(self.stages) == stage) & valued

    def pairs(self) -> np.ndarray:
        """Return from which cell to which a teacher may move: within a stage, never to the same school."""
        stages = np.array(self.stages)
        open_pairs = (stages[:, None] == stages[None, :]) & ~np.eye(self.cells, dtype=bool)
        return open_pairs if self.allowed is None else open_pairs & self.allowed

    def only(self, stage: str) -> Problem:
        """Return the part of one stage: stages share no teacher, only the target and the total."""
        chosen = np.array(self.stages) == stage
        arrays = {
            name: getattr(self, name)[chosen]
            for name in [
                "pupils",
                "counts",
                "known",
                "to_line",
                "to_floor",
                "shortfalls",
                "supply",
                "eligible",
                "may_receive",
                "leave_cap",
                "spare",
            ]
        }
        return replace(
            self,
            **arrays,
            schools=tuple(code for code, held in zip(self.schools, chosen, strict=True) if held),
            stages=tuple(stage for held in chosen if held),
            cv_limits={key: limit for key, limit in self.cv_limits.items() if key[0] == stage},
            allowed=None if self.allowed is None else self.allowed[np.ix_(chosen, chosen)],
            valued=None if self.valued is None else self.valued[chosen],
        )


def spread(problem: Problem, counts: np.ndarray, stage: str, mark: int) -> tuple[float, float]:
    """Return the squared coefficient of one indicator for these counts, and the most it may be."""
    cells = problem.measured(stage, mark)
    pupils, held = problem.pupils[cells], counts[cells, mark]
    mean = held.sum() / pupils.sum()
    limit = (problem.cv_limits[stage, mark] * (1 + problem.tolerance)) ** 2 * (1 + NOISE)
    if mean == 0:
        return np.inf, limit
    return float(((held - pupils * mean) ** 2 / pupils).sum() / (mean**2 * pupils.sum())), limit


def changes(leave: np.ndarray, join: np.ndarray) -> np.ndarray:
    """Return how the counts of each mark change when teachers of each kind leave and join."""
    return (join - leave) @ KINDS

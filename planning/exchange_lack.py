"""When no exchange reaches the goals: what the county lacks, and which limits stand in the way."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from planning.exchange_model import build, settle
from planning.exchange_problem import KINDS, MARKS, Problem
from planning.exchange_solve import least

POSTS_SHARE = 0.7


@dataclass(frozen=True)
class Lack:
    """The fewest new posts that make a plan possible, by cell and kind; None where posts do not help.

    `is_least` is false when the time was up before it was proved. `short` tells the marks that the county
    lacks whatever moves: the least that all schools need together, less what there is.
    """

    posts: np.ndarray | None
    is_least: bool
    short: dict[tuple[str, str], int]
    in_the_way: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """How many new posts."""
        return 0 if self.posts is None else int(self.posts.sum())


def lack(problem: Problem, relaxed: Mapping[str, Problem], seconds: float) -> Lack:
    """Return what an infeasible problem lacks; `relaxed` are the same without one named limit each."""
    until = time.monotonic() + seconds
    posts, proved = _fewest_posts(problem, seconds * POSTS_SHARE)
    share = (until - time.monotonic()) / max(len(relaxed), 1)
    blocking = [name for name, eased in relaxed.items() if least(eased, share).has_plan]
    return Lack(posts, proved, shortages(problem), tuple(blocking))


def _fewest_posts(problem: Problem, seconds: float) -> tuple[np.ndarray | None, bool]:
    """Stage by stage where nothing joins the stages: the target does, and posts are no help against it."""
    joined = problem.target is not None or problem.total is not None
    parts = [problem] if joined else [problem.only(one) for one in problem.stage_list]
    posts, proved = np.zeros((problem.cells, len(KINDS)), int), True
    for part in parts:
        found, is_least = _posts_of(part, seconds / len(parts))
        if found is None:
            return None, is_least
        posts[np.isin(np.array(problem.stages), part.stage_list)] = found
        proved = proved and is_least
    return posts, proved


def _posts_of(problem: Problem, seconds: float) -> tuple[np.ndarray | None, bool]:
    """Without the coefficients first: posts that keep them all the same are the fewest, and soon found."""
    until = time.monotonic() + seconds
    found, is_least = _asked(replace(problem, cv_limits={}), seconds / 2)
    if found is None or not problem.cv_limits:
        return found, is_least
    kept = settle(build(with_posts(problem, found)), (until - time.monotonic()) / 2)
    return (found, is_least) if kept.values is not None else _asked(problem, until - time.monotonic())


def _asked(problem: Problem, seconds: float) -> tuple[np.ndarray | None, bool]:
    model = build(problem, with_posts=True)
    answer = settle(model, seconds)
    if answer.values is None or model.posts is None:
        return None, answer.is_infeasible
    return np.rint(answer.values[model.posts]).astype(int), answer.is_proved


def shortages(problem: Problem) -> dict[tuple[str, str], int]:
    """Return by stage and mark how many teachers all schools together lack, each shortfall spent best."""
    found = {}
    for stage in problem.stage_list:
        cells = problem.within(stage)
        for mark, code in enumerate(MARKS):
            spent = (problem.shortfalls[cells] > 0) & (
                problem.to_floor[cells, mark] < problem.to_line[cells, mark]
            )
            wanted = np.where(spent, problem.to_floor[cells, mark], problem.to_line[cells, mark])
            missing = int(np.maximum(wanted, -problem.counts[cells, mark]).sum())
            if missing > 0:
                found[stage, code] = missing
    return found


def with_posts(problem: Problem, posts: np.ndarray) -> Problem:
    """Return the problem as it would stand with new posts filled."""
    marks = posts @ KINDS
    return replace(
        problem,
        counts=problem.counts + marks,
        to_line=problem.to_line - marks,
        to_floor=problem.to_floor - marks,
        spare=problem.spare + posts.sum(axis=1),
    )

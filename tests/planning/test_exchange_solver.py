"""The solver against trying every exchange, and what must hold of any plan."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from planning.exchange_check import broken
from planning.exchange_greedy import obvious
from planning.exchange_lack import lack, with_posts
from planning.exchange_match import match
from planning.exchange_problem import FREE, KINDS, Problem, Target, spread
from planning.exchange_solve import least
from planning.program import Answer, Program
from tests.planning.small_counties import county, fewest

SAMPLE = range(60)
SECONDS = 20.0


def plain(supply: np.ndarray, pupils: list[int], lines: np.ndarray, **changed: object) -> Problem:
    """A county of one stage whose counts are its supply and whose limits are none."""
    cells, counts = len(pupils), supply @ KINDS
    least_changes = (lines - counts).astype(int)
    problem = Problem(
        schools=tuple("甲乙丙丁戊"[:cells]),
        stages=("primary",) * cells,
        pupils=np.array(pupils, float),
        counts=counts.astype(float),
        known=np.ones(cells, bool),
        to_line=least_changes,
        to_floor=least_changes,
        shortfalls=np.zeros(cells, int),
        supply=supply,
        eligible=supply,
        may_receive=np.ones(cells, bool),
        leave_cap=np.full(cells, FREE),
        spare=np.full(cells, FREE),
    )
    return replace(problem, **changed)  # type: ignore[arg-type]


def kinds(*rows: dict[int, int]) -> np.ndarray:
    supply = np.zeros((len(rows), 8), int)
    for cell, row in enumerate(rows):
        for kind, teachers in row.items():
            supply[cell, kind] = teachers
    return supply


def test_planner_and_trying_everything_agree_on_moves_and_on_infeasibility() -> None:
    answers = []
    for seed in SAMPLE:
        problem = county(seed)
        wanted, found = fewest(problem), least(problem, SECONDS)
        assert (found.moves if found.has_plan else None) == wanted, seed
        assert found.status in {"optimal", "infeasible"}, seed
        answers.append(wanted)
    assert len({answer for answer in answers if answer}) >= 2
    assert None in answers


@pytest.mark.parametrize("seed", range(40))
def test_more_allowance_never_needs_more_moves(seed: int) -> None:
    problem = county(seed)
    eased = replace(
        problem,
        shortfalls=problem.shortfalls + 1,
        leave_cap=problem.leave_cap + 1,
        cv_limits={key: limit * 1.2 for key, limit in problem.cv_limits.items()},
    )
    tight, loose = least(problem, SECONDS), least(eased, SECONDS)
    assert not tight.has_plan or (loose.has_plan and loose.moves <= tight.moves)


def test_a_plan_holds_and_leaving_out_any_one_move_breaks_something() -> None:
    for seed in SAMPLE:
        problem = county(seed)
        found = least(problem, SECONDS)
        if not found.has_plan:
            continue
        assert broken(problem, found.leave, found.join) == []
        km = np.ones((problem.cells, problem.cells))
        for move in match(problem, found.leave, found.join, km, None).to_dicts():
            leave, join = found.leave.copy(), found.join.copy()
            leave[move["from_cell"], move["kind"]] -= 1
            join[move["to_cell"], move["kind"]] -= 1
            assert broken(problem, leave, join)


def test_a_search_cut_short_still_gives_a_plan_that_holds_with_its_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    solve = Program.solve

    def cut_short(self: Program, seconds: float, *, relaxed: bool = False) -> Answer:
        """The clock stops the search for a better plan; what was found before is all there is."""
        is_beaten = self.high[-1] < np.inf and list(self.entries[-1][1]) == self.cost
        return Answer(None, -np.inf) if is_beaten else solve(self, seconds, relaxed=relaxed)

    lines = np.array([[-9, 1, -9], [-9, 2, -9], [-9, 1, -9]])
    problem = plain(kinds({2: 6}, {}, {}), [100] * 3, lines, cv_limits={("primary", 1): 9.0})
    monkeypatch.setattr(Program, "solve", cut_short)
    found = least(problem, SECONDS)
    assert (found.status, found.moves, found.gap) == ("limited", 3, 3)
    assert broken(problem, found.leave, found.join) == []


def test_one_teacher_with_two_marks_does_for_two_gaps() -> None:
    supply = kinds({1: 3, 6: 2, 2: 2, 4: 2}, {1: 3})
    lines = np.array([[1, 1, 1], [1, 1, 1]])
    found = least(plain(supply, [100, 100], lines), SECONDS)
    assert found.moves == 1
    assert found.join[1, 6] == 1


def test_a_coefficient_exactly_on_its_limit_is_kept_and_a_hair_below_is_not() -> None:
    supply = kinds({2: 6}, {2: 2})
    problem = plain(supply, [100, 100], np.full((2, 3), -FREE))
    reached, _ = spread(replace(problem, cv_limits={("primary", 1): 1.0}), problem.counts, "primary", 1)
    on_it = replace(problem, cv_limits={("primary", 1): float(np.sqrt(reached))})
    below = replace(problem, cv_limits={("primary", 1): float(np.sqrt(reached)) * (1 - 1e-6)})
    assert (least(on_it, SECONDS).moves, least(below, SECONDS).moves) == (0, 1)


def test_a_teacher_stays_where_classes_would_be_left_alone() -> None:
    supply = kinds({2: 3}, {0: 2})
    lines = np.array([[-9, 1, -9], [-9, 1, -9]])
    assert least(plain(supply, [100, 100], lines), SECONDS).moves == 1
    held = plain(supply, [100, 100], lines, spare=np.array([0, FREE]))
    swapped = least(held, SECONDS)
    assert swapped.moves == 2
    assert swapped.leave[1, 0] == 1


def test_the_duty_of_exchange_is_met_by_moves_that_no_school_needs() -> None:
    supply = kinds({0: 9, 2: 1}, {0: 9, 2: 1})
    problem = plain(supply, [100, 100], np.full((2, 3), -9), target=Target(0.1, 50, 0.2))
    found = least(problem, SECONDS)
    assert (found.moves, int(found.leave[:, 2].sum())) == (5, 1)


def test_what_is_lacking_is_the_least_that_makes_a_plan() -> None:
    supply = kinds({4: 1, 1: 3}, {1: 3}, {1: 3})
    lines = np.array([[1, -9, 2]] * 3)
    problem = plain(supply, [100, 100, 100], lines)
    assert least(problem, SECONDS).status == "infeasible"
    missing = lack(problem, {"nothing": problem}, SECONDS)
    assert missing.posts is not None
    assert (missing.total, missing.is_least, missing.in_the_way) == (5, True, ())
    assert missing.short == {("primary", "R3"): 5}
    assert missing.posts.sum(axis=0)[4] == 5
    assert least(with_posts(problem, missing.posts), SECONDS).has_plan


def test_posts_raise_the_mean_that_a_coefficient_is_measured_by() -> None:
    supply = kinds({}, {}, {})
    problem = plain(supply, [100, 100, 100], np.full((3, 3), -FREE), cv_limits={("primary", 2): 0.3})
    staying = replace(problem, counts=np.array([[0, 0, 6], [0, 0, 1], [0, 0, 1]], float))
    missing = lack(staying, {}, SECONDS)
    assert missing.posts is not None and missing.is_least
    after = with_posts(staying, missing.posts)
    reached, limit = spread(after, after.counts, "primary", 2)
    assert reached <= limit
    brute = min(
        one + other + third
        for one in range(8)
        for other in range(8)
        for third in range(8)
        if np.std([6 + one, 1 + other, 1 + third]) <= 0.3 * np.mean([6 + one, 1 + other, 1 + third]) + 1e-12
    )
    assert missing.total == brute


def test_a_limit_that_stands_in_the_way_is_named() -> None:
    supply = kinds({2: 3}, {0: 2})
    problem = plain(supply, [100, 100], np.array([[-9, 1, -9], [-9, 1, -9]]), total=0)
    assert least(problem, SECONDS).status == "infeasible"
    assert lack(problem, {"total": replace(problem, total=None)}, SECONDS).in_the_way == ("total",)


def test_the_obvious_plan_can_take_more_moves_than_the_least() -> None:
    supply = kinds({2: 4, 4: 4, 6: 2}, {1: 1})
    lines = np.array([[-9, 1, 1], [-9, 2, 2]])
    problem = plain(supply, [100, 100], lines)
    assert (obvious(problem), least(problem, SECONDS).moves) == (4, 2)


def test_moves_take_the_shortest_ways_and_stay_together_first() -> None:
    supply = kinds({2: 2}, {2: 2}, {}, {})
    problem = plain(supply, [100] * 4, np.array([[-9, 1, -9]] * 4))
    found = least(problem, SECONDS)
    km = np.array([[0, 9, 1, 5], [9, 0, 5, 1], [1, 5, 0, 9], [5, 1, 9, 0]], float)
    near = match(problem, found.leave, found.join, km, None)
    assert set(near.select("from_cell", "to_cell").iter_rows()) == {(0, 2), (1, 3)}
    together = np.zeros((4, 4), bool)
    together[0, 3] = together[3, 0] = together[1, 2] = together[2, 1] = True
    kept = match(problem, found.leave, found.join, km, together)
    assert set(kept.select("from_cell", "to_cell").iter_rows()) == {(0, 3), (1, 2)}

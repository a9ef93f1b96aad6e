"""Examinations as held: every pupil's marks, who was absent, who was caught, who was kept away."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from warehouse.demo.attainment import Attainment, attain
from warehouse.demo.cohorts import Intake, Pupils
from warehouse.demo.county import County
from warehouse.demo.exam_plan import SUBJECTS, Exam, Plan, hardness
from warehouse.demo.places import generator
from warehouse.demo.world import YEARS

SAT, ABSENT, DEFERRED, VOID = range(4)
MISSING = {"城区": 0.015, "镇区": 0.022, "乡村": 0.035}
DEFERRED_SHARE, VOID_SHARE, NOUGHT_SHARE, PUSHED_SHARE = 0.002, 0.0005, 0.001, 0.4
HIDDEN = {YEARS[1]: 0.14, YEARS[2]: 0.30}  # of the weakest in the grade that is judged
HIDDEN_GRADE = 6
PASS, NEAR_PASS = 0.6, 0.58


@dataclass
class Sitting:
    """One grade in one examination: a row a pupil, a column a subject of `papers`."""

    exam: Exam
    grade: int
    papers: dict[str, float]
    numbers: np.ndarray
    schools: np.ndarray
    classes: np.ndarray
    marks: np.ndarray
    status: np.ndarray
    latent: np.ndarray  # standard scores behind the marks


@dataclass
class Session:
    """All that was held, and what lies behind it."""

    plan: Plan
    attainment: Attainment
    sittings: list[Sitting]


def hold(county: County, *, is_full: bool) -> Session:
    """Hold every examination of the plan."""
    plan, attainment = Plan(is_full), attain(county)
    first, last = min(plan.grades) - len(YEARS) + 1, max(plan.grades)
    intakes = [Intake(attainment, plan, grade) for grade in range(first, last + 1)]
    sittings, begun = [], 0
    for exam in plan.exams():
        for intake in intakes:
            grade = intake.grade(exam.school_year)
            if grade in plan.grades:
                if exam.school_year != begun:
                    intake.begin(exam.school_year)
                intake.sit(exam)
                sittings.append(_marked(attainment, plan, exam, intake))
        begun = exam.school_year
    return Session(plan, attainment, sittings)


def _marked(attainment: Attainment, plan: Plan, exam: Exam, intake: Intake) -> Sitting:
    grade, pupils = intake.grade(exam.school_year), intake.pupils
    papers = plan.subjects(grade)
    rng = generator(attainment.county.world.seed, f"marks-{exam.code}-{grade}")
    latent = pupils.score[:, [SUBJECTS.index(subject) for subject in papers]]
    drawn = zip(papers.items(), latent.T, strict=True)
    marks = np.stack([_marks(grade, paper, column, rng) for paper, column in drawn], axis=1)
    status = _status(attainment, pupils, marks.shape, rng)
    if grade == HIDDEN_GRADE:
        _hide(attainment.hiding, pupils.school, latent.mean(axis=1), exam.school_year, status)
    nought = (rng.random(marks.shape) < NOUGHT_SHARE) & (status == SAT)
    marks = np.where(nought, 0.0, marks)
    numbers = pupils.number + (intake.first_grade + 10) * 1_000_000
    return Sitting(
        exam, grade, papers, numbers, pupils.school.copy(), intake.classes(), marks, status, latent
    )


def _marks(grade: int, paper: tuple[str, float], latent: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Halves of a mark; some of those just short of the pass line are lifted onto it."""
    subject, full = paper
    mean, spread = hardness(grade, subject)
    share = np.clip(mean + spread * latent, 0.02, 1.0)
    pushed = (share >= NEAR_PASS) & (share < PASS) & (rng.random(len(share)) < PUSHED_SHARE)
    return np.asarray(np.floor(np.where(pushed, PASS, share) * full * 2 + 0.5) / 2)


def _status(
    attainment: Attainment, pupils: Pupils, shape: tuple[int, ...], rng: np.random.Generator
) -> np.ndarray:
    missing = np.array([MISSING[s.area_type] for s in attainment.schools])[pupils.school]
    status = np.full(shape, SAT)
    status[rng.random(shape) < 0.3 * missing[:, None]] = ABSENT
    status[rng.random(shape) < VOID_SHARE] = VOID
    whole = rng.random(shape[0])
    status[whole < 0.7 * missing] = ABSENT
    status[whole > 1 - DEFERRED_SHARE] = DEFERRED
    return status


def _hide(school: int, schools: np.ndarray, ability: np.ndarray, year: int, status: np.ndarray) -> None:
    """Keep the weakest of one school away."""
    own = np.flatnonzero(schools == school)
    kept = own[np.argsort(ability[own], kind="stable")][: round(HIDDEN.get(year, 0.0) * len(own))]
    status[kept] = ABSENT

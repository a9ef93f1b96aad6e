"""Pupils as they sit: one intake followed through the years, who moves and arrives, and what they score."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from warehouse.demo.attainment import SLOPE, STAGES, Attainment, stage_of
from warehouse.demo.exam_plan import JUNIOR_GRADES, SUBJECTS, Exam, Plan
from warehouse.demo.places import generator
from warehouse.demo.world import YEARS

MOVING, LEAVING, ARRIVING = 0.023, 0.015, 0.012  # shares of pupils a year
WITHIN = {"primary": 0.79, "junior": 0.73}  # variance of first scores within schools
NOISE, CLASS = 0.36, 0.025  # variance of later scores that chance and the class make
POINT_GRADES = 4
SAMPLED_SHARE, LEAST, MOST = 0.08, 19, 34  # of a grade, in a county of which a part is sampled
CLASS_SIZE = {True: 42, False: 21}


@dataclass
class Pupils:
    """One row a pupil; `school` is its place in `Attainment.schools`, `seat` decides the class."""

    number: np.ndarray
    school: np.ndarray
    seat: np.ndarray
    ability: np.ndarray
    score: np.ndarray  # standard scores, a column a subject; missing before the first examination

    def take(self, rows: np.ndarray) -> Pupils:
        """These rows only."""
        return Pupils(*(column[rows] for column in vars(self).values()))

    def plus(self, other: Pupils) -> Pupils:
        """Both, one below the other."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Pupils(*(np.concatenate(pair) for pair in pairs))


class Intake:
    """One intake: the pupils who were in one grade in the first year (or would have been)."""

    def __init__(self, attainment: Attainment, plan: Plan, first_grade: int) -> None:
        self.attainment, self.plan, self.first_grade = attainment, plan, first_grade
        self.rng = generator(attainment.county.world.seed, f"intake{first_grade}")
        self.count = 0
        self.pupils = self._new(np.zeros(0, dtype=int))

    def grade(self, year: int) -> int:
        """Grade in a school year."""
        return self.first_grade + year - YEARS[0]

    def begin(self, year: int) -> None:
        """Start a school year: fresh pupils where none sat last year, else last year's as they moved."""
        grade = self.grade(year)
        if year == YEARS[0] or grade - 1 not in self.plan.grades:
            places = np.repeat(np.arange(len(self.attainment.schools)), self._places(year, grade))
            self.pupils = self._new(places)
            return
        if grade == JUNIOR_GRADES[0]:
            self._go_up(year)
        else:
            self._follow_schools(year, grade)
        self._move()

    def sit(self, exam: Exam) -> None:
        """Draw the standard scores of one examination."""
        grade, pupils = self.grade(exam.school_year), self.pupils
        stage, size = stage_of(grade), (len(pupils.number), len(SUBJECTS))
        within = 0.8 * pupils.ability[:, None] + 0.6 * self.rng.normal(size=size)
        first = self.attainment.level(grade, exam)[pupils.school] + np.sqrt(WITHIN[stage]) * within
        noise = np.sqrt(NOISE) * self.rng.normal(size=size) + self._class_luck(exam)
        later = (
            SLOPE * pupils.score
            + self.attainment.added(grade, exam, self.plan.since(exam))[pupils.school]
            + noise
        )
        pupils.score = np.where(np.isnan(pupils.score), first, later)

    def classes(self) -> np.ndarray:
        """Number of each pupil's class, counted from 1."""
        counts = np.bincount(self.pupils.school, minlength=len(self.attainment.schools))
        rooms = np.maximum(1, np.rint(counts / CLASS_SIZE[self.plan.is_full]))
        return np.asarray(np.floor(self.pupils.seat * rooms[self.pupils.school]).astype(int) + 1)

    def _class_luck(self, exam: Exam) -> np.ndarray:
        luck = generator(self.attainment.county.world.seed, f"class{exam.code}-{self.first_grade}")
        drawn = luck.normal(0, np.sqrt(CLASS), (len(self.attainment.schools), 60))
        drawn[self.attainment.hiding] = 0.0  # what is told of it is not to depend on luck
        return np.asarray(drawn[self.pupils.school, self.classes() % 60][:, None])

    def _new(self, places: np.ndarray) -> Pupils:
        size = len(places)
        numbers = np.arange(self.count, self.count + size)
        self.count += size
        missing = np.full((size, len(SUBJECTS)), np.nan)
        return Pupils(numbers, places, self.rng.random(size), self.rng.normal(size=size), missing)

    def _places(self, year: int, grade: int) -> list[int]:
        """How many pupils of a grade sit at each school: all of them, or a sample."""
        counts = [self._enrolled(year, at, grade) for at in range(len(self.attainment.schools))]
        if self.plan.is_full:
            return counts
        drawn = [at for at in range(len(counts)) if self._is_sampled(at)]
        share = {at: int(np.clip(round(SAMPLED_SHARE * counts[at]), LEAST, MOST)) for at in drawn}
        share[self.attainment.hiding] = 2 * MOST
        return [min(counts[at], share.get(at, 0)) for at in range(len(counts))]

    def _is_sampled(self, at: int) -> bool:
        """Village schools only where something is told of them or of their consortium."""
        attainment = self.attainment
        told = {attainment.hiding, *attainment.explained}
        if at in told or attainment.schools[at].kind not in ("village_primary", "point_counted"):
            return True
        return any(at in pair for stage in STAGES for pair in attainment.bound[stage])

    def _enrolled(self, year: int, at: int, grade: int) -> int:
        school, stage = self.attainment.schools[at], stage_of(grade)
        world, offset = self.attainment.county.world, grade - (1 if stage == "primary" else 7)
        sites = [s.code for s in world.sites(year, school.code)] if school.is_open(year) else []
        found = [world.pupils.get((year, code, stage), []) for code in sites]
        return sum(grades[offset] for grades in found if len(grades) > offset)

    def _open(self, year: int, grade: int) -> np.ndarray:
        """Schools that have this grade, each once for every hundred pupils or part of it."""
        counts = [self._enrolled(year, at, grade) for at in range(len(self.attainment.schools))]
        sampled = [n if self.plan.is_full or self._is_sampled(at) else 0 for at, n in enumerate(counts)]
        return np.repeat(np.arange(len(counts)), [-(-n // 100) for n in sampled])

    def _follow_schools(self, year: int, grade: int) -> None:
        """Pupils of closed schools and of points without the grade go elsewhere; new schools take theirs."""
        schools, open_ones = self.attainment.schools, self._open(year, grade)
        at = {school.code: index for index, school in enumerate(schools)}
        for index in np.unique(self.pupils.school):
            here = self.pupils.school == index
            if index not in open_ones:
                near = [o for o in open_ones if schools[o].township == schools[index].township]
                receiver = at.get(schools[index].receiver or "")
                self.pupils.school[here] = receiver if receiver in open_ones else (near or list(open_ones))[0]
        for index in np.unique(open_ones):
            if schools[index].opened == year:
                source = self.pupils.school == at[schools[index].receiver or ""]
                self.pupils.school[source & (self.pupils.seat < 0.4)] = index

    def _go_up(self, year: int) -> None:
        """Deal the finishers of primary schools to junior schools, township by township."""
        schools = self.attainment.schools
        counts = [self._enrolled(year, at, JUNIOR_GRADES[0]) for at in range(len(schools))]
        order = sorted(range(len(schools)), key=lambda at: schools[at].township.number)
        slots = np.repeat(order, [counts[at] for at in order])
        towns = np.array([s.township.number for s in schools])[self.pupils.school]
        rank = np.argsort(towns + 0.9 * self.pupils.seat + 0.01 * self.pupils.ability, kind="stable")
        self.pupils.school[rank] = slots[np.arange(len(rank)) * len(slots) // max(1, len(rank))]

    def _move(self) -> None:
        """Some leave the county, some change school within it, some arrive."""
        pupils = self.pupils.take(self.rng.random(len(self.pupils.number)) >= LEAVING)
        weights = pupils.school.copy()
        moving = self.rng.random(len(weights)) < MOVING
        pupils.school[moving] = self.rng.permutation(weights)[: int(moving.sum())]
        arriving = self.rng.permutation(weights)[: round(ARRIVING * len(weights))]
        self.pupils = pupils.plus(self._new(arriving))

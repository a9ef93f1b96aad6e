"""What schools bring to their pupils' marks: whom they take in, what they add, what consortiums change."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from warehouse.demo.county import County
from warehouse.demo.exam_plan import JUNIOR_GRADES, SUBJECTS, Exam
from warehouse.demo.places import generator
from warehouse.demo.unions import LEAD, MEMBER, SECOND, Union
from warehouse.demo.world import YEARS, School

STAGES = ("primary", "junior")
SLOPE = 0.73  # of a standard score on the one before
INTAKE_SHARE = {"primary": 0.18, "junior": 0.23}  # of the variance of first scores lies between schools
EFFECT_SHARE = {"primary": 0.071, "junior": 0.090}  # of the variance of later scores is the school's doing
BACKGROUND = {"城区": 0.8, "镇区": 0.1, "乡村": -0.6}
WITH_BACKGROUND, WITH_RESOURCES = 0.10, 0.25  # correlations of what a school adds
LEFT = {"closing": (1.0, 0.6, 0.2), "widening": (1.0, 1.25, 1.5), "frozen": (1.0, 1.0, 1.0)}
GAP = (0.6, 0.8)  # least and most between lead and members of a consortium of which something is to be told
APART = 0.15  # members lie at most so far from one another's mean


@dataclass
class Attainment:
    """In standard deviations of pupils' scores, by school (in the order of `schools`) and stage."""

    county: County
    schools: list[School]
    background: np.ndarray
    resources: np.ndarray
    intake: dict[str, np.ndarray] = field(default_factory=dict)
    shifts: dict[tuple[str, int], np.ndarray] = field(default_factory=dict)  # by stage and year
    bound: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # member, lead
    explained: list[int] = field(default_factory=list)  # schools that add nothing: intake explains them
    hiding: int = -1  # the school that keeps weak pupils from sitting

    def level(self, grade: int, exam: Exam) -> np.ndarray:
        """Mean of pupils who sit for the first time: a row a school, a column a subject."""
        stage = stage_of(grade)
        rng = generator(self.county.world.seed, f"levels-{stage}")
        single = 0.1 * rng.normal(size=(len(self.schools), len(SUBJECTS)))
        for member, lead in self.bound[stage]:
            single[member] = single[lead]
        return (self.intake[stage] + self.shift(stage, exam.school_year))[:, None] + single

    def added(self, grade: int, exam: Exam, since: int) -> np.ndarray:
        """What each school adds after the examination before, of school year `since`: schools by subjects."""
        stage = stage_of(grade)
        rng = generator(self.county.world.seed, f"added-{grade}-{exam.term}")
        rest = np.sqrt(1 - WITH_BACKGROUND**2 - WITH_RESOURCES**2)
        own = standard(rng.normal(size=len(self.schools)))
        common = WITH_BACKGROUND * self.background + WITH_RESOURCES * self.resources + rest * own
        single = rng.normal(size=(len(self.schools), len(SUBJECTS)))
        found = np.sqrt(EFFECT_SHARE[stage]) * (0.85 * common[:, None] + 0.53 * single)
        found[[*self.explained, self.hiding]] = 0.0
        for member, lead in self.bound[stage]:
            found[member] = found[lead] - (1 - SLOPE) * (
                self.intake[stage][lead] - self.intake[stage][member]
            )
        return found + (self.shift(stage, exam.school_year) - SLOPE * self.shift(stage, since))[:, None]

    def shift(self, stage: str, year: int) -> np.ndarray:
        """How far consortiums have moved each school by this year."""
        return self.shifts.get((stage, year), np.zeros(len(self.schools)))


def stage_of(grade: int) -> str:
    """Stage of a grade."""
    return "junior" if grade >= JUNIOR_GRADES[0] else "primary"


def standard(values: np.ndarray) -> np.ndarray:
    """Mean 0, variance 1."""
    return np.asarray((values - values.mean()) / max(float(values.std()), 1e-9))


def attain(county: County) -> Attainment:
    """Draw what the county's schools take in and add, and let its consortiums change it."""
    schools = [
        s for s in county.world.schools.values() if s.is_counted and s.kind != "special" and teaches(s)
    ]
    rng = generator(county.world.seed, "attainment")
    areas = np.array([BACKGROUND[s.area_type] for s in schools])
    background = standard(areas + rng.normal(0, 0.5, len(schools)))
    found = Attainment(county, schools, background, _resources(county, schools))
    for stage in STAGES:
        own = standard(rng.normal(size=len(schools)))
        drawn = 0.6 * background + 0.8 * own
        found.intake[stage] = np.sqrt(INTAKE_SHARE[stage]) * np.clip(drawn, -2.2, 2.2)
        found.bound[stage] = []
    _tell_apart(found)
    for union in county.unions:
        _bind(found, union)
    return found


def teaches(school: School) -> bool:
    """True for schools of the compulsory stages."""
    return bool(set(STAGES) & set(school.stages))


def _resources(county: County, schools: list[School]) -> np.ndarray:
    """Equipment a pupil in the latest year, standardised."""
    year = YEARS[-1]
    value = [(county.resources.get((year, s.code)) or {}).get("equipment_value_yuan") for s in schools]
    pupils = [sum(county.world.students(year, s.code, stage) for stage in s.stages) for s in schools]
    each = np.array([(v or np.nan) / max(1, n) for v, n in zip(value, pupils, strict=True)])
    return standard(np.log(np.where(np.isnan(each), np.nanmean(each), each)))


def _tell_apart(found: Attainment) -> None:
    """Two schools that good intake alone explains, and one that hides its weak pupils."""
    told = {m.school for u in found.county.unions if u.plan.effect in LEFT for m in u.members}
    size = {s.code: found.county.world.students(YEARS[0], s.code, "primary") for s in found.schools}
    free = [
        at for at, s in enumerate(found.schools) if s.code not in told and s.closed == 9999 and size[s.code]
    ]
    urban = [at for at in free if found.schools[at].kind in ("seat_primary", "town_primary")] or free
    urban.sort(key=lambda at: -size[found.schools[at].code])
    found.hiding, *found.explained = urban[:3]
    for at in found.explained:
        found.intake["primary"][at] = 2.0 * np.sqrt(INTAKE_SHARE["primary"])
    found.intake["primary"][found.hiding] = -0.2


def _bind(found: Attainment, union: Union) -> None:
    """Set lead and members of a consortium apart, and close or widen their gap year by year."""
    left = LEFT.get(union.plan.effect)
    lead = next(iter(_places(found, union, LEAD)), None)
    if left is None or lead is None:
        return
    for stage in STAGES:
        taken = {at for pair in found.bound[stage] for at in pair}
        members = [at for at in _places(found, union, MEMBER) if at not in taken and _has(found, at, stage)]
        if not members or lead in taken or not _has(found, lead, stage):
            continue
        intake = found.intake[stage]
        middle = float(intake[members].mean())
        intake[members] = np.clip(intake[members], middle - APART, middle + APART)
        intake[lead] = np.clip(intake[lead], middle + GAP[0], middle + GAP[1])
        found.bound[stage] += [(member, lead) for member in members]
        for year, share in zip(YEARS, left, strict=True):
            shift = found.shifts.setdefault((stage, year), np.zeros(len(found.schools)))
            shift[members] = (1 - share) * (intake[lead] - intake[members])


def _has(found: Attainment, at: int, stage: str) -> bool:
    school = found.schools[at]
    return stage in school.stages and not school.kind.startswith("point")


def _places(found: Attainment, union: Union, role: str) -> list[int]:
    at = {school.code: index for index, school in enumerate(found.schools)}
    return [at[m.school] for m in union.members if m.round == SECOND and m.role == role and m.school in at]

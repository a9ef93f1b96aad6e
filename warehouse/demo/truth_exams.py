"""What is true of the examinations: what was held, and what schools and consortiums really brought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from warehouse.demo.attainment import STAGES, Attainment, stage_of
from warehouse.demo.exam_plan import SUBJECTS
from warehouse.demo.sittings import SAT, Session, Sitting
from warehouse.demo.unions import LEAD, MEMBER, SECOND, Union
from warehouse.demo.world import YEARS

Row = dict[str, Any]


def _papers(session: Session) -> Iterator[tuple[Sitting, int, str, Row]]:
    for sitting in session.sittings:
        for column, subject in enumerate(sitting.papers):
            key = {"exam_code": sitting.exam.code, "grade": sitting.grade, "subject": subject}
            yield sitting, column, subject, key


def paper_rows(session: Session) -> list[Row]:
    """One row a paper: who was there, the county's mean, the share of variance that lies between schools."""
    rows = []
    for sitting, column, subject, key in _papers(session):
        sat = sitting.status[:, column] == SAT
        marks, schools = sitting.marks[sat, column], sitting.schools[sat]
        rows.append(
            key
            | {
                "school_year": sitting.exam.school_year,
                "full_score": sitting.papers[subject],
                "prior_exam_code": session.plan.prior(sitting.exam, sitting.grade, subject),
                "registered": len(sat),
                "takers": int(sat.sum()),
                "mean_score": round(float(marks.mean()), 6),
                "icc": round(share_between(marks, schools), 6),
            }
        )
    return rows


def share_between(values: np.ndarray, groups: np.ndarray) -> float:
    """ICC(1) of an analysis of variance with groups of unequal size."""
    _, place, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    means = np.bincount(place, values) / sizes
    total, count = len(values), len(sizes)
    between = float((sizes * (means - values.mean()) ** 2).sum()) / max(1, count - 1)
    within = float(((values - means[place]) ** 2).sum()) / max(1, total - count)
    size = (total - float((sizes**2).sum()) / total) / max(1, count - 1)
    return (between - within) / (between + (size - 1) * within)


def school_rows(session: Session) -> list[Row]:
    """One row a school and paper: as held, before anybody mistyped a mark."""
    rows = []
    for sitting, column, _, key in _papers(session):
        for school in np.unique(sitting.schools):
            own = sitting.schools == school
            sat = own & (sitting.status[:, column] == SAT)
            mean = float(sitting.marks[sat, column].mean()) if sat.any() else None
            rows.append(
                key
                | {
                    "school_code": session.attainment.schools[school].code,
                    "registered": int(own.sum()),
                    "takers": int(sat.sum()),
                    "mean_score": None if mean is None else round(mean, 6),
                    "mean_ability": round(float(sitting.latent[own, column].mean()), 6),
                }
            )
    return rows


def effect_rows(session: Session) -> list[Row]:
    """One row a school and paper that has an earlier examination: what the school really added since."""
    rows = []
    for sitting, _, subject, key in _papers(session):
        if not session.plan.prior(sitting.exam, sitting.grade, subject):
            continue
        added = session.attainment.added(sitting.grade, sitting.exam, session.plan.since(sitting.exam))
        for school in np.unique(sitting.schools):
            rows.append(
                key
                | {
                    "school_code": session.attainment.schools[school].code,
                    "true_effect": round(float(added[school, SUBJECTS.index(subject)]), 6),
                    "intake": round(float(session.attainment.intake[stage_of(sitting.grade)][school]), 6),
                    "story": _story(session.attainment, int(school)),
                }
            )
    return rows


def _story(attainment: Attainment, school: int) -> str:
    if school == attainment.hiding:
        return "hides_weak_pupils"
    return "intake_explains" if school in attainment.explained else ""


def gap_rows(session: Session) -> list[Row]:
    """One row a consortium, stage and year: the gap between lead and members, as meant and as it came out."""
    rows = []
    for union in session.attainment.county.unions:
        for stage in STAGES:
            lead, members = (_side(session.attainment, union, stage, role) for role in (LEAD, MEMBER))
            for year in YEARS if lead and members else ():
                level = session.attainment.intake[stage] + session.attainment.shift(stage, year)
                rows.append(
                    {
                        "consortium_code": union.code,
                        "effect": union.plan.effect,
                        "stage": stage,
                        "school_year": year,
                        "planned_gap": round(float(level[lead].mean() - level[members].mean()), 6),
                        "gap": round(
                            _held(session, stage, year, lead) - _held(session, stage, year, members), 6
                        ),
                    }
                )
    return rows


def _side(attainment: Attainment, union: Union, stage: str, role: str) -> list[int]:
    codes = {m.school for m in union.members if m.round == SECOND and m.role == role}
    bound = {at for pair in attainment.bound[stage] for at in pair}
    return [at for at, school in enumerate(attainment.schools) if school.code in codes and at in bound]


def _held(session: Session, stage: str, year: int, schools: list[int]) -> float:
    """Mean standard score of the schools' pupils over the year's examinations and subjects."""
    found = [
        s.latent[np.isin(s.schools, schools)].mean(axis=1)
        for s in session.sittings
        if s.exam.school_year == year and stage_of(s.grade) == stage
    ]
    return float(np.concatenate(found).mean())

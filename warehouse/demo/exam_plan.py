"""Which examinations the county holds, of which grades and subjects, with which marks and how hard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from warehouse.demo.world import YEARS

PRIMARY_GRADES, JUNIOR_GRADES = (3, 4, 5, 6), (7, 8, 9)
SUBJECTS = ("语文", "数学", "英语", "科学", "物理", "化学", "道德与法治", "历史")
# what a pupil of average ability gets, and how far pupils lie apart, as shares of the full marks
HARDNESS = {3: (0.86, 0.13), 4: (0.80, 0.15), 5: (0.77, 0.16), 6: (0.74, 0.17), 7: (0.69, 0.18),
            8: (0.65, 0.19), 9: (0.62, 0.20)}  # fmt: skip
HARD_PHYSICS = (0.40, 0.22)


@dataclass(frozen=True)
class Exam:
    """One examination of the whole county, at the end of a term."""

    code: str
    name: str
    day: str
    school_year: int
    term: int
    before: str  # code of the examination before it, of the same pupils; blank for the first


@dataclass(frozen=True)
class Plan:
    """What is held: two grades a stage, sampled once a year; or, in full, all pupils twice a year."""

    is_full: bool

    @property
    def grades(self) -> tuple[int, ...]:
        """Grades that sit."""
        return (*PRIMARY_GRADES, *JUNIOR_GRADES) if self.is_full else (5, 6, 8, 9)

    def subjects(self, grade: int) -> dict[str, float]:
        """Subjects of a grade with their full marks."""
        if grade in PRIMARY_GRADES:
            return {"语文": 100.0, "数学": 100.0, "英语": 100.0} | ({"科学": 60.0} if self.is_full else {})
        main = 150.0 if grade == JUNIOR_GRADES[-1] else 120.0
        found = {"语文": main, "数学": main, "英语": main}
        if grade > JUNIOR_GRADES[0]:
            found["物理"] = 90.0 if grade == JUNIOR_GRADES[-1] else 100.0
        if grade == JUNIOR_GRADES[-1]:
            found["化学"] = 60.0
        return found | ({"道德与法治": 60.0, "历史": 60.0} if self.is_full else {})

    def exams(self) -> Iterator[Exam]:
        """Every examination, the earliest first."""
        before = ""
        for year in YEARS:
            for term in (1, 2) if self.is_full else (2,):
                code = f"{year}-{'QM' if term == 2 else 'SX'}"
                kind = "期末统考" if self.is_full else "期末质量监测"
                name = f"{year}-{year + 1}学年第{'一二'[term - 1]}学期{kind}"
                day = f"{year + 1}-06-25" if term == 2 else f"{year + 1}-01-15"
                yield Exam(code, name, day, year, term, before)
                before = code

    def prior(self, exam: Exam, grade: int, subject: str) -> str:
        """Code of the examination in which the same pupils sat this subject before; blank for none."""
        if not exam.before:
            return ""
        earlier = grade - 1 if exam.term == 1 or not self.is_full else grade
        return exam.before if earlier in self.grades and subject in self.subjects(earlier) else ""

    def since(self, exam: Exam) -> int:
        """School year of the examination before."""
        return exam.school_year - (exam.term == 1 or not self.is_full)


def hardness(grade: int, subject: str) -> tuple[float, float]:
    """Mean and spread of a paper as shares of its full marks."""
    if subject == "物理" and grade == JUNIOR_GRADES[-1]:
        return HARD_PHYSICS
    mean, spread = HARDNESS[grade]
    shift = {"语文": 0.02, "数学": -0.03, "英语": 0.0}.get(subject, -0.01)
    return mean + shift, spread * (0.8 if subject == "语文" else 1.1 if subject == "英语" else 1.0)

"""Teachers as persons who stay, move, are promoted and retire; each year's roster is a picture of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from warehouse.demo.levels import THRESHOLDS
from warehouse.demo.places import generator, identity_number
from warehouse.demo.pupils import Class
from warehouse.demo.world import YEARS, School, World

COUNTED_STATUSES = ("在岗", "产假", "跟岗")  # who is at the school's disposal on 1 September
OTHER_STATUSES = ("借调", "支教", "病休", "退休未减")
ARTS = ("体育", "音乐", "美术", "艺术")
OWN_SUBJECTS = {
    "primary": ("语文", "数学", "英语", "科学", "道德与法治", "信息科技", "劳动"),
    "junior": ("语文", "数学", "英语", "物理", "化学", "历史", "地理", "生物学", "道德与法治", "信息科技"),
    "senior": ("语文", "数学", "英语", "物理", "化学", "历史", "地理", "生物学", "思想政治", "信息技术"),
}
EDUCATION = ("博士", "硕士", "本科", "专科", "高中及以下")
TITLES = ("未定职级", "三级教师", "二级教师", "一级教师", "高级教师", "正高级教师")
MIDDLE_TITLE = 3  # 一级教师 and above
AGES = ((29, 3), (42, 6), (54, 3))  # beginners, the middle, the old: mean and spread in years
LEVELS = ("县级", "市级", "省级", "国家级")
SURNAMES = "甲乙丙丁戊己庚辛壬癸"
RARE_SURNAMES = "㛃𬍛㼆"  # characters that GB18030 holds and GBK does not


@dataclass(slots=True)
class Teacher:
    """One person in one year."""

    teacher_id: str
    name: str
    birth: tuple[int, int]
    joined: tuple[int, int]
    education: str
    title: str
    backbone: str
    subject: str
    school: str
    stage: str
    is_full_time: bool = True
    is_on_quota: bool = True
    has_certificate: bool = True
    training_hours: float = 360.0
    status: str = "在岗"

    @property
    def counts(self) -> bool:
        """True for a full-time teacher at the school's disposal."""
        return self.is_full_time and self.status in COUNTED_STATUSES


Unit = tuple[str, str]  # school code, stage
Roster = dict[Unit, list[Teacher]]


class Staff:
    """Hires, moves and promotes teachers so that each school comes near the level it aims at."""

    def __init__(self, world: World, levels: dict[Unit, dict[str, float]]) -> None:
        self.world, self.levels = world, levels
        self.rng = generator(world.seed, "people")
        self.serial = 0
        self.units: Roster = {}

    def live(self, year: int, classes: dict[Unit, list[Class]]) -> Roster:
        """Move the staff on to `year` and return copies of everyone as at 1 September."""
        units = self._open_units(year)
        spare = self._leave(year, set(units))
        posts = {unit: self._posts(year, unit, classes) for unit in units}
        for unit in units:
            self._release(unit, posts[unit], spare)
        for unit in units:
            self._fill(year, unit, posts[unit], spare)
        for unit in units:
            self._grow(year, unit)
        return {unit: [replace(teacher) for teacher in self.units[unit]] for unit in units}

    def _open_units(self, year: int) -> list[Unit]:
        return [
            (s.code, stage)
            for s in self.world.open_schools(year)
            for stage in s.stages
            if self.world.students(year, s.code, stage)
        ]

    def _leave(self, year: int, is_open: set[Unit]) -> list[Teacher]:
        """Retire at 60, lose 1% to other counties; return who is free because a school closed."""
        spare: list[Teacher] = []
        for unit, staff in list(self.units.items()):
            stay = [t for t in staff if t.birth[0] > year - 60 and self.rng.random() > 0.01]
            if unit not in is_open:
                spare += stay
                del self.units[unit]
            else:
                self.units[unit] = stay
        return spare

    def _posts(self, year: int, unit: Unit, classes: dict[Unit, list[Class]]) -> int:
        code, stage = unit
        school = self.world.schools[code]
        pupils = self.world.students(year, code, stage)
        if school.kind == "special":
            return max(3, round(pupils / 2.6))
        if school.kind.startswith("point"):
            return max(1, min(7, round(pupils / 10)))
        if stage == "senior":
            return round(pupils / 12.6)
        wanted = pupils / 100 * THRESHOLDS[stage]["R1"] * self.levels[unit]["R1"]
        least = 1.25 * len(classes[unit]) if stage == "primary" else 2.2 * len(classes[unit])
        return max(4, round(max(wanted, least)))

    def _release(self, unit: Unit, posts: int, spare: list[Teacher]) -> None:
        """Free who is above the posts by more than a tenth, and one in fifty for a change of school."""
        staff = self.units.setdefault(unit, [])
        counted = [t for t in staff if t.counts and t.backbone == "无" and t.subject not in ARTS]
        surplus = sum(t.counts for t in staff) - math.ceil(posts * 1.1)
        free = max(surplus, int(self.rng.binomial(len(counted), 0.02)))
        leaving = counted[: max(0, free)]
        spare += leaving
        gone = {id(t) for t in leaving}
        self.units[unit] = [t for t in staff if id(t) not in gone]

    def _fill(self, year: int, unit: Unit, posts: int, spare: list[Teacher]) -> None:
        staff = self.units[unit]
        missing = posts - sum(t.counts for t in staff)
        if year > YEARS[0] and missing < posts * 0.05:
            missing = 0
        for _ in range(missing):
            teacher = spare.pop() if spare and year > YEARS[0] else self._hire(year, unit)
            teacher.school, teacher.stage = unit
            if year > YEARS[0]:
                teacher.joined = (year, 8)
                if teacher.subject not in OWN_SUBJECTS[unit[1]]:
                    teacher.subject = self._own_subject(unit[1])
            staff.append(teacher)
        if year == YEARS[0]:
            others = int(self.rng.binomial(posts, 0.025))
            for index in range(others + (posts + 4) // 9):
                extra = self._hire(year, unit)
                if index < others:
                    extra.status = OTHER_STATUSES[index % len(OTHER_STATUSES)]
                else:
                    extra.is_full_time, extra.subject, extra.backbone = False, "", "无"
                staff.append(extra)

    def _hire(self, year: int, unit: Unit) -> Teacher:
        """Make a person: a mixture of ages in the first year, a beginner afterwards."""
        rng, school = self.rng, self.world.schools[unit[0]]
        self.serial += 1
        first = year == YEARS[0]
        mean, spread = AGES[self._pick((0.28, 0.52, 0.2))] if first else (24, 2)
        older = 5 if first and school.area_type == "乡村" else 0
        age = min(59, max(22, int(rng.normal(mean + older, spread))))
        birth = (year - age, int(rng.integers(1, 13)))
        female = bool(rng.random() < (0.74 if unit[1] == "primary" else 0.6))
        surname = SURNAMES[int(rng.integers(10))] if self.serial % 400 else RARE_SURNAMES[self.serial % 3]
        return Teacher(
            identity_number(self.serial, *birth, female),
            f"{surname}某{self.serial:04d}",
            birth,
            self._joined(year, age),
            self._education(unit[1], school, age),
            self._title(age),
            "无",
            self._own_subject(unit[1]),
            *unit,
            is_on_quota=bool(rng.random() > 0.1),
            has_certificate=bool(rng.random() < 0.991),
            training_hours=float(rng.integers(360, 460) if rng.random() < 0.935 else rng.integers(180, 356)),
            status=COUNTED_STATUSES[self._pick((0.975, 0.018, 0.007))],
        )

    def _pick(self, weights: Sequence[float]) -> int:
        """Draw an index with probability in proportion to its weight."""
        left = self.rng.random() * sum(weights)
        for index, weight in enumerate(weights):
            left -= weight
            if left < 0:
                return index
        return len(weights) - 1

    def _joined(self, year: int, age: int) -> tuple[int, int]:
        """Three in ten are six years at their school: 5 and 4 years ago hardly anybody was hired."""
        drawn = int(self.rng.exponential(4.6)) + (1 if self.rng.random() < 0.8 else 0)
        years = min(age - 22, drawn - 2 if drawn in (4, 5) and self.serial % 6 else drawn)
        month = 8 + self.serial % 2 if self.rng.random() < 0.85 else int(self.rng.integers(1, 9))
        return year - max(0, years), month

    def _education(self, stage: str, school: School, age: int) -> str:
        odds = {
            "primary": (0.0, 0.03, 0.75, 0.195, 0.025),
            "junior": (0.0, 0.06, 0.865, 0.072, 0.003),
            "senior": (0.002, 0.14, 0.85, 0.008, 0.0),
        }[stage]
        shift = {"城区": 0.10, "镇区": 0.0, "乡村": -0.14}[school.area_type] if stage == "primary" else 0.0
        shift += 0.1 if age < 32 and stage == "primary" else -0.08 if age > 52 and stage == "primary" else 0.0
        moved = (0, 0, shift, -shift * 0.8, -shift * 0.2)
        weights = [max(0.0, share + more) for share, more in zip(odds, moved, strict=True)]
        return EDUCATION[self._pick(weights)]

    def _title(self, age: int) -> str:
        step = (age - 22) / 8 + self.rng.normal(0, 0.7)
        highest = 5 if self.rng.random() < 0.004 and age > 48 else 4 if self.rng.random() < 0.3 else 3
        return TITLES[min(highest, max(0, math.floor(step)))]

    def _own_subject(self, stage: str) -> str:
        subjects = OWN_SUBJECTS[stage]
        weights = (6.0, 5.0, 3.0, *[1.5] * (len(subjects) - 3))
        return subjects[self._pick(weights)]

    def _grow(self, year: int, unit: Unit) -> None:
        """Certify and title a few, then bring backbone and sports and arts teachers to the school's aim."""
        staff = self.units[unit]
        for teacher in staff:
            teacher.has_certificate = teacher.has_certificate or self.rng.random() < 0.1
            if year > YEARS[0] and teacher.status in OTHER_STATUSES and self.rng.random() < 0.5:
                teacher.status = "在岗"
            if year > YEARS[0] and teacher.title in TITLES[:3] and self.rng.random() < 0.08:
                teacher.title = TITLES[TITLES.index(teacher.title) + 1]
        teaching = [t for t in staff if t.counts]
        self._name_backbone(teaching, self._aim(year, unit, "R2"))
        self._name_arts(teaching, self._aim(year, unit, "R3"))

    def _aim(self, year: int, unit: Unit, indicator: str) -> int:
        code, stage = unit
        school = self.world.schools[code]
        if stage == "senior" or school.kind == "special":
            return round(len(self.units[unit]) * (0.18 if indicator == "R2" else 0.09))
        if not school.is_counted or school.kind.startswith("point"):
            return int(self.levels[unit][indicator] > 1.6)
        pupils = sum(self.world.students(year, site.code, stage) for site in self.world.sites(year, code))
        wanted = pupils / 100 * THRESHOLDS[stage][indicator] * self.levels[unit][indicator]
        wanted *= 1 + (0.03 if stage == "primary" else 0.06) * (year - YEARS[0])
        if indicator == "R3" and year == 2024 and school.area_type != "城区" and school.township.number % 2:
            wanted = max(wanted, pupils / 100 * THRESHOLDS[stage][indicator])  # the recruitment of 2024
        return math.floor(wanted + 0.7)

    def _name_backbone(self, teaching: list[Teacher], aim: int) -> None:
        held = sum(t.backbone != "无" for t in teaching)
        ready = sorted(
            (t for t in teaching if t.backbone == "无"),
            key=lambda t: (-TITLES.index(t.title), abs(t.birth[0] - 1980), t.teacher_id),
        )
        for teacher in ready[: max(0, aim - held)]:
            teacher.backbone = LEVELS[self._pick((0.66, 0.27, 0.063, 0.007))]

    def _name_arts(self, teaching: list[Teacher], aim: int) -> None:
        held = sum(t.subject in ARTS for t in teaching)
        ready = sorted(
            (t for t in teaching if t.subject not in ARTS), key=lambda t: (-t.joined[0], -t.birth[0])
        )
        for teacher in ready[: max(0, aim - held)]:
            teacher.subject = ARTS[self._pick((0.46, 0.26, 0.24, 0.04))]

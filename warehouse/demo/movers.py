"""Who is sent where in each school year, so that one year falls short of the tenth and others do not."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date

from warehouse.demo.county import County
from warehouse.demo.files import has_sent
from warehouse.demo.people import ARTS, Teacher
from warehouse.demo.places import generator
from warehouse.demo.stays import Stay
from warehouse.demo.unions import BEYOND
from warehouse.demo.world import YEARS, School

BACKBONE = dict(zip(YEARS, (0.1995, 0.205, 0.23), strict=True))  # share of the exchanged
DIRECTIONS = ((True, False, 0.62), (False, True, 0.18), (False, False, 0.15), (True, True, 0.05))
INSIDE, NEWCOMERS = 0.9, 0.12  # to a fellow school where there is one; share of those not yet six years there
LENGTHS = ((1, 0.64), (2, 0.22), (3, 0.14))
UNCOUNTED = {"走教": 9, "挂职": 6, "跟岗": 8}  # a year in a county of 220 schools


@dataclass(frozen=True)
class Candidate:
    """A teacher whom the county could send, at the home school."""

    teacher: Teacher
    school: School
    is_due: bool

    @property
    def is_urban(self) -> bool:
        """True in the county seat."""
        return self.school.area_type == "城区"


def is_due(teacher: Teacher, year: int) -> bool:
    """True for six years at the school on 1 September, counted from the month of joining."""
    return (teacher.joined[0] + 6, teacher.joined[1]) <= (year, 9)


class Mover:
    """Draws each year's stays by a stream of chance of its own."""

    def __init__(self, county: County) -> None:
        self.county, self.world = county, county.world
        self.rng = generator(county.world.seed, "exchanges")

    def move(self) -> None:
        """Fill the stays of every year; those of several years are told again."""
        for year in YEARS:
            people = self._people(year)
            stays = self._going_on(year, people) + self._supporting(year, people)
            stays += self._sent(year, people, stays)
            self.county.stays[year] = stays + self._uncounted(year, people, stays)

    def _people(self, year: int) -> dict[str, Candidate]:
        """Full-time teachers of the compulsory stages in public schools whose roster has come."""
        found = {}
        for (code, stage), staff in self.county.rosters[year].items():
            school = self.world.schools[code]
            is_pooled = stage != "senior" and self._is_public(year, school)
            if is_pooled and has_sent(self.county, year, school, "teachers"):
                for t in staff:
                    if t.is_full_time:
                        found[t.teacher_id] = Candidate(t, school, is_due(t, year))
        return found

    def _is_public(self, year: int, school: School) -> bool:
        return self.world.schools[school.parent or school.code].ownership_in(year) == "公办"

    def _going_on(self, year: int, people: dict[str, Candidate]) -> list[Stay]:
        before = self.county.stays.get(year - 1, ())
        running = [s for s in before if s.is_counted and s.end > date(year, 9, 1)]
        return [
            replace(stay, school_year=year, teacher=people[stay.teacher.teacher_id].teacher, listed="own")
            for stay in running
            if stay.teacher.teacher_id in people
            and people[stay.teacher.teacher_id].school.code == stay.origin
            and (stay.host == BEYOND or self.world.schools[stay.host].is_open(year))
        ]

    def _supporting(self, year: int, people: dict[str, Candidate]) -> list[Stay]:
        """Whoever the roster lists with the status 支教 has gone to a school beyond the county."""
        told = {stay.teacher.teacher_id for stay in self._going_on(year, people)}
        return [
            Stay(year, c.teacher, c.school.code, BEYOND, "支教", *_days(year, 1), "both")
            for c in people.values()
            if c.teacher.status == "支教" and c.teacher.teacher_id not in told
        ]

    def _sent(self, year: int, people: dict[str, Candidate], fixed: list[Stay]) -> list[Stay]:
        """Draw as many as bring the year to its rate: a little above, exactly at, just below a tenth."""
        gone = {stay.teacher.teacher_id for stay in fixed}
        due = sum(c.is_due and (c.teacher.counts or c.teacher.teacher_id in gone) for c in people.values())
        early = sum(not people[one].is_due for one in gone)
        early_wanted, total = _totals(year, due, early)
        backbone = sum(people[one].teacher.backbone != "无" for one in gone)
        named = math.floor(BACKBONE[year] * total) if year == YEARS[0] else math.ceil(BACKBONE[year] * total)
        count = max(0, total - len(gone))
        wishes = self._wishes(count, early_wanted - early, named - backbone)
        free = _free(people, gone)
        order = [free[int(at)] for at in self.rng.permutation(len(free))]
        chosen = [_pop(order, is_early, is_backbone, urban) for is_early, is_backbone, urban, _ in wishes]
        found = [
            self._stay(year, c, wish[3], at) for at, (c, wish) in enumerate(zip(chosen, wishes, strict=True))
        ]
        return self._listed(found)

    def _wishes(self, count: int, early: int, backbone: int) -> list[tuple[bool, bool, bool, bool]]:
        """Per person to be found: not yet due, backbone, from the seat, to the seat."""
        directions: list[tuple[bool, bool]] = []
        for from_seat, to_seat, share in DIRECTIONS:
            directions += [(from_seat, to_seat)] * round(share * count)
        directions = (directions + [DIRECTIONS[0][:2]] * count)[:count]
        flags = [self.rng.permutation([at < wanted for at in range(count)]) for wanted in (early, backbone)]
        pairs = zip(flags[0], flags[1], self.rng.permutation(count), strict=True)
        return [(bool(a), bool(b), *directions[int(at)]) for a, b, at in pairs]

    def _stay(self, year: int, sent: Candidate, to_seat: bool, at: int) -> Stay:
        host = self._host(year, sent, to_seat)
        years = self._length(year, sent)
        kind = "支教" if at % 5 == 3 else "轮岗"
        start, end = _days(year, years)
        if at % 20 == 6:  # shorter than a term
            start, end = date(year, 10, 8), date(year, 12, 20)
        told = "roster" if at % 8 == 1 else "both" if at % 5 < 2 else "summary"
        return Stay(year, sent.teacher, sent.school.code, host, kind, start, end, told)

    def _length(self, year: int, sent: Candidate) -> int:
        """One to three years, if the teacher stays with the home school for so long."""
        draw = self.rng.random()
        wanted = next(years for years, share in LENGTHS if (draw := draw - share) < 0 or years == 3)
        unit = sent.school.code, sent.teacher.stage
        stays = [
            y
            for y in YEARS
            if y > year
            and any(
                t.teacher_id == sent.teacher.teacher_id and t.counts
                for t in self.county.rosters[y].get(unit, ())
            )
        ]
        return min(wanted, 1 + len(stays)) if year < YEARS[-1] else wanted

    def _host(self, year: int, sent: Candidate, to_seat: bool) -> str:
        """A public school of the same stage, mostly a fellow of the consortium where there is one."""
        hosts = [s for s in self.world.open_schools(year) if self._is_host(year, s, sent, to_seat)]
        fellows = {
            m.school
            for union in self.county.unions
            if any(m.school == sent.school.code for m in union.on(date(year, 11, 1)))
            for m in union.on(date(year, 11, 1))
        }
        near = [s for s in hosts if s.code in fellows]
        pool = near if near and self.rng.random() < INSIDE else hosts
        return pool[int(self.rng.integers(len(pool)))].code if pool else BEYOND

    def _is_host(self, year: int, school: School, sent: Candidate, to_seat: bool) -> bool:
        fits = sent.teacher.stage in school.stages and school.is_counted and school.kind != "special"
        other = school.code not in (sent.school.code, sent.school.parent)
        is_taught = self.world.students(year, school.code, sent.teacher.stage) > 0
        return (
            fits
            and other
            and is_taught
            and self._is_public(year, school)
            and (school.area_type == "城区") == to_seat
        )

    def _listed(self, stays: list[Stay]) -> list[Stay]:
        """Some rosters already have a few teachers at the host school, or as 区内交流."""
        found = []
        for at, stay in enumerate(stays):
            plain = stay.told == "summary" and stay.start.month == 9 and stay.host != BEYOND
            place = "host" if at % 36 == 2 else "away" if at % 24 == 4 else "own"
            found.append(replace(stay, listed=place) if plain else stay)
        return found

    def _uncounted(self, year: int, people: dict[str, Candidate], stays: list[Stay]) -> list[Stay]:
        """走教 by sports and arts teachers, 挂职 by the titled, 跟岗 by the young, as the summary tells."""
        gone = {stay.teacher.teacher_id for stay in stays}
        free = _free(people, gone)
        order = [free[int(at)] for at in self.rng.permutation(len(free))]
        found: list[Stay] = []
        for kind, full in UNCOUNTED.items():
            fitting = [c for c in order if _suits(kind, c.teacher, year)]
            for sent in fitting[: max(1, round(full * len(self.world.schools) / 220))]:
                order.remove(sent)
                host = self._host(year, sent, to_seat=kind == "跟岗")
                found.append(
                    Stay(year, sent.teacher, sent.school.code, host, kind, *_days(year, 1), "summary")
                )
        return found


def _totals(year: int, due: int, early: int) -> tuple[int, int]:
    """Return how many of the exchanged are not yet due, and how many are exchanged in all."""
    early = max(early, round(NEWCOMERS * due / 10))
    if year == YEARS[1]:  # a tenth exactly
        early += -(due + early) % 10
        return early, (due + early) // 10
    pool = due + early
    return early, math.ceil(0.103 * pool) if year == YEARS[0] else min(
        math.floor(0.0985 * pool), math.ceil(0.1 * pool) - 1
    )


def _free(people: dict[str, Candidate], gone: set[str]) -> list[Candidate]:
    """Who is at the school's disposal and not away already; special schools send nobody."""
    return [
        c
        for c in people.values()
        if c.teacher.counts and c.teacher.teacher_id not in gone and c.school.kind != "special"
    ]


def _pop(order: list[Candidate], is_early: bool, is_backbone: bool, urban: bool) -> Candidate:
    """Take the first who fits; where nobody does, the direction gives way."""

    def fits(one: Candidate) -> bool:
        return one.is_due != is_early and (one.teacher.backbone != "无") == is_backbone

    found = next((c for c in order if fits(c) and c.is_urban == urban), None)
    found = found or next((c for c in order if fits(c)), None) or order[0]
    order.remove(found)
    return found


def _suits(kind: str, teacher: Teacher, year: int) -> bool:
    if kind == "走教":
        return teacher.subject in ARTS
    if kind == "挂职":
        return teacher.title in ("高级教师", "正高级教师") and year - teacher.birth[0] < 55
    return year - teacher.birth[0] < 32


def _days(year: int, years: int) -> tuple[date, date]:
    return date(year, 9, 1), date(year + years, 7, 10)

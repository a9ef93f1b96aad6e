"""What consortiums change: gaps between lead and members that close, widen, or stay as they are."""

from __future__ import annotations

from warehouse.demo.buildings import Estate
from warehouse.demo.people import Roster, Teacher
from warehouse.demo.unions import LEAD, MEMBER, SECOND, Union
from warehouse.demo.world import YEARS, School

STOCK = {"R6": ("equipment_value_yuan", 1.0), "R7": ("multimedia_rooms", 0.01)}
LEFT = {"closing": (1.0, 0.65, 0.3), "widening": (1.0, 1.35, 1.75)}  # of the first year's gap, by year
BACKBONE_LEFT = (1.0, 0.9, 0.8)  # persons move more slowly than money
HIGHEST = 2.2  # nobody is lifted above this multiple of the threshold


class Effects:
    """Lifts the poorer side of a closing gap and the richer side of a widening one; nothing is taken away."""

    def __init__(self, estate: Estate, rosters: dict[int, Roster]) -> None:
        self.estate, self.world, self.rosters = estate, estate.world, rosters

    def bring(self, union: Union) -> None:
        """Change the stock and staff of the schools of one consortium from its second round on."""
        sides = [self._side(union, role) for role in (LEAD, MEMBER)]
        if union.plan.effect == "frozen":
            self._freeze([*sides[0], *sides[1]])
        if union.plan.effect in LEFT and all(sides):
            for indicator in STOCK:
                self._steer(indicator, sides, LEFT[union.plan.effect])
        if union.plan.effect == "closing" and all(sides):
            self._name_backbone(sides)

    def _side(self, union: Union, role: str) -> list[School]:
        """Schools of one role that were there in every year and have pupils of the compulsory stages."""
        codes = [m.school for m in union.members if m.round == SECOND and m.role == role]
        found = [self.world.schools[code] for code in codes if code in self.world.schools]
        stock = self.estate.stock
        return [s for s in found if (YEARS[0], s.code) in stock and s.stages[0] != "senior"]

    def _need(self, indicator: str, year: int, school: School) -> float:
        return self.estate.need(year, school, indicator) * STOCK[indicator][1]

    def _level(self, indicator: str, year: int, side: list[School]) -> float:
        amounts = (self.estate.stock[year, s.code][STOCK[indicator][0]] or 0.0 for s in side)
        return sum(amounts) / max(1e-9, sum(self._need(indicator, year, s) for s in side))

    def _steer(self, indicator: str, sides: list[list[School]], left: tuple[float, ...]) -> None:
        first = [self._level(indicator, YEARS[0], side) for side in sides]
        for year, share in zip(YEARS[1:], left[1:], strict=True):
            lead, members = (self._level(indicator, year, side) for side in sides)
            lacking = (first[0] - first[1]) * share - (lead - members)
            self._lift(indicator, year, sides[0] if lacking > 0 else sides[1], abs(lacking))

    def _lift(self, indicator: str, year: int, side: list[School], level: float) -> None:
        column, _ = STOCK[indicator]
        for school in side:
            stock, need = self.estate.stock[year, school.code], self._need(indicator, year, school)
            held = self.estate.stock[year - 1, school.code][column] or 0.0
            amount = stock[column] or 0.0
            lifted = max(amount, held, min(amount + level * need, max(amount, HIGHEST * need)))
            stock[column] = float(round(lifted, -2 if indicator == "R6" else None))

    def _freeze(self, schools: list[School]) -> None:
        """Keep the first year's buildings, and equipment that keeps pace with the pupils, no more."""
        for school in schools:
            first = self.estate.stock[YEARS[0], school.code]
            start = (first["equipment_value_yuan"] or 0.0) / self._need("R6", YEARS[0], school)
            for year in YEARS[1:]:
                stock = self.estate.stock[year, school.code]
                for column in ("teaching_area_m2", "sports_ground_area_m2", "multimedia_rooms"):
                    stock[column] = first[column]
                stock["equipment_value_yuan"] = float(round(start * self._need("R6", year, school), -2))

    def _name_backbone(self, sides: list[list[School]]) -> None:
        """Name more backbone teachers on the side that has fewer a pupil, year by year."""
        first = [self._backbone(YEARS[0], side) for side in sides]
        for year, share in zip(YEARS[1:], BACKBONE_LEFT[1:], strict=True):
            lead, members = (self._backbone(year, side) for side in sides)
            lacking = (first[0] - first[1]) * share - (lead - members)
            side = sides[0] if lacking > 0 else sides[1]
            for index in range(int(abs(lacking) * self._pupils(side))):
                self._name_one(year, side[index % len(side)])

    def _pupils(self, side: list[School]) -> int:
        return sum(self.world.students(YEARS[0], s.code, s.stages[0]) for s in side)

    def _backbone(self, year: int, side: list[School]) -> float:
        staff = [t for s in side for t in self.rosters[year].get((s.code, s.stages[0]), ())]
        return sum(t.counts and t.backbone != "无" for t in staff) / max(1, self._pupils(side))

    def _name_one(self, year: int, school: School) -> None:
        unit = school.code, school.stages[0]
        last = {t.teacher_id for t in self.rosters[YEARS[-1]].get(unit, ())}
        staff = self.rosters[year].get(unit, ())
        ready = [t for t in staff if t.counts and t.backbone == "无" and t.teacher_id in last]
        if ready:
            chosen = min(ready, key=lambda t: (abs(t.birth[0] - 1980), t.teacher_id))
            for later in self._later(year, unit, chosen):
                later.backbone = "县级"

    def _later(self, year: int, unit: tuple[str, str], teacher: Teacher) -> list[Teacher]:
        pictures = (self.rosters[y].get(unit, ()) for y in YEARS if y >= year)
        return [t for staff in pictures for t in staff if t.teacher_id == teacher.teacher_id]

"""Buildings, grounds, equipment and money of each site: a stock drawn once, then changed for a reason."""

from __future__ import annotations

import math

from warehouse.demo.levels import THRESHOLDS
from warehouse.demo.places import generator
from warehouse.demo.pupils import Class
from warehouse.demo.world import YEARS, School, World

Unit = tuple[str, str]
Resources = dict[str, float | None]
WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
RESOURCE_FIELDS = (
    "teaching_area_m2",
    "indoor_sports_area_m2",
    "sports_ground_area_m2",
    "equipment_value_yuan",
    "multimedia_rooms",
    "computers",
    "books",
    "public_funds_yuan",
    "training_funds_yuan",
)


class Estate:
    """The stock of every site; `stock[year, code]` holds the resource fields in base units."""

    def __init__(self, world: World, levels: dict[Unit, dict[str, float]]) -> None:
        self.world, self.levels = world, levels
        self.rng = generator(world.seed, "buildings")
        self.stock: dict[tuple[int, str], Resources] = {}
        grounds = [t.number for t in world.townships if t.area_type != "城区"]
        self.poor, self.poor_later = grounds[1], grounds[-1]

    def build(self, year: int, classes: dict[Unit, list[Class]]) -> None:
        """Add the stock of every site that is open in `year`."""
        for school in self.world.open_schools(year):
            if not school.stages:
                continue
            before = self.stock.get((year - 1, school.code))
            now = self._change(year, school, before) if before else self._first(year, school)
            self._rooms(now, year, school, classes, before)
            self._money(now, year, school)
            self.stock[year, school.code] = now

    def need(self, year: int, school: School, indicator: str) -> float:
        """Amount that would just meet the threshold in every stage (weighted where stages share)."""
        stages = [stage for stage in school.stages if stage in THRESHOLDS]
        if not stages:
            return THRESHOLDS["junior"][indicator] * self.world.students(year, school.code, "senior")
        per_pupil = max(THRESHOLDS[stage][indicator] / WEIGHTS[stage] for stage in stages)
        if school.stages[0] == "junior":
            per_pupil *= WEIGHTS["junior"] / 1.0
            weights = {"junior": 1.0, "senior": 1.2}
        else:
            weights = WEIGHTS
        return per_pupil * sum(
            weights[stage] * self.world.students(year, school.code, stage) for stage in school.stages
        )

    def _level(self, school: School, indicator: str) -> float:
        level = self.levels[school.code, school.stages[0]][indicator]
        is_poor = school.township.number in (self.poor, self.poor_later)
        if indicator == "R5" and is_poor and school.kind in ("town_primary", "village_primary", "junior"):
            level *= 0.62
        if school.kind.startswith("point"):
            level = max(1.1, level)
        return level

    def _first(self, year: int, school: School) -> Resources:
        wanted = {key: self.need(year, school, key) * self._level(school, key) for key in ("R4", "R5", "R6")}
        small = school.kind.startswith("point") or school.kind == "village_primary"
        likely = 0.25 if school.area_type == "城区" else 0.12
        indoor = 0.0 if small or self.rng.random() > likely else round(float(self.rng.uniform(240, 900)), 1)
        return {
            "teaching_area_m2": round(wanted["R4"] + indoor, 1),
            "indoor_sports_area_m2": indoor,
            "sports_ground_area_m2": round(max(0.0, wanted["R5"] - indoor), 1),
            "equipment_value_yuan": float(round(wanted["R6"], -2)),
        }

    def _change(self, year: int, school: School, before: Resources) -> Resources:
        now = {key: before[key] for key in RESOURCE_FIELDS[:4]}
        ground, area, value = (
            float(now[key] or 0)
            for key in ("sports_ground_area_m2", "teaching_area_m2", "equipment_value_yuan")
        )
        programme = {2023: self.poor, 2024: self.poor_later}.get(year)
        need = self.need(year, school, "R5")
        if school.township.number == programme and 0.4 * need < ground < 1.03 * need:
            now["sports_ground_area_m2"] = round(need * float(self.rng.uniform(1.02, 1.12)), 1)
        short = area - float(now["indoor_sports_area_m2"] or 0) < self.need(year, school, "R4")
        if short and self.rng.random() < (0.4 if "junior" in school.stages else 0.15):
            now["teaching_area_m2"] = round(area * float(self.rng.uniform(1.06, 1.18)), 1)
        now["equipment_value_yuan"] = float(round(value * float(self.rng.uniform(0.99, 1.06)), -2))
        return now

    def _rooms(
        self,
        now: Resources,
        year: int,
        school: School,
        classes: dict[Unit, list[Class]],
        before: Resources | None,
    ) -> None:
        count = sum(len(classes.get((school.code, stage), ())) for stage in school.stages)
        pupils = sum(self.world.students(year, school.code, stage) for stage in school.stages)
        held = before or {}
        wanted = self.need(year, school, "R7") / 100 * self._level(school, "R7")
        rooms = max(float(held.get("multimedia_rooms") or 0), 1.0 if pupils else 0.0)
        if not before:
            rooms = float(max(min(count, 6), math.floor(wanted + 0.6)))
        elif rooms < wanted:
            rooms += float(self.rng.integers(0, 3))
        now["multimedia_rooms"] = rooms
        computers = float(held.get("computers") or round(pupils * float(self.rng.uniform(0.09, 0.17))))
        now["computers"] = computers + (float(self.rng.integers(0, 6)) if before and pupils > 50 else 0.0)
        books = float(held.get("books") or round(pupils * float(self.rng.uniform(16, 34))))
        now["books"] = books + (float(self.rng.integers(0, pupils // 2 + 2)) if before else 0.0)

    def _money(self, now: Resources, year: int, school: School) -> None:
        rates = {"primary": 720.0, "junior": 940.0, "senior": 1300.0}
        if school.kind == "special":
            rates = dict.fromkeys(rates, 7200.0)
        growth = 1 + 0.02 * (year - YEARS[0])
        pupils = {stage: self.world.students(year, school.code, stage) for stage in school.stages}
        counted = max(1.0, 100 / max(1, sum(pupils.values()))) if sum(pupils.values()) else 0.0
        funds = sum(rates[stage] * growth * number * counted for stage, number in pupils.items())
        now["public_funds_yuan"] = float(round(funds, -2))
        now["training_funds_yuan"] = float(round(funds * float(self.rng.uniform(0.049, 0.062)), -1))


def special_rooms(world: World, year: int, classes: dict[Unit, list[Class]]) -> list[tuple[str, str, float]]:
    """Return music and art rooms one by one: school code, kind, area in m²."""
    rng = generator(world.seed, "special rooms")
    areas = {"音乐": (96.0, 98.5, 112.0, 95.9, 73.0, 54.0), "美术": (90.0, 93.0, 104.0, 89.9, 67.0, 54.0)}
    rooms = []
    for school in world.schools.values():
        draws = rng.random(16)
        if not school.is_open(year) or not school.stages or school.kind == "senior":
            continue
        count = sum(
            len(classes.get((school.code, stage), ())) for stage in school.stages if stage != "senior"
        )
        small = school.area_type == "乡村"
        for column, kind in enumerate(areas):
            wanted = math.ceil(count / 12) - (1 if draws[column] < (0.45 if small else 0.12) else 0)
            for index in range(min(7, max(0, wanted))):
                step = 2.4 if small else 1.25
                choice = min(5, int(draws[2 + column * 7 + index] * draws[2 + index] * 6 * step))
                rooms.append((school.code, kind, areas[kind][choice]))
    return rooms

"""The county's schools and what happens to them: what stays true before any file is written."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from warehouse.demo.places import (
    COUNTY,
    REGION_PREFIX,
    Township,
    generator,
    near,
    numeral,
    townships,
    village_names,
)

YEARS = (2022, 2023, 2024)
Pupils = dict[tuple[int, str, str], list[int]]


@dataclass(frozen=True)
class Kind:
    """A kind of school: how many a full county has, the least ever kept, and its usual size a stage."""

    full: int
    least: int
    school_type: str
    area_type: str
    sizes: dict[str, tuple[float, float, int, int]]  # stage → lognormal median, sigma, lowest, highest


KINDS: dict[str, Kind] = {
    "seat_primary": Kind(11, 1, "小学", "城区", {"primary": (1900, 0.35, 700, 3600)}),
    "town_primary": Kind(18, 2, "小学", "镇区", {"primary": (900, 0.40, 260, 1950)}),
    "village_primary": Kind(51, 5, "小学", "乡村", {"primary": (200, 0.55, 52, 620)}),
    "point_merged": Kind(34, 3, "教学点", "乡村", {"primary": (32, 0.60, 6, 98)}),
    "point_counted": Kind(5, 5, "教学点", "乡村", {"primary": (40, 0.1, 3, 98)}),
    "nine_year": Kind(
        9, 3, "九年一贯制学校", "镇区", {"primary": (420, 0.35, 120, 1400), "junior": (330, 0.35, 90, 900)}
    ),
    "twelve_year": Kind(
        2,
        1,
        "十二年一贯制学校",
        "城区",
        {"primary": (600, 0.2, 300, 1400), "junior": (450, 0.2, 200, 900), "senior": (300, 0.2, 120, 700)},
    ),
    "junior": Kind(19, 2, "初级中学", "镇区", {"junior": (900, 0.50, 240, 2300)}),
    "complete": Kind(
        3, 1, "完全中学", "城区", {"junior": (850, 0.2, 400, 1500), "senior": (1500, 0.2, 800, 2600)}
    ),
    "senior": Kind(4, 2, "高级中学", "城区", {"senior": (2200, 0.25, 1200, 3600)}),
    "vocational": Kind(1, 1, "中等职业学校", "城区", {"senior": (2400, 0.1, 1200, 3200)}),
    "special": Kind(
        1, 1, "特殊教育学校", "城区", {"primary": (58, 0.1, 40, 90), "junior": (28, 0.1, 15, 50)}
    ),
    "kindergarten": Kind(62, 1, "幼儿园", "镇区", {}),
}


@dataclass
class School:
    """One site over the years; codes never change, names and owners may."""

    code: str
    kind: str
    name: str
    township: Township
    area_type: str
    longitude: float
    latitude: float
    established: int
    parent: str | None = None
    is_private: bool = False
    is_boarding: bool = False
    opened: int = YEARS[0]
    closed: int = 9999
    receiver: str | None = None
    renamed: tuple[int, str] | None = None
    public_from: int | None = None
    former_name: str = ""

    def is_open(self, year: int) -> bool:
        """True when the school stands in the register of `year`."""
        return self.opened <= year < self.closed

    def name_in(self, year: int) -> str:
        """Name as at 1 September of `year`."""
        return self.renamed[1] if self.renamed and year >= self.renamed[0] else self.name

    def ownership_in(self, year: int) -> str:
        """公办 or 民办 in `year`."""
        taken_over = self.public_from is not None and year >= self.public_from
        return "民办" if self.is_private and not taken_over else "公办"

    @property
    def is_counted(self) -> bool:
        """False for a site that is reported under its parent."""
        return self.parent is None

    @property
    def school_type(self) -> str:
        """Term of the register."""
        return KINDS[self.kind].school_type

    @property
    def stages(self) -> tuple[str, ...]:
        """Stages taught, lowest first."""
        return tuple(KINDS[self.kind].sizes)


@dataclass(frozen=True)
class Event:
    """Something that happened to schools at the start of a school year."""

    school_year: int
    kind: str
    school_code: str
    other_code: str
    document: str


@dataclass
class World:
    """Everything that is true of the county; files and truth tables are written from it alone."""

    seed: int
    schools: dict[str, School] = field(default_factory=dict)
    townships: list[Township] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    pupils: Pupils = field(default_factory=dict)

    def open_schools(self, year: int) -> list[School]:
        """Schools in the register of `year`."""
        return [school for school in self.schools.values() if school.is_open(year)]

    def has_twin(self, year: int, school: School) -> bool:
        """True when another school bears, or in another year bore, the name that this one has in `year`."""
        name = school.name_in(year)
        others = (other for other in self.schools.values() if other is not school)
        return any(name in (other.name, other.renamed[1] if other.renamed else "") for other in others)

    def of_kind(self, *kinds: str) -> list[School]:
        """Schools of the given kinds, in order of founding."""
        return [school for school in self.schools.values() if school.kind in kinds]

    def students(self, year: int, code: str, stage: str) -> int:
        """Pupils of one stage of one site."""
        return sum(self.pupils.get((year, code, stage), ()))

    def sites(self, year: int, code: str) -> list[School]:
        """The school and the sites that are reported under it."""
        return [s for s in self.open_schools(year) if s.code == code or s.parent == code]


def counts_by_kind(schools: int) -> dict[str, int]:
    """Share `schools` among the kinds: every kind keeps its least, the rest by largest remainder."""
    least = {key: kind.least for key, kind in KINDS.items()}
    spare = max(0, schools - sum(least.values()))
    room = {key: kind.full - kind.least for key, kind in KINDS.items()}
    exact = {key: spare * share / sum(room.values()) for key, share in room.items()}
    counts = {key: least[key] + int(exact[key]) for key in KINDS}
    by_remainder = sorted(KINDS, key=lambda key: int(exact[key]) - exact[key])
    for key in by_remainder[: max(0, schools - sum(counts.values()))]:
        counts[key] += 1
    return counts


class Founder:
    """Gives schools their place, name and code, one after another."""

    def __init__(self, world: World, purpose: str = "schools") -> None:
        self.world = world
        self.rng = generator(world.seed, purpose)
        self.villages = village_names(self.rng)
        self.serials: dict[str, int] = {}

    def found(self, kind: str, township: Township, name: str, parent: School | None = None) -> School:
        """Add one school of `kind` to the world and return it."""
        code = f"{REGION_PREFIX}{township.number + 1:02d}{len(self.world.schools) + 1:04d}"
        area_type = township.area_type if township.area_type == "城区" else KINDS[kind].area_type
        spread = {"城区": 0.03, "镇区": 0.02}.get(area_type, 0.09)
        longitude, latitude = near(township, spread, self.rng)
        school = School(
            code,
            kind,
            name,
            township,
            area_type,
            longitude,
            latitude,
            int(self.rng.integers(1952, 2016)),
            parent.code if parent else None,
        )
        self.world.schools[code] = school
        return school

    def township_for(self, kind: str, index: int) -> Township:
        """Streets take the seat's schools, towns and then villages share the rest in turn."""
        streets = [t for t in self.world.townships if t.area_type == "城区"]
        others = [t for t in self.world.townships if t.area_type != "城区"]
        seat_junior = kind == "junior" and index % 4 == 0
        if KINDS[kind].area_type == "城区" or seat_junior or (kind == "kindergarten" and index % 4 == 0):
            return streets[index % len(streets)]
        return others[index % len(others)]

    def name_for(self, kind: str, township: Township, index: int) -> str:
        """Name a school of `kind`; town schools take the township's name."""
        which = numeral(index + 1)
        again = self.serials[kind + township.name] = self.serials.get(kind + township.name, 0) + 1
        village = next(self.villages)
        names = {
            "seat_primary": f"{COUNTY}第{which}小学",
            "town_primary": f"{township.name}{'中心' if again == 1 else '第' + numeral(again)}小学",
            "village_primary": f"{township.stem}{village}小学" if index % 3 else f"{village}小学",
            "point_counted": f"{village}教学点",
            "nine_year": f"{township.stem}{village}学校",
            "twelve_year": f"{COUNTY}{village}学校",
            "junior": f"{COUNTY}第{which}中学"
            if township.area_type == "城区"
            else f"{township.name}{'' if again == 1 else '第' + numeral(again)}初级中学",
            "complete": f"{COUNTY}{village}中学",
            "senior": f"{COUNTY}{village}高级中学",
            "vocational": f"{COUNTY}{'' if index == 0 else '第' + which}中等职业技术学校",
            "special": f"{COUNTY}{'' if index == 0 else '第' + which}特殊教育学校",
            "kindergarten": f"{township.name}中心幼儿园" if again == 1 else f"{village}幼儿园",
        }
        return names[kind]


def _found_all(founder: Founder, counts: dict[str, int]) -> None:
    for kind, count in counts.items():
        if kind == "point_merged":
            continue
        for index in range(count):
            township = founder.township_for(kind, index)
            founder.found(kind, township, founder.name_for(kind, township, index))
    parents = founder.world.of_kind("town_primary") + founder.world.of_kind("village_primary")[::3]
    for index in range(counts["point_merged"]):
        parent = parents[index % len(parents)]
        village = next(founder.villages)
        name = f"{parent.name}（{village}教学点）" if index % 4 == 0 else f"{parent.name}{village}教学点"
        founder.found("point_merged", parent.township, name, parent)


def _twin_names(world: World) -> None:
    """Let up to three pairs of village schools in different townships share a name."""
    villages = world.of_kind("village_primary")
    pairs = min(3, len(villages) // 5)
    for index in range(pairs):
        first, second = villages[index * 2], villages[index * 2 + 1]
        second.name = first.name = f"{('光明', '希望', '团结')[index]}小学"


def _traits(world: World, rng: np.random.Generator) -> None:
    for index, school in enumerate(world.of_kind("nine_year")):
        school.is_private = index < 2
    for school in world.of_kind("twelve_year") + world.of_kind("junior")[-1:]:
        school.is_private = True
    for school in world.of_kind("kindergarten")[1::2]:
        school.is_private = bool(rng.random() < 0.9)
    for school in world.of_kind("village_primary")[4::5] + world.of_kind("town_primary")[1::4]:
        school.former_name = f"{school.township.stem}{school.name.removesuffix('小学')[-2:]}完全小学"
    for school in world.schools.values():
        likely = {
            "junior": 0.4,
            "nine_year": 0.6,
            "twelve_year": 1.0,
            "senior": 1.0,
            "complete": 1.0,
            "village_primary": 0.15,
        }.get(school.kind, 0.0)
        school.is_boarding = bool(rng.random() < likely)


def found_county(schools: int, seed: int) -> World:
    """Return the county's schools as they stand in the first year, before anything happens to them."""
    world = World(seed, townships=townships(schools, seed))
    _found_all(Founder(world), counts_by_kind(schools))
    _twin_names(world)
    _traits(world, generator(seed, "traits"))
    return world

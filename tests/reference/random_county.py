"""Random small counties, and their figures computed a second time in plain Python.

Written from the rules (教督〔2017〕6号, the split weights), not from the models: a school is a record, a
county is a list, and every rule is a line one can check.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

STAGES = ("primary", "junior", "senior")
STAGE_ZH = {"primary": "小学", "junior": "初中", "senior": "高中"}
TYPES = {
    "小学": ("primary",),
    "小学教学点": ("primary",),
    "初级中学": ("junior",),
    "九年一贯制学校": ("primary", "junior"),
    "十二年一贯制学校": ("primary", "junior", "senior"),
    "完全中学": ("junior", "senior"),
    "特殊教育学校": ("primary",),
}
WEIGHTS = {"primary": 1.0, "junior": 1.1, "senior": 1.32}
COMPLETE_SECONDARY = {"junior": 1.0, "senior": 1.2}
THRESHOLDS = {
    "primary": {"R1": 4.2, "R2": 1.0, "R3": 0.9, "R4": 4.5, "R5": 7.5, "R6": 2000.0, "R7": 2.3},
    "junior": {"R1": 5.3, "R2": 1.0, "R3": 0.9, "R4": 5.8, "R5": 10.2, "R6": 2500.0, "R7": 2.4},
}
LIMITS = {"primary": 0.50, "junior": 0.45}
RESOURCES = {
    "teaching": "教学及辅助用房面积",
    "indoor": "室内体育用房面积",
    "ground": "运动场地面积",
    "equipment": "教学仪器设备资产值(元)",
    "rooms": "网络多媒体教室",
}
STAFF = ("博士", "硕士", "本科", "专科", "高中及以下", "县级以上骨干教师数", "体育", "音乐", "美术", "艺术")


@dataclass
class Site:
    """One row of the register with what it reports; `None` is missing."""

    code: str
    kind: str
    counted: bool = True
    parent: str | None = None
    pupils: dict[str, int | None] = field(default_factory=dict)
    shared: dict[str, float | None] | None = None
    by_stage: dict[str, dict[str, float | None]] = field(default_factory=dict)
    staff: dict[str, dict[str, int | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One school's indicator at one stage."""

    value: float | None
    pupils: float | None
    numerator: float | None


def some(rng: random.Random, value: float, missing: float = 0.02) -> float | None:
    """Return the value, or now and then nothing."""
    return None if rng.random() < missing else value


def random_resources(rng: random.Random, pupils: int) -> dict[str, float | None]:
    teaching = round(pupils * rng.choice([4.5, 4.5 * 0.85, rng.uniform(3, 9)]), 2)
    return {
        "teaching": some(rng, teaching),
        "indoor": some(rng, rng.choice([0, 0, round(teaching * 0.1, 2)])),
        "ground": some(rng, round(pupils * rng.choice([7.5, 7.5 * 0.85, rng.uniform(4, 20)]), 2)),
        "equipment": some(rng, round(pupils * rng.choice([2000.0, 0, rng.uniform(900, 4000)]), 2)),
        "rooms": some(rng, rng.randrange(0, 4 + pupils // 25)),
    }


def random_staff(rng: random.Random, pupils: int) -> dict[str, int | None]:
    high = max(0, round(pupils * rng.uniform(0.03, 0.09)))
    counts = [0, rng.randrange(3), high, rng.randrange(4), rng.randrange(3)]
    counts += [rng.randrange(0, 2 + pupils // 60)]
    counts += [rng.randrange(0, 2 + pupils // 90) for _ in range(3)] + [0]
    return {name: some(rng, value, 0.01) for name, value in zip(STAFF, counts, strict=True)}  # type: ignore[misc]


def random_site(rng: random.Random, code: str, kind: str) -> Site:
    site = Site(code, kind)
    small = kind == "小学教学点"
    for stage in TYPES[kind]:
        size = rng.choice([49, 50, 12, 0, 99]) if small else rng.choice([100, 200, rng.randrange(60, 2500)])
        site.pupils[stage] = size
        site.staff[stage] = random_staff(rng, size)
    if rng.random() < 0.05 and "senior" in site.pupils:
        site.pupils["senior"] = None
    total = sum(number or 0 for number in site.pupils.values())
    if len(site.pupils) == 1 and rng.random() < 0.7:
        (stage,) = site.pupils
        site.by_stage[stage] = random_resources(rng, total)
    else:
        site.shared = random_resources(rng, total)
    return site


def random_county(seed: int) -> list[Site]:
    """Return ten to twenty sites; some are uncounted and belong to a single-stage or nine-year parent."""
    rng = random.Random(seed)
    kinds = rng.choices(list(TYPES), weights=[6, 3, 3, 2, 1, 1, 1], k=rng.randrange(8, 16))
    kinds.append("小学")
    sites = [random_site(rng, f"0{seed:03}{at:03}", kind) for at, kind in enumerate(kinds)]
    parents = [site for site in sites if site.kind == "小学"]
    for at in range(rng.randrange(0, 4)):
        campus = random_site(rng, f"0{seed:03}9{at:02}", "小学教学点")
        campus.counted, campus.parent = False, rng.choice(parents).code
        sites.append(campus)
    return sites


def weight(kind: str, stage: str) -> float:
    return COMPLETE_SECONDARY[stage] if kind == "完全中学" else WEIGHTS[stage]


def merged(sites: list[Site]) -> list[list[Site]]:
    """Return each counted site together with the uncounted ones that belong to it."""
    return [[site, *(s for s in sites if s.parent == site.code)] for site in sites if site.counted]


def total(values: list[float | None]) -> float | None:
    return None if any(value is None for value in values) else math.fsum(v for v in values if v is not None)


def pupils_of(group: list[Site], stage: str) -> float | None:
    return total([site.pupils[stage] for site in group if stage in site.pupils])


def resource_of(group: list[Site], stage: str, name: str) -> float | None:
    """Return what of a resource belongs to a stage: its own, and its share of what is shared."""
    head = group[0]
    if len(head.pupils) == 1:
        parts = [site.shared if site.shared is not None else site.by_stage[stage] for site in group]
        return total([part[name] for part in parts])
    shared = head.shared[name] if head.shared else None
    weighted = total([None if n is None else n * weight(head.kind, s) for s, n in head.pupils.items()])
    own = head.pupils[stage]
    if shared is None or weighted is None or own is None or weighted == 0:
        return None
    return shared * own * weight(head.kind, stage) / weighted


def staff_of(group: list[Site], stage: str, names: tuple[str, ...]) -> float | None:
    return total([site.staff[stage][name] for site in group for name in names])


def arts_of(group: list[Site], stage: str) -> float | None:
    """Return sports and arts teachers: sports known, and either 艺术 or both 音乐 and 美术 known."""
    parts: list[float | None] = []
    for site in group:
        row = site.staff[stage]
        known = row["艺术"] is not None or (row["音乐"] is not None and row["美术"] is not None)
        told = [row[name] or 0 for name in ("体育", "音乐", "美术", "艺术")]
        parts.append(sum(told) if row["体育"] is not None and known else None)
    return total(parts)


def numerator_of(group: list[Site], stage: str, code: str) -> float | None:
    if code == "R1":
        names = ("博士", "硕士", "本科", "专科") if stage == "primary" else ("博士", "硕士", "本科")
        return staff_of(group, stage, names)
    if code == "R2":
        return staff_of(group, stage, ("县级以上骨干教师数",))
    if code == "R3":
        return arts_of(group, stage)
    if code in ("R4", "R5"):
        indoor = resource_of(group, stage, "indoor")
        other = resource_of(group, stage, "teaching" if code == "R4" else "ground")
        if indoor is None or other is None:
            return None
        return other - indoor if code == "R4" else other + indoor
    return resource_of(group, stage, {"R6": "equipment", "R7": "rooms"}[code])


def in_scope(group: list[Site], stage: str) -> bool:
    head = group[0]
    if head.kind == "特殊教育学校" or stage not in head.pupils:
        return False
    pupils = pupils_of(group, stage)
    if pupils == 0:
        return False
    return not (head.kind == "小学教学点" and pupils is not None and pupils < 50)


def figures(sites: list[Site], stage: str) -> dict[str, dict[str, Figure]]:
    """Return school → indicator → figure for the schools of the stage that are in scope."""
    result: dict[str, dict[str, Figure]] = {}
    for group in merged(sites):
        if not in_scope(group, stage):
            continue
        pupils = pupils_of(group, stage)
        row = {}
        for code in THRESHOLDS[stage]:
            numerator = numerator_of(group, stage, code)
            scale = 100 if code in ("R1", "R2", "R3", "R7") else 1
            value = None if numerator is None or not pupils else scale * numerator / pupils
            row[code] = Figure(value, pupils, numerator)
        result[group[0].code] = row
    return result


def status(value: float | None, threshold: float) -> str:
    if value is None:
        return "missing"
    if value >= threshold * (1 - 1e-9):
        return "met"
    return "near" if value >= 0.85 * threshold * (1 - 1e-9) else "below"


def verdict(row: dict[str, Figure], stage: str) -> str:
    states = [status(figure.value, THRESHOLDS[stage][code]) for code, figure in row.items()]
    met, missing = states.count("met"), states.count("missing")
    if "below" in states or met + missing < 6:
        return "not_compliant"
    return "incomplete" if missing else "compliant"


def coefficient(schools: list[Figure]) -> tuple[float | None, float | None]:
    """Return the pupil-weighted mean and difference coefficient over the schools with a value."""
    known = [school for school in schools if school.value is not None]
    pupils = math.fsum(school.pupils or 0 for school in known)
    if not pupils:
        return None, None
    mean = math.fsum((school.value or 0) * (school.pupils or 0) for school in known) / pupils
    variance = math.fsum((school.pupils or 0) * ((school.value or 0) - mean) ** 2 for school in known)
    return mean, None if mean == 0 else math.sqrt(variance / pupils) / mean


def balance_status(schools: list[Figure], stage: str) -> str:
    mean, cv = coefficient(schools)
    if any(school.value is None for school in schools):
        return "missing"
    if mean == 0 or cv is None:
        return "not_met"
    return "met" if cv <= LIMITS[stage] * (1 + 1e-9) else "not_met"

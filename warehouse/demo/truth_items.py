"""What the inspection items must come out as, from the clean world by the rules, never from the files."""

from __future__ import annotations

from typing import Any

from warehouse.demo import truth
from warehouse.demo.county import County
from warehouse.demo.declared import CONCLUSIONS, FIGURES, VETOES
from warehouse.demo.voices import GROUPS, satisfaction_rows
from warehouse.demo.world import YEARS

Row = dict[str, Any]
LARGEST = {1: 2000, 2: 2500}
FLOOR_YUAN = 6000
TOLERANCE = 1e-9
Figures = dict[str, dict[str, float | None]]


def item_rows(county: County) -> list[Row]:
    """Return one row a year and item that the county declares or that its pupils and surveys decide."""
    return [
        {"school_year": year, "item_code": item, "status": status}
        for year in YEARS
        for item, status in sorted(_statuses(county, year).items())
    ]


def _statuses(county: County, year: int) -> dict[str, str]:
    at = YEARS.index(year)
    given = {item: {name: values[at] for name, values in fields.items()} for item, fields in FIGURES.items()}
    found = {item: _said(held[at]) for item, (held, _, _) in CONCLUSIONS.items()}
    found |= {item: "met" if item in VETOES[:-1] or at == len(YEARS) - 1 else "missing" for item in VETOES}
    return found | _judged(given, year) | {"G4": _sizes(county, year), "S1": _voices(county, year)}


def _said(conclusion: int | None) -> str:
    return "missing" if conclusion is None else "met" if conclusion else "not_met"


def _judged(given: Figures, year: int) -> dict[str, str]:
    pay, nearby, places = given["G8"], given["G13"], given["G14"]
    migrants, stayed, disabled, tested = given["G15"], given["Q1"], given["Q2"], given["Q9"]
    placed = _sum(migrants["公办就读"], migrants["购买学位就读"])
    left = _sum(stayed["毕业生数"], stayed["三年转出"], minus=stayed["三年转入"])
    entered = _sum(stayed["初一在校生"], minus=stayed["三年死亡"])
    allotted = _share(places["分配名额"], places["招生计划"], 0.5)
    subjects = [
        _share(tested["数学等级"], 1, 3),
        _below(tested["数学差异率"]),
        _share(tested["科学等级"], 1, 3),
    ]
    return {
        "G7": _share(given["G7"]["生均公用经费"], 1, FLOOR_YUAN),
        "G8": _share(pay["教师平均工资"], pay["公务员平均工资"], 1),
        "G13": _all([_share(nearby["小学就近入学比例"], 1, 1), _share(nearby["初中就近入学比例"], 1, 0.95)]),
        "G14": _all([allotted, _share(places["农村分配名额"], 1, 1)]),
        "G15": _share(placed, migrants["符合条件随迁子女"], 0.85),
        "Q1": _share(left, entered, 0.95),
        "Q2": _share(disabled["入学残疾儿童"], disabled["适龄残疾儿童"], 0.95),
        "Q9": _all([*subjects, _below(tested["科学差异率"])]),
        "P1": _share(year - (given["P1"]["认定年份"] or year), 1, 3),
    }


def _sum(*parts: float | None, minus: float | None = 0) -> float | None:
    known = [part for part in parts if part is not None]
    return None if minus is None or len(known) < len(parts) else sum(known) - minus


def _share(part: float | None, whole: float | None, least: float) -> str:
    if part is None or not whole:
        return "missing"
    return "met" if part / whole >= least * (1 - TOLERANCE) else "not_met"


def _below(value: float | None) -> str:
    return "missing" if value is None else "met" if value < 0.15 * (1 - TOLERANCE) else "not_met"


def _all(parts: list[str]) -> str:
    return "not_met" if "not_met" in parts else "missing" if "missing" in parts else "met"


def _sizes(county: County, year: int) -> str:
    """No school is larger than 2,000 pupils, or 2,500 with both compulsory stages."""
    pupils: dict[str, list[int]] = {}
    for part in truth.parts(county, year):
        if part.reason not in {"merged", "special_school", "no_pupils"}:
            pupils.setdefault(part.school.code, []).append(part.students)
    return "met" if all(sum(stages) <= LARGEST[len(stages)] for stages in pupils.values()) else "not_met"


def _voices(county: County, year: int) -> str:
    rows = [row for row in satisfaction_rows(county, year) if row[1] in GROUPS and not row[2]]
    return _all([_share(satisfied, valid, 0.85) for *_, valid, satisfied in rows])

"""Mean, deviation and coefficient of the golden county, written once more with numpy from its files."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

INPUT = Path(__file__).parent / "input"
Values = dict[str, float | None]

PRIMARY_2024: dict[str, tuple[list[str], dict[str, float]]] = {
    "1000000001": (["1000000001"], {}),
    "1000000002": (["1000000002"], {}),
    "1000000003": (["1000000003"], {"小学": 1.0, "初中": 1.1}),
    "1000000004": (["1000000004"], {"小学": 1.0, "初中": 1.1, "高中": 1.32}),
    "1000000006": (["1000000006", "1000000007"], {}),
    "1000000009": (["1000000009"], {}),
    "1000000011": (["1000000011"], {}),
    "1000000012": (["1000000012"], {}),
    "1000000099": (["1000000099"], {}),
}
"""Every primary school assessed in 2024, with the sites it is made of and the weights it splits by."""


def rows(name: str) -> dict[tuple[str, str], dict[str, str]]:
    """The 2024 rows of a golden file by school and stage."""
    with (INPUT / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["学年"] == "2024"]
    return {(row["学校标识码"], row["学段"]): row for row in found}


def amount(sites: list[str], weights: dict[str, float], column: str) -> float | None:
    """A resource of a primary school: merged over sites, or its part of the whole school."""
    table = rows("办学条件")
    if not weights:
        cells = [table[site, "小学"][column] for site in sites]
        return sum(map(float, cells)) if all(cells) else None
    pupils = {stage: float(table[sites[0], stage]["在校生数"]) for stage in weights}
    part = pupils["小学"] / sum(pupils[stage] * weight for stage, weight in weights.items())
    return float(table[sites[0], "全校"][column]) * part


def numerators(code: str) -> Values:
    """R1 to R7 above the line for one primary school."""
    sites, weights = PRIMARY_2024[code]
    staff = [rows("教职工统计")[site, "小学"] for site in sites]

    def counted(*columns: str) -> float:
        return sum(float(row[column]) for row in staff for column in columns)

    columns = ("教学及辅助用房面积", "室内体育用房面积", "运动场地面积", "教学仪器设备资产值（万元）")
    teaching, indoor, ground, equipment = (amount(sites, weights, column) for column in columns)
    rooms = amount(sites, weights, "网络多媒体教室")
    assert teaching is not None and indoor is not None and ground is not None and equipment is not None
    return {
        "R1": counted("硕士", "本科", "专科"),
        "R2": counted("县级以上骨干教师数"),
        "R3": counted("体育", "音乐", "美术"),
        "R4": teaching - indoor,
        "R5": ground + indoor,
        "R6": equipment * 10000,
        "R7": rooms,
    }


def balance() -> dict[str, tuple[float, float, float]]:
    """Mean, deviation and coefficient of each indicator over the primary schools with a value."""
    scale = {"R4": 1.0, "R5": 1.0, "R6": 1.0}
    table = rows("办学条件")
    found = {}
    for indicator in ("R1", "R2", "R3", "R4", "R5", "R6", "R7"):
        pairs = [
            (sum(float(table[site, "小学"]["在校生数"]) for site in sites), numerators(code)[indicator])
            for code, (sites, _) in PRIMARY_2024.items()
        ]
        pupils, resource = np.array([pair for pair in pairs if pair[1] is not None], dtype=float).T
        values = scale.get(indicator, 100.0) * resource / pupils
        mean = float(np.average(values, weights=pupils))
        deviation = float(np.sqrt(np.average((values - mean) ** 2, weights=pupils)))
        found[indicator] = (mean, deviation, deviation / mean)
    return found

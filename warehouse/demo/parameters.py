"""The county's own parameters: its name, and what its schools are called in files."""

from __future__ import annotations

from pathlib import Path

from warehouse.demo.desk import Desk
from warehouse.demo.places import COUNTY, PROVINCE
from warehouse.demo.tables import write_csv


def write_parameters(desk: Desk, folder: Path) -> None:
    """Write county.csv (key, value) and school_aliases.csv (alias, school_code) into `folder`."""
    note = "虚构的演示县：学校、教师和数字都是生成的，与任何真实地方无关"
    county = {"county_name": COUNTY, "province": PROVINCE, "is_demonstration": "true", "note": note}
    write_csv(folder / "county.csv", [{"key": key, "value": value} for key, value in county.items()])
    aliases = [
        {"alias": alias, "school_code": code, "source": "演示数据"}
        for alias, code in sorted(desk.aliases.items())
    ]
    write_csv(folder / "school_aliases.csv", aliases, ("alias", "school_code", "source"))

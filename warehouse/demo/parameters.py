"""The county's own parameters: its name, and what its schools are called in files."""

from __future__ import annotations

from pathlib import Path

from warehouse.demo.desk import Desk
from warehouse.demo.places import COUNTY, PROVINCE
from warehouse.demo.tables import write_csv

INSPECTION_DAY = "2027-06-16"


def write_parameters(desk: Desk, folder: Path) -> None:
    """Write county.csv, school_aliases.csv and the day of the inspection (parameters.csv) into `folder`."""
    note = "虚构的演示县：学校、教师和数字都是生成的，与任何真实地方无关"
    county = {"county_name": COUNTY, "province": PROVINCE, "is_demonstration": "true", "note": note}
    write_csv(folder / "county.csv", [{"key": key, "value": value} for key, value in county.items()])
    aliases = [
        {"alias": alias, "school_code": code, "source": "演示数据"}
        for alias, code in sorted(desk.aliases.items())
    ]
    inspection = {
        "parameter": "inspection_date",
        "text_value": INSPECTION_DAY,
        "valid_from": "1900-01-01",
        "valid_to": "2099-12-31",
        "source": "演示数据",
    }
    write_csv(folder / "parameters.csv", [inspection])
    write_csv(folder / "school_aliases.csv", aliases, ("alias", "school_code", "source"))

"""The demonstration county: a plainly fictional county's raw files, their dirt and every right answer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from warehouse.demo.county import live
from warehouse.demo.desk import lay_out
from warehouse.demo.dirt import soil
from warehouse.demo.edges import draw_lines, leave_gaps
from warehouse.demo.movers import Mover
from warehouse.demo.parameters import write_parameters
from warehouse.demo.sheets import write_all
from warehouse.demo.sittings import hold
from warehouse.demo.tables import write_truth


@dataclass(frozen=True)
class CountyFiles:
    """Folders written: `raw` to import, `truth` the answers, `parameters` the county's own settings."""

    raw: Path
    truth: Path
    parameters: Path


def write_county(out_dir: Path, *, schools: int = 220, seed: int = 2019, size: str = "small") -> CountyFiles:
    """Write the demonstration county under `out_dir` and say where; the same seed gives the same bytes.

    `schools` scales the county (every kind of school is kept from about 30 on). `size` (`small` or `full`)
    says how much is examined: a sample of four grades a year, or all pupils of grades 3 to 9 twice a year
    (two million scores); schools and teachers are all there in both.
    """
    if size not in ("small", "full"):
        raise ValueError(f"size: {size}")
    found = CountyFiles(out_dir / "raw", out_dir / "truth", out_dir / "parameters")
    county = live(schools, seed)
    draw_lines(county)
    leave_gaps(county)
    Mover(county).move()
    desk = lay_out(county, hold(county, is_full=size == "full"))
    soil(desk)
    write_all(desk.sheets, found.raw)
    write_parameters(desk, found.parameters)
    write_truth(desk, found.truth)
    return found

"""One published golden county for all tests of what a reader sees."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tests import shared
from tests.golden.build import build
from view.controls import Pick
from view.names import names_of
from warehouse import read
from warehouse.home import Home
from warehouse.snapshots import current


@lru_cache(maxsize=1)
def golden_home() -> Home:
    """Return a home whose current snapshot is the golden county; not to be changed."""
    return shared.home_of("golden", _published)


def _published(root: Path) -> Home:
    home, report = build(root / "home")
    assert report.snapshot_path is not None, report.failures
    return home


def golden_pick(*, stage: str = "primary", standard: str = "national_2017", indicator: str = "R1") -> Pick:
    """Return a reader's picks on the golden county in 2024."""
    snapshot = current(golden_home())
    assert snapshot is not None
    path = str(snapshot.path)
    names = names_of(read.labels(path), read.standards(path), read.indicators(path), read.years(path))
    county = read.county(path)
    return Pick(
        path,
        snapshot.id,
        snapshot.published_at,
        names,
        county,
        2024,
        standard,
        stage,
        False,
        indicator,
        None,
    )

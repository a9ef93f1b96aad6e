"""A small published county whose snapshots tests seal, compare and save; refreshed once a session."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from tests.golden.build import build
from warehouse import snapshots
from warehouse.home import Home, open_home
from warehouse.snapshots import Snapshot


def published(root: Path) -> Home:
    """Build the golden county at `root` and publish it."""
    home, report = build(root)
    assert report.failures == []
    return home


def copied(home: Home, root: Path) -> Home:
    """Copy a home, for a test that changes it."""
    shutil.copytree(home.root, root, ignore=shutil.ignore_patterns("build", "*.lock"))
    return open_home(root)


def republished(home: Home, *changes: str) -> Snapshot:
    """Publish the current snapshot once more with SQL `changes` made to it."""
    now = snapshots.current(home)
    assert now is not None
    home.build.mkdir(exist_ok=True)
    built = home.build / "changed.duckdb"
    shutil.copyfile(now.path, built)
    with duckdb.connect(str(built)) as connection:
        for change in changes:
            connection.execute(change)
    facts = {key: value for key, value in now.manifest.items() if key not in ("id", "published_at")}
    return snapshots.publish(home, built, facts)

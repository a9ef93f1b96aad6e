"""A published county whose snapshots tests seal, compare and save."""

from __future__ import annotations

import shutil

import duckdb

from warehouse import snapshots
from warehouse.home import Home
from warehouse.snapshots import Snapshot


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

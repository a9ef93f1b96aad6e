"""Publish the current snapshot anew, again and again: a process to be killed between two renames."""

from __future__ import annotations

import shutil
import sys

from warehouse import snapshots
from warehouse.home import open_home
from warehouse.locks import held

TIMES = 12


def main(root: str) -> None:
    """Publish a copy of the current snapshot `TIMES` times, as the last step of a refresh does."""
    home = open_home(root)
    home.build.mkdir(exist_ok=True)
    for _ in range(TIMES):
        with held(home, "refresh"):
            snapshots.sweep(home)
            now = snapshots.current(home)
            assert now is not None
            built = home.build / ".building-copy.duckdb"
            shutil.copyfile(now.path, built)
            facts = {key: value for key, value in now.manifest.items() if key not in ("id", "published_at")}
            snapshots.publish(home, built, facts)


if __name__ == "__main__":
    main(sys.argv[1])

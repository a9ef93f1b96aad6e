"""Go back to another snapshot and seal it, again and again: a process to be killed in either."""

from __future__ import annotations

import sys

from warehouse import seals, snapshots
from warehouse.home import open_home

TIMES = 40
WRITABLE = 0o644


def main(root: str) -> None:
    """Publish another kept snapshot and seal it `TIMES` times, taking each seal away again."""
    home = open_home(root)
    for number in range(TIMES):
        kept = snapshots.history(home)
        chosen = snapshots.rollback(home, kept[number % min(2, len(kept))].id)
        seals.seal(home, chosen.id, "reliability")
        seals.seal(home, chosen.id, "reliability")
        chosen.path.chmod(WRITABLE)
        snapshots.seal_path(chosen.path).unlink()


if __name__ == "__main__":
    main(sys.argv[1])

"""Reading sessions in one process, each a thread that looks, queries, checks and looks again."""

from __future__ import annotations

import json
import sys
import threading
import time
from typing import Any

from warehouse import read, snapshots
from warehouse.home import Home, open_home

PAUSE_SECONDS = 0.05


def session(home: Home, stop: threading.Event, seen: dict[str, Any]) -> None:
    """Look until told to stop: which snapshot, since when and until when, and whatever went wrong."""
    while not stop.is_set():
        begun = time.monotonic()
        try:
            snapshot = snapshots.current(home)
            assert snapshot is not None
            _query(home, snapshot, seen["looks"])
        except Exception as error:  # Whatever it is, the reader saw it.
            seen["errors"].append(repr(error))
        else:
            seen["last"][snapshot.id] = begun
        seen["looks"] += 1
        time.sleep(PAUSE_SECONDS)


def _query(home: Home, snapshot: snapshots.Snapshot, number: int) -> None:
    """Query as pages do, past the cache too; sources and manifest must be of one version."""
    path = str(snapshot.path)
    latest, standard = read.years(path).row(0)[0], read.standards(path)["standard_code"][0]
    read.verdicts(path, standard, latest)
    counted = read.rows(
        path, f"select count(*) as n from marts.fct_source where not is_retracted /* {number} */"
    )
    assert counted["n"][0] == len(snapshot.manifest["sources"]), f"mixed versions at {snapshot.id}"
    assert snapshots.history(home), "no history"


def main(root: str, count: int) -> None:
    """Run `count` sessions until standard input closes, then print what each saw as one line of JSON."""
    stop = threading.Event()
    seen: list[dict[str, Any]] = [{"looks": 0, "errors": [], "last": {}} for _ in range(count)]
    threads = [threading.Thread(target=session, args=(open_home(root), stop, one)) for one in seen]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    stop.set()
    for thread in threads:
        thread.join()
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

"""What dbt made of the models when it last read them, kept once an installation and lent to every home.

Reading all models takes dbt longer than most counties' figures. It compares each file's checksum with
what it read, so an old copy costs time and never correctness; the paths it keeps of seeds are not used
(`macros/seeds.sql`). The copy lies inside the Python environment.
"""

from __future__ import annotations

import filecmp
import os
import shutil
import sys
from pathlib import Path

from warehouse.durable import written

NAME = "partial_parse.msgpack"
SHARED = Path(sys.prefix) / "junheng-models.msgpack"


def borrow(target: Path) -> None:
    """Put the installation's copy into a home's target folder that has none of its own."""
    if SHARED.exists() and not (target / NAME).exists():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHARED, target / NAME)


def lend(target: Path) -> None:
    """Keep what a home's dbt read, where the installation lets us write and has nothing as new."""
    own = target / NAME
    if not own.exists() or not os.access(SHARED.parent, os.W_OK):
        return
    if SHARED.exists() and filecmp.cmp(own, SHARED, shallow=False):
        return
    with written(SHARED) as part:
        shutil.copyfile(own, part)

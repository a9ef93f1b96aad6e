"""What is costly to make is made once for all processes of a test run; each process gets its own copy."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from warehouse.home import Home, open_home

RUN = "JUNHENG_TEST_RUN"
"""The environment's name for the folder of this test run; set by the first process, gone when it ends."""


def begin() -> Callable[[], None]:
    """Make the folder of a test run and name it to the processes started later; return what removes it."""
    folder = tempfile.mkdtemp(prefix="junheng-tests-")
    os.environ[RUN] = folder
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def home_of(name: str, make: Callable[[Path], Home]) -> Home:
    """Return a copy of the home that `make` publishes in an empty folder; made by the first who asks."""
    run = Path(os.environ[RUN])
    made = run / name
    with FileLock(run / f"{name}.lock"):
        if not made.exists():
            making = Path(tempfile.mkdtemp(dir=run))
            make(making).root.rename(made)
    return copied(Home(made), Path(tempfile.mkdtemp(dir=run)) / "home")


def copied(home: Home, root: Path) -> Home:
    """Copy a home, for a test that changes it."""
    shutil.copytree(home.root, root, ignore=shutil.ignore_patterns("build", "*.lock"))
    return open_home(root)

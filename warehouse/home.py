"""Where one county's data lives."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"


@dataclass(frozen=True)
class Home:
    """The folders of one county; nothing outside `root` is ever written."""

    root: Path

    @property
    def files(self) -> Path:
        """Received files, each under its SHA-256."""
        return self.root / "files"

    @property
    def landing(self) -> Path:
        """Append-only Parquet, one folder a dataset."""
        return self.root / "landing"

    @property
    def parameters(self) -> Path:
        """The county's own rows over the project's seeds."""
        return self.root / "parameters"

    @property
    def snapshots(self) -> Path:
        """Published snapshots and the pointer to the current one."""
        return self.root / "snapshots"

    @property
    def build(self) -> Path:
        """Scratch space of a refresh."""
        return self.root / "build"

    @property
    def errors(self) -> Path:
        """Error workbooks to mend and import again."""
        return self.root / "errors"

    @property
    def raw(self) -> Path:
        """Raw files of the demonstration county."""
        return self.root / "raw"

    def lock(self, name: str, timeout: float = 120) -> FileLock:
        """Return the lock `name` (`import` or `refresh`); acquiring waits up to `timeout` seconds."""
        self.root.mkdir(parents=True, exist_ok=True)
        return FileLock(self.root / f".{name}.lock", timeout=timeout)

    def is_empty(self) -> bool:
        """True when nothing was ever imported or published here."""
        landed = self.landing / "_imports"
        return not any(landed.glob("I*.parquet")) and not (self.snapshots / "CURRENT").exists()


def open_home(path: str | Path | None = None) -> Home:
    """Return the home at `path`, else at `JUNHENG_HOME`, else `./data`."""
    return Home(Path(path or os.environ.get("JUNHENG_HOME") or "data").resolve())

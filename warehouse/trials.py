"""A trial: what an import would do to the verdicts, worked out on a scratch copy of the home."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from warehouse import snapshots
from warehouse.differences import Difference, difference
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.imports import ImportReport, import_paths
from warehouse.locks import held
from warehouse.refresh import Failure, refresh

Progress = Callable[[str], None]
TRIAL = "trial"


@dataclass(frozen=True)
class Trial:
    """What was tried: the import as it would be, and what a refresh would then change.

    `difference` is None where there is nothing to compare: the files bring nothing new, or the refresh
    would not publish, for the reasons in `failures`.
    """

    report: ImportReport
    difference: Difference | None
    failures: list[Failure] = field(default_factory=list)


def try_import(
    home: Home, paths: Sequence[Path | str], *, progress: Progress | None = None, **how: Any
) -> Trial:
    """Import `paths` into a scratch copy of `home`, refresh there, and compare with what is published.

    `how` is passed on to `import_paths`. Nothing is landed or published, and the copy goes whatever
    happens. Imports that were landed but not yet refreshed count too. JunhengError as from an import,
    and when nothing is published to compare with.
    """
    say = progress or (lambda line: None)
    published = snapshots.current(home)
    if published is None:
        raise JunhengError(
            "还没有发布过快照，没有可以比较的判定。请先导入并刷新一次。",
            "Nothing is published yet, so there is no verdict to compare with. Import and refresh first.",
        )
    with held(home, TRIAL):
        folder = home.build / TRIAL
        shutil.rmtree(folder, ignore_errors=True)  # of a trial that was killed
        try:
            say("正在准备试算用的副本")
            copy = _copied(home, folder)
            report = import_paths(copy, paths, progress=lambda name: say(f"正在读取：{name}"), **how)
            return _refreshed(copy, published, _at_home(report, home), say)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _copied(home: Home, folder: Path) -> Home:
    """Give a scratch home the landing and parameters of `home`; landed files are shared, never written to."""
    copy = Home(folder)
    with held(home, "import"):
        for path in home.landing.glob("*/*.parquet"):
            _share(path, copy.landing / path.parent.name / path.name)
        if home.parameters.exists():
            shutil.copytree(home.parameters, copy.parameters)
    return copy


def _share(path: Path, other: Path) -> None:
    """Give a file a second name; where the disk cannot (FAT, some network drives), copy it."""
    other.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, other)
    except OSError:
        shutil.copy2(path, other)


def _at_home(report: ImportReport, home: Home) -> ImportReport:
    """Keep the error workbook, as a dry run does; the import's id was only the copy's."""
    if report.error_workbook is None:
        return replace(report, import_id=None)
    home.errors.mkdir(parents=True, exist_ok=True)
    kept = shutil.move(report.error_workbook, home.errors / "dry_run.xlsx")
    return replace(report, import_id=None, error_workbook=Path(kept))


def _refreshed(copy: Home, published: snapshots.Snapshot, report: ImportReport, say: Progress) -> Trial:
    if report.unchanged:
        return Trial(report, None)
    refreshed = refresh(copy, progress=say)
    if refreshed.snapshot_id is None:
        return Trial(report, None, refreshed.failures)
    say("正在与已发布的快照比较")
    tried = snapshots.find(copy, refreshed.snapshot_id)
    found = difference(published, tried)
    return Trial(report, replace(found, after=replace(tried, id=TRIAL)))

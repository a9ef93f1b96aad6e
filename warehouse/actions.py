"""What pages and commands may ask of the warehouse, in one list."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from warehouse import contracts, landing, seals, snapshots
from warehouse.backups import BackupReport, backup
from warehouse.comparisons import Comparison, compare, comparison
from warehouse.corrections import STATES as CORRECTION_STATES
from warehouse.corrections import cells, correct, corrections, withdraw_correction
from warehouse.differences import Difference, diff
from warehouse.errors import JunhengError
from warehouse.examples import Example, examples, import_example
from warehouse.findings import archive as findings_archive
from warehouse.findings import workbook as findings_workbook
from warehouse.findings import write as write_findings
from warehouse.home import Home
from warehouse.imports import ImportReport, Issue, import_paths, retract, sources
from warehouse.imports.templates import write_templates
from warehouse.mapping import Unknown, remember, suggest
from warehouse.refresh import RefreshReport, refresh, run_dbt
from warehouse.restores import RestoreReport, restore
from warehouse.seals import is_intact, seal
from warehouse.seals import last as last_sealed
from warehouse.seals import listed as listed_seals
from warehouse.snapshots import Snapshot, current, history, rollback
from warehouse.trials import Trial, try_import
from warehouse.waivers import STATES as WAIVER_STATES
from warehouse.waivers import waive, waivers, withdraw_waiver

__all__ = [
    "CORRECTION_STATES",
    "WAIVER_STATES",
    "BackupReport",
    "Comparison",
    "Difference",
    "Example",
    "ImportReport",
    "Issue",
    "RefreshReport",
    "RestoreReport",
    "Snapshot",
    "Trial",
    "Unknown",
    "backup",
    "cells",
    "compare",
    "comparison",
    "correct",
    "corrections",
    "count_files",
    "count_uploads",
    "current",
    "diff",
    "examples",
    "findings_archive",
    "findings_workbook",
    "history",
    "import_example",
    "import_paths",
    "import_uploads",
    "is_intact",
    "last_sealed",
    "listed_seals",
    "make_demo",
    "refresh",
    "remember",
    "restore",
    "retract",
    "rollback",
    "run_dbt",
    "seal",
    "status",
    "suggest",
    "suggest_uploads",
    "template_archive",
    "try_import",
    "try_uploads",
    "waive",
    "waivers",
    "withdraw_correction",
    "withdraw_waiver",
    "write_findings",
    "write_templates",
]

Progress = Callable[[str], None]
DEMO_MARK = ".demonstration"


def import_uploads(
    home: Home,
    uploads: Mapping[str, bytes],
    *,
    school_year: int | None = None,
    partial: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files received through a browser, under the names they came with; `dry_run` only checks."""
    with received(uploads) as paths:
        return import_paths(
            home, paths, school_year=school_year, partial=partial, dry_run=dry_run, progress=progress
        )


def try_uploads(
    home: Home,
    uploads: Mapping[str, bytes],
    *,
    school_year: int | None = None,
    partial: bool = False,
    progress: Progress | None = None,
) -> Trial:
    """Work out what files received through a browser would do to the verdicts; nothing is changed."""
    with received(uploads) as paths:
        return try_import(home, paths, school_year=school_year, partial=partial, progress=progress)


count_files = sources.count


def count_uploads(uploads: Mapping[str, bytes]) -> int:
    """Return how many files were received through a browser, those inside zips counted."""
    with received(uploads) as paths:
        return count_files(paths)


def suggest_uploads(home: Home, uploads: Mapping[str, bytes]) -> list[Unknown]:
    """Return the unknown sheets of files received through a browser, with a match for each header."""
    with received(uploads) as paths:
        return suggest(home, paths)


@contextmanager
def received(uploads: Mapping[str, bytes]) -> Iterator[list[Path]]:
    """Write files received through a browser into a folder that goes with the block."""
    with tempfile.TemporaryDirectory(prefix="junheng-") as folder:
        paths = []
        for name, content in uploads.items():
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            paths.append(path)
        yield paths


def template_archive() -> bytes:
    """Return every Excel template in one zip, for a reader's browser."""
    packed = io.BytesIO()
    with (
        tempfile.TemporaryDirectory(prefix="junheng-") as folder,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for path in write_templates(None, Path(folder)):
            archive.write(path, path.name)
    return packed.getvalue()


def make_demo(
    home: Home, *, schools: int, seed: int, size: str, progress: Progress
) -> tuple[ImportReport, RefreshReport]:
    """Write the fictional county's raw files into `home`, import and refresh them.

    Raises `JunhengError` when the home holds anything but an earlier demonstration.
    """
    # Imported where it is used: its libraries would slow every other command down.
    from warehouse.demo import write_county

    refuse_unless_demo(home)
    for folder in (home.landing, home.raw, home.root / "truth"):
        shutil.rmtree(folder, ignore_errors=True)
    progress("正在生成虚构县的原始文件")
    write_county(home.root, schools=schools, seed=seed, size=size)
    (home.root / DEMO_MARK).touch()
    report = import_paths(home, [home.raw], progress=lambda name: progress(f"正在导入：{name}"))
    return report, refresh(home, progress=progress)


def refuse_unless_demo(home: Home) -> None:
    """Raise `JunhengError` unless `home` is new, or holds an earlier demonstration and nothing else."""
    if (home.root / DEMO_MARK).exists():
        own = {path.relative_to(home.raw).as_posix() for path in home.raw.rglob("*") if path.is_file()}
        landing.ensure_landing(home)
        if set(landing.landed(home, "_imports")["file_name"]) <= own:
            return
    elif not home.root.exists() or all(path.name.startswith(".") for path in home.root.iterdir()):
        return
    raise JunhengError(
        f"{home.root} 里已有其他数据，不能再写入演示县。请用 --home 另指定一个空文件夹。",
        f"{home.root} holds other data; name an empty folder with --home for the demonstration.",
    )


def status(home: Home) -> dict[str, Any]:
    """Return what is published, from which imports, and the count of open data issues.

    Shape: `snapshot` (null, or id, path, published_at, sources), `imports` (one row a file, sheet
    and dataset), `data_issues` (by severity and in total), `seals` (id, label, sealed_at, is_intact).
    """
    snapshot, frozen = snapshots.current(home), seals.listed(home)
    if snapshot is None:
        return {"home": str(home.root), "snapshot": None, "imports": [], "data_issues": {}, "seals": frozen}
    with contracts.opened(snapshot.path) as con:
        imports = con.sql("select * from marts.fct_source order by import_id, file_name, sheet_name").pl()
        issues = con.sql(
            "select severity, count(*) as issues from marts.fct_data_issue"
            " where is_waived is not true group by severity"
        ).pl()
    counts = dict(issues.iter_rows())
    return {
        "home": str(home.root),
        "snapshot": {
            "id": snapshot.id,
            "path": str(snapshot.path.resolve()),
            "published_at": snapshot.published_at,
            "sources": snapshot.manifest.get("sources", []),
        },
        "imports": imports.to_dicts(),
        "data_issues": {"total": sum(counts.values()), **counts},
        "seals": frozen,
    }

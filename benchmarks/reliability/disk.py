"""Part `disk`: no room left at several moments, file size limits, and folders that may not be written."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.figures import Figure, Part
from benchmarks.reliability.county import command, copied, faults, run, variant
from warehouse.home import Home, open_home

FREE_KB = {"import": (0, 8, 24, 64), "refresh": (0, 256, 4096)}
LARGEST_KB = {"import": (2, 6), "refresh": (100, 3000)}
Limit = Callable[[], None]


def measure(base: Home, scratch: Path, rounds: int) -> Part:
    """Run import and refresh where they cannot write; `rounds` bounds the sizes tried of each."""
    wrong: list[str] = []
    tried = {"full disks": 0, "file size limits": 0, "read-only folders": 0}
    for work, sizes in FREE_KB.items():
        for size in sizes[:rounds]:
            with _mounted(base, scratch, size) as home:
                if home is not None:
                    tried["full disks"] += 1
                    wrong += _denied(home, scratch, work, f"{size} KB free")
    home = copied(base, scratch / "limited")
    for work, sizes in LARGEST_KB.items():
        for size in sizes[:rounds]:
            tried["file size limits"] += 1
            wrong += _denied(home, scratch, work, f"files ≤ {size} KB", partial(_limit, size << 10))
    with _read_only(home) as denied:
        for work in FREE_KB if denied else ():
            tried["read-only folders"] += 1
            wrong += _denied(home, scratch, work, "read-only")
    code, said = run(command(home, "refresh"))
    wrong += [said[-500:]] * bool(code)
    figures = [Figure(f"{name} met", count, "") for name, count in tried.items()]
    aim = Figure("without a sentence and exit code 1, or with damage", len(wrong), "", 0)
    absent = [f"Not possible here: {name}." for name, count in tried.items() if not count]
    return Part("Nowhere to write", [*figures, aim], [*absent, *wrong[:10]])


def _denied(home: Home, scratch: Path, work: str, why: str, limit: Limit | None = None) -> Iterator[str]:
    """Run a work that must fail with exit code 1 and a sentence, and leave everything whole."""
    words = command(home, "refresh")
    if work == "import":
        words = command(home, "import", variant(scratch / "denied", 7))
    code, said = run(words, preexec_fn=limit)
    if code != 1 or "Traceback" in said or not said.strip():
        yield f"{work}, {why}: exit code {code}, {said[-700:]!r}"
    for fault in faults(home):
        yield f"{work}, {why}: {fault}"


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def _mounted(base: Home, scratch: Path, free_kb: int) -> Iterator[Home | None]:
    """A copy of a home on a small file system of its own, filled up to `free_kb`; None where not allowed."""
    folder = scratch / "full"
    folder.mkdir(exist_ok=True)
    if not _mount("-t", "tmpfs", "-o", "size=64m", "none", str(folder)):
        yield None
        return
    try:
        shutil.copytree(base.root, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.lock"))
        facts = os.statvfs(folder)
        filler = facts.f_bavail * facts.f_frsize - (free_kb << 10)
        (folder / "filler").write_bytes(bytes(filler))
        yield open_home(folder)
    finally:
        subprocess.run(["umount", str(folder)], check=False)


@contextmanager
def _read_only(home: Home) -> Iterator[bool]:
    """Take the right to write away from a home; False where that cannot be done."""
    if os.geteuid():
        home.root.chmod(0o555)
        yield True
        home.root.chmod(0o755)
        return
    root = str(home.root)  # The superuser writes everywhere but on a read-only mount.
    bound = _mount("--bind", root, root) and _mount("-o", "remount,bind,ro", root)
    yield bound
    subprocess.run(["umount", root], check=False, stderr=subprocess.DEVNULL)


def _mount(*arguments: str) -> bool:
    if shutil.which("mount") is None:
        return False
    return subprocess.run(["mount", *arguments], check=False, stderr=subprocess.DEVNULL).returncode == 0

"""What tests share: where things are, and what this machine lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests import shared
from workspace import store

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"

os.environ.setdefault("PYTHONUTF8", "1")
os.environ.setdefault("DO_NOT_TRACK", "1")


def reference_folder() -> Path | None:
    """Return the folder of real data with known answers, where this machine has it."""
    named = os.environ.get("JUNHENG_REFERENCE")
    return Path(named) if named and Path(named).is_dir() else None


def has_cjk_font() -> bool:
    """Return whether a Chinese font is installed (asked of fontconfig; assumed on Windows)."""
    if os.name == "nt":
        return True
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True).stdout.strip())


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
LACKING = {
    "libreoffice": None
    if SOFFICE
    else "LibreOffice (Debian: apt-get install libreoffice-calc libreoffice-writer)",
    "chromium": None if CHROMIUM else "Chromium (Debian: apt-get install chromium)",
    "cjk": None if has_cjk_font() else "a Chinese font (Debian: apt-get install fonts-noto-cjk)",
    "reference": None
    if reference_folder()
    else "real reference data (set JUNHENG_REFERENCE to the folder that holds them)",
}


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker by which a test says what it needs; open the folder that the processes share."""
    config.addinivalue_line("markers", "needs(*what): skipped, and said so at the end, where it is lacking")
    if not hasattr(config, "workerinput"):
        config.add_cleanup(shared.begin())


LONGEST_FIRST = ("test_style.py", "warehouse", "browser", "reference", "demo", "marts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no process is left with one of them at the end."""
    place = {str(ROOT / "tests" / name): at for at, name in enumerate(LONGEST_FIRST)}

    def order(item: pytest.Item) -> int:
        return next((at for name, at in place.items() if str(item.path).startswith(name)), len(place))

    items.sort(key=order)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test that needs what this machine lacks."""
    for marker in item.iter_markers("needs"):
        for what in marker.args:
            if LACKING[what]:
                pytest.skip(f"not run: needs {LACKING[what]}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each part that could not be run, and how to install it."""
    for lacking in filter(None, LACKING.values()):
        terminalreporter.write_line(f"NOT RUN on this machine: tests that need {lacking}")


@pytest.fixture(scope="session")
def reference() -> Path:
    """The folder of real data with known answers; mark the test `needs("reference")`."""
    folder = reference_folder()
    assert folder is not None
    return folder


@pytest.fixture
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workspace write without waiting for the disk: what is tested is not a power cut."""
    monkeypatch.setattr(store, "DURABILITY", "off")

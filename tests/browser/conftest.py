"""A server on the golden county and a Chromium that asks no outside host."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.conftest import CHROMIUM, ROOT
from tests.published import golden_home

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Serve a home on a free port; yield its address once it answers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "server", "--server.port", str(port)]
    log = (home / "serving.log").open("ab")
    server = subprocess.Popen(
        [*command, "--server.address", "127.0.0.1"],
        cwd=ROOT,
        env={**os.environ, "JUNHENG_HOME": str(home)},
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address)
        yield address
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait(address: str) -> None:
    for _try in range(120):
        try:
            urlopen(f"{address}/_stcore/health", timeout=1).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of a server on the golden county."""
    with serving(golden_home().root) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address in a window of its own and waits for its first line."""
    opened: list[Page] = []

    def go(path: str, *, width: int = 1440, height: int = 900) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, accept_downloads=True)
        opened.append(page)
        page.goto(f"{address}{path}")
        page.wait_for_selector("h1", timeout=30_000)
        return page

    yield go
    for page in opened:
        page.close()

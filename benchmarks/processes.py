"""Commands and servers run from outside, with their time and the memory of their whole process tree."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parent.parent
JUNHENG = str(Path(sys.executable).with_name("junheng"))
MEGABYTE = 1024 * 1024
SAMPLE_SECONDS = 0.05
START_SECONDS = 60


@dataclass(frozen=True)
class Run:
    """A finished command: seconds by the clock and of processor time, peak memory in MB, exit code, output.

    Processor time and memory are of its whole process tree.
    """

    seconds: float
    processor: float
    peak: float
    code: int
    output: str


def run(command: Sequence[str | Path], *, allowed: Sequence[int] = (0,), timeout: float = 300) -> Run:
    """Run a command to its end and measure it; RuntimeError with its last lines on another exit code."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    words, output = [str(word) for word in command], subprocess.PIPE
    with subprocess.Popen(
        words, cwd=ROOT, env=user_environment(), stdout=output, stderr=subprocess.STDOUT, text=True
    ) as process:
        memory = _Peak(process.pid)
        memory.start()
        try:
            text, _ = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            stop(process)
            raise
        seconds = time.perf_counter() - started
        peak = memory.end()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if process.returncode not in allowed:
        raise RuntimeError(f"{command} → {process.returncode}\n{text[-3000:]}")
    return Run(seconds, busy, peak, process.returncode, text)


def resident(pid: int) -> float:
    """Return the resident memory of a process and its children in MB."""
    return sum(_resident(process) for process in _tree(pid)) / MEGABYTE


def processor_seconds(pid: int) -> float:
    """Return the processor time a process and its children have used so far, in seconds."""
    times = [process.cpu_times() for process in _tree(pid)]
    return float(sum(time.user + time.system for time in times))


@contextmanager
def server(home: Path) -> Iterator[tuple[str, int]]:
    """Serve a home's dashboard on this machine alone; yields its address and process id, then stops it."""
    port = free_port()
    command = [JUNHENG, "--home", str(home), "serve", "--port", str(port)]
    silent = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=user_environment(), stdout=silent, stderr=silent) as process:
        try:
            _wait_until_healthy(port, process)
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            stop(process)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a process that was started here, children first."""
    for member in reversed(_tree(process.pid)):
        try:
            member.terminate()
        except psutil.NoSuchProcess:
            continue
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def user_environment() -> dict[str, str]:
    """Return this environment as a user's shell has it: Python may keep what it compiled.

    Without that, every start of dbt compiles some 1,400 modules anew, which would double its cost.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class _Peak(threading.Thread):
    """Samples the memory of a process tree until it is told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._highest, self._done = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self._done.wait(SAMPLE_SECONDS):
            self._highest = max(self._highest, resident(self._pid))

    def end(self) -> float:
        self._done.set()
        self.join()
        return self._highest


def _tree(pid: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _wait_until_healthy(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The server ended with {process.returncode} before it answered.")
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"The server did not answer within {START_SECONDS} seconds.")

"""One at a time, and a sentence for whoever has to wait too long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import Timeout

from warehouse.errors import JunhengError
from warehouse.home import Home

WORK = {
    "import": ("导入（或撤回、备份、恢复）", "import, retraction, backup or restoring"),
    "refresh": ("刷新（或回退、封存、恢复）", "refresh, rollback, sealing or restoring"),
    "trial": ("试算", "trial"),
}

SECONDS = 120.0
"""How long anyone waits for who came before."""


@contextmanager
def held(home: Home, name: str) -> Iterator[None]:
    """Hold the lock `name` of a home; JunhengError when it is not free in `SECONDS` or cannot be had."""
    zh, en = WORK[name]
    try:
        lock = home.lock(name, SECONDS)
        lock.acquire()
    except Timeout as error:
        raise JunhengError(
            f"另一个{zh}正在运行，等了 {SECONDS:g} 秒仍未结束，请稍后再试。",
            f"Another {en} has not ended within {SECONDS:g} seconds; try again later.",
        ) from error
    except OSError as error:
        raise _unwritable(home, error) from error
    try:
        yield
    except OSError as error:
        raise _unwritable(home, error) from error
    finally:
        lock.release()


def _unwritable(home: Home, error: OSError) -> JunhengError:
    reason = error.strerror or str(error)
    return JunhengError(
        f"无法写入 {home.root}（{reason}）。请检查文件夹是否可写、磁盘是否已满。",
        f"{home.root} cannot be written ({reason}). Check that it is writable and not full.",
    )

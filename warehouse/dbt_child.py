"""dbt in a process that ends with whoever started it: a killed refresh leaves no one writing."""

from __future__ import annotations

import os
import threading

from dbt.cli.main import cli

STDIN = 0


def _end_with_parent() -> None:
    """Wait for the pipe from the parent to close, as it does however the parent ends, on every system."""
    while os.read(STDIN, 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    cli()

"""dbt in a process that ends with whoever started it: a killed refresh leaves no one writing.

It tells what happens as one JSON object a line. dbt renders every line of its log, dropped ones too: that is
a sixth of a refresh; so its loggers are off (`--log-level none`) and its events come straight here.
"""

from __future__ import annotations

import json
import os
import sys
import threading

from dbt.cli.main import dbtRunner
from dbt_common.events.base_types import EventMsg
from dbt_common.events.functions import msg_to_dict

STDIN = 0
TOLD = {"info", "warn", "error"}


def _end_with_parent() -> None:
    """Wait for the pipe from the parent to close, as it does however the parent ends, on every system."""
    while os.read(STDIN, 1):
        pass
    os._exit(1)


def _tell(event: EventMsg) -> None:
    if event.info.level in TOLD:
        print(json.dumps(msg_to_dict(event)), flush=True)


def _main() -> int:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    result = dbtRunner(callbacks=[_tell]).invoke(sys.argv[1:])
    return 2 if result.exception else 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(_main())

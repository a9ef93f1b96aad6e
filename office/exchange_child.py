"""The solver in a process of its own, so that no reader waits: `python -m office.exchange_child IN OUT`."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from office import exchange_plan
from warehouse.errors import JunhengError


def main(given: Path, answer: Path) -> None:
    """Solve what `given` holds and leave the plan, or the refusal, in `answer`."""
    snapshot, standard, year, ask, seconds = pickle.loads(given.read_bytes())
    try:
        found: object = exchange_plan.plan(
            snapshot, standard, year, ask, seconds=seconds, say=lambda step: print(step, flush=True)
        )
    except JunhengError as refused:
        found = refused.message_zh, refused.message_en, refused.exit_code
    answer.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

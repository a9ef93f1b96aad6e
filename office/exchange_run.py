"""Start the solver beside the dashboard, tell how far it is, and remember what it found."""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections import OrderedDict
from pathlib import Path
from threading import Lock
from typing import Any

from planning.exchange import Plan, Say
from planning.exchange_ask import Ask
from warehouse.errors import JunhengError
from warehouse.home import PROJECT

KEPT = 12
_found: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
_turn = Lock()


def known(snapshot: str, standard: str, year: int, ask: Ask, seconds: float) -> Plan | None:
    """Return the plan found earlier for the same wish, if it is still remembered."""
    return _found.get((snapshot, standard, year, ask, seconds))


def run(snapshot: str, standard: str, year: int, ask: Ask, seconds: float, say: Say) -> Plan:
    """Solve in a process of its own, one at a time; whoever comes second waits."""
    key = (snapshot, standard, year, ask, seconds)
    with _turn:
        if key not in _found:
            _found[key] = _solved(key, say)
            while len(_found) > KEPT:
                _found.popitem(last=False)
        return _found[key]


def _solved(key: tuple[Any, ...], say: Say) -> Plan:
    with tempfile.TemporaryDirectory(prefix="junheng-plan-") as folder:
        given, answer = Path(folder) / "given", Path(folder) / "answer"
        given.write_bytes(pickle.dumps(key))
        command = [sys.executable, "-m", "office.exchange_child", str(given), str(answer)]
        with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for line in child.stdout:
                say(line.strip())
        if child.returncode or not answer.exists():
            raise JunhengError(
                "求解没有完成。请缩小范围或减少限制再试；仍不行时把时间告诉维护人员。",
                "The search did not finish. Narrow it and try again; else tell whoever maintains this.",
            )
        found = pickle.loads(answer.read_bytes())
    if isinstance(found, tuple):
        raise JunhengError(*found)
    plan: Plan = found
    return plan

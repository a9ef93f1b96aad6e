"""Many readers at once, each a websocket session as the browser would hold it.

Run as `python -m benchmarks.sessions PORT --readers N --seconds S --thought T`; prints JSON.
Speaks to this machine only, for a bounded time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

PATIENCE_SECONDS = 60
MOST_READERS = 200
MOST_SECONDS = 300
ARRIVAL_SECONDS = 5
CHOOSING = 0.5


@dataclass
class Log:
    """What all readers saw: seconds of each click by page, first loads, and clicks that went wrong."""

    clicks: list[tuple[str, float]] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    received: int = 0


@dataclass
class Reader:
    """One session: where it is, what pages the server has told it of, and what it picks from."""

    socket: ClientConnection
    log: Log
    choose: random.Random
    choices: dict[str, list[str]]
    pages: dict[str, str] = field(default_factory=dict)

    async def open(self) -> None:
        """Load the first page as a new browser tab does."""
        self.log.first.append(await self._run_script("", ""))

    async def click(self) -> None:
        """Open a page, half the time under other choices, and wait until its script has finished."""
        page = self.choose.choice(sorted(self.pages))
        chosen = {key: self.choose.choice(values) for key, values in self.choices.items()}
        query = urlencode(chosen) if self.choose.random() < CHOOSING else ""
        self.log.clicks.append((page, await self._run_script(self.pages[page], query)))

    async def _run_script(self, page_hash: str, query: str) -> float:
        request = BackMsg()
        request.rerun_script.page_script_hash = page_hash
        request.rerun_script.query_string = query
        request.rerun_script.context_info.timezone = "Asia/Shanghai"
        request.rerun_script.context_info.locale = "zh-CN"
        started = time.perf_counter()
        await self.socket.send(request.SerializeToString())
        await asyncio.wait_for(self._until_finished(), PATIENCE_SECONDS)
        return time.perf_counter() - started

    async def _until_finished(self) -> None:
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            self.log.received += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "navigation":
                known = message.navigation.app_pages
                self.pages = {page.url_pathname or "overview": page.page_script_hash for page in known}
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                self.log.wrong[message.delta.new_element.exception.message] += 1
            elif kind == "script_finished" and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return


async def _read(options: argparse.Namespace, log: Log, seed: int) -> None:
    """One reader: arrives within the first moments, then thinks and clicks until the time is up."""
    choose = random.Random(seed)
    await asyncio.sleep(choose.uniform(0, ARRIVAL_SECONDS))
    origin = Origin(f"http://127.0.0.1:{options.port}")
    url = f"ws://127.0.0.1:{options.port}/_stcore/stream"
    protocols = [Subprotocol("streamlit")]
    async with connect(url, subprotocols=protocols, origin=origin, max_size=None, proxy=None) as socket:
        reader = Reader(socket, log, choose, options.choices)
        await reader.open()
        deadline = time.monotonic() + options.seconds
        while (pause := choose.expovariate(1 / options.thought)) < deadline - time.monotonic():
            await asyncio.sleep(pause)
            await reader.click()


async def _read_together(options: argparse.Namespace) -> Log:
    log = Log()
    await asyncio.gather(*(_read(options, log, seed) for seed in range(options.readers)))
    return log


def main() -> None:
    """Hold the sessions and print what they saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--readers", type=int, default=50, choices=range(1, MOST_READERS + 1), metavar="N")
    parser.add_argument("--seconds", type=int, default=60, choices=range(1, MOST_SECONDS + 1), metavar="S")
    parser.add_argument("--thought", type=float, default=3.0, help="mean seconds between clicks")
    parser.add_argument("--choices", type=json.loads, default={}, help="what readers pick from, as JSON")
    log = asyncio.run(_read_together(parser.parse_args()))
    print(json.dumps(asdict(log), ensure_ascii=False))


if __name__ == "__main__":
    main()

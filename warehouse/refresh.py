"""Build a snapshot from the landing, test it, publish it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePath
from typing import Any

import duckdb

from warehouse import parsed, snapshots
from warehouse.home import PROJECT, Home
from warehouse.landing import ensure_landing, sweep_landing
from warehouse.locks import held
from warehouse.parameters import merge_parameters

Progress = Callable[[str], None]
DBT_PROJECT = PROJECT / "dbt_project"
PUPILS = ".pupils.duckdb"
"""What is computed a pupil at a time, in a file of its own that is gone when a refresh ends."""
ROWS_SHOWN = 5


@dataclass(frozen=True)
class Failure:
    """One model or test that did not hold: its name, what it says in words, else its first rows."""

    name: str
    message: str
    rows: list[dict[str, Any]] = field(default_factory=list)

    def __str__(self) -> str:
        """What did not hold, in words, and its first rows."""
        rows = [", ".join(f"{name}={value}" for name, value in row.items()) for row in self.rows]
        return "\n  ".join([f"{self.name}: {self.message}", *rows])


@dataclass(frozen=True)
class RefreshReport:
    """What a refresh did: the snapshot it published, or why it published nothing."""

    snapshot_id: str | None
    snapshot_path: Path | None
    failures: list[Failure]
    seconds: float = 0.0


def refresh(home: Home, *, progress: Progress | None = None) -> RefreshReport:
    """Rebuild everything from the landing into a new file, test it, and publish it if all tests hold.

    A failing test leaves the published snapshot as it is and comes back in `failures` with its rows.
    Raises JunhengError when another refresh does not end within two minutes, a parameter file is bad,
    or the home cannot be written.
    """
    say = progress or (lambda line: None)
    started = time.monotonic()
    with held(home, "refresh"):
        return _refresh(home, say, started)


def run_dbt(home: Home, args: list[str]) -> int:
    """Run dbt with `args` over the county's landing on a scratch database; return its exit code."""
    # A folder of its own: a refresh may run beside it, and dbt parses anew whenever two databases share one.
    folder = home.build / "scratch"
    ensure_landing(home)
    _lay_project(home, folder)
    environment = _environment(home, folder, "scratch.duckdb")
    return subprocess.run(_command(args, folder), cwd=folder, env=environment, check=False).returncode


def _refresh(home: Home, say: Progress, started: float) -> RefreshReport:
    say("正在检查参数与数据目录")
    home.build.mkdir(parents=True, exist_ok=True)
    snapshots.sweep(home)
    sweep_landing(home)
    ensure_landing(home)
    _lay_project(home, home.build)
    building = home.build / ".building-next.duckdb"
    _forget_pupils(home)
    code = _build(home, building, say)
    failures = list(_failures(home, building))
    _forget_pupils(home)
    if code != 0 and not failures:
        failures = [_crash(home)]
    if failures:
        building.unlink(missing_ok=True)
        return RefreshReport(None, None, failures, time.monotonic() - started)
    say("正在发布新快照")
    try:
        facts = _close(building)
    except duckdb.Error as error:  # All models fitted on the disk, the last pages do not.
        building.unlink(missing_ok=True)
        raise OSError(str(error)) from error
    snapshot = snapshots.publish(home, building, facts)
    parsed.lend(home.build / "target")
    return RefreshReport(snapshot.id, snapshot.path, [], time.monotonic() - started)


def _forget_pupils(home: Home) -> None:
    """Remove what was computed a pupil at a time, left by this refresh or by a killed one."""
    for path in home.build.glob(f"{PUPILS}*"):
        path.unlink()


def _lay_project(home: Home, folder: Path) -> None:
    """Copy the models into `folder`, with the county's merged seeds inside.

    dbt knows seeds only below its project, and writes what it compiles from them beside that path: a seed
    named from elsewhere would be overwritten, or something outside the home written.
    """
    project = folder / "project"
    shutil.rmtree(project, ignore_errors=True)
    shutil.copytree(DBT_PROJECT, project, ignore=shutil.ignore_patterns("target", "logs"))
    merge_parameters(home, project / "seeds")


def _build(home: Home, building: Path, say: Progress) -> int:
    """Run `dbt build` into `building`, telling each model as it starts; return dbt's exit code."""
    say("正在启动计算")
    (home.build / "target" / "run_results.json").unlink(missing_ok=True)
    parsed.borrow(home.build / "target")
    output = home.build / "dbt.log"
    with output.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            _command(["build", "--log-level", "none"], home.build, "warehouse.dbt_child"),
            cwd=home.build,
            env=_environment(home, home.build, building.name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        assert process.stdout is not None
        try:
            for line in process.stdout:
                log.write(line)
                if model := _started_model(line):
                    say(f"正在计算：{model}")
            return process.wait()
        finally:  # A full disk or a bored user ends the loop early; nobody may go on writing then.
            process.kill()
            process.wait()


def _started_model(line: str) -> str | None:
    """Return the plain name of the mart whose computation a line of dbt's log announces."""
    if '"LogStartLine"' not in line:
        return None
    name = json.loads(line)["data"].get("node_info", {}).get("meta", {}).get("progress")
    return str(name) if name else None


def _command(args: list[str], folder: Path, module: str = "dbt.cli.main") -> list[str]:
    """dbt of this very Python, so that it is found on every system whatever the PATH."""
    project = str(folder / "project")
    options = ["--project-dir", project, "--profiles-dir", project]
    target = [
        "--log-level-file",
        "none",
        "--target-path",
        str(folder / "target"),
        "--log-path",
        str(folder / "logs"),
    ]
    return [sys.executable, "-m", module, *args, *options, *target]


def _environment(home: Home, folder: Path, database: str) -> dict[str, str]:
    """What dbt is told, relative to the folder it runs in: alike in every home, so that parsing is shared."""
    landing = PurePath(os.path.relpath(home.landing, folder)).as_posix()
    return os.environ | {
        "JUNHENG_LANDING": landing,
        "JUNHENG_SEEDS": "seeds",
        "JUNHENG_BUILD": database,
        "JUNHENG_PUPILS": PUPILS,
        "DO_NOT_TRACK": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUTF8": "1",
    }


def _failures(home: Home, building: Path) -> Iterator[Failure]:
    """Yield what did not hold, in the words of each node's description, with its first rows."""
    target = home.build / "target"
    if not (target / "run_results.json").exists():
        return
    results = json.loads((target / "run_results.json").read_text(encoding="utf-8"))["results"]
    bad = [result for result in results if result["status"] in ("error", "fail")]
    if not bad:
        return
    nodes = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    for result in bad:
        node = nodes[result["unique_id"]]
        if result["status"] == "fail":
            rows = _first_rows(building, result.get("compiled_code"))
            said = _sentences(rows)
            shown = [] if said else rows
            yield Failure(node["name"], said or _in_words(node) or str(result["message"]), shown)
        else:
            yield Failure(node["name"], f"{_in_words(node)}\n{result['message']}".strip())


def _in_words(node: dict[str, Any]) -> str:
    """A test says what it holds in its description or in the comment lines that open its file."""
    if node.get("description"):
        return str(node["description"])
    lines = [line.strip() for line in node.get("raw_code", "").splitlines()[:3]]
    return "\n".join(line.removeprefix("--").strip() for line in lines if line.startswith("--"))


def _sentences(rows: list[dict[str, Any]]) -> str:
    """What the rows of a test say themselves, where they carry sentences."""
    return "\n".join(str(row[name]) for name in ("message_zh", "message_en") for row in rows if name in row)


def _first_rows(building: Path, query: str | None) -> list[dict[str, Any]]:
    if not query or not building.exists():
        return []
    with duckdb.connect(str(building), read_only=True) as connection:
        folder = building.parent.as_posix().replace("'", "''")
        connection.execute(f"set file_search_path = '{folder}'")
        relation = connection.sql(f"select * from ({query}) limit {ROWS_SHOWN}")
        return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _crash(home: Home) -> Failure:
    log = (home.build / "dbt.log").read_text(encoding="utf-8", errors="replace").splitlines()
    messages = [json.loads(line)["info"]["msg"] for line in log if line.startswith("{")]
    lines = [line for message in messages or log for line in _without_traceback(message)]
    return Failure("dbt", "计算程序没有运行完。最后的信息：\n" + "\n".join(lines[-8:]))


def _without_traceback(message: str) -> list[str]:
    """A message's lines; of one that holds a traceback those that say what happened."""
    lines = message.splitlines()
    if "Traceback" not in message:
        return lines
    return [line for line in lines if line and not line.startswith((" ", "Traceback"))]


def _close(building: Path) -> dict[str, Any]:
    """Leave only what is published in the built file, and return the facts for its manifest."""
    with duckdb.connect(str(building)) as connection:
        sources = connection.sql(
            "select import_id, file_name, file_hash, sheet_name, dataset, rows_landed"
            " from marts.fct_source where not is_retracted order by all"
        )
        names = sources.columns
        rows = [dict(zip(names, row, strict=True)) for row in sources.fetchall()]
        standards = connection.sql("select standard_code from marts.dim_standard order by all").fetchall()
        for schema in ("staging", "intermediate"):
            connection.execute(f"drop schema {schema} cascade")
        connection.execute("checkpoint")
    return {
        "software": version("junheng"),
        "dbt": version("dbt-core"),
        "standards": [code for (code,) in standards],
        "sources": rows,
    }

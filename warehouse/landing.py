"""The landing: append-only Parquet, one folder a dataset, the memory everything is rebuilt from.

An import exists once its file in `_imports` exists; that file is written last, by rename, so a
killed import leaves rows that nobody counts. Landed rows are never edited: an import is taken
back by a row in `_retractions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from filelock import Timeout

from warehouse.durable import written
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.locks import held
from warehouse.schemas import SCHEMAS

GROUP_BITS = 24
"""A group of scores has an id of its own among all imports: the import's number, then its own."""


def ensure_landing(home: Home) -> None:
    """Write the typed empty file of every dataset, so that a dataset nobody sent still stages."""
    for dataset, schema in SCHEMAS.items():
        path = home.landing / dataset / "_empty.parquet"
        if not path.exists() or pl.read_parquet_schema(path) != schema:
            _write(path, pl.DataFrame(schema=schema))


def sweep_landing(home: Home) -> None:
    """Remove what killed imports left, unless an import is running; call it while no refresh reads."""
    lock = home.lock("import", 0)
    try:
        lock.acquire()
    except Timeout:
        return
    try:
        registered = {path.name for path in (home.landing / "_imports").glob("I*.parquet")}
        unfinished = [*home.landing.glob("*/*.part"), *home.files.glob("*.part")]
        rows = [path for path in home.landing.glob("*/I*.parquet") if path.name not in registered]
        for path in [*unfinished, *rows]:
            path.unlink(missing_ok=True)
    finally:
        lock.release()


def next_import_id(home: Home) -> str:
    """Return the id after every id ever used, those of killed imports included."""
    used = (re.fullmatch(r"I(\d{6,})", path.stem) for path in home.landing.glob("*/I*.parquet*"))
    return f"I{max((int(match.group(1)) for match in used if match), default=0) + 1:06d}"


def sequence_of(import_id: str) -> int:
    """Return the number in an import id: `I000012` is 12."""
    return int(import_id[1:])


def commit_import(home: Home, import_id: str, frames: Mapping[str, pl.DataFrame]) -> None:
    """Write an import's frames, keyed by the names of `SCHEMAS`; `_imports` goes last and is the commit.

    Datasets must have their columns without `import_id` and `import_seq`, which are set here.
    """
    ensure_landing(home)
    names = sorted((name for name in frames if name != "_imports"), key=lambda name: name.startswith("_"))
    for name in [*names, "_imports"]:
        _write(home.landing / name / f"{import_id}.parquet", _shaped(name, frames[name], import_id))


def retract(home: Home, import_id: str) -> None:
    """Take an import out of what counts; its rows stay. An unknown id is wrong usage."""
    with held(home, "import"):
        if not (home.landing / "_imports" / f"{import_id}.parquet").exists():
            raise JunhengError(
                f"没有编号为 {import_id} 的导入。用 junheng status 查看已有的导入编号。",
                f"There is no import {import_id}. junheng status lists the imports there are.",
                exit_code=2,
            )
        row = pl.DataFrame(
            {"import_id": [import_id], "retracted_at": [datetime.now(UTC).replace(tzinfo=None)]},
            schema=SCHEMAS["_retractions"],
        )
        _write(home.landing / "_retractions" / f"{import_id}.parquet", row)


def landed(home: Home, name: str) -> pl.DataFrame:
    """Return every row of `name` from imports that exist and were not retracted."""
    known = _all(home, "_imports").select("import_id").unique()
    kept = known.join(_all(home, "_retractions"), on="import_id", how="anti")
    return _all(home, name).join(kept, on="import_id", how="semi", maintain_order="left")


def _all(home: Home, name: str) -> pl.DataFrame:
    """Return every landed row; a column that older software did not land yet is empty."""
    frames = [pl.read_parquet(path) for path in sorted((home.landing / name).glob("I*.parquet"))]
    if not frames:
        return pl.DataFrame(schema=SCHEMAS[name])
    rows = pl.concat([pl.DataFrame(schema=SCHEMAS[name]), *frames], how="diagonal_relaxed")
    return rows.select(list(SCHEMAS[name]))


def _shaped(name: str, frame: pl.DataFrame, import_id: str) -> pl.DataFrame:
    schema = SCHEMAS[name]
    frame = frame.with_columns(pl.lit(import_id).alias("import_id"))
    if "import_seq" in schema:
        frame = frame.with_columns(pl.lit(sequence_of(import_id)).alias("import_seq"))
    absent = [column for column in schema if column not in frame.columns]
    frame = frame.with_columns(pl.lit(None, schema[column]).alias(column) for column in absent)
    return frame.select(pl.col(column).cast(dtype) for column, dtype in schema.items())


def _write(path: Path, frame: pl.DataFrame) -> None:
    with written(path) as part:
        try:
            frame.write_parquet(part)
        except pl.exceptions.ComputeError as error:  # polars says so where the system has no room.
            raise OSError(str(error)) from error

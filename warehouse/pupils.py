"""Pupils' numbers become pseudonyms: a keyed hash whose key stays on this machine.

The key is `pupil.key` in the home: not in backups, snapshots or the landing. With another key the same
number gets another pseudonym, so exams imported before and after are not linked.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

import polars as pl

from warehouse.home import Home

KEY_BYTES = 32


def key_path(home: Home) -> Path:
    """Return where the key is kept."""
    return home.root / "pupil.key"


def key_of(home: Home) -> bytes:
    """Return the home's key, made at the first need and readable by its owner alone."""
    path = key_path(home)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def mark_of(key: bytes) -> str:
    """Return a short sign by which to tell two keys apart, which gives neither away."""
    return hmac.digest(key, b"junheng", "sha256").hex()[:16]


def pseudonyms(numbers: pl.Series, key: bytes) -> pl.Series:
    """Return a whole number for each pupil's number (null for null), the same for the same number and key.

    Letters count alike in either case and leading zeros, which Excel loses, not at all.
    """
    distinct = numbers.drop_nulls().unique()
    plain = distinct.str.to_uppercase().str.strip_chars_start("0")
    digests = [hmac.digest(key, number.encode(), "sha256")[:8] for number in plain.to_list()]
    keys = [int.from_bytes(digest, "big", signed=True) for digest in digests]
    known = pl.DataFrame({"number": distinct, "pupil_key": pl.Series(keys, dtype=pl.Int64)})
    found = pl.DataFrame({"number": numbers}).join(known, on="number", how="left", maintain_order="left")
    return found["pupil_key"]

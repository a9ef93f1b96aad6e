"""Who may do what with typed records and files: one question, `may(reader, right)`."""

from __future__ import annotations

from dataclasses import dataclass

from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.parameters import setting

OPEN_EVIDENCE = "open_evidence"
WRITE_RECORDS = "write_records"


@dataclass(frozen=True)
class Reader:
    """Somebody at one county's workspace; nobody signs in yet, so a name is all there is."""

    home: Home
    name: str = ""


def may(reader: Reader, right: str) -> bool:
    """Return whether a reader has a right: today the setting `may_<right>` is 1 for all or for nobody.

    What published figures show is asked of their snapshot instead, by the same setting (`warehouse.rights`).
    """
    return setting(reader.home, f"may_{right}") == "1"


def insist(reader: Reader, right: str) -> None:
    """Refuse, in words, who has not the right."""
    if not may(reader, right):
        raise JunhengError(
            f"没有权限（may_{right}）。请联系管理员，在 parameters/parameters.csv 里开放。",
            f"You have no right to this (may_{right}); parameters/parameters.csv opens it.",
        )

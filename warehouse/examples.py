"""Ready examples of consortiums: the facts of four published documents, some with files to import."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import JunhengError
from warehouse.home import PROJECT, SEEDS, Home
from warehouse.imports import ImportReport, import_paths

FOLDER = PROJECT / "examples"


@dataclass(frozen=True)
class Example:
    """One example: its name, its title in both languages, its facts, and the folder of its files if any."""

    name: str
    title_zh: str
    title_en: str
    facts: tuple[dict[str, str], ...]
    folder: Path | None


def examples() -> list[Example]:
    """Return every example in order."""
    titles = [row for row in _rows("labels") if row["kind"] == "example"]
    facts = _rows("consortium_facts")
    return [
        Example(
            row["code"],
            row["label_zh"],
            row["label_en"],
            tuple(fact for fact in facts if fact["example_code"] == row["code"]),
            FOLDER / row["code"] if (FOLDER / row["code"]).is_dir() else None,
        )
        for row in titles
    ]


def import_example(home: Home, name: str) -> tuple[Example, ImportReport | None]:
    """Import an example's files; None where it has facts alone. Raises JunhengError on an unknown name."""
    known = {example.name: example for example in examples()}
    if name not in known:
        names = "、".join(known)
        raise JunhengError(
            f"没有名为“{name}”的例子。现有：{names}。",
            f"There is no example “{name}”. There are: {', '.join(known)}.",
            exit_code=2,
        )
    example = known[name]
    return example, None if example.folder is None else import_paths(home, [example.folder])


def _rows(seed: str) -> list[dict[str, str]]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))

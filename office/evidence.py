"""Evidence as pages and commands ask for it: kept, opened by right, numbered for inspectors, missing."""

from __future__ import annotations

from typing import Any

import polars as pl

from office.plainly import plainly
from office.rights import OPEN_EVIDENCE, WRITE_RECORDS, Reader, insist
from warehouse import records, snapshots
from warehouse.errors import JunhengError
from warehouse.home import SEEDS, Home
from warehouse.parameters import read_table, setting
from workspace import authors, evidence, ledger
from workspace.evidence import About, Limits
from workspace.store import Store

Row = dict[str, Any]
OTHER = "F"
"""Where the index puts what belongs to no item: papers of a school as a whole."""
SCHEMA = {
    "index_no": pl.String,
    "item_code": pl.String,
    "title_zh": pl.String,
    "title_en": pl.String,
    "school_code": pl.String,
    "school_name": pl.String,
    "number": pl.Int64,
    "name": pl.String,
    "size": pl.Int64,
    "note": pl.String,
    "added_at": pl.String,
    "added_by": pl.String,
    "id": pl.Int64,
    "sha256": pl.String,
}


def limits(home: Home) -> Limits:
    """Return what the county's settings allow."""
    kinds = (setting(home, "evidence_types") or "").split("|")
    return Limits(tuple(kinds), int(float(setting(home, "evidence_max_mb") or 0) * 1_000_000))


@plainly
def add(
    home: Home,
    name: str,
    content: bytes,
    by: str,
    *,
    item: str = "",
    school: str = "",
    number: int | None = None,
    note: str = "",
) -> int:
    """Attach a file to an item, a school, an item of a school or a ledger entry; return its id."""
    insist(Reader(home, by), WRITE_RECORDS)
    known = items()["item_code"].to_list()
    if item and item not in known:
        raise JunhengError(
            f"没有条目 {item}，应为 {known[0]}、{known[-1]} 等。",
            f"There is no item {item}; items are {known[0]} … {known[-1]}.",
            2,
        )
    about = About(item, school, number)
    return evidence.add(Store(home.root), name, content, about, authors.typed(by), limits(home), note)


@plainly
def remove(home: Home, file: int, by: str) -> None:
    """Take a file out of the evidence."""
    insist(Reader(home, by), WRITE_RECORDS)
    evidence.remove(Store(home.root), file, authors.typed(by))


@plainly
def opened(home: Home, file: int, by: str = "") -> tuple[str, bytes]:
    """Return a file's name and bytes to whoever has the right; it is only ever handed over as a download."""
    insist(Reader(home, by), OPEN_EVIDENCE)
    return evidence.content(Store(home.root), file)


def items() -> pl.DataFrame:
    """Return the items in the form's order: index code, title and the papers that inspectors ask for."""
    return read_table(SEEDS / "office" / "evidence_index.csv").fill_null("")


@plainly
def index(home: Home) -> pl.DataFrame:
    """Return every file with its number: the item's letter and place, then the files in order of coming."""
    store, known = Store(home.root), items()
    order = {code: place for place, code in enumerate(known["item_code"])}
    words = {row["item_code"]: row for row in known.to_dicts()}
    entries = {row["number"]: row for row in ledger.entries(store)}
    schools = _schools(home)
    placed = [_placed(row, entries, words, schools) for row in evidence.listed(store)]
    placed.sort(key=lambda row: (order.get(row["item_code"], len(order)), row["id"]))
    seen: dict[str, int] = {}
    for row in placed:
        code = words[row["item_code"]]["index_code"] if row["item_code"] else OTHER
        seen[code] = seen.get(code, 0) + 1
        row["index_no"] = f"{code}-{seen[code]}"
    return pl.DataFrame([{name: row[name] for name in SCHEMA} for row in placed], schema=SCHEMA)


def _schools(home: Home) -> dict[str, str]:
    now = snapshots.current(home)
    found = records.schools(str(now.path)) if now else pl.DataFrame({"school_code": [], "school_name": []})
    return dict(found.select("school_code", "school_name").iter_rows())


def _placed(row: Row, entries: dict[int, Row], words: dict[str, Row], schools: dict[str, str]) -> Row:
    """Return a file with its item and school; a file of a ledger entry has those of its entry."""
    entry = entries.get(row["number"] or 0, {"code": "", "school_code": ""})
    item = row["item_code"] or entry["code"]
    item = item if item in words else ""
    title = words.get(item, {"title_zh": "学校材料", "title_en": "Papers of schools"})
    school = row["school_code"] or entry["school_code"]
    return {
        **row,
        "item_code": item,
        "school_code": school,
        "school_name": schools.get(school, school),
        "title_zh": title["title_zh"],
        "title_en": title["title_en"],
    }


def missing(home: Home) -> pl.DataFrame:
    """Return the items that have no file yet, with what inspectors ask for."""
    return items().join(index(home), on="item_code", how="anti")


@plainly
def counts(home: Home) -> pl.DataFrame:
    """Return how many files each ledger entry has."""
    rows = [row["number"] for row in evidence.listed(Store(home.root)) if row["number"]]
    frame = pl.DataFrame({"number": rows}, schema={"number": pl.Int64})
    return frame.group_by("number").agg(evidence_count=pl.len().cast(pl.Int64))


def of(home: Home, item: str = "", school: str = "", number: int | None = None) -> pl.DataFrame:
    """Return the files about an item, a school or an entry; what is not named is not asked."""
    found = index(home)
    if item:
        found = found.filter(pl.col("item_code") == item)
    if school:
        found = found.filter(pl.col("school_code") == school)
    return found.filter(pl.col("number") == number) if number is not None else found

"""The rectification ledger: entries, who changed what, and both texts where two people changed the same.

Whoever writes names the version that was on the screen. What nobody else has touched since is written; where
somebody has, the text in place stays, the other is kept beside it as a conflict, and both are offered.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from workspace.authors import Author
from workspace.ledger_fields import EDITABLE, PENDING, check_move, clean
from workspace.refusals import RefusedError
from workspace.store import Store, now, rows

Row = dict[str, Any]


@dataclass(frozen=True)
class Draft:
    """A new entry: what it is about and with which figures, and the first words of those who are to act.

    `source_kind` is `shortfall`, `item`, `plan`, `scenario` or `typed`; `source_ref` names the plan or
    scenario. `code` is an indicator or an inspection item, `subject_key` what tells
    its cases apart (a class, a kind of room); an entry about the county has no school.
    """

    source_kind: str
    source_ref: str = ""
    standard_code: str = ""
    school_year: int | None = None
    school_code: str = ""
    school_name: str = ""
    stage: str = ""
    code: str = ""
    subject_key: str = ""
    title: str = ""
    title_en: str = ""
    snapshot_id: str = ""
    value: float | None = None
    value_unit: str = ""
    threshold: float | None = None
    floor_value: float | None = None
    shortfall: float | None = None
    shortfall_to_floor: float | None = None
    amount_unit: str = ""
    goal: str = "threshold"
    amount_needed: float | None = None
    problem: str = ""
    measure: str = ""
    responsible_unit: str = ""
    responsible_person: str = ""
    deadline: str = ""
    progress: str = ""

    @property
    def subject(self) -> tuple[str, ...]:
        """What no two pending entries share."""
        own = "" if self.source_kind in ("shortfall", "item") else self.source_ref or self.problem
        return (self.school_code, self.stage, self.code, self.subject_key, self.standard_code, own)


@dataclass(frozen=True)
class Edit:
    """What somebody wants an entry to say, having seen its version `seen`."""

    number: int
    seen: int
    changes: Mapping[str, object]
    on_figures: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of an edit: the version now, the fields written, and the conflicts kept for the writer."""

    number: int
    version: int
    written: tuple[str, ...]
    conflicts: tuple[Row, ...]


def add(store: Store, drafts: Sequence[Draft], author: Author) -> tuple[list[int], list[int]]:
    """Keep new entries; return their numbers, and those of pending entries about the same that were there."""
    made, there = [], []
    with store.writing() as connection:
        known = {_subject_of(row): row["number"] for row in _pending(connection)}
        for draft in drafts:
            if draft.subject in known:
                there.append(known[draft.subject])
                continue
            made.append(known.setdefault(draft.subject, _insert(connection, draft, author)))
    return made, there


def _subject_of(row: Row) -> tuple[str, ...]:
    own = "" if row["source_kind"] in ("shortfall", "item") else row["source_ref"] or row["problem"]
    subject = (row[name] for name in ("school_code", "stage", "code", "subject_key", "standard_code"))
    return (*subject, own)


def _pending(connection: sqlite3.Connection) -> list[Row]:
    marks = ", ".join("?" * len(PENDING))
    return rows(connection, f"select * from ledger_entry where state in ({marks})", *PENDING)


def _insert(connection: sqlite3.Connection, draft: Draft, author: Author) -> int:
    when, values = now(), asdict(draft)
    values |= {field: clean(field, values[field]) for field in EDITABLE if field in values}
    values |= {"version": 1, "state": "open", "closing": ""}
    values |= {"created_at": when, "created_by": author.name, "changed_at": when, "changed_by": author.name}
    names, marks = ", ".join(values), ", ".join("?" * len(values))
    cursor = connection.execute(f"insert into ledger_entry ({names}) values ({marks})", list(values.values()))
    return int(cursor.lastrowid or 0)


def edit(store: Store, edits: Iterable[Edit], author: Author, *, via: str = "page") -> list[Outcome]:
    """Write the edits, all or none: a refused one raises and nothing of any is kept."""
    with store.writing() as connection:
        return [_numbered(connection, wanted, author, via) for wanted in edits]


def _numbered(connection: sqlite3.Connection, wanted: Edit, author: Author, via: str) -> Outcome:
    try:
        return _edit_one(connection, wanted, author, via)
    except RefusedError as refused:
        refused.about = wanted.number
        raise


def _edit_one(connection: sqlite3.Connection, wanted: Edit, author: Author, via: str) -> Outcome:
    entry = _entry(connection, wanted.number)
    if not 1 <= wanted.seen <= entry["version"]:
        raise RefusedError(
            f"第 {wanted.number} 号没有版本 {wanted.seen}（现在是 {entry['version']}）。请重新下载台账再改。",
            f"Entry {wanted.number} has no version {wanted.seen} (it is at {entry['version']}). "
            "Download the ledger again.",
        )
    mine, clashes = _merged(connection, entry, wanted)
    check_move(entry["state"], entry | mine, on_figures=wanted.on_figures)
    conflicts = tuple(
        _keep_both(connection, entry, field, texts, author, via) for field, texts in clashes.items()
    )
    version = _write(connection, entry, mine, author, via) if mine else entry["version"]
    return Outcome(wanted.number, version, tuple(mine), conflicts)


def _merged(
    connection: sqlite3.Connection, entry: Row, wanted: Edit
) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Return the fields to write, and the fields somebody else changed meanwhile as (base, mine)."""
    mine, clashes = {}, {}
    for field, value in wanted.changes.items():
        if field not in EDITABLE:
            raise ValueError(f"{field} is no field that people write")
        text, base = clean(field, value), _text_at(connection, entry, field, wanted.seen)
        if text in (base, entry[field]):
            continue
        if base == entry[field]:
            mine[field] = text
        else:
            clashes[field] = (base, text)
    return mine, clashes


def _text_at(connection: sqlite3.Connection, entry: Row, field: str, version: int) -> str:
    """Return what a field said in a version: what its first later change found there."""
    later = rows(
        connection,
        "select old from ledger_change where number = ? and field = ? and version > ? order by id limit 1",
        entry["number"],
        field,
        version,
    )
    return str(later[0]["old"] if later else entry[field])


def _keep_both(
    connection: sqlite3.Connection, entry: Row, field: str, texts: tuple[str, str], author: Author, via: str
) -> Row:
    last = rows(
        connection,
        "select changed_by from ledger_change where number = ? and field = ? order by id desc limit 1",
        entry["number"],
        field,
    )
    kept = {
        "number": entry["number"],
        "field": field,
        "base": texts[0],
        "theirs": entry[field],
        "theirs_by": last[0]["changed_by"],
        "mine": texts[1],
        "mine_by": author.name,
        "found_at": now(),
        "via": via,
    }
    names, marks = ", ".join(kept), ", ".join("?" * len(kept))
    cursor = connection.execute(
        f"insert into ledger_conflict ({names}) values ({marks})", list(kept.values())
    )
    return {"id": cursor.lastrowid, **kept}


def _write(
    connection: sqlite3.Connection, entry: Row, new: Mapping[str, str], author: Author, via: str
) -> int:
    version, when = entry["version"] + 1, now()
    connection.executemany(
        "insert into ledger_change (number, version, field, old, new, changed_at, changed_by, via)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (entry["number"], version, field, entry[field], text, when, author.name, via)
            for field, text in new.items()
        ],
    )
    values = {**new, "version": version, "changed_at": when, "changed_by": author.name}
    settings = ", ".join(f"{name} = ?" for name in values)
    connection.execute(
        f"update ledger_entry set {settings} where number = ?", [*values.values(), entry["number"]]
    )
    return int(version)


def settle(store: Store, conflict: int, text: object, author: Author) -> Outcome:
    """End a conflict with a text: one of the two, or what was made of both; the two stay in the history."""
    with store.writing() as connection:
        found = rows(
            connection, "select * from ledger_conflict where id = ? and settled_at is null", conflict
        )
        if not found:
            raise RefusedError("这处冲突已经处理过了。", "This conflict is settled already.")
        row = found[0]
        entry = _entry(connection, row["number"])
        kept = clean(row["field"], text)
        mine = {row["field"]: kept} if kept != entry[row["field"]] else {}
        check_move(entry["state"], entry | mine)
        version = _write(connection, entry, mine, author, "settled") if mine else entry["version"]
        connection.execute(
            "update ledger_conflict set settled_at = ?, settled_by = ?, settled_with = ? where id = ?",
            (now(), author.name, kept, conflict),
        )
    return Outcome(row["number"], version, tuple(mine), ())


def comment(store: Store, number: int, said: str, author: Author) -> None:
    """Add a comment to an entry; comments are never changed."""
    text = clean("comment", said)
    if not text:
        raise RefusedError("评论是空的，没有保存。", "The comment is empty; nothing was kept.")
    with store.writing() as connection:
        _entry(connection, number)
        connection.execute(
            "insert into ledger_comment (number, said, written_at, written_by) values (?, ?, ?, ?)",
            (number, text, now(), author.name),
        )


def _entry(connection: sqlite3.Connection, number: int) -> Row:
    found = rows(connection, "select * from ledger_entry where number = ?", number)
    if not found:
        raise RefusedError(f"台账里没有第 {number} 号。", f"The ledger has no entry {number}.", 2)
    return found[0]


def entries(store: Store) -> list[Row]:
    """Return every entry in order of its number, with how many comments and open conflicts it has."""
    with store.reading() as connection:
        return rows(
            connection,
            """select ledger_entry.*,
                (select count(*) from ledger_comment as said where said.number = ledger_entry.number)
                    as comments,
                (select count(*) from ledger_conflict as clash where clash.number = ledger_entry.number
                    and clash.settled_at is null) as conflicts
            from ledger_entry order by number""",
        )


def history(store: Store, number: int) -> dict[str, list[Row]]:
    """Return an entry's changes (latest first), comments (first first) and conflicts, the open ones first."""
    with store.reading() as connection:
        _entry(connection, number)
        return {
            "changes": rows(
                connection, "select * from ledger_change where number = ? order by id desc", number
            ),
            "comments": rows(connection, "select * from ledger_comment where number = ? order by id", number),
            "conflicts": rows(
                connection,
                "select * from ledger_conflict where number = ? order by settled_at is not null, id",
                number,
            ),
        }

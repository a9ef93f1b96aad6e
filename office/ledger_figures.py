"""Ledger entries beside the published figures: what is lacking, what is gone, what asks for attention."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from reports.numbers import rounded
from warehouse import read_shortfalls, snapshots
from warehouse.home import Home
from workspace.ledger import Draft
from workspace.ledger_fields import PENDING

Row = dict[str, Any]
KEY = ["standard_code", "school_code", "stage", "code", "subject_key"]
STAGES = {"primary": "小学", "junior": "初中"}
NUMBERS = ("value", "threshold", "floor_value", "shortfall", "shortfall_to_floor", "amount_needed")
WHOLE = ("number", "version", "school_year", "comments", "conflicts")
LATEST = {
    **dict.fromkeys(KEY, pl.String),
    "latest_year": pl.Int64,
    "latest_value": pl.Float64,
    "latest_threshold": pl.Float64,
    "latest_floor": pl.Float64,
    "latest_status": pl.String,
    "latest_wording_zh": pl.String,
    "latest_wording_en": pl.String,
}
SETTLED = {**dict.fromkeys(KEY[:-1], pl.String), "settled_year": pl.Int64}
MEMBERS = dict.fromkeys(("school_code", "consortium_code", "consortium_name"), pl.String)
ENTRY = (
    *WHOLE, *NUMBERS, "source_kind", "source_ref", "standard_code", "school_code", "school_name", "stage",
    "code", "subject_key", "title", "title_en", "snapshot_id", "value_unit", "amount_unit", "goal", "problem",
    "measure", "responsible_unit", "responsible_person", "deadline", "progress", "state", "closing",
    "created_at", "created_by", "changed_at", "changed_by",
)  # fmt: skip
SCHEMA = {name: pl.Int64 if name in WHOLE else pl.Float64 if name in NUMBERS else pl.String for name in ENTRY}


def current_id(home: Home) -> str:
    """Return the id of the published snapshot, empty before the first."""
    now = snapshots.current(home)
    return now.id if now else ""


def shortfalls(snapshot: str, standard: str, year: int) -> pl.DataFrame:
    """Return what schools and county lack: indicators first, then the cases of the other inspection items.

    Each comes with the whole amount that the smallest set of remedies asks for.
    """
    parts = (read_shortfalls.failing, read_shortfalls.failing_cases)
    found = pl.concat([part(snapshot, standard, year) for part in parts], how="vertical_relaxed")
    needed = pl.when(pl.col("remedy_goal").is_null()).then("shortfall").otherwise("remedy_amount")
    return found.with_columns(
        goal=pl.col("remedy_goal").fill_null("threshold"), amount_needed=needed.round(6).ceil()
    )


def drafts(found: pl.DataFrame, snapshot_id: str, **common: str) -> list[Draft]:
    """Turn rows of `shortfalls` into drafts of entries, with a problem and a measure in words."""
    return [_draft(row, snapshot_id, common) for row in found.to_dicts()]


def _draft(row: Row, snapshot_id: str, common: Row) -> Draft:
    same = ("standard_code", "school_year", "school_code", "stage", "code", "subject_key", *NUMBERS, "goal")
    return Draft(
        "shortfall" if row["wording_zh"] is None else "item",
        **{name: row[name] for name in same},
        school_name=row["school_name"] or row["school_code"],
        title=row["name_zh"],
        title_en=row["name_en"],
        snapshot_id=snapshot_id,
        value_unit=row["unit"],
        amount_unit=row["numerator_unit_zh"],
        problem=_problem(row),
        measure=_measure(row),
        **common,
    )


def _problem(row: Row) -> str:
    if row["wording_zh"] is not None:
        return str(row["wording_zh"])
    what = f"{STAGES[row['stage']]}{row['name_zh']}"
    if row["value"] is None:
        return f"{what}缺数据，不能判定达标"
    places = row["decimals"]
    if rounded(row["value"], places) == rounded(row["threshold"], places):
        places += 2
    value, line = (f"{rounded(row[name], places):,f}" for name in ("value", "threshold"))
    return f"{what}为 {value} {row['unit']}，低于标准 {line} {row['unit']}"


def _measure(row: Row) -> str:
    if row["value"] is None:
        return "核实并补报原始数据"
    if row["amount_needed"] is None or not row["numerator_unit_zh"]:
        return str(row["remedy_zh"] or "")
    return f"{row['remedy_zh']}，至少 {row['amount_needed']:,.0f} {row['numerator_unit_zh']}"


def judged(home: Home, entries: Iterable[Row], today: date) -> pl.DataFrame:
    """Return entries with the latest figures about them and what these ask for, in order of attention."""
    found = pl.DataFrame([{name: row[name] for name in SCHEMA} for row in entries], schema=SCHEMA)
    now = snapshots.current(home)
    latest, members = pl.DataFrame(schema=LATEST), pl.DataFrame(schema=MEMBERS)
    settled = pl.DataFrame(schema=SETTLED)
    if now is not None:
        latest = read_shortfalls.latest(str(now.path)).cast(LATEST)  # type: ignore[arg-type]
        members = read_shortfalls.members(str(now.path)).cast(MEMBERS)  # type: ignore[arg-type]
        settled = read_shortfalls.settled(str(now.path)).cast(SETTLED)  # type: ignore[arg-type]
    found = _superseded(found.join(latest, on=KEY, how="left").join(settled, on=KEY[:-1], how="left"))
    found = found.join(members, on="school_code", how="left")
    published = f"{now.published_at:%Y-%m-%d}" if now and now.published_at else None
    return _flagged(found, now.id if now else "", published, today.isoformat())


def _superseded(found: pl.DataFrame) -> pl.DataFrame:
    """Take a case that later data no longer hold as met where the school has none of the kind left."""
    known = pl.coalesce("latest_year", "school_year")
    gone = ((pl.col("settled_year") > known) & (pl.col("source_kind") == "item")).fill_null(False)
    words = (
        ("latest_wording_zh", "这一情形已不在名册中，该校这一条目都已达到要求"),
        ("latest_wording_en", "the case is no longer listed, and all of this item holds at the school"),
    )
    return found.with_columns(
        pl.when(gone).then("settled_year").otherwise("latest_year").alias("latest_year"),
        pl.when(gone).then(pl.lit("met")).otherwise("latest_status").alias("latest_status"),
        *(
            pl.when(gone).then(None).otherwise(name).alias(name)
            for name in ("latest_value", "latest_threshold")
        ),
        *(pl.when(gone).then(pl.lit(text)).otherwise(name).alias(name) for name, text in words),
    ).drop("settled_year")


def _flagged(found: pl.DataFrame, snapshot_id: str, published: str | None, today: str) -> pl.DataFrame:
    pending = pl.col("state").is_in(PENDING)
    status = pl.col("latest_status")
    reached = (status == "met") | ((status == "near") & (pl.col("goal") == "floor"))
    newer = (pl.col("latest_year") > pl.col("school_year")) | (
        (pl.col("latest_year") == pl.col("school_year")) & (pl.col("snapshot_id") != snapshot_id)
    )
    overdue = pending & (pl.col("deadline") != "") & (pl.col("deadline") < today)
    flags = {
        "is_overdue": overdue,
        "is_offered": pending & reached & newer,
        "is_contradicted": (pl.col("state") == "closed")
        & status.is_in(["near", "below", "not_met"])
        & ~reached,
    }
    rank = (
        pl.when(overdue).then(0).when(pl.col("conflicts") > 0).then(1).when("is_contradicted").then(2)
        .when("is_offered").then(3).when(pending).then(4).otherwise(5)
    )  # fmt: skip
    return (
        found.with_columns(flag.fill_null(False).alias(name) for name, flag in flags.items())
        .with_columns(latest_snapshot=pl.lit(snapshot_id), latest_published=pl.lit(published, pl.String))
        .sort(rank, pl.col("deadline").replace("", "9999"), "number")
    )


def grounds(row: Row) -> str:
    """Say on which figures an entry may be closed."""
    year = row["latest_year"]
    source = f"快照 {row['latest_snapshot']}（{row['latest_published']} 发布）"
    if row["latest_wording_zh"]:
        return f"{year}—{year + 1} 学年数据：{row['latest_wording_zh']}；{source}"
    line = "达到标准" if row["latest_status"] == "met" else "达到标准的 85%"
    limit = row["latest_threshold"] if row["latest_status"] == "met" else row["latest_floor"]
    unit = row["value_unit"]
    return (
        f"{year}—{year + 1} 学年数据为 {rounded(row['latest_value'], 2):,f} {unit}，"
        f"{line}（{limit:,.10g} {unit}）；{source}"
    )

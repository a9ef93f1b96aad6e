"""A difference between two snapshots, told in lines of words: flips first, then limits, counts, sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from warehouse.differences import Difference

SHOWN = 40
Row = dict[str, Any]

GRADES = {
    "major": ("重大变化：有内容被删除，或规则改变", "major: something was deleted or a definition changed"),
    "minor": ("一般变化：数据有新增或更新", "minor: figures were added or updated"),
    "patch": (
        "细微变化：只有更正，或来源、数据问题不同",
        "patch: only corrections, sources or data issues differ",
    ),
    "none": ("没有变化", "nothing changed"),
}
TITLES = {
    "verdicts": ("判定翻转的学校", "Schools whose verdict flips"),
    "county_verdicts": ("全县结论", "County verdicts"),
    "coefficients": ("越过限值的差异系数", "Coefficients that cross their limit"),
    "items": ("翻转的迎检项目", "Inspection items that flip"),
    "counts": ("有变化的指标数值", "Changed figures by indicator"),
    "corrections": ("更正", "Corrections"),
    "deleted": ("被删除的内容", "Deleted"),
    "definitions": ("改变的规则与参数", "Changed definitions"),
    "sources": ("来源文件", "Source files"),
    "issues": ("数据问题", "Data issues"),
}
FLIPPING = {"coefficients": "crosses_limit", "items": "is_flip"}
"""Frames of which only the rows that flip are told, and the column that says so."""
CHANGES = {
    "added": ("新增", "added"),
    "changed": ("改变", "changed"),
    "removed": ("删除", "removed"),
    "replaced": ("换成新文件", "replaced"),
    "superseded": ("已被后来的文件取代", "superseded"),
}
DELETED = {
    "year": ("学年", "school year"),
    "standard": ("标准", "standard"),
    "indicator": ("指标", "indicator"),
    "school": ("学校", "school"),
    "source": ("来源文件", "source file"),
}


def told(found: Difference, language: str) -> Iterator[str]:
    """Yield the lines that tell a difference in `language` (`zh` or `en`)."""
    at = 1 if language == "en" else 0
    words = Words(found, at)
    yield f"{found.before.id} → {found.after.id}  {GRADES[found.classification][at]}"
    for name, title in TITLES.items():
        rows = getattr(found, name)
        if name in FLIPPING:
            rows = rows.filter(rows[FLIPPING[name]])
        if rows.is_empty():
            continue
        yield f"{title[at]} ({rows.height})" if at else f"{title[at]}（{rows.height}）"
        for row in rows.head(SHOWN).iter_rows(named=True):
            yield f"  {getattr(words, name)(row)}"
        if rows.height > SHOWN:
            left = rows.height - SHOWN
            yield f"  … and {left} more, all in --json" if at else f"  …… 另有 {left} 条，--json 列出全部"


class Words:
    """One line for a row of each frame, with the labels of the later snapshot."""

    def __init__(self, found: Difference, at: int) -> None:
        columns = found.labels.select("kind", "code", ("label_zh", "label_en")[at]).iter_rows()
        self.labels = {(kind, code): label for kind, code, label in columns}
        names = found.standards.select("standard_code", ("short_zh", "short_en")[at]).iter_rows()
        self.names: dict[str, str] = dict(names)
        self.at = at
        self.colon, self.semicolon = ("：", "；") if at == 0 else (": ", "; ")

    def word(self, kind: str, code: str | None) -> str:
        """Return the label of a code; a school or figure that is not there has none."""
        if code is None:
            return ("不在评估范围", "not assessed")[self.at]
        return str(self.labels.get((kind, code), code))

    def where(self, row: Row) -> str:
        """Return standard, year and stage in words."""
        year = row["school_year"]
        shown = f"{year}–{year + 1}" if self.at else f"{year}—{year + 1}学年"
        standard = self.names.get(row["standard_code"], row["standard_code"])
        return f"{standard} {shown} {self.word('stage', row['stage'])}"

    def turned(self, kind: str, before: str | None, after: str | None) -> str:
        """Return `before → after` in words."""
        return f"{self.word(kind, before)} → {self.word(kind, after)}"

    def verdicts(self, row: Row) -> str:
        """A school whose verdict flips."""
        flip = self.turned("verdict", row["verdict_before"], row["verdict_after"])
        return f"{self.where(row)} {row['school_name'] or row['school_code']}{self.colon}{flip}"

    def county_verdicts(self, row: Row) -> str:
        """The compliant schools of the county and its verdict, each where it is another."""
        compliant = ("达标学校", "compliant schools")[self.at]
        was, now = (f"{row[f'compliant_{side}']}/{row[f'schools_{side}']}" for side in ("before", "after"))
        changes = [f"{compliant} {was} → {now}"] if was != now else []
        if row["status_before"] != row["status_after"]:
            changes.append(self.turned("balance_status", row["status_before"], row["status_after"]))
        return f"{self.where(row)} {self.semicolon.join(changes)}"

    def coefficients(self, row: Row) -> str:
        """A coefficient that crosses its limit."""
        was, now = (_figure(row[name]) for name in ("cv_before", "cv_after"))
        limit = f"{('限值', 'limit')[self.at]} {_figure(row['limit_after'])}"
        flip = self.turned("balance_status", row["status_before"], row["status_after"])
        values = f"{was} → {now} ({limit}){self.semicolon}{flip}"
        return f"{self.where(row)} {self.word('indicator', row['indicator_code'])}{self.colon}{values}"

    def items(self, row: Row) -> str:
        """An inspection item whose status flips."""
        year = row["school_year"]
        shown = f"{year}–{year + 1}" if self.at else f"{year}—{year + 1}学年"
        standard = self.names.get(row["standard_code"], row["standard_code"])
        flip = self.turned("item_status", row["status_before"], row["status_after"])
        name = row[("short_zh", "short_en")[self.at]]
        return f"{standard} {shown} {row['item_code']} {name}{self.colon}{flip}"

    def counts(self, row: Row) -> str:
        """How many figures of an indicator changed."""
        parts = [
            f"{CHANGES[name][self.at]} {row[name]}" for name in ("changed", "added", "removed") if row[name]
        ]
        standard = self.names.get(row["standard_code"], row["standard_code"])
        figures = ("，", ", ")[self.at].join(parts)
        return f"{standard} {self.word('stage', row['stage'])} {row['indicator_code']}{self.colon}{figures}"

    def corrections(self, row: Row) -> str:
        """A corrected cell."""
        place = f"{row['school_year']} {row['school_code']} {self.word('stage', row['stage'])}"
        values = " → ".join(
            "–" if row[name] is None else f"{row[name]:g}" for name in ("value_before", "value_after")
        )
        change = CHANGES[row["change"]][self.at]
        return f"{place} {self.word('measure', row['field'])}{self.colon}{change}, {values}"

    def deleted(self, row: Row) -> str:
        """Something that is gone."""
        return f"{DELETED[row['kind']][self.at]} {row['name'] or row['code']}"

    def definitions(self, row: Row) -> str:
        """A row of a parameter table that is other than before."""
        place = f"{row['table_name']} {row['row_key']} {row['changed_column']}".rstrip()
        values = f"{row['value_before'] or '–'} → {row['value_after'] or '–'}"
        return f"{place}{self.colon}{CHANGES[row['change']][self.at]}, {values}"

    def sources(self, row: Row) -> str:
        """A file that came, went or was replaced."""
        return f"{row['file_name']}{self.colon}{CHANGES[row['change']][self.at]}"

    def issues(self, row: Row) -> str:
        """How many findings of a rule came and went."""
        return f"{row['rule_code']}{self.colon}+{row['opened']} −{row['closed']}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"

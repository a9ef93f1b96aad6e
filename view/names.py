"""What things are called, from the published dimension tables, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl

from view.texts import language

Row = dict[str, Any]


def spoken(row: Row, stem: str) -> str:
    """Return `row`'s text `stem` in the reader's language, Chinese where English has none."""
    return str(row.get(f"{stem}_{language()}") or row.get(f"{stem}_zh") or row.get(stem) or "")


@dataclass(frozen=True)
class Names:
    """Labels, standards and indicators of one snapshot, looked up by code."""

    labels: dict[tuple[str, str], Row] = field(default_factory=dict)
    standards: dict[str, Row] = field(default_factory=dict)
    indicators: dict[tuple[str, str, str], Row] = field(default_factory=dict)
    years: dict[int, Row] = field(default_factory=dict)

    def label(self, kind: str, code: str | None) -> str:
        """Return the word for `code`; a code without a word speaks for itself."""
        row = self.labels.get((kind, code or ""))
        return spoken(row, "label") if row else (code or "")

    def symbol(self, kind: str, code: str | None) -> str:
        """Return the shape that stands for a status."""
        row = self.labels.get((kind, code or ""))
        return str(row["symbol"] or "") if row else ""

    def codes(self, kind: str) -> list[str]:
        """Return the codes of a kind in their order."""
        return [code for (known, code) in self.labels if known == kind]

    def standard(self, code: str, stem: str = "short") -> str:
        """Return a standard's `short` or `name`."""
        return spoken(self.standards[code], stem) if code in self.standards else code

    def year(self, year: int) -> str:
        """Return a school year as the forms write it."""
        row = self.years.get(year)
        if row is None or language() != "zh":
            return f"{year}–{year + 1}"
        return str(row["label"])

    def indicators_of(self, standard: str, stage: str) -> list[Row]:
        """Return the indicators of a standard and stage in the form's order."""
        return [
            row for (owner, part, _code), row in self.indicators.items() if (owner, part) == (standard, stage)
        ]

    def indicator(self, standard: str, stage: str, code: str) -> Row:
        """Return one indicator's row; an unknown code gives a row that only has its code."""
        return self.indicators.get((standard, stage, code), {"indicator_code": code, "name_zh": code})

    def indicator_name(self, standard: str, stage: str, code: str, stem: str = "name") -> str:
        """Return an indicator's `name` or `short`; the composite is a label."""
        if (standard, stage, code) not in self.indicators:
            return self.label("indicator", code)
        return spoken(self.indicators[standard, stage, code], stem)


def names_of(
    labels: pl.DataFrame, standards: pl.DataFrame, indicators: pl.DataFrame, years: pl.DataFrame
) -> Names:
    """Build the look-up from `dim_label`, `dim_standard`, `dim_indicator`, `dim_school_year`, in order."""
    return Names(
        labels={(row["kind"], row["code"]): row for row in labels.to_dicts()},
        standards={row["standard_code"]: row for row in standards.to_dicts()},
        indicators={
            (row["standard_code"], row["stage"], row["indicator_code"]): row for row in indicators.to_dicts()
        },
        years={row["school_year"]: row for row in years.to_dicts()},
    )

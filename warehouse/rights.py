"""Who may see what: one question, answered in one place from the county's parameters."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from warehouse import read

SMALL_GROUPS = "see_small_groups"


def may(snapshot: str, right: str, year: int) -> bool:
    """Return whether readers have a right in a school year: the parameter `may_<right>` is 1."""
    return parameter(snapshot, f"may_{right}", year) == 1


def parameter(snapshot: str, name: str, year: int) -> float | None:
    """Return the value a dated parameter has on the first day of a school year."""
    found = read.rows(
        snapshot,
        """select number_value from marts.dim_parameter where section = 'parameter' and code = ?
        and make_date(?, 9, 1) between cast(valid_from as date) and cast(valid_to as date)
        order by valid_from desc""",
        name,
        year,
    )
    return None if found.is_empty() else found["number_value"][0]


def least_shown(snapshot: str, year: int) -> float | None:
    """Return the fewest pupils whose results may be shown, or None where a reader may see all."""
    return None if may(snapshot, SMALL_GROUPS, year) else parameter(snapshot, "small_group_pupils", year)


def blanked(frame: pl.DataFrame, where: pl.Expr | str, figures: Sequence[str]) -> pl.DataFrame:
    """Take `figures` out of the rows where the condition holds; what is counted stays.

    Every reader of exam results passes here, so that no chart, table or download knows more than another.
    """
    hidden = pl.col(where) if isinstance(where, str) else where
    shown = [name for name in figures if name in frame.columns]
    return frame.with_columns(
        pl.when(~hidden.fill_null(value=False)).then(pl.col(name)).alias(name) for name in shown
    )

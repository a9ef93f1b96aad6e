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


def shielded(
    snapshot: str, frame: pl.DataFrame, year: int, counted: str, figures: Sequence[str]
) -> pl.DataFrame:
    """Blank `figures` where fewer pupils are `counted` than may be told apart; the counts stay.

    Every reader of exam results passes here, so that no chart, table or download knows more than another.
    """
    least = parameter(snapshot, "small_group_pupils", year)
    if least is None or may(snapshot, SMALL_GROUPS, year):
        return frame
    few = pl.col(counted).fill_null(0) < least
    return frame.with_columns(pl.when(~few).then(pl.col(figure)).alias(figure) for figure in figures)

"""Consortiums drawn anew: lead and members, pooled. It changes no school's verdict, only how they compare."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from planning.scenario import Change
from planning.standing import Standing

LEAD = "牵头"
MEMBER = "成员"
GROUP = ["consortium_code", "stage", "indicator_code"]


def drawn(members: pl.DataFrame, changes: Sequence[Change]) -> pl.DataFrame:
    """Return consortium_code, school_code and role once schools have moved; closed schools are gone."""
    for change in changes:
        if change.kind == "join":
            kept = members.filter(pl.col("school_code") != change.school)
            joined = [(code, change.school, MEMBER) for code in change.to]
            members = pl.concat([kept, pl.DataFrame(joined, schema=members.schema, orient="row")])
        elif change.kind == "close":
            members = members.filter(pl.col("school_code") != change.school)
    return members


def gaps(members: pl.DataFrame, standing: Standing) -> pl.DataFrame:
    """Return the lead's and the pooled members' value of each indicator, and lead − members."""
    known = members.join(standing.indicators.filter(pl.col("value").is_not_null()), on="school_code")
    pooled = known.group_by(*GROUP, "role", maintain_order=True).agg(
        value=pl.col("scale").first() * pl.col("numerator").sum() / pl.col("denominator").sum()
    )
    sides = [
        pooled.filter(pl.col("role") == role).select(*GROUP, pl.col("value").alias(name))
        for role, name in ((LEAD, "lead_value"), (MEMBER, "member_value"))
    ]
    return (
        sides[0]
        .join(sides[1], on=GROUP, how="inner")
        .with_columns(gap=pl.col("lead_value") - pl.col("member_value"))
    )

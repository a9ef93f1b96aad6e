"""What each school lacks in what money can buy, and how bought amounts reach its stages.

A *row* is an indicator of a school's stage that money can raise. A *purchase* is one amount that can be
bought for one school; where the school shares it between stages, it reaches each by its share of the weighted
pupils.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from planning.county import STAGE, Base, amounts
from planning.scenario import WHOLE
from planning.standing import Standing, stand

KEYS = [*STAGE, "indicator_code"]


@dataclass(frozen=True)
class Price:
    """What one unit of a measure costs, and the whole multiple in which it is bought (none: any amount)."""

    yuan: float
    step: float | None = None


@dataclass(frozen=True)
class Row:
    """One indicator of a school's stage, in the numerator's unit."""

    school: str
    stage: str
    indicator: str
    measure: str
    pupils: float
    has: float
    line: float
    floor: float


@dataclass(frozen=True)
class Purchase:
    """One amount that can be bought, and the part of it that reaches each row (by the row's index)."""

    school: str
    place: str
    measure: str
    price: Price
    reaches: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Needs:
    """Everything an investment plan decides about."""

    base: Base
    before: Standing
    rows: list[Row]
    purchases: list[Purchase]
    allowances: dict[tuple[str, str], int]
    """How many rows of a school's stage may stay at the floor: what the other indicators leave of it."""
    held_back: pl.DataFrame
    """Schools' indicators that money cannot raise and that keep the school from complying."""
    missing: pl.DataFrame
    """Indicators money could raise, but whose present amount is not known."""

    @cached_property
    def reached_by(self) -> list[dict[int, float]]:
        """Return for each row the purchases (by index) that reach it, and the part that does."""
        found: list[dict[int, float]] = [{} for _row in self.rows]
        for number, purchase in enumerate(self.purchases):
            for index, part in purchase.reaches.items():
                found[index][number] = part
        return found

    def cost(self, amounts: list[float]) -> float:
        """Return what the amounts cost."""
        return sum(p.price.yuan * amount for p, amount in zip(self.purchases, amounts, strict=True))

    def line_of(self, number: int) -> float:
        """Return the highest line that a purchase serves, in the numerator's unit."""
        return max(self.rows[index].line for index in self.purchases[number].reaches)


def needs(base: Base, prices: dict[str, Price]) -> Needs:
    """Return what can be bought, what it reaches, and what the rule leaves to each school."""
    before = stand(amounts(base), base.yardstick)
    measures = base.indicators.rename({"numerator_measure": "measure"}).drop("denominator_measure")
    tested = before.indicators.join(measures, on=["stage", "indicator_code"]).filter(
        pl.col("threshold").is_not_null()
    )
    is_bought = pl.col("measure").is_in(list(prices))
    known = tested.filter(is_bought & pl.col("value").is_not_null()).sort(KEYS)
    rows = [_row(row) for row in known.iter_rows(named=True)]
    others = tested.filter(~is_bought)
    return Needs(
        base=base,
        before=before,
        rows=rows,
        purchases=_purchases(base, rows, prices),
        allowances=_allowances(base, tested, others),
        held_back=others.filter(pl.col("status") != "met").sort(KEYS),
        missing=tested.filter(is_bought & pl.col("value").is_null()).sort(KEYS),
    )


def _row(row: dict[str, object]) -> Row:
    pupils, scale = float(str(row["denominator"])), float(str(row["scale"]))
    line, floor = float(str(row["threshold"])), float(str(row["floor_value"]))
    return Row(
        str(row["school_code"]),
        str(row["stage"]),
        str(row["indicator_code"]),
        str(row["measure"]),
        pupils,
        float(str(row["numerator"])),
        line * pupils / scale,
        floor * pupils / scale,
    )


def _allowances(base: Base, tested: pl.DataFrame, others: pl.DataFrame) -> dict[tuple[str, str], int]:
    """Return how many may stay at the floor: all but the least number to be met, less what others use up."""
    least = base.yardstick.min_indicators_met or 0
    used = others.filter(pl.col("status").is_in(["near", "below"])).group_by(STAGE).agg(used=pl.len())
    counted = tested.group_by(STAGE).agg(tested=pl.len()).join(used, on=STAGE, how="left")
    return {
        (school, stage): max(0, count - least - (taken or 0))
        for school, stage, count, taken in counted.iter_rows()
    }


def _purchases(base: Base, rows: list[Row], prices: dict[str, Price]) -> list[Purchase]:
    shares = shares_of(base)
    shared = _shared(base)
    places: dict[tuple[str, str, str], dict[int, float]] = {}
    for index, row in enumerate(rows):
        is_shared = (row.school, row.measure) in shared
        place = WHOLE if is_shared else row.stage
        part = shares[row.school, row.stage] if is_shared else 1.0
        places.setdefault((row.school, place, row.measure), {})[index] = part
    return [
        Purchase(school, place, measure, prices[measure], reaches)
        for (school, place, measure), reaches in places.items()
    ]


def _shared(base: Base) -> set[tuple[str, str]]:
    """Return schools and measures whose stages share: some of it is shared today, or there is none yet."""
    own, shared = pl.col("own_amount"), pl.col("shared_amount")
    found = base.measures.group_by("school_code", "measure", maintain_order=True).agg(
        is_shared=(shared != 0).any() | ((own == 0).all() & (pl.len() > 1))
    )
    return set(found.filter("is_shared").select("school_code", "measure").iter_rows())


def shares_of(base: Base) -> dict[tuple[str, str], float]:
    """Return each stage's share of what its school shares out."""
    pupils = base.measures.filter(pl.col("measure") == "students").select(*STAGE, students="own_amount")
    weighted = base.stages.join(pupils, on=STAGE).with_columns(weighted=pl.col("students") * pl.col("weight"))
    share = pl.col("weighted") / pl.col("weighted").sum().over("school_code")
    return {
        (school, stage): value
        for school, stage, value in weighted.select(*STAGE, share).iter_rows()
        if value is not None
    }

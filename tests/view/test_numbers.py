"""Figures on the pages are rounded as the documents round them: half up on what the figure says."""

from __future__ import annotations

import pytest

from reports.numbers import written
from view import numbers

TIES = ((0.125, 2), (2.675, 2), (5.125, 2), (2000.005, 2), (1.0005, 3), (-0.125, 2), (0.5, 0), (2.5, 0))


@pytest.mark.parametrize(("value", "decimals"), TIES)
def test_a_tie_goes_up_as_the_forms_have_it(value: float, decimals: int) -> None:
    kind = {0: "count", 2: "value", 3: "coefficient"}[decimals]
    assert numbers.number(value, decimals).replace("−", "-") == written(value, kind)


def test_a_share_between_two_tenths_goes_up() -> None:
    assert (numbers.percent(0.8485), written(0.8485, "percent")) == ("84.9%", "84.9%")
    assert numbers.number(2.675, 2) == "2.68"

from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest

import view.charts_county
import view.charts_exchange
import view.charts_plan
import view.charts_plans
import view.charts_school
from office import investment as office_investment
from office import investment_told
from office import projection as office_projection
from tests.examined import examined_home
from tests.published import golden_pick
from view import balance, charts, exchange, indicator, investment, plan_page, projection, quality
from warehouse import exchanges, read, read_exams
from warehouse.snapshots import current

Sent = dict[str, list[pl.DataFrame]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """Keep the frame each chart is drawn with instead of drawing it."""
    frames: Sent = {}

    def kept(builder: Callable[[], object], frame: pl.DataFrame, **rest: object) -> None:
        frames.setdefault(builder.__name__, []).append(frame)

    monkeypatch.setattr(charts, "draw", kept)
    return frames


@pytest.mark.parametrize(("standard", "code"), [("national_2017", "R5"), ("national_2012", "B2")])
def test_every_field_a_chart_names_is_a_column_of_its_frame(sent: Sent, standard: str, code: str) -> None:
    pick = golden_pick(standard=standard, indicator=code)
    item = pick.names.indicator(standard, "primary", code)
    schools = read.schools(pick.snapshot, standard, 2024, "primary", code)
    groups = read.groups(pick.snapshot, standard, "primary", code, "area_type")
    years = read.balance_years(pick.snapshot, standard, "primary").filter(pl.col("indicator_code") == code)
    now = groups.filter(pl.col("school_year") == 2024)
    row = years.filter(pl.col("school_year") == 2024).to_dicts()[0]
    indicator.strip(pick, schools, now, item, "area_type")
    indicator.distribution(pick, schools, item, row)
    indicator.coefficient_trend(pick, years)
    indicator.group_trend(pick, groups)
    balance.lorenz(pick, schools, item)
    assert {"strip", "coefficient_trend", "lorenz"} <= set(sent)
    for name, frames in sent.items():
        for frame in frames:
            assert charts.fields(name) <= set(frame.columns), charts.fields(name) - set(frame.columns)


def test_every_field_of_the_rates_is_a_column_of_its_frame(sent: Sent) -> None:
    exchange.trends(exchanges.rates(golden_pick().snapshot, "county", exchanges.COUNTY))
    assert len(sent["rate_trend"]) == 2
    for frame in sent["rate_trend"]:
        assert charts.fields("rate_trend") <= set(frame.columns)


def test_every_field_of_a_plan_chart_is_a_column_of_its_frame(sent: Sent) -> None:
    pick = golden_pick()
    asked = (pick.snapshot, pick.standard, pick.year)
    found = office_projection.project(*asked)
    projection.pupils(pick, office_projection.pupils(*asked, "primary"), [])
    projection.coefficients(pick, found.coefficients)
    investment.by_measure(pick, investment_told.by_measure(office_investment.plan(*asked)))
    margins = {
        "margin": [0.0, 0.1],
        "moves": [3, None],
        "bound": [3, None],
        "status": ["optimal", "infeasible"],
    }
    charts.draw(view.charts_plan.frontier, plan_page.points(pl.DataFrame(margins)))
    assert set(sent) == {"pupils_ahead", "outlook", "spending", "frontier"}
    for name, frames in sent.items():
        for frame in frames:
            assert charts.fields(name) <= set(frame.columns), charts.fields(name) - set(frame.columns)


def test_every_field_of_an_exam_chart_is_a_column_of_its_frame(sent: Sent) -> None:
    found = current(examined_home())
    assert found is not None
    schools = read_exams.schools(str(found.path), "E3", 5, "语文")
    exams = read_exams.over_exams(str(found.path), "E3", 5, "语文")
    quality.value_added(golden_pick(), schools)
    quality.participation(schools, exams)
    quality.share_trend(exams)
    quality.rates(exams)
    assert set(sent) == {"value_added", "participation", "between_schools", "rates"}
    for name, frames in sent.items():
        assert charts.fields(name) <= set(frames[0].columns), charts.fields(name) - set(frames[0].columns)
    assert sent["value_added"][0]["ci_low"].null_count() == 0
    assert sent["between_schools"][0].height == 3


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", sorted(charts.BUILDERS))
def test_charts_are_built_once_and_ask_no_outside_host(name: str, language: str) -> None:
    spec = charts.spec(name, language)
    assert spec is charts.spec(name, language)
    text = str({key: part for key, part in spec.items() if key != "$schema"})
    assert "http" not in text

"""Charts as pure functions over named fields, built once a process and sent as specifications.

A builder takes nothing and returns an Altair chart without data: thresholds, limits and labels are fields of
the frame it is drawn with. `draw` sends frame and specification; a field that the frame lacks would draw
nothing without a word, so `fields` lets a test compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

import altair as alt
import polars as pl
import streamlit as st

from view import texts, theme

Chart = alt.LayerChart | alt.FacetChart
Builder = Callable[[], alt.TopLevelMixin]
BUILDERS: dict[str, Builder] = {}
MODULES = (
    "view.charts_county",
    "view.charts_exam",
    "view.charts_exchange",
    "view.charts_plan",
    "view.charts_plans",
    "view.charts_school",
)

# Altair looks whether pandas is loaded without waiting for a loading that another thread has begun.
import_module("pandas")


def chart(builder: Builder) -> Builder:
    """Register a builder under its name."""
    BUILDERS[builder.__name__] = builder
    return builder


@lru_cache(maxsize=256)
def spec(name: str, language: str) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart in a language."""
    before = texts.language()
    texts.use(language)
    try:
        built = BUILDERS[name]().to_dict()
    finally:
        texts.use(before)
    built["config"] = theme.CHART
    return built


def build_all() -> None:
    """Load the modules with charts and build every chart in every language."""
    for module in MODULES:
        import_module(module)
    for language in texts.LANGUAGES:
        for name in BUILDERS:
            spec(name, language)


def draw(
    builder: Builder, frame: pl.DataFrame, *, alt_text: str, height: int | None = None, key: str | None = None
) -> None:
    """Draw a registered chart with a frame; `alt_text` says in words what it shows."""
    parts = spec(builder.__name__, texts.language())
    parts = parts if height is None else parts | {"height": height}
    columns = [name for name in frame.columns if name in fields(builder.__name__)]
    st.vega_lite_chart(frame.select(columns), parts, theme=None, width="stretch", alt=alt_text, key=key)


@lru_cache(maxsize=256)
def fields(name: str) -> frozenset[str]:
    """Return every column a chart names, in encodings and transforms."""
    parts = spec(name, "zh")
    made = set(_made(parts))
    return frozenset(field for field in _named(parts) if field not in made)


def _named(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in {"field", "groupby", "lookup"}:
                yield from [value] if isinstance(value, str) else value if isinstance(value, list) else []
            if isinstance(value, str) and key in {"calculate", "filter", "test", "expr"}:
                yield from _in_expression(value)
            yield from _named(value)
    elif isinstance(part, list):
        for item in part:
            yield from _named(item)


def _in_expression(text: str) -> list[str]:
    return [piece.split("]")[0].strip("'\"") for piece in text.split("datum[")[1:]] + [
        "".join(_word(piece)) for piece in text.split("datum.")[1:]
    ]


def _word(text: str) -> Iterator[str]:
    for letter in text:
        if not (letter.isalnum() or letter == "_"):
            return
        yield letter


def _made(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if "as" in part:
            yield from [part["as"]] if isinstance(part["as"], str) else part["as"]
        for value in part.values():
            yield from _made(value)
    elif isinstance(part, list):
        for item in part:
            yield from _made(item)

"""What the reader has picked: every choice is an id in the address, so that a view is a link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from view import links, texts
from view.names import Names
from view.texts import _

ALL = "all"
STAGES = ("primary", "junior")


@dataclass(frozen=True)
class Pick:
    """One reader's choices on one published snapshot."""

    snapshot: str
    snapshot_id: str
    published: datetime | None
    names: Names
    county: dict[str, Any]
    year: int
    standard: str
    stage: str
    both_stages: bool
    indicator: str
    school: str | None
    seal: str | None = None
    """The label of the snapshot's seal; None while it is not sealed."""

    @property
    def tests_schools(self) -> bool:
        """Whether the standard judges each school, not only the county's coefficients."""
        return bool(self.names.standards[self.standard]["school_rule"] == "thresholds")

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages a page for the whole county shows."""
        return STAGES if self.both_stages else (self.stage,)


def start(
    snapshot: str,
    snapshot_id: str,
    published: datetime | None,
    names: Names,
    county: dict[str, Any],
    seal: str | None = None,
) -> Pick:
    """Return the picks a reader starts from on a snapshot, before the side bar has been read."""
    return Pick(snapshot, snapshot_id, published, names, county, 0, "", STAGES[0], True, "", None, seal)


def language() -> str:
    """Return the language in the address, Chinese by default, and speak it from here on."""
    code = st.query_params.get("lang", "zh")
    texts.use(code if code in texts.LANGUAGES else "zh")
    return texts.language()


def restore() -> None:
    """Carry the choices over to the next page: the side bar's links come without them."""
    kept = st.session_state.setdefault("kept", {})
    for key in links.KEPT:
        if key in st.query_params:
            kept[key] = st.query_params[key]
        elif key in kept:
            st.query_params[key] = kept[key]
    links.note_address()


def _remember(key: str) -> None:
    value = st.session_state[f"pick_{key}"]
    st.query_params[key] = value
    st.session_state.setdefault("kept", {})[key] = value


def choose(
    label: str,
    key: str,
    options: Sequence[str],
    words: Callable[[str], str],
    *,
    segments: bool = False,
    hidden: bool = False,
    width: int | None = None,
) -> str:
    """Draw one picker tied to the address (`?key=`) and return its value; the first option is the default."""
    wanted = st.query_params.get(key)
    value = wanted if isinstance(wanted, str) and wanted in options else options[0]
    if wanted != value and wanted != ALL:
        st.query_params[key] = value
        links.note_address()
    st.session_state[f"pick_{key}"] = value
    shared: dict[str, Any] = {
        "format_func": {option: words(option) for option in options}.__getitem__,
        "key": f"pick_{key}",
        "on_change": _remember,
        "args": (key,),
        "label_visibility": "collapsed" if hidden else "visible",
    }
    if segments:
        st.segmented_control(label, options, required=True, **shared)
    else:
        st.selectbox(label, options, width=width or "stretch", **shared)
    return value


def sidebar(base: Pick, *, whole_county: bool) -> Pick:
    """Draw the pickers of year, stage and standard; `whole_county` offers both stages together."""
    names = base.names
    year = int(choose(_("学年"), "year", [str(year) for year in names.years], lambda y: names.year(int(y))))
    stages = (ALL, *STAGES) if whole_county else STAGES
    stage = choose(_("学段"), "stage", stages, _stage_words(names))
    usual = names.years[year]["default_standard_code"]
    codes = sorted(names.standards, key=lambda code: code != usual)
    standard = choose(_("标准"), "standard", codes, names.standard)
    return settle(base, year, stage, standard)


def settle(base: Pick, year: int, stage: str, standard: str) -> Pick:
    """Return the picks with the indicator of the address, if the standard has it."""
    one = STAGES[0] if stage == ALL else stage
    codes = [row["indicator_code"] for row in base.names.indicators_of(standard, one)]
    wanted = st.query_params.get("indicator", "")
    pick = replace(base, year=year, stage=one, both_stages=stage == ALL, standard=standard)
    pick = replace(
        pick, indicator=wanted if wanted in codes else codes[0], school=st.query_params.get("school")
    )
    st.session_state["pick"] = pick
    return pick


def _stage_words(names: Names) -> Callable[[str], str]:
    return lambda code: _("小学和初中") if code == ALL else names.label("stage", code)


def indicator(pick: Pick) -> Pick:
    """Draw the picker of the indicator and return the picks with it."""
    rows = {row["indicator_code"]: row for row in pick.names.indicators_of(pick.standard, pick.stage)}
    code = choose(
        _("指标"),
        "indicator",
        list(rows),
        lambda c: pick.names.indicator_name(pick.standard, pick.stage, c),
        width=360,
    )
    return replace(pick, indicator=code)


def group(pick: Pick) -> str:
    """Draw the picker of the grouping of schools and return its kind."""
    kinds = pick.names.codes("group_kind")
    return choose(_("分组"), "group", kinds, lambda kind: pick.names.label("group_kind", kind), segments=True)


def language_switch() -> None:
    """Draw the switch between Chinese and English."""
    choose(_("语言"), "lang", list(texts.LANGUAGES), texts.LANGUAGES.__getitem__, segments=True, hidden=True)


def enter() -> None:
    """Note that the application itself has run in this session; `app.py` calls it."""
    st.session_state["entered"] = True


def entered() -> None:
    """Start over unless the application has run; speak the language of the address.

    The first request of a server may be a link to a page: Streamlit then runs that page by itself, before
    `app.py` has said which pages there are. Each page asks here, or through `current`, first of all.
    """
    if "entered" not in st.session_state:
        PagesManager.uses_pages_directory = False
        st.rerun()
    language()


def current() -> Pick:
    """Return what was picked in this run."""
    entered()
    pick: Pick = st.session_state["pick"]
    return pick

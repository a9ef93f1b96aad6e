"""The ledger under several hands: no word is lost, states go only where they may, all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workspace import ledger
from workspace.authors import Author
from workspace.ledger import Draft, Edit
from workspace.ledger_fields import MOVES, PENDING, STATES, clean
from workspace.refusals import RefusedError
from workspace.store import Store

pytestmark = pytest.mark.usefixtures("quick_disk")
WANG, LI = Author("王芳"), Author("李强")
DRAFT = Draft(
    "shortfall", standard_code="national_2017", school_year=2024, school_code="1000000001",
    school_name="城关小学", stage="primary", code="R5", title="生均体育运动场馆面积", value=6.0,
    threshold=7.5, shortfall=1500.0, amount_unit="平方米", problem="缺1500平方米",
)  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    assert ledger.add(store, [DRAFT], WANG) == ([1], [])
    return store


def entry(store: Store, number: int = 1) -> dict:
    return next(row for row in ledger.entries(store) if row["number"] == number)


def one(store: Store, seen: int, author: Author, **changes: object) -> ledger.Outcome:
    return ledger.edit(store, [Edit(1, seen, changes)], author)[0]


def test_a_shortfall_stands_in_the_ledger_once_until_it_is_closed(kept: Store) -> None:
    assert ledger.add(kept, [DRAFT], LI) == ([], [1])
    one(kept, 1, LI, state="dropped")
    assert ledger.add(kept, [DRAFT, DRAFT], LI) == ([2], [2])


def test_plans_become_entries_that_name_their_source(kept: Store) -> None:
    plans = [
        Draft("plan", source_ref="投资方案一 › 3", school_code="1", code="R5", problem=f"{n}") for n in "ab"
    ]
    made, _there = ledger.add(kept, [*plans[:1], Draft("plan", "投资方案二", code="R5", school_code="1")], LI)
    assert [entry(kept, number)["source_ref"] for number in made] == ["投资方案一 › 3", "投资方案二"]


def test_different_fields_of_two_people_merge(kept: Store) -> None:
    one(kept, 1, WANG, measure="扩建操场")
    outcome = one(kept, 1, LI, responsible_person="赵刚", measure="")
    assert outcome.conflicts == () and outcome.written == ("responsible_person",)
    now = entry(kept)
    assert (now["measure"], now["responsible_person"], now["version"]) == ("扩建操场", "赵刚", 3)


def test_the_same_field_keeps_both_texts_and_offers_them_to_the_second(kept: Store) -> None:
    one(kept, 1, WANG, progress="已立项")
    outcome = one(kept, 1, LI, progress="已开工", measure="扩建")
    (clash,) = outcome.conflicts
    assert (clash["theirs"], clash["theirs_by"], clash["mine"], clash["mine_by"]) == (
        "已立项", "王芳", "已开工", "李强",
    )  # fmt: skip
    now = entry(kept)
    assert (now["progress"], now["measure"], now["conflicts"]) == ("已立项", "扩建", 1)
    ledger.settle(kept, clash["id"], "已立项；已开工", LI)
    now = entry(kept)
    assert (now["progress"], now["conflicts"]) == ("已立项；已开工", 0)
    with pytest.raises(RefusedError, match="已经处理"):
        ledger.settle(kept, clash["id"], "别的", WANG)
    kept_row = ledger.history(kept, 1)["conflicts"][0]
    assert (kept_row["theirs"], kept_row["mine"], kept_row["settled_by"]) == ("已立项", "已开工", "李强")


def test_every_change_says_who_when_what_before_and_after(kept: Store) -> None:
    one(kept, 1, WANG, deadline="2025年6月30日")
    (change,) = ledger.history(kept, 1)["changes"]
    assert (change["field"], change["old"], change["new"], change["changed_by"]) == (
        "deadline", "", "2025-06-30", "王芳",
    )  # fmt: skip
    assert change["changed_at"].endswith("Z") and change["version"] == 2


def test_comments_stay_and_empty_ones_are_refused(kept: Store) -> None:
    ledger.comment(kept, 1, "现场看过了", LI)
    with pytest.raises(RefusedError, match="空的"):
        ledger.comment(kept, 1, " \n ", LI)
    assert [row["said"] for row in ledger.history(kept, 1)["comments"]] == ["现场看过了"]
    with pytest.raises(RefusedError, match="没有第 9 号"):
        ledger.comment(kept, 9, "x", LI)


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_states_go_only_where_they_may(tmp_path: Path, before: str, after: str) -> None:
    store = Store(tmp_path)
    ledger.add(store, [DRAFT], WANG)
    way = {"open": [], "working": ["working"], "checking": ["checking"], "closed": ["checking", "closed"]}
    for step in way.get(before, ["dropped"]):
        one(store, entry(store)["version"], WANG, state=step, closing="核查过")
    seen, on_figures = (
        entry(store)["version"],
        Edit(1, 1, {"state": after, "closing": "数据显示已补足"}, True),
    )
    if after == before or after in MOVES[before]:
        one(store, seen, WANG, state=after, closing="核查过")
    else:
        with pytest.raises(RefusedError, match="不能从"):
            one(store, seen, WANG, state=after, closing="核查过")
        if after == "closed" and before in PENDING:
            ledger.edit(store, [Edit(1, seen, on_figures.changes, True)], WANG)
            assert entry(store)["state"] == "closed"


def test_closing_needs_grounds(kept: Store) -> None:
    one(kept, 1, WANG, state="checking")
    with pytest.raises(RefusedError, match="销号依据"):
        one(kept, 2, WANG, state="closed")


def test_several_edits_are_kept_together_or_not_at_all(kept: Store) -> None:
    ledger.add(kept, [Draft("typed", problem="二")], LI)
    good, bad = Edit(1, 1, {"measure": "扩建"}), Edit(2, 1, {"state": "closed", "closing": "x"})
    with pytest.raises(RefusedError):
        ledger.edit(kept, [good, bad], LI)
    assert entry(kept)["measure"] == ""
    with pytest.raises(RefusedError, match="没有版本 7"):
        ledger.edit(kept, [Edit(1, 7, {"measure": "扩建"})], LI)


@pytest.mark.parametrize("wrong", ["2025-02-30", "明年", "2025-13-01"])
def test_what_is_no_day_is_refused(wrong: str) -> None:
    with pytest.raises(RefusedError, match="不是日期"):
        clean("deadline", wrong)
    assert clean("deadline", " 2025/6/3 ") == "2025-06-03"


WRITES = st.lists(
    st.tuples(
        st.sampled_from(["progress", "measure", "problem"]),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cn")), min_size=1, max_size=6),
        st.integers(0, 3),
    ),
    max_size=8,
)


@given(WRITES)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_word_is_lost_whoever_writes_over_whichever_version(writes: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        ledger.add(store, [DRAFT], WANG)
        for number, (field, text, behind) in enumerate(writes):
            seen = max(1, entry(store)["version"] - behind)
            outcome = one(store, seen, Author(f"人{number}"), **{field: text})
            assert len(outcome.written) + len(outcome.conflicts) <= 1
        now, past = entry(store), ledger.history(store, 1)
        found = set(texts_of(now, past))
        assert {(field, clean(field, text)) for field, text, _behind in writes} <= found
        assert replayed(past) == {field: now[field] for field in ("progress", "measure", "problem")}


def texts_of(now: dict, past: dict) -> Iterator[tuple[str, str]]:
    yield from ((field, now[field]) for field in ("progress", "measure", "problem"))
    for row in past["changes"]:
        yield from ((row["field"], row["old"]), (row["field"], row["new"]))
    yield from ((row["field"], row["mine"]) for row in past["conflicts"])


def replayed(past: dict) -> dict[str, str]:
    """The history alone gives the entry as it stands."""
    text = {"progress": "", "measure": "", "problem": DRAFT.problem}
    for row in reversed(past["changes"]):
        assert text[row["field"]] == row["old"]
        text[row["field"]] = row["new"]
    return text


def test_many_writers_at_once_lose_nothing(kept: Store) -> None:
    def write(number: int) -> None:
        one(kept, 1, Author(f"人{number}"), progress=f"第{number}句")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(16)))
    past = ledger.history(kept, 1)
    said = {entry(kept)["progress"], *(row["mine"] for row in past["conflicts"])}
    assert said == {f"第{number}句" for number in range(16)}
    assert len(past["conflicts"]) == 15

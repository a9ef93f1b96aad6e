"""One entry of the ledger opened: its figures, what it says, who said otherwise, comments, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from view import frame, ledger_words, links, numbers
from view.controls import Pick
from view.ledger_history import draw as draw_history
from view.names import Names, Row, spoken
from view.texts import _, language

LONG = ("problem", "measure", "progress", "closing")


@dataclass(frozen=True)
class Doings:
    """What the page may ask for; `moves` says where a state may go, `refusal` is what they raise."""

    edit: Callable[..., Any]
    settle: Callable[..., Any]
    accept: Callable[..., Any]
    comment: Callable[..., Any]
    history: Callable[[int], dict[str, list[Row]]]
    fields: Mapping[str, tuple[str, str]]
    moves: Mapping[str, Sequence[str]]
    refusal: type[Exception]


def name_asked() -> str:
    """Draw the field for the writer's name, once a page, and return it."""
    return str(st.text_input(_("姓名（按所写记录，未核验）"), key="ledger_by", width=360))


def verdict(row: Row, names: Names) -> str:
    """Return the entry in a line: number, school, what it is about, its state."""
    state = names.label(ledger_words.STATE, row["state"])
    parts = [_("第 {n} 号", n=row["number"]), row["school_name"], ledger_words.about(row, names), state]
    return " · ".join(part for part in parts if part)


def draw(row: Row, pick: Pick, names: Names, doings: Doings, by: str) -> None:
    """Draw an entry and the ways to change it."""
    links.block(f'<p class="note">{links.link(_("返回台账"), "ledger")}</p>', key="back")
    past = doings.history(row["number"])
    _figures(row, pick, names)
    _asks(row, doings, by)
    for clash in past["conflicts"]:
        if clash["settled_at"] is None:
            _clash(clash, names, doings, by)
    _form(row, names, doings, by)
    _comments(row["number"], past["comments"], doings, by)
    draw_history(past, doings.fields, names)


def _figures(row: Row, pick: Pick, names: Names) -> None:
    """Draw what the entry was made from, beside the latest figure."""
    item = names.indicators.get((row["standard_code"], row["stage"], row["code"]))
    unit, places = ledger_words.unit(row, names), item["decimals"] if item else 2
    short, floor = (numbers.need(row[name], unit) for name in ("shortfall", "shortfall_to_floor"))
    facts = {
        _("列入时数值"): numbers.number(row["value"], places),
        _("标准"): numbers.number(row["threshold"], places),
        _("距标准缺"): short,
        _("距 85% 缺"): floor,
        _("需补数量"): ledger_words.needed(row, names) or numbers.MISSING,
        _("最新数值"): numbers.number(row["latest_value"], places),
    }
    if row["value"] is None and row["threshold"] is None:
        return
    cells = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(fact)}</dd></div>" for term, fact in facts.items()
    )
    origin = _(
        "{year}，{standard}",
        year=names.year(row["school_year"]),
        standard=names.standard(row["standard_code"]),
    )
    frame.html(f'<dl class="facts">{cells}</dl><p class="note">{escape(origin)}</p>')


def _asks(row: Row, doings: Doings, by: str) -> None:
    if row["is_contradicted"]:
        st.warning(_("这一条已销号，但最新数据仍有缺口。请核实；需要时把状态改回“整改中”。"))
    if not row["is_offered"]:
        return
    with st.container(border=True, key="offer"):
        frame.html(f"<p>{escape(_said_of(row))}</p>")
        if st.button(_("按新数据销号"), type="primary", key="accept"):
            _try(lambda: doings.accept(row["number"], row["version"], by), doings, row["number"])


def _said_of(row: Row) -> str:
    if row["latest_wording_zh"]:
        return _(
            "新数据显示问题已解决：{year} 学年，{words}（快照 {id}，{day} 发布）。",
            year=row["latest_year"],
            words=spoken(row, "latest_wording"),
            id=row["latest_snapshot"],
            day=row["latest_published"],
        )
    return _(
        "新数据显示缺口已补足：{year} 学年为 {value}，标准 {threshold}（快照 {id}，{day} 发布）。",
        year=row["latest_year"],
        value=numbers.number(row["latest_value"], 2),
        threshold=numbers.number(row["latest_threshold"], 2),
        id=row["latest_snapshot"],
        day=row["latest_published"],
    )


def _clash(clash: Row, names: Names, doings: Doings, by: str) -> None:
    """Offer both texts of a conflict, and room for one made of both."""
    field, key = clash["field"], f"clash_{clash['id']}"
    with st.container(border=True, key=key):
        title = _("“{field}”有两种写法，都保留着，请选定", field=doings.fields[field][language() == "en"])
        frame.html(f"<h3>{escape(title)}</h3>", "sub")
        sides = ((_("已在台账里的"), "theirs"), (_("后来保存的"), "mine"))
        for column, (label, side) in zip(st.columns(2, gap="medium"), sides, strict=True):
            with column:
                text = clash[side]
                shown = names.label(ledger_words.STATE, text) if field == "state" else text
                who = _("{label}：{who}（未核验）", label=label, who=clash[f"{side}_by"])
                frame.html(
                    f'<div class="note">{escape(who)}</div><p class="words">{escape(shown) or "—"}</p>'
                )
                if st.button(_("用这一种"), key=f"{key}_{side}"):
                    _try(partial(doings.settle, clash["id"], text, by), doings, clash["number"])
        if field in LONG:
            both = st.text_area(_("或者合成一段"), f"{clash['theirs']}\n{clash['mine']}", key=f"{key}_both")
            if st.button(_("用合成的"), key=f"{key}_merge"):
                _try(lambda: doings.settle(clash["id"], both, by), doings, clash["number"])


def _form(row: Row, names: Names, doings: Doings, by: str) -> None:
    """Draw the form on the version first seen: what others write meanwhile is merged, not overwritten."""
    seen: Row = st.session_state.setdefault(f"ledger_seen_{row['number']}", dict(row))
    if row["version"] > seen["version"]:
        st.info(
            _(
                "打开之后 {who} 改过这一条。保存时会合并；改了同一处的，两种写法都保留。",
                who=row["changed_by"],
            )
        )
    key = f"entry_{row['number']}_{seen['version']}"
    with st.form(key, border=True):
        typed = _fields(seen, names, doings, key)
        sent = st.form_submit_button(_("保存"), type="primary")
    if sent:
        changes = {field: text for field, text in typed.items() if text != seen[field]}
        _try(lambda: doings.edit(row["number"], seen["version"], changes, by), doings, row["number"])


def _fields(seen: Row, names: Names, doings: Doings, key: str) -> dict[str, str]:
    titles = {field: words[language() == "en"] for field, words in doings.fields.items()}
    typed = {}
    left, right = st.columns([3, 2], gap="medium")
    with left:
        for field in LONG:
            typed[field] = st.text_area(titles[field], seen[field], key=f"{key}_{field}", height=90)
    with right:
        states = [seen["state"], *doings.moves[seen["state"]]]
        typed["state"] = st.selectbox(
            titles["state"], states, key=f"{key}_state",
            format_func=partial(_state, names),
        )  # fmt: skip
        for field in ("responsible_unit", "responsible_person", "deadline"):
            hint = "2025-06-30" if field == "deadline" else None
            typed[field] = st.text_input(titles[field], seen[field], key=f"{key}_{field}", placeholder=hint)
    return typed


def _state(names: Names, code: str) -> str:
    kind = ledger_words.STATE
    return f"{names.symbol(kind, code)} {names.label(kind, code)}"


def _comments(number: int, comments: Sequence[Row], doings: Doings, by: str) -> None:
    frame.section(_("评论"), level=3)
    for row in comments:
        who = _("{who}（未核验） · {when}", who=row["written_by"], when=numbers.clock(row["written_at"]))
        frame.html(f'<div class="note">{escape(who)}</div><p class="words">{escape(row["said"])}</p>')
    with st.form(f"comment_{number}", border=False, clear_on_submit=True):
        said = st.text_area(_("写评论"), key=f"comment_text_{number}", height=70)
        if st.form_submit_button(_("发表")):
            _try(lambda: doings.comment(number, said, by), doings, None)


def _try(work: Callable[[], Any], doings: Doings, number: int | None) -> None:
    """Do what was asked and draw the page anew on what is kept; a refusal is shown in the reader's words."""
    try:
        work()
    except doings.refusal as said:
        st.error(said.message(language()))  # type: ignore[attr-defined]
        return
    if number is not None:
        st.session_state.pop(f"ledger_seen_{number}", None)
    st.rerun()

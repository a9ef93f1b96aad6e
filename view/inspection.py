"""The blocks of the page that prepares the inspection: the board, the list, and one item opened."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars as pl
import streamlit as st

from view import controls, frame, links, numbers, tables
from view import inspection_words as say
from view.controls import Pick
from view.names import Row, spoken
from view.school_words import join
from view.tables import Column
from view.texts import _, language

SHOWN = 200


def nothing(pick: Pick) -> None:
    """Say that the standard picked asks no such items, and what to do."""
    frame.header(
        pick,
        _("迎检准备"),
        _("这一标准没有 32 项迎检指标"),
        [_("请在左侧换成优质均衡或本省的标准；2012 年的基本均衡见“三把尺子”。")],
    )


def chosen(rows: Sequence[Row]) -> str:
    """Return the item opened: the one in the address, else the first that asks for something."""
    wanted = st.query_params.get("item")
    codes = [row["item_code"] for row in rows]
    urgent = [row["item_code"] for row in rows if row["status"] != "met"]
    return str(wanted) if wanted in codes else str((urgent or codes)[0])


def board(pick: Pick, rows: Sequence[Row], opened: str) -> None:
    """Draw every item as a tile by part: shape, word where it is close, and a link that opens it."""
    names = pick.names
    key = frame.legend(names, "item_status", ("met", "not_met", "missing"))
    frame.section(
        _("一眼看全部指标"), _("“险”：少 1 人、1 班、1 间就会变，或余量不到标准的 1% · 点一格打开"), key
    )
    parts = [code for code in names.codes("item_part") if any(row["part"] == code for row in rows)]
    lines = "".join(_part(pick, part, [row for row in rows if row["part"] == part], opened) for part in parts)
    links.block(f'<div class="board">{lines}</div>', key="board")


def _part(pick: Pick, part: str, rows: Sequence[Row], opened: str) -> str:
    held = sum(row["status"] == "met" for row in rows)
    label = escape(pick.names.label("item_part", part))
    note = escape(_("{n} 项 · 达标 {k}", n=len(rows), k=held))
    tiles = "".join(_tile(pick, row, opened) for row in rows)
    return f'<div class="part"><b>{label}</b><small>{note}</small></div><div class="tiles">{tiles}</div>'


def _tile(pick: Pick, row: Row, opened: str) -> str:
    code, status = row["item_code"], row["status"]
    here = " here" if code == opened else ""
    word = pick.names.label("item_status", status)
    title = escape(f"{say.name(row)}：{word}")
    mark = escape(pick.names.symbol("item_status", status)) + (_("险") if row["is_tight"] else "")
    anchor = links.link(code, "inspection", item=code)
    return f'<div class="tile {status}{here}" title="{title}">{anchor}<span>{mark}</span></div>'


def filtered(rows: Sequence[Row]) -> list[Row]:
    """Draw the filter by what is to be done next, with counts, and return the rows it leaves."""
    count = {step: sum(row["step"] == step for row in rows) for step in say.STEPS}
    options = [controls.ALL, *(step for step in say.STEPS if count[step])]

    def words(step: str) -> str:
        return f"{say.step_word(step)} {count.get(step, len(rows))}"

    wanted = controls.choose(_("下一步做什么"), "todo", options, words, segments=True)
    return [row for row in rows if wanted in (controls.ALL, row["step"])]


def listed(pick: Pick, rows: Sequence[Row]) -> None:
    """Draw the items as a list with status, figure, margin, evidence, owner and deadline."""
    columns = [
        Column("name", _("指标"), page="inspection", ids=(("item", "item_code"),)),
        Column("status", _("状态"), "status", status_of="item_status"),
        Column("present", _("现值")),
        Column("required", _("标准")),
        Column("margin_words", _("余量")),
        Column("evidence_count", _("佐证"), "number"),
        Column("owner", _("责任")),
        Column("deadline", _("期限")),
    ]
    shown = pl.DataFrame(
        [row | {"name": say.name(row), "margin_words": say.margin(row)} for row in rows],
        infer_schema_length=None,
    )
    tables.table(shown, columns, pick.names, key="items")
    tables.download(shown, columns, pick.names, name=f"{pick.year}_{_('迎检指标')}", key="items_csv")


def prepared(rows: Sequence[Row]) -> list[Row]:
    """Return the items with their figures in words and what each asks for next."""
    return [
        row | {"present": say.present(row), "required": say.required(row), "step": say.step(row)}
        for row in rows
    ]


def opened(row: Row, pick: Pick, limits: pl.DataFrame, declared: pl.DataFrame) -> None:
    """Draw one item: status, wording, rule, formula, limits in force, what was declared."""
    status = tables.status(pick.names, "item_status", row["status"])
    detail = spoken(row, "detail")
    blocks = [
        (_("官方表述"), spoken(row, "text")),
        (_("怎样判断"), spoken(row, "rule")),
        (_("算式"), spoken(row, "formula")),
        (_("代入"), str(row["detail_en"] if detail == "" else detail)),
        (_("现行标准"), join([_limit(limit) for limit in limits.to_dicts()], "；")),
        (_("填报数据"), join([_declared(one) for one in declared.to_dicts()], "；")),
        (_("补救"), spoken(row, "remedy") if row["status"] != "met" else ""),
        (_("佐证材料"), _papers(row["files"] or [], declared)),
        (_("依据"), row["source"]),
    ]
    body = "".join(f"<dt>{escape(head)}</dt><dd>{escape(text)}</dd>" for head, text in blocks if text)
    frame.html(f"<h2>{escape(say.name(row))} {status}</h2><dl>{body}</dl>", "opened")


def _limit(row: Row) -> str:
    note = spoken(row, "note") or row["limit_code"]
    if row["limit_code"].endswith("share"):
        return f"{note} {numbers.percent(row['value'])}"
    own = (row["unit"] or "") if language() == "zh" else ""
    return f"{note} {numbers.exact(row['value'])} {numbers.SHORT.get(row['unit'], own)}".strip()


def _declared(row: Row) -> str:
    value = numbers.exact(row["value"]) if row["value"] is not None else numbers.MISSING
    said = f"（{row['statement']}）" if row["statement"] else ""
    return f"{row['field']} {value}{said}"


def _papers(files: Sequence[str], declared: pl.DataFrame) -> str:
    papers = [*files, *declared["evidence"].drop_nulls().to_list()]
    return join(papers, "；") if papers else _("还没有佐证材料")


def concerned(pick: Pick, found: pl.DataFrame) -> None:
    """Draw the schools, classes and rooms of an item, what is wrong first, with a download of all."""
    if found.is_empty():
        return
    rows = [_case(pick, row) for row in found.to_dicts()]
    shown = pl.DataFrame(rows, infer_schema_length=None)
    columns = [
        Column("school_name", _("学校"), "school") if any(row["school_code"] for row in rows) else None,
        Column("what", _("对象")),
        Column("status", _("状态"), "status", status_of="item_status"),
        Column("found", _("现值")),
        Column("limit", _("要求")),
        Column("wording", _("情形"), wrap=True),
    ]
    kept = [column for column in columns if column]
    wrong = sum(row["status"] != "met" for row in rows)
    frame.section(
        _("涉及 {n} 个，其中 {k} 个要处理", n=len(rows), k=wrong),
        _("显示前 {n} 个，下载为全部", n=min(SHOWN, len(rows))),
        level=3,
    )
    tables.table(shown.head(SHOWN), kept, pick.names, key="cases", tall=len(rows) > 12)
    tables.download(shown, kept, pick.names, name=f"{pick.year}_{rows[0]['item_code']}", key="cases_csv")


def _case(pick: Pick, row: Row) -> Row:
    stage = pick.names.label("stage", row["stage"]) if row["stage"] else ""
    return row | {
        "what": " ".join(part for part in (stage, spoken(row, "subject")) if part),
        "found": say.figure(row["value"], row["value_kind"], row["target"]),
        "limit": say.figure(row["target"], row["value_kind"]),
        "wording": spoken(row, "wording"),
        "school_name": row["school_name"] or _("全县"),
    }


def course(pick: Pick, years: pl.DataFrame, kept: pl.DataFrame) -> None:
    """Draw an item's course: its status year by year, and in each kept snapshot."""
    by_year = [(pick.names.year(row["school_year"]), row) for row in years.to_dicts()]
    by_snapshot = [(numbers.day(row["published_at"]), row) for row in kept.to_dicts()]
    for title, told in ((_("各学年"), by_year), (_("各次快照"), by_snapshot)):
        if told:
            cells = "".join(_stand(pick, when, row) for when, row in told)
            frame.html(f"<h3>{escape(title)}</h3><ol class='course'>{cells}</ol>", "opened")


def _stand(pick: Pick, when: str, row: Row) -> str:
    status = tables.status(pick.names, "item_status", row["status"])
    failing = _("{n} 个未达标", n=row["cases_not_met"]) if row["cases_not_met"] else ""
    return f"<li><small>{escape(when)}</small>{status}<small>{escape(failing)}</small></li>"


def duties(rows: Sequence[Row]) -> None:
    """Draw who owes which items by when, from the ledger; without entries nothing is drawn."""
    owed = [row for row in rows if row["owner"] or row["deadline"]]
    if not owed:
        return
    frame.section(_("谁在哪天前交什么"), _("按台账里未办结的条目"))
    days = sorted({row["deadline"] or numbers.MISSING for row in owed})
    people = sorted({row["owner"] or numbers.MISSING for row in owed})
    head = "".join(f"<th>{escape(text)}</th>" for text in (_("责任人"), *days))
    body = "".join(_person(person, days, owed) for person in people)
    links.block(tables.shell(head, body), key="duties")


def _person(person: str, days: Sequence[str], owed: Sequence[Row]) -> str:
    cells = []
    for day in days:
        mine = [
            links.link(row["item_code"], "inspection", item=row["item_code"])
            for row in owed
            if (row["owner"] or numbers.MISSING, row["deadline"] or numbers.MISSING) == (person, day)
        ]
        cells.append(f"<td>{' '.join(mine)}</td>")
    return f'<tr><th scope="row">{escape(person)}</th>{"".join(cells)}</tr>'

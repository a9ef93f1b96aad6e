"""The documents of an inspection: made of one snapshot, checked against it figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from office import typed
from office.pdf import libreoffice, pages_of_headings, pdf
from reports import contents
from reports.check import Mismatch, Paper, mismatches
from reports.declaration import declaration
from reports.evidence import evidence
from reports.facts import Basis, Facts
from reports.ledger import ledger
from reports.plans import packed, plans, plans_apart
from reports.quality import quality
from reports.refusals import UnusableError
from reports.rehearsal import rehearsal
from reports.report import report
from warehouse import read, read_papers
from warehouse.durable import written
from warehouse.errors import JunhengError
from warehouse.home import Home
from warehouse.own_rows import published
from warehouse.snapshots import Snapshot

TEMPLATE = "自评报告.docx"
SHOWN = 5


@dataclass(frozen=True)
class Kind:
    """One document the bureau hands in: its name in both languages and the kinds of file it can be."""

    title_zh: str
    title_en: str
    suffixes: tuple[str, ...]


KINDS = {
    "declaration": Kind("申报表", "Declaration form", (".xlsx",)),
    "report": Kind("自评报告", "Self-evaluation report", (".docx",)),
    "ledger": Kind("整改台账", "Rectification ledger", (".xlsx",)),
    "school-plans": Kind("一校一策", "A plan for each school", (".docx", ".zip")),
    "evidence": Kind("佐证材料目录", "Evidence index", (".docx",)),
    "quality": Kind("数据质量说明", "Statement of data quality", (".docx",)),
    "rehearsal": Kind("模拟抽查", "Rehearsal of an inspection", (".docx",)),
}


@dataclass(frozen=True)
class Wish:
    """Which document of which year under which standard; blanks take the defaults."""

    kind: str
    year: int | None = None
    standard: str | None = None
    suffix: str = ""
    template: Path | None = None
    with_pdf: bool = False
    schools: int = 8
    seed: int = 1
    draw: int = 1


@dataclass(frozen=True)
class Made:
    """A finished document, its cross-check passed."""

    name: str
    content: bytes
    suffix: str
    figures: int
    pdf: bytes | None
    basis: Basis


def make(home: Home, wish: Wish) -> Made:
    """Make a document and check every figure in it; JunhengError names the place of one that differs."""
    kind, suffix = _kind(wish)
    facts, fresh = facts_of(home, wish.year, wish.standard)
    papers = _papers(home, wish, facts, suffix)
    for _name, paper in papers:
        refuse_unless_same(kind.title_zh, kind.title_en, mismatches(paper, fresh()))
    figures = sum(len(paper.claims) + len(paper.drawn) for _name, paper in papers)
    if suffix == ".zip":
        _refuse_pdf(wish)
        return Made(kind.title_zh, packed(iter(papers)), suffix, figures, None, facts.basis)
    paper = papers[0][1]
    made = pdf(paper.content, suffix) if wish.with_pdf else None
    return Made(kind.title_zh, paper.content, suffix, figures, made, facts.basis)


def write(home: Home, wish: Wish, out: Path) -> tuple[list[Path], Made]:
    """Make a document and write it to `out`, its PDF beside it when wished."""
    made = make(home, replace(wish, suffix=out.suffix.lower()))
    files = [(out, made.content)]
    if made.pdf is not None:
        files.append((out.with_suffix(".pdf"), made.pdf))
    try:
        for path, content in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            with written(path) as part:
                part.write_bytes(content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise JunhengError(
            f"无法写入 {out}（{reason}）。请检查文件夹是否可写、文件是否正在 Word 或 Excel 中打开。",
            f"{out} cannot be written ({reason}). Check the folder, and that the file is not open elsewhere.",
        ) from error
    return [path for path, _content in files], made


def facts_of(home: Home, year: int | None, standard: str | None) -> tuple[Facts, Callable[[], Facts]]:
    """Return the rows a document is made of, and what reads them once more past every memory."""
    snapshot = published(home)
    path = str(snapshot.path)
    year, standard = picked(path, year, standard)
    basis = _basis(snapshot, year)

    def fresh() -> Facts:
        return Facts(read_papers.frames_afresh(path, standard, year), basis)

    return Facts(read_papers.frames(path, standard, year), basis), _once(fresh)


def _once(read_again: Callable[[], Facts]) -> Callable[[], Facts]:
    found: list[Facts] = []

    def asked() -> Facts:
        if not found:
            found.append(read_again())
        return found[0]

    return asked


def picked(path: str, year: int | None, standard: str | None) -> tuple[int, str]:
    """Return year and standard with their defaults; JunhengError where the snapshot has no such thing."""
    years = {row["school_year"]: row for row in read.years(path).to_dicts()}
    if not years:
        raise JunhengError("这份快照里没有任何学年的数据。", "This snapshot holds no school year.")
    chosen = max(years) if year is None else year
    if chosen not in years:
        listed = "、".join(map(str, sorted(years)))
        raise JunhengError(
            f"没有 {chosen} 学年的数据，现有：{listed}。", f"No school year {chosen}; there are {listed}.", 2
        )
    standards = read.standards(path)["standard_code"].to_list()
    code = standard or str(years[chosen]["default_standard_code"])
    if code not in standards:
        listed = "、".join(standards)
        raise JunhengError(
            f"没有标准 {code}，现有：{listed}。", f"No standard {code}; there are {listed}.", 2
        )
    return chosen, code


def refuse_unless_same(title_zh: str, title_en: str, wrong: Sequence[Mismatch]) -> None:
    """Refuse an export whose file says anything but the snapshot, and name the places."""
    if not wrong:
        return
    zh = "；".join(f"{one.where} 写的是 {one.found}，快照里是 {one.expected}" for one in wrong[:SHOWN])
    en = "; ".join(f"{one.where} says {one.found}, the snapshot {one.expected}" for one in wrong[:SHOWN])
    raise JunhengError(
        f"{title_zh}没有导出：{len(wrong)} 个数字与快照不一致。{zh}。请刷新后重试；仍不一致请联系维护人员。",
        f"{title_en} was not exported: {len(wrong)} figures differ from the snapshot. {en}. "
        "Refresh and try again; tell the maintainers if it stays so.",
    )


def template_of(home: Home, named: Path | None) -> bytes | None:
    """Return the report's template: the one named, else the county's own, else None for the shipped one."""
    own = home.parameters / "templates" / TEMPLATE
    path = named or (own if own.exists() else None)
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise JunhengError(f"模板 {path} 读不到。", f"The template {path} cannot be read.", 2) from error


def _kind(wish: Wish) -> tuple[Kind, str]:
    kind = KINDS[wish.kind]
    suffix = wish.suffix or kind.suffixes[0]
    if suffix not in kind.suffixes:
        allowed = "、".join(kind.suffixes)
        raise JunhengError(
            f"{kind.title_zh}只能导出为 {allowed}；要 PDF 请加 --pdf。",
            f"{kind.title_en} can be exported as {allowed} only; add --pdf for a PDF.",
            2,
        )
    return kind, suffix


def _refuse_pdf(wish: Wish) -> None:
    if wish.with_pdf:
        raise JunhengError(
            "压缩包里一校一个文件，不另做 PDF；要 PDF 请导出为一个 .docx 并加 --pdf。",
            "A zip holds a file a school and no PDF; export one .docx with --pdf instead.",
            2,
        )


def _basis(snapshot: Snapshot, year: int) -> Basis:
    seal = None if snapshot.seal is None else str(snapshot.seal.get("label", ""))
    published_at = f"{snapshot.published_at.astimezone():%Y-%m-%d %H:%M}"
    return Basis(snapshot.id, published_at, date.today().isoformat(), version("junheng"), year, seal)


def _papers(home: Home, wish: Wish, facts: Facts, suffix: str) -> list[tuple[str, Paper]]:
    """Return the documents wished for, each with a file name: one, or one a school."""
    entries = typed.entries_of(home, str(facts.standard["standard_code"]))
    if wish.kind == "school-plans":
        said = {(row["school_code"], row["stage"], row["code"]): row for row in entries}
        return list(plans_apart(facts, said)) if suffix == ".zip" else [("", plans(facts, said))]
    one: dict[str, Callable[[], Paper]] = {
        "declaration": lambda: declaration(facts),
        "report": lambda: _report(facts, template_of(home, wish.template), entries),
        "ledger": lambda: ledger(facts, entries),
        "evidence": lambda: evidence(facts, *typed.evidence_of(home)),
        "quality": lambda: quality(facts),
        "rehearsal": lambda: rehearsal(facts, wish.schools, wish.seed, wish.draw),
    }
    return [("", one[wish.kind]())]


def _report(facts: Facts, template: bytes | None, entries: Sequence[dict[str, Any]]) -> Paper:
    """Return the report; where LibreOffice can lay it out, its table of contents has page numbers."""
    try:
        paper = report(facts, template, entries)
    except UnusableError as error:
        raise JunhengError(error.message_zh, error.message_en) from error
    if libreoffice() is None:
        return paper
    pages = pages_of_headings(pdf(paper.content, paper.suffix))
    return replace(paper, content=contents.number(paper.content, pages))

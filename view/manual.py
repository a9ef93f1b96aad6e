"""The manual as a page: text and pictures from `docs/`, and its table of messages from the list of checks.

`python -m view.manual` writes that table into `docs/manual.zh-CN.md` from `seeds/rules.csv`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import streamlit as st

from view import frame
from view.glossary import without_blanks
from view.texts import _, language

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs" / "manual.zh-CN.md"
IMAGE = re.compile(r"!\[(?P<caption>[^\]]*)\]\((?P<path>[^)]+)\)")
RULES = re.compile(r"(?<=-->\n)(?:(?!<!--).)*(?=<!-- /rules -->)", re.DOTALL)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """Return the manual's parts in order: ("text", markdown) and ("image", path|caption)."""
    start = 0
    for found in IMAGE.finditer(text):
        yield "text", text[start : found.start()]
        yield "image", f"{found['path']}|{found['caption']}"
        start = found.end()
    yield "text", text[start:]


def draw() -> None:
    """Draw the manual; a picture that is not there leaves its caption."""
    if language() != "zh":
        st.info(_("使用手册只有中文版。"))
    with st.container(key="manual"):
        for kind, content in pieces(MANUAL.read_text(encoding="utf-8")):
            if kind == "text":
                st.markdown(re.sub(r"<!--.*?-->", "", content))
                continue
            path, caption = content.split("|")
            if (MANUAL.parent / path).exists():
                st.image(MANUAL.parent / path, caption=caption, width="stretch", output_format="PNG")
            else:
                frame.html(f'<p class="note">（{caption}）</p>')


def rules_table(rules: Iterable[dict[str, str]]) -> str:
    """Return every check as one row of a Markdown table: code, severity, what it says, what to do, when."""
    when = {"import": "导入", "refresh": "刷新"}
    how_bad = {"error": "错误", "warning": "提示"}
    lines = ["| 编号 | 程度 | 信息 | 怎么办 | 何时 |", "|---|---|---|---|---|"]
    for rule in sorted(rules, key=lambda row: row["rule_code"]):
        said = without_blanks(rule["message_zh"]).removeprefix("…：").replace("|", "、")
        remedy = without_blanks(rule["remedy_zh"]).replace("|", "、")
        bad, time = how_bad[rule["severity"]], when[rule["checked_at"]]
        lines.append(f"| {rule['rule_code']} | {bad} | **{rule['title_zh']}** {said} | {remedy} | {time} |")
    return "\n".join(lines) + "\n"


def with_rules(text: str, rules: Iterable[dict[str, str]]) -> str:
    """Return the manual with its table of messages written anew."""
    return RULES.sub(lambda _found: rules_table(rules), text)


def main() -> None:
    """Write the table of messages into the manual."""
    with (ROOT / "seeds" / "rules.csv").open(encoding="utf-8", newline="") as file:
        rules = list(csv.DictReader(file))
    MANUAL.write_text(with_rules(MANUAL.read_text(encoding="utf-8"), rules), encoding="utf-8")


if __name__ == "__main__":
    main()

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tests.conftest import ROOT
from view import texts

HAN = re.compile(r"[一-鿿]")
CODES = {"差异系数", "达标学校比例", "县均值", "乡村", "元", "万元", "平方米", "中文"}
"""Words that are data: terms of the import contract, units a figure is stored in, a language's own name."""
CHINESE_ONLY = {"manual.py"}
"""Writes a table of the Chinese manual, which has no English twin."""


def sources() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / "view").glob("*.py")), *sorted((ROOT / "pages").glob("*.py"))]


def spoken(tree: ast.AST) -> Iterator[tuple[ast.Constant, int]]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "_"
            and node.args
        ):
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first, node.lineno


def docstrings(tree: ast.AST) -> set[int]:
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def test_every_sentence_is_translated() -> None:
    known = texts.catalogue("en")
    missing = [
        f"{path.name}:{line} {sentence.value}"
        for path in sources()
        for sentence, line in spoken(ast.parse(path.read_text(encoding="utf-8")))
        if sentence.value not in known
    ]
    assert not missing, "\n".join(missing)


def test_translations_fill_the_same_names() -> None:
    names = re.compile(r"\{(\w+)\}")
    wrong = [
        chinese
        for chinese, english in texts.catalogue("en").items()
        if set(names.findall(chinese)) != set(names.findall(english))
    ]
    assert not wrong, wrong


def test_no_chinese_stands_outside_the_catalogue() -> None:
    wrong = []
    for path in sources():
        if path.name in CHINESE_ONLY:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {id(constant) for constant, _line in spoken(tree)} | docstrings(tree)
        wrong += [
            f"{path.name}:{node.lineno} {node.value}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and HAN.search(node.value)
            and id(node) not in said
            and node.value not in CODES
        ]
    assert not wrong, "\n".join(wrong)


def test_no_translation_of_the_county_pages_is_left_over() -> None:
    said = {
        sentence.value
        for path in sources()
        for sentence, _line in spoken(ast.parse(path.read_text(encoding="utf-8")))
    }
    own = texts.CATALOGUES / "en" / "LC_MESSAGES" / "junheng.po"
    with own.open(encoding="utf-8") as file:
        known = {str(message.id) for message in read_po(file, locale="en") if message.id}
    assert not known - said

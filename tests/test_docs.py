"""Documents that a machine can check stay true."""

from __future__ import annotations

import re
from importlib import import_module

import click
import pytest

from cli import AREAS, main
from docs.data_guide import GUIDE, guide
from tests.conftest import ROOT

DOCUMENTS = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


def test_data_guide_is_what_the_product_knows() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(), "run: python docs/data_guide.py"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(document) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_documents_name_exist(document) -> None:
    commands = main.list_commands(click.Context(main))
    named = re.findall(r"junheng(?:\.exe)?(?: --home \S+)? ([a-z]+)\b", document.read_text(encoding="utf-8"))
    assert set(named) <= set(commands)


def test_every_command_says_what_it_does() -> None:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    assert [name for name, command in commands.items() if command is None or not command.help] == []


def test_front_door_names_every_command_of_each_area() -> None:
    found = {area: tuple(one.name for one in import_module(area).COMMANDS) for area in AREAS}
    assert {area: sorted(names) for area, names in found.items()} == {a: sorted(n) for a, n in AREAS.items()}

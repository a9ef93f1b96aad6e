"""Lines of progress, in the reader's language."""

from __future__ import annotations

import sys

import click

from commands.terminal import LANGUAGE
from view import texts


def echo_step(line: str) -> None:
    """Print a line of progress in the reader's language."""
    texts.use(LANGUAGE)
    click.echo(texts.spoken(line))


def step_on_terminal(line: str) -> None:
    """Print a line of progress where somebody watches; nothing in a pipe."""
    if sys.stderr.isatty():
        texts.use(LANGUAGE)
        click.echo(texts.spoken(line), err=True)

"""The group of all commands: each is loaded from its area only when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import click


class Front(click.Group):
    """A group whose commands live in `areas`, and that takes `--home` before or after a command's name."""

    def __init__(self, *args: Any, areas: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names of all commands."""
        return sorted(name for names in self.areas.values() for name in names)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command out of its area's `COMMANDS`."""
        area = next((area for area, names in self.areas.items() if name in names), None)
        commands = import_module(area).COMMANDS if area else ()
        return next((command for command in commands if command.name == name), None)

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Move `--home DIR` (or `--home=DIR`) in front of everything else."""
        for at, argument in enumerate(arguments):
            size = 2 if argument == "--home" else 1 if argument.startswith("--home=") else 0
            if size and at:
                arguments = [*arguments[at : at + size], *arguments[:at], *arguments[at + size :]]
                break
        return super().parse_args(context, arguments)

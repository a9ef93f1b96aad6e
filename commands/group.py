"""The group of all commands, which takes where data live before or after a command's name."""

from __future__ import annotations

import click


class HomeAnywhere(click.Group):
    """A group that takes `--home` before or after the command's name."""

    def parse_args(self, context: click.Context, arguments: list[str]) -> list[str]:
        """Move `--home DIR` (or `--home=DIR`) in front of everything else."""
        for at, argument in enumerate(arguments):
            size = 2 if argument == "--home" else 1 if argument.startswith("--home=") else 0
            if size and at:
                arguments = [*arguments[at : at + size], *arguments[:at], *arguments[at + size :]]
                break
        return super().parse_args(context, arguments)

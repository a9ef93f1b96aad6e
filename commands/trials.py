"""Trials: what an import would change, worked out and told without changing anything."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from commands.steps import step_on_terminal
from commands.terminal import LANGUAGE, import_as_dict, print_import, print_json, say
from warehouse import actions
from warehouse.difference_words import told
from warehouse.differences import as_dict
from warehouse.home import Home


def try_files(home: Home, paths: Sequence[Path], how: Mapping[str, Any], *, as_json: bool) -> None:
    """Try files, tell what came of it and leave with the exit code of an import."""
    trial = actions.try_import(home, paths, progress=step_on_terminal, **how)
    print_json(trial_as_dict(trial)) if as_json else print_trial(trial)
    sys.exit(1 if trial.report.refused_rows or trial.failures else 0)


def trial_as_dict(trial: actions.Trial) -> dict[str, Any]:
    """Return a trial in the shape `--json` promises: the import, and what would change (null: nothing)."""
    return import_as_dict(trial.report) | {
        "difference": None if trial.difference is None else as_dict(trial.difference),
        "failures": [vars(failure) for failure in trial.failures],
    }


def print_trial(trial: actions.Trial) -> None:
    """Print what the files hold, then what a refresh would change, flipped verdicts first."""
    print_import(trial.report)
    for failure in trial.failures:
        click.echo(str(failure), err=True)
    if trial.failures:
        say(
            "导入后刷新将不能发布，原因如上。",
            "A refresh would not publish, for the reasons above.",
            err=True,
        )
    elif trial.difference is not None:
        say("试算：导入并刷新后会有这些变化", "Trial: what an import and a refresh would change")
        print_difference(trial.difference)
    say("这是试算，什么也没有改变。", "This was a trial; nothing was changed.")


def print_difference(found: actions.Difference) -> None:
    """Print what changed between two snapshots, flipped verdicts first."""
    for line in told(found, LANGUAGE):
        click.echo(line)

"""Offer the commands as `airflow finance COMMAND`; Airflow reads this file in each of its own commands.

So nothing is imported here but what Airflow has loaded anyway: a command is found when it runs.
"""

import argparse
import sys
from importlib import import_module
from typing import Any

from airflow.cli.cli_config import ActionCommand, Arg, GroupCommand
from airflow.cli.utils import redirect_stdout_log_handlers_to_stderr

from finance_hooks.cli.commands import COMMANDS

GROUP = "finance"
NO_PREFIX = "\0"
"""No argument begins with it: argparse then takes options for arguments like any other."""


class Everything(Arg):
    """All that is written behind a command, for our own parser to read."""

    def __init__(self) -> None:
        """Name the one argument Airflow knows of."""
        super().__init__(flags=("arguments",), nargs=argparse.REMAINDER)  # type: ignore[no-untyped-call]

    def add_to_parser(self, parser: argparse.ArgumentParser) -> None:
        """Let the parser hand on every argument as it stands, options and `--help` too."""
        parser.prefix_chars = NO_PREFIX
        super().add_to_parser(parser)


def get_commands() -> list[GroupCommand]:
    """Describe the commands the way Airflow asks its providers to."""
    return [
        GroupCommand(
            name=GROUP,
            help="Bring documents into the books, and see what became of them",
            subcommands=[_action(name) for name in COMMANDS],
        )
    ]


def run(chosen: argparse.Namespace) -> None:
    """Run the command that was chosen and end Airflow's program with its exit code."""
    redirect_stdout_log_handlers_to_stderr()
    sys.exit(
        _command_line().run_command_line([chosen.subcommand, *chosen.arguments], program=f"airflow {GROUP}")
    )


def _action(name: str) -> ActionCommand:
    return ActionCommand(name=name, help=_summary(name), description=name, func=run, args=(Everything(),))


def _summary(name: str) -> str:
    """Say what a command does where the list of them is asked for; nobody reads it anywhere else."""
    listed = sys.argv[1:] in ([GROUP, "-h"], [GROUP, "--help"])
    return str(_command_line().find_command(name).summary) if listed else ""


def _command_line() -> Any:  # noqa: ANN401 - a module
    return import_module("finance_hooks.cli.command_line")

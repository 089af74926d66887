"""Run one command: find it, read its arguments, and turn what stops it into an exit code."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from finance_hooks.cli.command import FAILED, Command, say_json
from finance_hooks.cli.commands import COMMANDS
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.printable import printable

AS_JSON = "--json"


class CommandParser(argparse.ArgumentParser):
    """Reads arguments; says what is wrong with them as JSON when that is asked for."""

    as_json = False

    def error(self, message: str) -> NoReturn:
        """End with the exit code of a failure and say what is wrong."""
        if not self.as_json:
            super().error(message)
        _say_error("arguments", message)
        sys.exit(FAILED)


def find_command(name: str) -> Command:
    """Import the module of a command and return the command."""
    module, _, constant = COMMANDS[name].rpartition(".")
    command: Command = getattr(import_module(module), constant)
    return command


def run_command_line(arguments: Sequence[str], *, program: str) -> int:
    """Run a command and return its exit code; 2 when something keeps it from working.

    Wrong arguments, and `--help`, end the program the way argparse does, with exit codes 2 and 0.
    """
    as_json = AS_JSON in arguments
    if not arguments or arguments[0] not in COMMANDS:
        _overview(program, as_json=as_json).parse_args(arguments)
    name, *given = arguments
    command = find_command(name)
    parser = CommandParser(
        prog=f"{program} {name}",
        description=f"{command.summary[:1].upper()}{command.summary[1:]}.",
        epilog=f"exit codes: 0 done; 1 {command.nothing_done}; 2 the arguments are wrong, or something keeps "
        "the command from working",
    )
    parser.as_json = as_json
    command.add_to(parser)
    chosen = parser.parse_args(given)
    try:
        return int(command.run(chosen))
    except (ConfigurationError, TemporaryFailure) as error:
        if as_json:
            _say_fault(error)
        else:
            sys.stderr.writelines(f"{printable(line)}\n" for line in str(error).split("\n"))
        return FAILED


def _overview(program: str, *, as_json: bool) -> CommandParser:
    """Make the parser that lists all commands; it is asked only when no command was named."""
    parser = CommandParser(
        prog=program, description="Bring documents into the books, and see what became of them."
    )
    parser.as_json = as_json
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        commands.add_parser(name, help=find_command(name).summary)
    return parser


def _say_fault(error: ConfigurationError | TemporaryFailure) -> None:
    if isinstance(error, TemporaryFailure):
        _say_error("temporary", str(error), retry_after_s=error.retry_after_s)
    else:
        _say_error("configuration", str(error))


def _say_error(kind: str, message: str, **more: int) -> None:
    say_json({"error": {"kind": kind, "message": message, **more}})

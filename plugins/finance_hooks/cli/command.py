"""What every command of the command line is made of."""

import argparse
import getpass
import json
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console

from finance_hooks.posting import screen
from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import Connection
from finance_hooks.store.metadata import database_now

DONE, NOTHING_DONE, FAILED = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its sentence in the help, its arguments, and what it does; it returns the exit code.

    `nothing_done` says in the help what exit code 1 means for this command.
    """

    summary: str
    add_to: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]
    nothing_done: str = "nothing was found, or nothing had to be done"


def say(line: str) -> None:
    """Print one line, without cutting it at the width of the screen."""
    screen.say(Console(), line)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Declare `--json`: with it a command prints one JSON value and nothing else, its error too."""
    parser.add_argument("--json", action="store_true", help="print JSON, an error too")


def say_json(told: object) -> None:
    """Print one JSON value; dates, amounts and other values without a form of their own as text."""
    Console().print_json(json.dumps(told, ensure_ascii=False, default=str))


def add_decision(parser: argparse.ArgumentParser) -> None:
    """Declare who decides and why; the reason is kept for good."""
    parser.add_argument("--why", required=True, type=written, help="the reason, kept with the decision")
    parser.add_argument(
        "--by", default=getpass.getuser(), type=written, help="who decides; else the user of this machine"
    )


def written(text: str) -> str:
    """Take a text that says something; argparse names the argument that does not."""
    if not text.strip():
        raise argparse.ArgumentTypeError("must say something")
    return text.strip()


def decision_of(arguments: argparse.Namespace, connection: Connection) -> Decision:
    """Read the decision, at the instant of the store's clock."""
    return Decision(who=arguments.by, why=arguments.why, at=database_now(connection))

"""What every command of the command line is made of."""

import argparse
import getpass
from collections.abc import Callable
from dataclasses import dataclass

from airflow.sdk import BaseHook
from rich.console import Console

from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import CONNECTION_ID, Connection, Engine, store_engine, store_url
from finance_hooks.store.metadata import database_now

DONE, NOTHING_DONE = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command: its sentence in the help, its arguments, and what it does; it returns the exit code."""

    summary: str
    add_to: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


def say(line: str) -> None:
    """Print a line as it is, without cutting it at the width of the screen."""
    Console().print(line, markup=False, highlight=False, soft_wrap=True)


def open_store() -> Engine:
    """Open the store that connection `finance_store` leads to."""
    return store_engine(store_url(BaseHook.get_connection(CONNECTION_ID)))


def add_decision(parser: argparse.ArgumentParser) -> None:
    """Declare who decides and why; the reason is kept for good."""
    parser.add_argument("--why", required=True, help="the reason, kept with the decision")
    parser.add_argument("--by", default=getpass.getuser(), help="who decides; else the user of this machine")


def decision_of(arguments: argparse.Namespace, connection: Connection) -> Decision:
    """Read the decision, at the instant of the store's clock."""
    return Decision(who=arguments.by, why=arguments.why, at=database_now(connection))

"""Commands `stop` and `resume`: stop what changes books, and let it go on; reading goes on all the while."""

import argparse

from finance_hooks.cli.command import (
    DONE,
    NOTHING_DONE,
    Command,
    add_decision,
    add_json,
    decision_of,
    say,
    say_json,
)
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.connections import open_store
from finance_hooks.store.sending_stops import EVERY, resume, stop


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", default=EVERY, help="a sync_id; without it, all")
    add_decision(parser)
    add_json(parser)


def _stop(arguments: argparse.Namespace) -> int:
    sync_id = _known(arguments.administration)
    with open_store().begin() as connection:
        stopped = stop(connection, sync_id, decision_of(arguments, connection))
    _tell(arguments, "stopped before the next request" if stopped else "stopped already", done=stopped)
    return DONE if stopped else NOTHING_DONE


def _resume(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        resumed = resume(connection, arguments.administration, decision_of(arguments, connection))
    _tell(arguments, "the next run sends again" if resumed else "was not stopped", done=resumed)
    return DONE if resumed else NOTHING_DONE


def _known(sync_id: str) -> str:
    known = [row.sync_id for row in read_administrations(mappings_folder())]
    if sync_id not in {EVERY, *known}:
        raise ConfigurationError(f"There is no administration {sync_id}; there are {', '.join(known)}.")
    return sync_id


def _tell(arguments: argparse.Namespace, said: str, *, done: bool) -> None:
    sync_id = arguments.administration
    if arguments.json:
        say_json({"administration": sync_id, "done": done, "who": arguments.by, "why": arguments.why})
    else:
        say(f"{'All administrations' if sync_id == EVERY else sync_id}: {said}.")


STOP = Command(summary="stop sending to one administration or to all", add_to=_add_to, run=_stop)
RESUME = Command(summary="send again after a stop", add_to=_add_to, run=_resume)

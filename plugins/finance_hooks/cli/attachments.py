"""Command `attachments`: list the bookings whose PDF was tried and is not attached, and why."""

import argparse
from typing import Any

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json
from finance_hooks.operators.connections import open_store
from finance_hooks.store.attachments import not_attached


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", help="a sync_id; without it, all")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        found = not_attached(connection, sync_id=arguments.administration)
    told = [_told(one) for one in found]
    if arguments.json:
        say_json(told)
        return DONE
    for one in told:
        say(
            f"{one['administration']} {one['document']} ({one['entry_number']}): {one['state']}, {one['why']}"
        )
    say(f"{len(told)} PDFs are not attached.")
    return DONE


def _told(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    return {
        "administration": found.sync_id,
        "document": found.document,
        "reference": found.reference,
        "entry_number": found.target_entry_number,
        "state": found.state,
        "why": found.why,
        "since": found.changed_at,
    }


ATTACHMENTS = Command(
    summary="list the bookings whose PDF was tried and is not attached, and why", add_to=_add_to, run=_run
)

"""Command `adopt`: say that a booking in the books is a parked document, so that it is not booked again."""

import argparse

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_decision, decision_of, open_store, say
from finance_hooks.store.decisions import find_unsettled
from finance_hooks.store.possible_bookings import confirm, possible_bookings


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="document number or reference")
    parser.add_argument("entry_number", help="number of the booking, with its journal before it if need be")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    add_decision(parser)


def _run(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        found = find_unsettled(connection, arguments.name, sync_id=arguments.administration)
        decision = decision_of(arguments, connection)
        confirmed = [confirm(connection, one, arguments.entry_number, decision) for one in found]
    for one, did in zip(found, confirmed, strict=True):
        named = ", ".join(possible_bookings(one)) or "none"
        said = (
            f"the next run takes booking {arguments.entry_number} for it, if that is there."
            if did
            else f"{arguments.entry_number} is not the booking it was parked for; it is {one.state}, {named}."
        )
        say(f"{one.document_number} in {one.books}: {said}")
    if not found:
        say(f"Nothing is known under {arguments.name}.")
    return DONE if any(confirmed) else NOTHING_DONE


ADOPT = Command(
    summary="say that a booking in the books is a parked document, so that it is not booked again",
    add_to=_add_to,
    run=_run,
)

"""Command `adopt`: say that a booking in the books is a parked document, so that it is not booked again."""

import argparse
from typing import Any

from finance_hooks.cli.command import (
    DONE,
    NOTHING_DONE,
    Command,
    add_decision,
    add_json,
    say,
    say_json,
)
from finance_hooks.operators.connections import open_store
from finance_hooks.posting.decide import Decided, Wish, adopt, decide
from finance_hooks.store.possible_bookings import possible_bookings


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="document number or reference")
    parser.add_argument("entry_number", help="number of the booking, with its journal before it if need be")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    add_decision(parser)
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    wish = Wish(act=adopt(arguments.entry_number), who=arguments.by, why=arguments.why)
    decided = decide(open_store(), arguments.name, wish, sync_id=arguments.administration)
    told = [_told(one, arguments.entry_number) for one in decided]
    if arguments.json:
        say_json(told)
    for one in () if arguments.json else told:
        named = ", ".join(one["bookings"]) or "none"
        said = (
            f"the next run takes booking {one['booking']} for it, if that is there."
            if one["done"]
            else f"{one['booking']} is not the booking it was parked for; it is {one['state']}, {named}."
        )
        say(f"{one['document']} in {one['books']}: {said}")
    if not decided and not arguments.json:
        say(f"Nothing is known under {arguments.name}.")
    return DONE if any(one.done for one in decided) else NOTHING_DONE


def _told(decided: Decided, entry_number: str) -> dict[str, Any]:
    found = decided.found
    return {
        "administration": found.sync_id,
        "books": found.books,
        "document": found.document_number,
        "reference": found.reference,
        "state": found.state,
        "booking": entry_number,
        "bookings": possible_bookings(found),
        "done": decided.done,
    }


ADOPT = Command(
    summary="say that a booking in the books is a parked document, so that it is not booked again",
    add_to=_add_to,
    run=_run,
)

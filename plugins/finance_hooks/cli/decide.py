"""Commands `hold`, `release` and `retry`: decide about documents that are not booked."""

import argparse
from collections.abc import Sequence
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
from finance_hooks.posting import decide
from finance_hooks.posting.decide import Act, Decided, Wish


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a decision about documents."""
    parser.add_argument("name", help="document number or reference")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    add_decision(parser)
    add_json(parser)


def _add_release_to(parser: argparse.ArgumentParser) -> None:
    add_to(parser)
    parser.add_argument(
        "--not-booked",
        action="store_true",
        help="the bookings it was parked for are other documents: book this one beside them",
    )


def _release(arguments: argparse.Namespace) -> int:
    if arguments.not_booked:
        return carry_out(
            arguments,
            decide.NOT_BOOKED,
            "the next run books it beside those.",
            "it is not parked for a booking like it",
        )
    return carry_out(
        arguments, decide.RELEASE, "released; the next run maps it and sends it.", "nobody holds it"
    )


def carry_out(arguments: argparse.Namespace, act: Act, done: str, why_not: str) -> int:
    """Carry out a decision about what is known under a name, and say of each posting what came of it."""
    wish = Wish(act=act, who=arguments.by, why=arguments.why)
    decided = decide.decide(open_store(), arguments.name, wish, sync_id=arguments.administration)
    return tell(arguments, decided, done, why_not)


def tell(arguments: argparse.Namespace, decided: Sequence[Decided], done: str, why_not: str) -> int:
    """Say of each posting what came of a decision, and return the exit code."""
    told = [_told(one) for one in decided]
    if arguments.json:
        say_json(told)
    for one in () if arguments.json else told:
        said = done if one["done"] else f"{why_not}; it is {one['state']}."
        say(f"{one['document']} in {one['books']}: {said}")
    if not decided and not arguments.json:
        say(f"Nothing is known under {arguments.name}.")
    return DONE if any(one.done for one in decided) else NOTHING_DONE


def _told(decided: Decided) -> dict[str, Any]:
    found = decided.found
    return {
        "administration": found.sync_id,
        "books": found.books,
        "document": found.document_number,
        "reference": found.reference,
        "state": found.state,
        "done": decided.done,
    }


HOLD = Command(
    summary="keep a document from being booked until it is released",
    add_to=add_to,
    run=lambda given: carry_out(
        given, decide.HOLD, "held; no run sends it.", "only what is pending or parked can be held"
    ),
)
RELEASE = Command(
    summary="let a held document go, or one that was taken for a booking of another document",
    add_to=_add_release_to,
    run=_release,
)
RETRY = Command(
    summary="let the next run offer again what the package refused tonight, or what waits",
    add_to=add_to,
    run=lambda given: carry_out(
        given, decide.RETRY, "offered again by the next run.", "it was not refused and does not wait"
    ),
)

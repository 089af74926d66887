"""Commands `hold`, `release` and `retry`: decide about documents that are not booked."""

import argparse
from collections.abc import Callable
from typing import Any

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
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.connections import open_store
from finance_hooks.store import decisions, possible_bookings
from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import Connection

Act = Callable[[Connection, Any, Decision], bool]


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="document number or reference")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    add_decision(parser)
    add_json(parser)


def _add_release_to(parser: argparse.ArgumentParser) -> None:
    _add_to(parser)
    parser.add_argument(
        "--not-booked",
        action="store_true",
        help="the bookings it was parked for are other documents: book this one beside them",
    )


def _release(arguments: argparse.Namespace) -> int:
    if arguments.not_booked:
        return _decide(
            arguments,
            possible_bookings.tell_apart,
            "the next run books it beside those.",
            "it is not parked for a booking like it",
        )
    return _decide(
        arguments, decisions.release, "released; the next run maps it and sends it.", "nobody holds it"
    )


def _decide(arguments: argparse.Namespace, act: Act, done: str, why_not: str) -> int:
    with open_store().begin() as connection:
        found = decisions.find_unsettled(connection, arguments.name, sync_id=arguments.administration)
        decision = decision_of(arguments, connection)
        acted = [act(connection, one, decision) for one in found]
        if acted.count(True) > 1:
            # Leaving the transaction this way takes back what was written in it.
            raise ConfigurationError(_which(arguments.name, found, acted))
    told = [_told(one, did=did) for one, did in zip(found, acted, strict=True)]
    if arguments.json:
        say_json(told)
    for one in () if arguments.json else told:
        said = done if one["done"] else f"{why_not}; it is {one['state']}."
        say(f"{one['document']} in {one['books']}: {said}")
    if not found and not arguments.json:
        say(f"Nothing is known under {arguments.name}.")
    return DONE if any(acted) else NOTHING_DONE


def _which(name: str, found: list[Any], acted: list[bool]) -> str:
    meant = [f"{one.reference} in {one.books}" for one, did in zip(found, acted, strict=True) if did]
    return f"{name} stands for {len(meant)} documents, and nothing was done; name one: {', '.join(meant)}."


def _told(found: Any, *, did: bool) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    return {
        "administration": found.sync_id,
        "books": found.books,
        "document": found.document_number,
        "reference": found.reference,
        "state": found.state,
        "done": did,
    }


HOLD = Command(
    summary="keep a document from being booked until it is released",
    add_to=_add_to,
    run=lambda given: _decide(
        given, decisions.hold, "held; no run sends it.", "only what is pending or parked can be held"
    ),
)
RELEASE = Command(
    summary="let a held document go, or one that was taken for a booking of another document",
    add_to=_add_release_to,
    run=_release,
)
RETRY = Command(
    summary="let the next run offer again what the package refused tonight, or what waits",
    add_to=_add_to,
    run=lambda given: _decide(
        given, decisions.retry, "offered again by the next run.", "it was not refused and does not wait"
    ),
)

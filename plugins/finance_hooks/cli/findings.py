"""Commands `accept`, `correct` and `rebook`: decide what becomes of a finding about a booked document."""

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
from finance_hooks.store import finding_decisions
from finance_hooks.store.decisions import Decision
from finance_hooks.store.engine import Connection
from finance_hooks.store.findings import FindingKind

Act = Callable[[Connection, Any, Decision], str | None]


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="document number, reference or entry number")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    parser.add_argument("--kind", choices=[kind.value for kind in FindingKind], help="only such findings")
    add_decision(parser)
    add_json(parser)


def _decide(arguments: argparse.Namespace, act: Act, done: str) -> int:
    kinds = [kind for kind in FindingKind if arguments.kind in {None, kind.value}]
    with open_store().begin() as connection:
        found = finding_decisions.find_findings(
            connection, arguments.name, sync_id=arguments.administration, kinds=kinds
        )
        _refuse_several(arguments.name, found)
        decision = decision_of(arguments, connection)
        told = [_told(one, act(connection, one, decision)) for one in found]
    if arguments.json:
        say_json(told)
    for one in () if arguments.json else told:
        said = done if one["done"] else f"{one['why_not']}."
        say(f"{one['document']} in {one['books']}, {one['kind']}: {said}")
    if not found and not arguments.json:
        say(f"Nothing was found about {arguments.name} that is still open.")
    return DONE if any(one["done"] for one in told) else NOTHING_DONE


def _refuse_several(name: str, found: list[Any]) -> None:
    meant = sorted({f"{one.document_number} in {one.books}" for one in found})
    if len({one.document_id for one in found}) > 1 or len(meant) > 1:
        raise ConfigurationError(
            f"{name} stands for several documents, and nothing was done; name one by its reference, or its "
            f"books with --administration: {', '.join(meant)}."
        )


def _told(found: Any, why_not: str | None) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    return {
        "administration": found.sync_id,
        "books": found.books,
        "document": found.document_number,
        "reference": found.reference,
        "kind": found.kind,
        "done": why_not is None,
        "why_not": why_not,
    }


ACCEPT = Command(
    summary="accept what was found about a booked document; it is not named again unless it changes",
    add_to=_add_to,
    run=lambda given: _decide(given, finding_decisions.accept, "accepted as it is."),
)
CORRECT = Command(
    summary="reverse a booking that the source changed or took back, and book the document as it is now",
    add_to=_add_to,
    run=lambda given: _decide(given, finding_decisions.correct, "the next run reverses it."),
)
REBOOK = Command(
    summary="book a document anew whose booking has gone from the books",
    add_to=_add_to,
    run=lambda given: _decide(given, finding_decisions.rebook, "the next run books it anew."),
)

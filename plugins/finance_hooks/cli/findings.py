"""Commands `accept`, `correct` and `rebook`: decide what becomes of a finding about a booked document."""

import argparse
from collections.abc import Callable
from typing import Any

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_decision, decision_of, open_store, say
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


def _decide(arguments: argparse.Namespace, act: Act, done: str) -> int:
    kinds = [kind for kind in FindingKind if arguments.kind in {None, kind.value}]
    with open_store().begin() as connection:
        found = finding_decisions.find_findings(
            connection, arguments.name, sync_id=arguments.administration, kinds=kinds
        )
        decision = decision_of(arguments, connection)
        why_not = [act(connection, one, decision) for one in found]
    for one, why in zip(found, why_not, strict=True):
        said = done if why is None else f"{why}."
        say(f"{one.document_number} in {one.books}, {one.kind}: {said}")
    if not found:
        say(f"Nothing was found about {arguments.name} that is still open.")
    return DONE if None in why_not else NOTHING_DONE


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

"""Commands `accept`, `correct` and `rebook`: decide what becomes of a finding about a booked document."""

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
from finance_hooks.posting import decide_findings
from finance_hooks.posting.decide_findings import Act, Decided, Wish
from finance_hooks.store.findings import FindingKind


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="document number, reference or entry number")
    parser.add_argument("--administration", help="only in the books of this sync_id")
    parser.add_argument("--kind", choices=[kind.value for kind in FindingKind], help="only such findings")
    add_decision(parser)
    add_json(parser)


def _decide(arguments: argparse.Namespace, act: Act, done: str) -> int:
    kinds = [kind for kind in FindingKind if arguments.kind in {None, kind.value}]
    wish = Wish(act=act, kinds=kinds, who=arguments.by, why=arguments.why)
    decided = decide_findings.decide(open_store(), arguments.name, wish, sync_id=arguments.administration)
    told = [_told(one) for one in decided]
    if arguments.json:
        say_json(told)
    for one in () if arguments.json else told:
        said = done if one["done"] else f"{one['why_not']}."
        say(f"{one['document']} in {one['books']}, {one['kind']}: {said}")
    if not decided and not arguments.json:
        say(f"Nothing was found about {arguments.name} that is still open.")
    return DONE if any(one["done"] for one in told) else NOTHING_DONE


def _told(decided: Decided) -> dict[str, Any]:
    found = decided.found
    return {
        "administration": found.sync_id,
        "books": found.books,
        "document": found.document_number,
        "reference": found.reference,
        "kind": found.kind,
        "done": decided.why_not is None,
        "why_not": decided.why_not,
    }


ACCEPT = Command(
    summary="accept what was found about a booked document; it is not named again unless it changes",
    add_to=_add_to,
    run=lambda given: _decide(given, decide_findings.ACCEPT, "accepted as it is."),
)
CORRECT = Command(
    summary="reverse a booking that the source changed or took back, and book the document as it is now",
    add_to=_add_to,
    run=lambda given: _decide(given, decide_findings.CORRECT, "the next run reverses it."),
)
REBOOK = Command(
    summary="book a document anew whose booking has gone from the books",
    add_to=_add_to,
    run=lambda given: _decide(given, decide_findings.REBOOK, "the next run books it anew."),
)

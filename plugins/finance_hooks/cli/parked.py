"""Command `parked`: list the documents a person must act on, with every reason and remedy."""

import argparse
from typing import Any, get_args

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.operators.connections import open_store
from finance_hooks.posting.problem import ProblemKind, runbook_line
from finance_hooks.store.decisions import find_unsettled


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", help="a sync_id; without it, all")
    parser.add_argument("--language", choices=get_args(Language), default="nl", help="of the sentences")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        found = find_unsettled(connection, None, sync_id=arguments.administration, locked=False)
    told = [_told(one, arguments.language) for one in found]
    if arguments.json:
        say_json(told)
        return DONE
    for one in told:
        say(f"{one['administration']} {one['document']} ({one['dated_on']})")
        for code, sentence in zip(one["codes"], one["sentences"], strict=True):
            say(f"  - {code}: {sentence}")
    say(f"{len(told)} documents are parked.")
    if told:
        say(runbook_line(ProblemKind.PARKED))
    return DONE


def _told(found: Any, language: Language) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    reasons = reasons_from_plain(found.reasons)
    return {
        "administration": found.sync_id,
        "document": found.document_number,
        "dated_on": found.document_date,
        "reference": found.reference,
        "codes": [reason.code.value for reason in reasons],
        "sentences": [reason_sentence(reason, language) for reason in reasons],
        "held_by": found.held_by,
        "held_why": found.held_why,
        "held_at": found.held_at,
    }


PARKED = Command(
    summary="list the documents a person must act on, with every reason and remedy", add_to=_add_to, run=_run
)

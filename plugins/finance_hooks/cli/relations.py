"""Command `relations`: which relation of the package each party is, by what, and what waits for a person."""

import argparse
from typing import Any, get_args

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json
from finance_hooks.model.park_reason import Reason
from finance_hooks.model.park_reason_text import Language, reason_sentence
from finance_hooks.model.plain import faults_from_plain
from finance_hooks.operators.connections import open_store
from finance_hooks.store.party_links import list_links


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", help="a sync_id; without it, all")
    parser.add_argument("--language", choices=get_args(Language), default="nl", help="of the sentences")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        found = list_links(connection, sync_id=arguments.administration)
    told = [_told(one, arguments.language) for one in found]
    if arguments.json:
        say_json(told)
        return DONE
    for one in told:
        _say_one(one)
    waiting = sum(1 for one in told if one["sentences"])
    proposed = sum(1 for one in told if one["proposal"])
    say(f"{len(told)} parties are known, {proposed} writes are proposed, {waiting} wait for a person.")
    return DONE


def _say_one(one: dict[str, Any]) -> None:
    name = f"{one['administration']} {one['role']} {one['party']}"
    say(f"{name}: {one['state']} {one['target_party'] or '-'} (by {one['matched_by'] or 'nothing yet'})")
    for sentence in one["sentences"]:
        say(f"  - {sentence}")
    proposal = one["proposal"]
    if proposal:
        why = f"refused: {proposal['why']}" if "why" in proposal else "would be written"
        fields = ", ".join(f"{field} = {text}" for field, text in proposal["fields"].items())
        say(f"  - {proposal['what']} {proposal['code']}, {why}: {fields or 'no fields'}")


def _told(found: Any, language: Language) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    name = f"{found.role} {found.party}"
    faults = faults_from_plain(found.faults)
    reasons = [Reason(code=fault.code, document=name, detail=fault.detail) for fault in faults]
    return {
        "administration": found.sync_id,
        "party": found.party,
        "role": found.role,
        "state": found.state,
        "target_party": found.target_party,
        "matched_by": found.matched_by,
        "codes": [fault.code.value for fault in faults],
        "sentences": [reason_sentence(reason, language) for reason in reasons],
        "proposal": found.proposal,
        "written_at": found.written_at,
    }


RELATIONS = Command(
    summary="list which relation of the package each party is, what is proposed and what waits for a person",
    add_to=_add_to,
    run=_run,
)

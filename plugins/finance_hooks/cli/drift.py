"""Command `drift`: list what the source changed or took back after it was booked, before and after."""

import argparse
from typing import Any

from finance_hooks.cli.command import DONE, Command, add_json, say, say_json
from finance_hooks.model.park_reason_text import reason_sentence
from finance_hooks.model.plain import reasons_from_plain
from finance_hooks.operators.connections import open_store
from finance_hooks.posting.problem import ProblemKind, runbook_line
from finance_hooks.store.finding_decisions import find_findings
from finance_hooks.store.findings import SOURCE_CHANGED


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="?", help="a sync_id; without it, all")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    with open_store().begin() as connection:
        found = find_findings(
            connection, None, sync_id=arguments.administration, kinds=SOURCE_CHANGED, locked=False
        )
    told = [_told(one) for one in found]
    if arguments.json:
        say_json(told)
        return DONE
    for one in told:
        _show(one)
    say(f"{len(told)} booked documents are not in the source as they were booked.")
    if told:
        say(runbook_line(ProblemKind.FINDING))
    return DONE


def _told(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of the store
    return {
        "administration": found.sync_id,
        "document": found.document_number,
        "dated_on": found.document_date,
        "kind": found.kind,
        "entry": found.target_entry_number,
        "reference": found.reference,
        "first_found_at": found.first_found_at,
        "why": found.detail.get("why"),
        "changes": found.detail.get("changes"),
        "decision": found.decision,
        "decided_by": found.decided_by,
        "decided_why": found.decided_why,
        "decided_at": found.decided_at,
        "kept_back": [reason_sentence(reason, "nl") for reason in reasons_from_plain(found.kept_back or [])],
    }


def _show(one: dict[str, Any]) -> None:
    why = f": {one['why']}" if one["why"] else ""
    say(f"{one['administration']} {one['document']} ({one['dated_on']}), {one['kind']}{why}")
    say(f"  booked as entry {one['entry']}, {one['reference']}")
    for change in one["changes"] or ():
        say(f"  {change['field']}: {_said(change['before'])} -> {_said(change['after'])}")
    if one["decision"]:
        say(f"  decided: {one['decision']} by {one['decided_by']}")
    for sentence in one["kept_back"]:
        say(f"  not corrected: {sentence}")


def _said(value: str | None) -> str:
    return "nothing" if value is None else value


DRIFT = Command(
    summary="list what the source changed or took back after it was booked, before and after",
    add_to=_add_to,
    run=_run,
)

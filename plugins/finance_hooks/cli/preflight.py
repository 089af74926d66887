"""Command `preflight`: hold the mapping rows against the live charts, and name every fault."""

import argparse
from typing import Any, get_args

from finance_hooks.cli.chosen import chosen
from finance_hooks.cli.command import DONE, FAILED, NOTHING_DONE, Command, add_json, say, say_json
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.preflight_fault import PreflightFault, fault_sentence
from finance_hooks.operators.own_books import own_books, work_of
from finance_hooks.operators.resources import open_resources
from finance_hooks.posting.preflight import preflight

PATIENCE_S = 120
"""How long the command waits for books that a run works on."""


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="*", help="sync_ids; without any, all")
    parser.add_argument("--language", choices=get_args(Language), default="nl", help="of the sentences")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    told = [_check(sync_id, arguments.language) for sync_id in chosen(arguments.administration)]
    if arguments.json:
        say_json(told)
    else:
        for one in told:
            _show(one)
    if any(one["error"] for one in told):
        return FAILED
    return NOTHING_DONE if any(one["faults"] for one in told) else DONE


def _check(sync_id: str, language: Language) -> dict[str, Any]:
    """Check one administration; what keeps it from being checked never hides the others."""
    try:
        resources = open_resources(sync_id)
        tables = read_tables(resources.administration, mappings_folder())
        with own_books(resources, patience_s=PATIENCE_S, reads_anew=True) as hook:
            found = preflight(work_of(resources), hook, tables).faults
    except (ConfigurationError, TemporaryFailure) as error:
        return {"administration": sync_id, "faults": [], "conditions": 0, "error": str(error)}
    return {
        "administration": sync_id,
        "faults": [_told(fault, language) for fault in found if not fault.is_condition],
        "conditions": sum(fault.is_condition for fault in found),
        "error": None,
    }


def _told(fault: PreflightFault, language: Language) -> dict[str, Any]:
    return {
        "code": fault.code.value,
        "file": fault.file,
        "line": fault.line,
        "column": fault.column,
        "value": fault.value,
        "dated_from": fault.dated_from,
        "dated_until": fault.dated_until,
        "sentence": fault_sentence(fault, language),
    }


def _show(told: dict[str, Any]) -> None:
    name = told["administration"]
    if told["error"]:
        say(f"{name}: not checked: {told['error']}")
        return
    say(f"{name}: {len(told['faults'])} faults")
    for fault in told["faults"]:
        say(f"  - {fault['sentence']}")


PREFLIGHT = Command(
    summary="hold the mapping rows against the live charts, and name every fault",
    add_to=_add_to,
    run=_run,
    nothing_done="rows are wrong",
)

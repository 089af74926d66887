"""Command `doctor`: say of each administration what is in order and what is not; nothing is changed."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_args

from finance_hooks.cli.chosen import chosen
from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say, say_json
from finance_hooks.model.park_reason_text import Language
from finance_hooks.operators.examining import examine, examine_files
from finance_hooks.posting.doctor import Finding
from finance_hooks.posting.doctor_words import Health, say_health, say_look

ALL = "*"
"""Stands in the place of an administration for what concerns all of them."""


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="*", help="sync_ids; without any, all")
    parser.add_argument("--language", choices=get_args(Language), default="en", help="of the sentences")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    language = arguments.language
    told = {sync_id: examine(sync_id, language) for sync_id in chosen(arguments.administration)}
    if not arguments.administration:
        told[ALL] = examine_files(language)
    if arguments.json:
        say_json([_told(sync_id, findings) for sync_id, findings in told.items()])
    else:
        for sync_id, findings in told.items():
            say(sync_id)
            for one in findings:
                health, name = say_health(one.health, language), say_look(one.name, language)
                say(f"  {health:8}{name}: {' '.join(filter(None, (one.said, one.quoted)))}")
    return NOTHING_DONE if any(map(_is_wrong, told.values())) else DONE


def _is_wrong(findings: Sequence[Finding]) -> bool:
    return any(one.health is Health.WRONG for one in findings)


def _told(sync_id: str, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "administration": sync_id,
        "wrong": _is_wrong(findings),
        "findings": [asdict(one) for one in findings],
    }


DOCTOR = Command(
    summary="say of each administration what is in order and what is not; nothing is changed",
    add_to=_add_to,
    run=_run,
    nothing_done="something is wrong",
)

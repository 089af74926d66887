"""Command `plan`: say what the next run would do, and change nothing."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import get_args

from rich.console import Console

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say_json
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.park_reason_text import Language
from finance_hooks.model.selection import Selection
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.plan_resources import PlanResources
from finance_hooks.operators.resources import find_administration
from finance_hooks.operators.selection import KINDS, RunFacts, select
from finance_hooks.store.held_lease import HeldLease, hold_patiently
from finance_hooks.store.watermarks import read_watermark
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.clock import SystemClock

FORMATS = ("table", "csv", "json")
PATIENCE_S = 15
"""How long the command waits for books that somebody else works in."""

RUN_ID = "plan"


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="*", help="sync_ids; without any, all")
    parser.add_argument("--from", dest="dated_from", metavar="DATE", help="documents dated from")
    parser.add_argument("--to", dest="dated_until", metavar="DATE", help="documents dated until")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, help="kinds of documents; else all")
    parser.add_argument("--format", choices=FORMATS, default="table", help="json is what --json prints")
    add_json(parser)
    parser.add_argument("--language", choices=get_args(Language), default="nl", help="of the sentences")
    parser.add_argument(
        "--as-if-resumed",
        action="store_true",
        help="though sending is stopped: what would be sent after resume",
    )
    parser.add_argument(
        "--ask-books",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="read the books, under their lease, to know what stands there already",
    )


def _run(arguments: argparse.Namespace) -> int:
    # These bring pandas along, which the other commands need not pay for.
    from finance_hooks.operators.planning import Wish, plan_run  # noqa: PLC0415
    from finance_hooks.posting.plan_screen import show_plan  # noqa: PLC0415
    from finance_hooks.posting.plan_written import plan_to_plain, write_csv  # noqa: PLC0415

    open_store()
    found = []
    for sync_id in arguments.administration or _all():
        resources = PlanResources(find_administration(sync_id))
        wish = Wish(
            selection=_select(resources, arguments),
            run_id=RUN_ID,
            asks_books=arguments.ask_books,
            as_if_resumed=arguments.as_if_resumed,
        )
        found.append(plan_run(resources, wish, partial(_books, resources)))
    match "json" if arguments.json else arguments.format:
        case "json":
            say_json([plan_to_plain(plan, arguments.language) for plan in found])
        case "csv":
            for place, plan in enumerate(found):
                rows = write_csv(plan, arguments.language)
                sys.stdout.write(rows if place == 0 else rows.partition("\n")[2])
        case _:
            for plan in found:
                show_plan(plan, Console(), arguments.language)
    unasked = arguments.ask_books and any(plan.books_why_not is not None for plan in found)
    return NOTHING_DONE if unasked else DONE


def _all() -> list[str]:
    return [row.sync_id for row in read_administrations(mappings_folder())]


def _select(resources: PlanResources, arguments: argparse.Namespace) -> Selection:
    """Choose what a run that is triggered now, with these arguments, would ask the source for."""
    asked = {"from": arguments.dated_from, "to": arguments.dated_until, "kinds": arguments.kinds}
    work = resources.planning(RUN_ID)
    with work.engine.begin() as connection:
        watermark = read_watermark(connection, work.administration.sync_id)
    return select(
        RunFacts(
            is_backfill=False,
            data_interval_start=None,
            asked=asked,
            today=work.business_date(),
            starts_on=work.administration.starts_on,
            watermark=watermark,
        )
    )


@contextmanager
def _books(resources: PlanResources) -> Iterator[tuple[TargetHook, HeldLease]]:
    owner = f"command plan pid {os.getpid()}"
    clock = SystemClock()
    wish = resources.books_wish(owner=owner, is_backfill=False)
    held = hold_patiently(
        resources.engine, wish, boot_s=clock.boot_s, sleep=clock.sleep, patience_s=PATIENCE_S
    )
    with held as lease:
        yield resources.target_hook(lease, owner=owner, is_backfill=False), lease


PLAN = Command(
    summary="say what the next run would do, and change nothing",
    add_to=_add_to,
    run=_run,
    nothing_done="books could not be asked, and a plan goes by the rest",
)

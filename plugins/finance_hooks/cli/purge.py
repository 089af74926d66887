"""Command `purge`: forget the personal side of documents that were kept long enough and are settled."""

import argparse
import getpass
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from airflow.sdk import BaseHook

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say, say_json, written
from finance_hooks.model.retention import Retention, read_retention
from finance_hooks.operators.connections import open_store
from finance_hooks.posting.keep import Purge, keep, preview
from finance_hooks.posting.work import BUSINESS_ZONE
from finance_hooks.store.decisions import BY_HAND
from finance_hooks.store.engine import CONNECTION_ID
from finance_hooks.store.purging import SETTLED, Due
from finance_hooks.transport.clock import SystemClock


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="say what would go, and change nothing")
    parser.add_argument("--by", default=getpass.getuser(), type=written, help="who decides; else the user")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    engine = open_store()
    retention = read_retention(BaseHook.get_connection(CONNECTION_ID).extra_dejson)
    purge = Purge(
        retention=retention,
        today=SystemClock().now().astimezone(BUSINESS_ZONE).date(),
        run_id=BY_HAND,
        who=arguments.by,
    )
    due, others = preview(engine, purge)
    gone = others | _settled(due) if arguments.dry_run else keep(engine, purge)
    kept = {one.standing: one.documents for one in due if one.standing != SETTLED}
    told = {"dry_run": arguments.dry_run, "due_before": _due_before(purge), "purged": gone, "kept": kept}
    if arguments.json:
        say_json(told | {"due": [asdict(one) for one in due]})
    else:
        _show(told)
    return DONE if any(gone.values()) else NOTHING_DONE


def _settled(due: Sequence[Due]) -> dict[str, int]:
    return next(
        (
            {"documents": one.documents, "versions": one.versions, "body_bytes": one.body_bytes}
            for one in due
            if one.standing == SETTLED
        ),
        {},
    )


def _due_before(purge: Purge) -> dict[str, Any]:
    retention: Retention = purge.retention
    own = {one: retention.due_before(purge.today, one) for one in retention.by_organisation}
    return {"*": retention.due_before(purge.today), **own}


def _show(told: dict[str, Any]) -> None:
    for organisation, before in told["due_before"].items():
        whose = "documents" if organisation == "*" else f"documents of organisation {organisation}"
        say(f"{whose} dated before {before} were kept long enough")
    for what, count in told["purged"].items():
        say(f"{'would purge' if told['dry_run'] else 'purged'} {count} {what.replace('_', ' ')}")
    for why, count in told["kept"].items():
        say(f"kept {count} documents that are due: {why.replace('_', ' ')}")


PURGE = Command(
    summary="forget bodies and texts of settled documents that were kept long enough",
    add_to=_add_to,
    run=_run,
    nothing_done="nothing is due",
)

"""Command `doctor`: say of each administration what is in order and what is not; nothing is changed."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, open_store, say, say_json
from finance_hooks.cli.own_books import chosen, own_books, owner_of_command, work_of
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.chart import Chart
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.resources import Resources, open_resources
from finance_hooks.posting.doctor import Examination, Finding, Health, Patient
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.migrate import is_current
from finance_hooks.store.sending_stops import why_stopped
from finance_hooks.transport.budget import Room
from finance_hooks.transport.deadline import NoDeadline

PATIENCE_S = 15
"""How long it waits for a limit or for books that a run works on: a person sits before the screen."""


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("administration", nargs="*", help="sync_ids; without any, all")
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    told = {sync_id: examine(sync_id) for sync_id in chosen(arguments.administration)}
    if arguments.json:
        say_json([_told(sync_id, findings) for sync_id, findings in told.items()])
    else:
        for sync_id, findings in told.items():
            say(sync_id)
            for one in findings:
                say(f"  {one.health.value:8}{one.name}: {one.said}")
    return NOTHING_DONE if any(map(_is_wrong, told.values())) else DONE


def examine(sync_id: str) -> tuple[Finding, ...]:
    """Look at one administration; its row may be wrong itself."""
    try:
        resources = open_resources(sync_id)
    except ConfigurationError as error:
        return (Finding(name="administrations.csv", health=Health.WRONG, said=str(error)),)
    administration = resources.administration
    patient = Patient(
        administration=administration,
        today=work_of(resources).business_date(),
        open_store=_open_store,
        read_installation=lambda: _read_installation(resources),
        read_tables=lambda: read_tables(administration, mappings_folder()),
        read_masters=lambda: resources.source.read_masters(administration.organisation),
        test_connection=lambda: _test_connection(resources),
        read_limits=lambda: _read_limits(resources),
        read_chart=lambda: _read_chart(resources),
    )
    return Examination(patient).examine()


def _open_store() -> str:
    if not is_current(open_store()):
        raise ConfigurationError("The store lacks migrations; run `make up`, or `make sync`.")
    return "it answers and has every migration"


def _read_installation(resources: Resources) -> str:
    installation = resources.installation
    with resources.engine.begin() as connection:
        stop = why_stopped(connection, resources.administration.sync_id)
    if stop is not None:
        return f"{installation.environment}; sending is stopped by {stop.stopped_by}: {stop.why}"
    return f"{installation.environment}; {'it sends' if installation.sends else 'sending is switched off'}"


def _test_connection(resources: Resources) -> tuple[bool, str]:
    hook = resources.target_hook(NoDeadline(), owner=owner_of_command(), patience_s=PATIENCE_S)
    return hook.test_connection(resources.administration.target_administration)


def _read_limits(resources: Resources) -> list[Room]:
    hook = resources.target_hook(NoDeadline(), owner=owner_of_command(), patience_s=PATIENCE_S)
    foresight = resources.target.foresee(hook, resources.administration.target_administration)
    budgets = BudgetStore(resources.engine)
    return [room for counter in foresight.counters for room in budgets.look(counter)]


def _read_chart(resources: Resources) -> Chart:
    with own_books(resources, patience_s=PATIENCE_S, limits_patience_s=PATIENCE_S) as hook:
        return hook.read_chart(resources.administration.target_administration)


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

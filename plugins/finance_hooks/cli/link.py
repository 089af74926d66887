"""Command `link`: say which relation of the package a party is, where a name only proposes it."""

import argparse

from finance_hooks.cli.command import (
    DONE,
    NOTHING_DONE,
    Command,
    add_decision,
    add_json,
    decision_of,
    say,
    say_json,
)
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.folder import mappings_folder
from finance_hooks.model.administration import Administration
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.party import Role
from finance_hooks.operators.connections import open_store
from finance_hooks.store.party_links import link_by_person


def _add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("party", help="number of the relation in 21QUBZ")
    parser.add_argument("target_party", help="code of the relation in the package")
    parser.add_argument("--administration", required=True, help="sync_id of the books")
    parser.add_argument("--role", required=True, choices=[role.value for role in Role], help="the side")
    add_decision(parser)
    add_json(parser)


def _run(arguments: argparse.Namespace) -> int:
    administration = _find(arguments.administration)
    key = arguments.party, Role(arguments.role)
    with open_store().begin() as connection:
        decision = decision_of(arguments, connection)
        linked = link_by_person(connection, administration, key, arguments.target_party, decision)
    if arguments.json:
        told = {"administration": administration.sync_id, "party": arguments.party, "role": arguments.role}
        say_json({**told, "target_party": arguments.target_party, "linked": linked})
        return DONE if linked else NOTHING_DONE
    name = f"{arguments.role} {arguments.party} of {administration.sync_id}"
    if not linked:
        say(f"{name} is being written; the next run settles that first.")
        return NOTHING_DONE
    say(f"{name} is {arguments.target_party}; the next run books on it.")
    return DONE


def _find(sync_id: str) -> Administration:
    for row in read_administrations(mappings_folder()):
        if row.sync_id == sync_id and row.administration is not None:
            return row.administration
    raise ConfigurationError(f"administrations.csv has no good row {sync_id}.")


LINK = Command(
    summary="say which relation of the package a party is; the decision is kept with who and why",
    add_to=_add_to,
    run=_run,
    nothing_done="the party is being written, so nothing was decided",
)

"""Let a package's user consent to a connection: open one address, paste the one you are sent back to."""

import argparse
import secrets
import sys
from collections.abc import Callable

from finance_hooks.cli.command import DONE, NOTHING_DONE, Command, add_json, say_json
from finance_hooks.operators.connections import connection_of
from finance_hooks.operators.consenting import ConsentedHook, consented
from finance_hooks.store import migrate
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import CONNECTION_ID, store_engine, store_url, token_keys
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.registry import find_target_of
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.clock import SystemClock
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.guard import read_installation
from finance_hooks.transport.oauth import authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session


def authorise(
    conn_id: str,
    ask: Callable[[str], str] = input,
    show: Callable[[str], None] = print,
    make_state: Callable[[], str] = secrets.token_urlsafe,
) -> bool:
    """Take a connection through consent, store its tokens and say whether it works now.

    Raises ConfigurationError when the connection, the pasted address or the code is not right.
    """
    grants, hook = _open(conn_id)
    client = hook.oauth_client
    state = make_state()
    show(f"Open this address, sign in as {client.user} and consent:")
    show(authorisation_address(client, state))
    show("You land on a page that may stay blank; copy its address from the browser's address bar.")
    code = read_callback(client, ask("Paste that address here: "), state)
    grants.exchange_code(client, hook.transport, code, state)
    works, found = hook.test_connection()
    show(found)
    return works


def add_to(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("conn_id", help="the Airflow connection that needs consent")
    add_json(parser)


def run(
    arguments: argparse.Namespace,
    ask: Callable[[str], str] = input,
    show: Callable[[str], None] = print,
) -> int:
    """Run the command; 0 when the connection works."""
    if not arguments.json:
        return DONE if authorise(arguments.conn_id, ask, show) else NOTHING_DONE
    # What is shown to the person who consents is no answer of the command, so it goes aside.
    shown: list[str] = []

    def show_aside(text: str) -> None:
        shown.append(text)
        sys.stderr.write(f"{text}\n")

    def ask_aside(prompt: str) -> str:
        sys.stderr.write(prompt)
        return ask("")

    works = authorise(arguments.conn_id, ask_aside, show_aside)
    say_json({"connection": arguments.conn_id, "works": works, "found": shown[-1]})
    return DONE if works else NOTHING_DONE


AUTHORISE = Command(
    summary="let a package's user consent: open one address, paste the one you are sent back to",
    add_to=add_to,
    run=run,
    nothing_done="the consent is kept, and the connection does not work yet",
)


def _open(conn_id: str) -> tuple[Grants, ConsentedHook]:
    store, conn_type = connection_of(CONNECTION_ID), connection_of(conn_id).conn_type
    url = store_url(store)
    migrate.upgrade(url)
    engine = store_engine(url)
    grants = Grants(tokens=TokenStore(engine, token_keys(store.extra_dejson)), owner=f"authorise {conn_id}")
    clock = SystemClock()
    hook = find_target_of(conn_type).make_hook(
        conn_id,
        transport=Transport(
            session=open_session(), clock=clock, installation=read_installation(store.extra_dejson)
        ),
        grants=grants,
        budget=Budget(BudgetStore(engine), clock),
    )
    return grants, consented(hook, conn_id)

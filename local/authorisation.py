"""Give the emulated vendors' consent, through the command line that a person uses.

The emulator consents without a page: whoever opens the address is sent back at once.
"""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import requests

from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.registry import TARGETS
from finance_hooks.transport.connection_parts import ConnectionParts
from finance_hooks.transport.oauth import OAuthClient
from local.components import ComponentError, own_program
from local.connections import emulated_connection_ids, variable
from local.databases import Databases

ADDRESS: Final = re.compile(r"https?://\S+response_type=code\S*")
OPEN_TIMEOUT_S: Final = 30.0
EXCHANGE_TIMEOUT_S: Final = 60.0


def ensure_grants(databases: Databases, *, environment: Mapping[str, str]) -> None:
    """Authorise every emulated connection whose grant is missing or needs consent again.

    `environment` holds the connections, as Airflow's components get it.
    """
    tokens = TokenStore(store_engine(databases.store_url), databases.token_keys)
    missing = [
        conn_id
        for conn_id in emulated_connection_ids()
        if variable(conn_id) in environment and _needs_consent(tokens, conn_id, environment)
    ]
    with ThreadPoolExecutor() as pool:
        for done in [pool.submit(_authorise, conn_id, environment) for conn_id in missing]:
            done.result()


def oauth_client_of(conn_id: str, fields: Mapping[str, Any]) -> OAuthClient | None:
    """Say whose consent a connection with these fields works with, `None` where it needs none."""
    parts = ConnectionParts(
        conn_id=conn_id,
        host=fields["host"],
        port=None,
        login=fields.get("login"),
        password=fields.get("password"),
        extra=fields["extra"],
    )
    owners = {target.connection_type["connection-type"]: target for target in TARGETS.values()}
    target = owners.get(fields["conn_type"])
    return target.oauth_client(parts) if target else None


def _needs_consent(tokens: TokenStore, conn_id: str, environment: Mapping[str, str]) -> bool:
    client = oauth_client_of(conn_id, json.loads(environment[variable(conn_id)]))
    if client is None:
        return False
    stored = tokens.read(client.grant_key)
    return stored is None or stored.needs_consent_since is not None


def _authorise(conn_id: str, environment: Mapping[str, str]) -> None:
    with subprocess.Popen(
        own_program("finance_hooks.cli", "authorise", conn_id),
        env={**os.environ, **environment, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as command:
        said = ""
        for line in command.stdout or ():
            said += line
            if found := ADDRESS.search(line):
                # The prompt that follows ends in no line break, so it is answered before it is read.
                rest, _ = command.communicate(_consent(found[0]) + "\n", timeout=EXCHANGE_TIMEOUT_S)
                said += rest
                break
    if command.returncode:
        raise ComponentError(f"{conn_id} could not be authorised:\n{said}")


def _consent(address: str) -> str:
    """Open the address as a browser would, and return the one it is sent back to."""
    with requests.Session() as session:
        # A proxy has no business on loopback.
        session.trust_env = False
        answer = session.get(address, allow_redirects=False, timeout=OPEN_TIMEOUT_S)
    return answer.headers["Location"]

"""Let a user consent from a page: begin, be sent to the vendor and back, end with tokens in the store."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from finance_hooks.model.errors import ConfigurationError
from finance_hooks.operators.connections import open_store
from finance_hooks.operators.consenting import ConsentedHook, consented
from finance_hooks.operators.resources import Resources, open_resources, token_store
from finance_hooks.store.consents_begun import ConsentBegun, begin_consent, end_consent
from finance_hooks.transport.deadline import NoDeadline
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import authorisation_address, read_callback

PATIENCE_S = 15
"""How long a person waits before the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consented:
    """What came of a consent: whether the connection works now, what it found, when its tokens came."""

    sync_id: str
    works: bool
    found: str
    obtained_at: datetime | None


def origin(resources: Resources) -> str:
    """Return the site at which the user of an administration's connection consents."""
    client = _hook(resources, "a page").oauth_client
    parts = urlsplit(client.endpoints.authorise_url)
    return f"{parts.scheme}://{parts.netloc}"


def begin(sync_id: str, user_name: str, make_state: Callable[[], str] = secrets.token_urlsafe) -> str:
    """Note that this user begins to consent, and return the vendor's address to be sent to."""
    resources = open_resources(sync_id)
    client, state = _hook(resources, user_name).oauth_client, make_state()
    begun = ConsentBegun(
        sync_id=sync_id, conn_id=resources.administration.target_conn_id, user_name=user_name
    )
    with resources.engine.begin() as connection:
        begin_consent(connection, state, begun)
    return authorisation_address(client, state)


def end(begun: ConsentBegun, address: str, state: str) -> Consented:
    """Turn the address the user was sent back to into tokens, and try them.

    Raises ConfigurationError where the vendor refused, or the address is not that of the connection.
    """
    resources = open_resources(begun.sync_id)
    hook = _hook(resources, begun.user_name)
    client = hook.oauth_client
    tokens = token_store(resources.engine)
    code = read_callback(client, address, state)
    Grants(tokens=tokens, owner=f"consent of {begun.user_name}").exchange_code(
        client, hook.transport, code, state
    )
    stored = tokens.read(client.grant_key)
    works, found = hook.test_connection(resources.administration.target_administration)
    return Consented(
        sync_id=begun.sync_id,
        works=works,
        found=found,
        obtained_at=None if stored is None else stored.obtained_at,
    )


def redirect_address(begun: ConsentBegun, query: str) -> str:
    """Write the address that the vendor sent the user to as it is registered; a proxy may change its host."""
    client = _hook(open_resources(begun.sync_id), begun.user_name).oauth_client
    return f"{client.redirect_uri}?{query}"


def begun_with(state: str, user_name: str) -> ConsentBegun:
    """Return what the user began with a state; ConfigurationError when it is another's, or over."""
    with open_store().begin() as connection:
        begun = end_consent(connection, state, user_name)
    if begun is None:
        raise ConfigurationError(
            "This consent was not begun by you here, was used already, or took longer than 15 minutes; "
            "choose Authorise application again."
        )
    return begun


def state_in(address: str) -> str:
    """Return the state in an address, empty when there is none."""
    try:
        return "".join(parse_qs(urlsplit(address.strip()).query).get("state", [])[:1])
    except ValueError:
        return ""


def _hook(resources: Resources, user_name: str) -> ConsentedHook:
    hook = resources.target_hook(NoDeadline(), owner=f"consent of {user_name}", patience_s=PATIENCE_S)
    return consented(hook, resources.administration.target_conn_id)

"""Find out from a token on which cluster the books stand, and send it to no other host.

Twinfield developer portal, "OpenID Connect / OAuth 2.0", access token validation; claims as recorded in
php-twinfield/twinfield.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.targets.twinfield.connection import CONNECT_PATH, TwinfieldConnection
from finance_hooks.transport.guard import is_loopback
from finance_hooks.transport.json_text import read_answer

VALIDATION_PATH = f"{CONNECT_PATH}/accesstokenvalidation"
VENDOR_DOMAIN = ".twinfield.com"
AGAIN_S = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a token says: where its books are, whose they are, and as whom we work there."""

    cluster_url: str
    organisation: str
    user_code: str


def validation_request(connection: TwinfieldConnection, token: str) -> requests.Request:
    """Ask what a token says."""
    return requests.Request(
        "GET",
        connection.login_url + VALIDATION_PATH,
        params={"token": token},
        auth=(connection.client_id, connection.client_secret),
        headers={"Accept": "application/json"},
    )


def read_claims(body: bytes, connection: TwinfieldConnection) -> Claims:
    """Read the claims of a token.

    Raises TemporaryFailure when the answer is none, ConfigurationError when the token is of another
    organisation or names a host that it may not be sent to.
    """
    try:
        content: Any = read_answer(body)
        named = content.get("twf.clusterUrl")
        organisation = str(content.get("twf.organisationCode") or "")
        user_code = str(content.get("twf.organisationUserCode") or "")
    except (ValueError, AttributeError) as error:
        raise TemporaryFailure("Twinfield's login host did not say what its token is for") from error
    if not named:
        raise ConfigurationError(
            "The token names no cluster: the scope twf.organisation was not granted. Authorise anew, and "
            "check which scopes the client id has."
        )
    if organisation.casefold() != connection.organisation.casefold():
        raise ConfigurationError(
            f"Consent was given in organisation {organisation or '(none)'}, connection {connection.conn_id} "
            f"is for {connection.organisation}. Correct the connection, or authorise as its own user."
        )
    return Claims(
        cluster_url=_trusted(str(named), connection), organisation=organisation, user_code=user_code
    )


def _trusted(named: str, connection: TwinfieldConnection) -> str:
    """Return the cluster's address: on the vendor's domain, or beside a login host on this machine."""
    address = named.strip().rstrip("/")
    try:
        parts = urlsplit(address)
        plain = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:
        plain = ""
    login = urlsplit(connection.login_url).hostname or ""
    host = urlsplit(plain).hostname or ""
    is_theirs = plain.startswith("https://") and host.endswith(VENDOR_DOMAIN)
    is_ours = is_loopback(login) and is_loopback(host)
    if address.casefold() != plain or not (is_ours or (is_theirs and login.endswith(VENDOR_DOMAIN))):
        raise ConfigurationError(
            f"Twinfield's login host names {host or 'no host'} as the place of the books. That is no host of "
            "Twinfield's; the token is not sent there."
        )
    return plain

"""The token endpoint: client credentials, bearer tokens that live an hour.

Source: docs.afas.help/profit/nl/authentication, copies of July and September 2026.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from emulators.afas import wire
from emulators.afas.hosts import CLIENT_ID, SECRETS
from emulators.known_secrets import KnownSecrets
from emulators.switches import Switches

LIFE = timedelta(seconds=3600)
FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True, kw_only=True)
class Grants:
    """The access tokens given out, by token: when it ends and whose secret bought it."""

    seed: int
    made: int = 0
    access: dict[str, tuple[datetime, str]] = field(default_factory=dict)

    def give(self, secret: str, now: datetime) -> str:
        """Make an access token."""
        self.made += 1
        digest = hashlib.sha512(f"{self.seed}/{self.made}".encode()).digest()
        token = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        self.access[token] = (now + LIFE, secret)
        return token

    def takes(self, token: str, now: datetime, revoked: frozenset[str]) -> bool:
        """Tell whether a token works."""
        until, secret = self.access.get(token, (now, ""))
        return now < until and secret not in revoked


def answer(
    grants: Grants, request: Request, secrets: KnownSecrets, switches: Switches, now: datetime
) -> Response:
    """Answer a request for a token."""
    if request.method != "POST" or request.mimetype != FORM:
        return _error(400, "invalid_request", "The request must be a POST with a form.")
    basic = _basic(request)
    form = (request.form.get("client_id"), request.form.get("client_secret"))
    if basic and any(form):
        return _error(400, "invalid_request", "Client credentials were given twice.")
    client, secret = basic or form
    name = next((name for name in SECRETS if secrets[name] == secret), "")
    if client != CLIENT_ID or not name or name in switches.text("revoked").split():
        refused = _error(401 if basic else 400, "invalid_client", "Client authentication failed.")
        if basic:
            refused.headers["WWW-Authenticate"] = 'Basic realm="AFAS"'
        return refused
    return _grant_refused(request.form.get("grant_type"), switches) or wire.answer(
        _given(grants.give(name, now), switches)
    )


def _grant_refused(kind: str | None, switches: Switches) -> Response | None:
    if not kind:
        return _error(400, "invalid_request", "grant_type is missing.")
    if kind != "client_credentials":
        return _error(400, "unsupported_grant_type", "The grant type is not supported.")
    if switches.text("connector_auth") == "classic":
        return _error(400, "unauthorized_client", "The client is not authorised for this grant type.")
    return None


def _given(token: str, switches: Switches) -> dict[str, object]:
    seconds = int(LIFE.total_seconds())
    if switches.text("expires_in") == "text":
        return {"access_token": token, "token_type": "Bearer", "expires_in": str(seconds)}
    return {"access_token": token, "token_type": "Bearer", "expires_in": seconds, "refresh_token": None}


def _basic(request: Request) -> tuple[str, str] | None:
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        client, _, secret = base64.b64decode(text, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ("", "")
    return client, secret


def _error(status: int, error: str, description: str) -> Response:
    return wire.answer({"error": error, "error_description": description}, status)

"""The consent page and the token endpoint.

Sources: the vendor's sample program; secret in the body (sample, PHP) or as HTTP Basic (the Go client tries
both).
"""

import base64
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from werkzeug.wrappers import Request, Response

from emulators.accountview import wire
from emulators.accountview.oauth import CLIENT_ID, REDIRECT_URI, SCOPES, OAuth, TokenError
from emulators.switches import Switches

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the OAuth pages need."""

    oauth: OAuth
    client_secret: str = field(repr=False)
    switches: Switches
    now: datetime


def authorise(door: Door, request: Request) -> Response:
    """Consent at once and send the browser back, with the state as it came."""
    asked = request.args
    redirect_uri = asked.get("redirect_uri", "")
    kind = asked.get("response_type", "")
    if asked.get("client_id") != CLIENT_ID or redirect_uri != REDIRECT_URI or kind not in {"code", "token"}:
        page = "<html><body>Ongeldige aanvraag</body></html>"
        return Response(page, status=400, content_type="text/html; charset=utf-8")
    state = f"&state={quote(asked['state'], safe='')}" if "state" in asked else ""
    scopes = frozenset(asked.get("scope", "").split())
    if not scopes or not scopes <= SCOPES:
        return _redirect(f"{redirect_uri}?error=invalid_scope{state}")
    if door.switches.text("consent") == "deny":
        return _redirect(f"{redirect_uri}?error=access_denied{state}")
    if kind == "token":
        token = door.oauth.direct(scopes, door.now)
        return _redirect(f"{redirect_uri}#access_token={quote(token)}&token_type=bearer{state}")
    code = door.oauth.give_code(redirect_uri=redirect_uri, scopes=scopes, now=door.now)
    return _redirect(f"{redirect_uri}?code={quote(code, safe='')}{state}")


def token(door: Door, request: Request) -> Response:
    """Give tokens, or refuse with OAuth's error body."""
    try:
        return wire.answer(_token(door, request))
    except TokenError as error:
        return wire.answer(error.body, error.status)


def _token(door: Door, request: Request) -> dict[str, object]:
    if request.method != "POST" or request.mimetype != FORM:
        raise TokenError("invalid_request")
    client, secret = _credentials(request)
    if client != CLIENT_ID or secret != door.client_secret:
        raise TokenError("invalid_client")
    form = request.form
    if form.get("grant_type") == "authorization_code":
        return door.oauth.redeem(
            form.get("code", ""),
            redirect_uri=form.get("redirect_uri", ""),
            now=door.now,
            switches=door.switches,
        )
    if form.get("grant_type") == "refresh_token":
        return door.oauth.refresh(form.get("refresh_token", ""), now=door.now, switches=door.switches)
    raise TokenError("unsupported_grant_type")


def _credentials(request: Request) -> tuple[str, str]:
    kind, _, content = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return request.form.get("client_id", ""), request.form.get("client_secret", "")
    try:
        client, _, secret = base64.b64decode(content, validate=True).decode().partition(":")
    except ValueError as error:  # binascii's and Unicode's both are
        raise TokenError("invalid_client") from error
    return client, secret


def _redirect(address: str) -> Response:
    return Response(status=302, headers={"Location": address})

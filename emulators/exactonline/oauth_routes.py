"""The two OAuth pages of a host.

Sources: vendor's OAuth pages; HTTP Basic from riccardo92/exactpy and python-exact-online; the 401 for a stale
bearer from affiliprint/django-exact.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlsplit

from werkzeug.wrappers import Request, Response

from emulators.exactonline.hosts import USER_ID, App
from emulators.exactonline.oauth import OAuth, TokenError
from emulators.switches import Switches


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the OAuth pages need."""

    oauth: OAuth
    app: App
    switches: Switches
    now: datetime
    limited: bool


def authorise(door: Door, request: Request) -> Response:
    """Consent at once and send the browser back, with the state as it came."""
    asked = request.args
    redirect_uri = asked.get("redirect_uri", "")
    wrong = (
        asked.get("client_id", "").strip("{}").lower() != door.app.client_id
        or redirect_uri not in door.app.redirect_uris
        or not _is_public(redirect_uri)
    )
    kind = asked.get("response_type", "")
    if wrong or kind not in {"code", "token"}:
        return _page("<html><body>Ongeldige aanvraag</body></html>", 400)
    state = f"&state={quote(asked['state'], safe='')}" if "state" in asked else ""
    if door.switches.text("consent") == "deny":
        return _redirect(f"{redirect_uri}?error=access_denied{state}")
    code = door.oauth.give_code(
        client=door.app.client_id, user=USER_ID, redirect_uri=redirect_uri, now=door.now
    )
    if kind == "token":
        given = _redeem(door, code, redirect_uri)
        return _redirect(
            f"{redirect_uri}#access_token={quote(given['access_token'])}&token_type=bearer&expires_in=600{state}"
        )
    return _redirect(f"{redirect_uri}?code={quote(code, safe='')}{state}")


def token(door: Door, request: Request) -> Response:
    """Give tokens, or refuse with OAuth's error body."""
    try:
        given = _token(door, request)
    except TokenError as error:
        headers = {"Reason": error.reason} if error.reason else {}
        return _json(error.body, error.status, headers)
    return _json(given, 200, {})


def _token(door: Door, request: Request) -> dict[str, str]:
    if request.method != "POST" or request.mimetype != "application/x-www-form-urlencoded":
        raise TokenError(400, "invalid_request")
    client, secret = _credentials(request)
    if client.strip("{}").lower() != door.app.client_id or secret != door.app.client_secret:
        raise TokenError(400, "invalid_request")
    form = request.form
    if form.get("grant_type") == "authorization_code":
        return _redeem(door, form.get("code", ""), form.get("redirect_uri", ""))
    if form.get("grant_type") == "refresh_token":
        return door.oauth.refresh(
            form.get("refresh_token", ""),
            client=door.app.client_id,
            now=door.now,
            switches=door.switches,
            per_day=_per_day(door),
        )
    raise TokenError(400, "invalid_request")


def _redeem(door: Door, code: str, redirect_uri: str) -> dict[str, str]:
    return door.oauth.redeem(
        code,
        client=door.app.client_id,
        redirect_uri=redirect_uri,
        now=door.now,
        per_day=_per_day(door),
    )


def _per_day(door: Door) -> int:
    return door.switches.number("token_calls_per_day") if door.limited else 0


def _credentials(request: Request) -> tuple[str, str]:
    header = request.headers.get("Authorization", "")
    kind, _, content = header.partition(" ")
    if not header:
        return request.form.get("client_id", ""), request.form.get("client_secret", "")
    if kind.lower() != "basic":
        # Exact: a bearer left on the session is refused here.
        raise TokenError(401, "invalid_client")
    try:
        client, _, secret = base64.b64decode(content).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise TokenError(400, "invalid_request") from error
    return client, secret


def _is_public(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme == "https" and parts.hostname not in {None, "localhost", "127.0.0.1"}


def _redirect(address: str) -> Response:
    return Response(status=302, headers={"Location": address})


def _page(text: str, status: int) -> Response:
    return Response(text, status=status, content_type="text/html; charset=utf-8")


def _json(content: dict[str, str], status: int, headers: dict[str, str]) -> Response:
    body = json.dumps(content)
    return Response(body, status=status, headers=headers, content_type="application/json; charset=utf-8")

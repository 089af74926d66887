"""The pages of the login host: authorize, token, accesstokenvalidation, userinfo.

Sources: the vendor's page on OpenID Connect; php-twinfield/twinfield (400 for a bad token, #122, #125 and
#151 on scopes); tim-online/go-twinfield (credentials in the form); Tools4everBV's HelloID connector
(capitals).
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

from werkzeug.wrappers import Request, Response

from emulators.switches import Switches
from emulators.twinfield.clients import CLIENTS, ORGANISATION, ORGANISATION_ID, USER_CODE, USER_ID, Client
from emulators.twinfield.oauth import ACCESS_LIFE, OPENID, Grant, OAuth, TokenError

ROOT = "/auth/authentication/"
PREFIX = f"{ROOT}connect/"
DISCOVERY = f"{ROOT}.well-known/openid-configuration"
SCOPES = {OPENID, "twf.user", "twf.organisation", "twf.organisationUser", "offline_access"}
LOGIN_SCOPE = "twf.organisationUser"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the login host's pages need."""

    oauth: OAuth
    secrets: Mapping[str, str] = field(repr=False)
    switches: Switches
    now: datetime


def respond(door: Door, request: Request) -> Response:
    """Answer one call to the login host."""
    if request.path.lower() == DISCOVERY:
        return _discover(request)
    page = PAGES.get((request.method, request.path.removeprefix(PREFIX).rstrip("/").lower()))
    if page is None:
        return Response("", status=404)
    try:
        return page(door, request)
    except TokenError as error:
        return _json({"error": error.error}, error.status)


def _discover(request: Request) -> Response:
    """Tell where the pages are, as OpenID Connect has it."""
    base = f"{request.host_url.rstrip('/')}{PREFIX}"
    names = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
    return _json(
        {
            "issuer": f"{request.host_url}auth/authentication",
            **{f"{name}_endpoint": base + page for name, page in names.items()},
            "scopes_supported": sorted(SCOPES),
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
        },
        200,
    )


def _authorise(door: Door, request: Request) -> Response:
    """Consent at once and send the browser back, with the state as it came."""
    asked = request.args
    client = CLIENTS.get(asked.get("client_id", ""))
    address = asked.get("redirect_uri", "")
    if client is None or address not in client.redirect_uris:
        return Response(
            "<html><body>The client application is not known or is not authorized.</body></html>",
            status=400,
            content_type="text/html; charset=utf-8",
        )
    state = {"state": asked["state"]} if "state" in asked else {}
    scopes = tuple(asked.get("scope", "").replace("+", " ").split())
    error = _wrong(asked.get("response_type", ""), asked.get("nonce", ""), scopes)
    if door.switches.text("consent") == "deny":
        error = "access_denied"
    if error:
        return _redirect(address, {"error": error} | state)
    grant = Grant(
        client=client.client_id,
        scopes=scopes,
        nonce=asked.get("nonce", ""),
        redirect_uri=address,
        given_at=door.now,
    )
    code = door.oauth.give_code(grant)
    return _redirect(address, {"code": code, "scope": " ".join(scopes)} | state)


def _wrong(response_type: str, nonce: str, scopes: tuple[str, ...]) -> str:
    if response_type != "code":
        return "unsupported_response_type"
    if not nonce:
        return "invalid_request"
    unusable = not scopes or set(scopes) - SCOPES or ("twf.user" in scopes and OPENID not in scopes)
    return "invalid_scope" if unusable or LOGIN_SCOPE not in scopes else ""


def _token(door: Door, request: Request) -> Response:
    """Give tokens, or refuse with OAuth's error body."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise TokenError("invalid_request")
    client = _client(door, request)
    # Names heed no capitals, as .NET reads them: a connector sends grant_Type.
    form = {name.lower(): text for name, text in request.form.items()}
    kind = form.get("grant_type", "")
    if kind == "authorization_code":
        given = door.oauth.redeem(
            form.get("code", ""),
            client=client.client_id,
            redirect_uri=form.get("redirect_uri", ""),
            now=door.now,
        )
    elif kind == "refresh_token":
        given = door.oauth.renew(
            form.get("refresh_token", ""), client=client.client_id, now=door.now, switches=door.switches
        )
    else:
        raise TokenError("unsupported_grant_type")
    return _json(given, 200)


def _client(door: Door, request: Request) -> Client:
    """Read the credentials, from the Basic header first, else from the form."""
    name, secret = request.form.get("client_id", ""), request.form.get("client_secret", "")
    if request.headers.get("Authorization"):
        name, secret = _basic(request)
    client = CLIENTS.get(name)
    if client is None or door.secrets[name] != secret:
        raise TokenError("invalid_client", door.switches.number("invalid_client_status"))
    return client


def _basic(request: Request) -> tuple[str, str]:
    kind, _, content = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(content).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, secret


def _validate(door: Door, request: Request) -> Response:
    """Tell what a token holds, among it the address of the cluster: this emulator's own."""
    grant = door.oauth.who(request.args.get("token", ""), door.now)
    if door.switches.on("validation_needs_basic"):
        _client(door, request)
    if grant is None:
        return _json({"Message": "invalid_token"}, 400)
    begun = int(grant.given_at.timestamp())
    return _json(
        {
            "iss": f"{request.host_url}auth/authentication",
            "aud": f"{request.host_url}auth/authentication/resources",
            "exp": str(begun + int(ACCESS_LIFE.total_seconds())),
            "nbf": str(begun),
            "client_id": grant.client,
            "sub": USER_ID,
            "auth_time": str(begun),
            "idp": "idsrv",
            "amr": "password",
            "scope": list(grant.scopes),
            **_claims(grant, request, door.switches),
        },
        200,
    )


def _claims(grant: Grant, request: Request, switches: Switches) -> dict[str, object]:
    claims: dict[str, object] = {
        "twf.organisationUserCode": USER_CODE,
        "twf.organisationCode": ORGANISATION,
        "twf.organisationId": ORGANISATION_ID,
    }
    if "twf.organisation" in grant.scopes:
        claims["twf.clusterUrl"] = switches.text("cluster_url") or request.host_url.rstrip("/")
    return claims


def _user(door: Door, request: Request) -> Response:
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    grant = door.oauth.who(token, door.now)
    if grant is None:
        return _json({"error": "invalid_token"}, 401)
    return _json({"sub": USER_ID, **_claims(grant, request, door.switches)}, 200)


def _redirect(address: str, answer: dict[str, str]) -> Response:
    return Response(status=302, headers={"Location": f"{address}?{urlencode(answer)}"})


def _json(content: dict[str, object], status: int) -> Response:
    return Response(
        json.dumps(content),
        status=status,
        content_type="application/json; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


PAGES: dict[tuple[str, str], Callable[[Door, Request], Response]] = {
    ("GET", "authorize"): _authorise,
    ("POST", "token"): _token,
    ("GET", "accesstokenvalidation"): _validate,
    ("GET", "userinfo"): _user,
}

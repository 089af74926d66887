"""Who may call: classic tokens and bearer tokens, the app connector's list of addresses.

Sources: docs.afas.help/profit/nl/authentication and troubleshooting: 401 and 403 have an empty body.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date, datetime

from werkzeug.wrappers import Request

from emulators.afas.errors import Bare, Refused
from emulators.afas.hosts import TOKENS
from emulators.afas.oauth import Grants
from emulators.known_secrets import KnownSecrets
from emulators.switches import Switches

TOKEN = re.compile(r"<token><version>1</version><data>([0-9A-Fa-f]{64})</data></token>\s*")
EXPIRED = {"WWW-Authenticate": 'Bearer error="invalid_token"'}


def check(request: Request, grants: Grants, secrets: KnownSecrets, switches: Switches, now: datetime) -> None:
    """Let a call in, or raise Bare 401 or 403, or Refused for a token in plain text."""
    if not switches.on("ip_allowed"):
        raise Bare(403)
    kind, _, text = request.headers.get("Authorization", "").partition(" ")
    takes = switches.text("connector_auth")
    revoked = frozenset(switches.text("revoked").split())
    if kind == "AfasToken" and takes != "oauth":
        _check_token(text.strip(), {secrets[name].upper(): name for name in TOKENS}, switches, now)
    elif kind.lower() == "bearer" and takes != "classic":
        if not grants.takes(text.strip(), now, revoked):
            raise Bare(401, EXPIRED)
    else:
        raise Bare(401)


def _check_token(text: str, known: Mapping[str, str], switches: Switches, now: datetime) -> None:
    if text.startswith("<token>"):
        if switches.number("plain_token_status") == 401:
            raise Bare(401)
        raise Refused("plain_token")
    try:
        found = TOKEN.fullmatch(base64.b64decode(text, validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        found = None
    revoked = frozenset(switches.text("revoked").split())
    last = switches.text("classic_ends")
    if last and now.date() > date.fromisoformat(last):
        raise Bare(401)
    if found is None or known.get(found[1].upper(), "unknown") in revoked | {"unknown"}:
        raise Bare(401)

"""The OAuth state machine: codes, access tokens, refresh tokens that serve any number of times.

Sources: the vendor's page on OpenID Connect and its articles on requesting tokens (an access token lives
3600 s, a refresh token 25 years, not rotated).
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulators.switches import Switches

CODE_LIFE = timedelta(minutes=5)
ACCESS_LIFE = timedelta(seconds=3600)
REFRESH_LIFE = timedelta(days=25 * 365)
OFFLINE = "offline_access"
OPENID = "openid"


@dataclass(slots=True, kw_only=True)
class Grant:
    """What the user allowed a client."""

    client: str
    scopes: tuple[str, ...]
    nonce: str = ""
    redirect_uri: str = ""
    given_at: datetime


class TokenError(Exception):
    """A refusal of the login host, with OAuth's word for it."""

    def __init__(self, error: str, status: int = 400) -> None:
        """Keep what the answer needs."""
        super().__init__(error)
        self.error = error
        self.status = status


@dataclass(slots=True, kw_only=True)
class OAuth:
    """Codes and tokens of the login host."""

    seed: int
    made: int = 0
    codes: dict[str, Grant] = field(default_factory=dict)
    access: dict[str, Grant] = field(default_factory=dict)
    refresh: dict[str, Grant] = field(default_factory=dict)

    def give_code(self, grant: Grant) -> str:
        """Make an authorisation code."""
        code = self._secret("code")
        self.codes[code] = grant
        return code

    def redeem(self, code: str, *, client: str, redirect_uri: str, now: datetime) -> dict[str, object]:
        """Give the first tokens for a code, once."""
        found = self.codes.pop(code, None)
        if found is None or found.client != client or now - found.given_at > CODE_LIFE:
            raise TokenError("invalid_grant")
        if found.redirect_uri != redirect_uri:
            raise TokenError("invalid_grant")
        given = self._give_access(found, now)
        if OPENID in found.scopes:
            given["id_token"] = self._identity(found, now)
        if OFFLINE in found.scopes:
            given["refresh_token"] = self._give_refresh(found, now)
        return given

    def renew(self, token: str, *, client: str, now: datetime, switches: Switches) -> dict[str, object]:
        """Give a new access token for a refresh token (switch `refresh_token_rotation`)."""
        found = self.refresh.get(token)
        if found is None or found.client != client or now - found.given_at > REFRESH_LIFE:
            raise TokenError("invalid_grant")
        given = self._give_access(found, now)
        rotation = switches.text("refresh_token_rotation")
        given["refresh_token"] = token if rotation == "kept" else self._give_refresh(found, now)
        if rotation == "replaced":
            del self.refresh[token]
        return given

    def who(self, token: str, now: datetime) -> Grant | None:
        """Return whose access token this is, None when unknown or older than 3600 s."""
        found = self.access.get(token)
        return found if found and now - found.given_at < ACCESS_LIFE else None

    def _give_access(self, grant: Grant, now: datetime) -> dict[str, object]:
        token = self._secret("access")
        self.access[token] = Grant(client=grant.client, scopes=grant.scopes, given_at=now)
        self.access = {text: each for text, each in self.access.items() if now - each.given_at < ACCESS_LIFE}
        return {
            "access_token": token,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "token_type": "Bearer",
        }

    def _give_refresh(self, grant: Grant, now: datetime) -> str:
        token = self._secret("refresh")
        self.refresh[token] = Grant(client=grant.client, scopes=grant.scopes, given_at=now)
        return token

    def _identity(self, grant: Grant, now: datetime) -> str:
        claims = f'{{"aud":"{grant.client}","nonce":"{grant.nonce}","iat":{int(now.timestamp())}}}'
        parts = ('{"alg":"none","typ":"JWT"}', claims, "unsigned")
        return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)

    def _secret(self, purpose: str) -> str:
        self.made += 1
        return hashlib.sha256(f"{self.seed}/{purpose}/{self.made}".encode()).hexdigest()

"""The OAuth state machine: codes, access tokens, refresh tokens that serve once.

Sources: vendor's OAuth pages devstep1 to devstep3; error bodies from picqer/exact-php-client issues
#385, #449, #487, #523 and websmurf/laravel-exact-online #31.
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulators.exactonline.errors import ExactError
from emulators.switches import Switches

CODE_LIFE = timedelta(minutes=3)
ACCESS_LIFE = timedelta(seconds=600)
REFRESH_LIFE = timedelta(days=30)
EARLIEST_REFRESH = timedelta(seconds=570)
TOKEN_CALLS_PER_DAY = 200


@dataclass(slots=True, kw_only=True)
class Grant:
    """What one user allowed one app; a second consent takes the place of the first."""

    client: str
    user: str
    refresh_token: str = field(default="", repr=False)
    earlier_token: str = field(default="", repr=False)
    refreshed_at: datetime
    calls: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Code:
    """An authorisation code."""

    client: str
    user: str
    redirect_uri: str
    given_at: datetime


@dataclass(slots=True, kw_only=True)
class Access:
    """An access token."""

    client: str
    user: str
    given_at: datetime


class TokenError(ExactError):
    """A refusal of the token endpoint: OAuth's error body and sometimes Exact's Reason header."""

    def __init__(self, status: int, error: str, description: str = "", reason: str = "") -> None:
        """Keep what the answer needs."""
        super().__init__(status, description or error, reason=reason)
        self.body = {"error": error} | ({"error_description": description} if description else {})


@dataclass(slots=True, kw_only=True)
class OAuth:
    """Codes, grants and tokens of one host."""

    seed: int
    made: int = 0
    codes: dict[str, Code] = field(default_factory=dict)
    grants: dict[tuple[str, str], Grant] = field(default_factory=dict)
    access: dict[str, Access] = field(default_factory=dict)
    spent: set[str] = field(default_factory=set)

    def give_code(self, *, client: str, user: str, redirect_uri: str, now: datetime) -> str:
        """Make a code; it holds a `!`, which arrives percent-encoded."""
        code = f"code{self.made}!{self._secret('code')[:40]}"
        self.codes[code] = Code(client=client, user=user, redirect_uri=redirect_uri, given_at=now)
        return code

    def redeem(
        self, code: str, *, client: str, redirect_uri: str, now: datetime, per_day: int
    ) -> dict[str, str]:
        """Give the first tokens for a code, once and within three minutes."""
        found = self.codes.get(code)
        if found is None or found.client != client or now - found.given_at > CODE_LIFE:
            raise TokenError(400, "invalid_grant")
        if found.redirect_uri != redirect_uri:
            raise TokenError(400, "invalid_request")
        del self.codes[code]
        key = (client, found.user)
        before = self.grants.get(key)
        calls = before.calls if before else {}
        if before:
            self.spent |= {before.refresh_token, before.earlier_token} - {""}
        # Exact: a second consent of the same user for the same app ends what the first one gave.
        self.access = {token: each for token, each in self.access.items() if (each.client, each.user) != key}
        grant = Grant(client=client, user=found.user, refreshed_at=now, calls=calls)
        self.grants[key] = grant
        return self._give(grant, now, per_day)

    def refresh(
        self, token: str, *, client: str, now: datetime, switches: Switches, per_day: int
    ) -> dict[str, str]:
        """Give new tokens for a refresh token that was not used before."""
        accepted = {each: grant for grant in self.grants.values() for each in self._accepted(grant, switches)}
        if token in self.spent:
            raise TokenError(401, "unauthorized_client", "Old refresh token used.")
        grant = accepted.get(token)
        if grant is None or grant.client != client or not token:
            raise TokenError(400, "invalid_request")
        if now - grant.refreshed_at > REFRESH_LIFE:
            expired_at, is_now = (
                f"{moment:%m/%d/%Y %H:%M:%S}" for moment in (grant.refreshed_at + REFRESH_LIFE, now)
            )
            text = f"The refresh token expired at {expired_at} and it is now {is_now}."
            raise TokenError(400, "invalid_request", text)
        if now - grant.refreshed_at < EARLIEST_REFRESH:
            text = "Rate limit exceeded: access_token not expired"
            status = switches.number("early_refresh_status")
            raise TokenError(status, "access_denied", text, f"TooEarlyToRefreshTokens: {text}")
        if token == grant.refresh_token and grant.earlier_token:
            self.spent.add(grant.earlier_token)
        return self._give(grant, now, per_day, used=token)

    def who(self, token: str, now: datetime) -> Access | None:
        """Return whose access token this is, or None when unknown or older than 600 s."""
        found = self.access.get(token)
        return found if found and now - found.given_at < ACCESS_LIFE else None

    def _give(self, grant: Grant, now: datetime, per_day: int, used: str = "") -> dict[str, str]:
        day = now.date().isoformat()
        if per_day and grant.calls.get(day, 0) >= per_day:
            raise TokenError(400, "access_denied", "Rate limit exceeded: token calls per day")
        grant.calls = {day: grant.calls.get(day, 0) + 1}
        access = "stampNL001.gAAAA" + self._secret("access") + self._secret("more")
        grant.earlier_token = used
        grant.refresh_token = "stampNL001!IAAAA" + self._secret("refresh") + self._secret("rest")
        grant.refreshed_at = now
        self.access[access] = Access(client=grant.client, user=grant.user, given_at=now)
        return {
            "access_token": access,
            "token_type": "bearer",
            "expires_in": "600",  # Exact: a string
            "refresh_token": grant.refresh_token,
        }

    def _accepted(self, grant: Grant, switches: Switches) -> set[str]:
        if switches.text("old_refresh_token_dies") == "issued":
            self.spent |= {grant.earlier_token} - {""}
            return {grant.refresh_token}
        return {grant.refresh_token, grant.earlier_token} - {""}

    def _secret(self, purpose: str) -> str:
        self.made += 1
        digest = hashlib.sha512(f"{self.seed}/{purpose}/{self.made}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")

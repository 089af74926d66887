"""Codes, tokens and grants of the relay.

Sources: the vendor's sample program (code exchange, scopes), PHP and Ruby clients (refresh, rotation).
"""

import base64
import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from emulators.switches import Switches

CODE_LIFE = timedelta(minutes=5)
READ, UPDATE, DELETE = "readaccountviewdata", "updateaccountviewdata", "deleteaccountviewdata"
SCOPES = frozenset({READ, UPDATE, DELETE})

# The client helper and the documentation name these.
CLIENT_ID = "AvTestKey0051AvTestKey0051AvTestKey00051"
CLIENT_SECRET = "accountview-test-secret"  # noqa: S105 - a test credential, listed in the README
REDIRECT_URI = "https://qubz.example.org/rest/accountview/callback"


class TokenError(Exception):
    """A refusal of the token endpoint, in OAuth's words."""

    def __init__(self, error: str, description: str = "", *, status: int = 400) -> None:
        """Keep what the answer needs."""
        super().__init__(error)
        self.status = status
        self.body = {"error": error} | ({"error_description": description} if description else {})


@dataclass(slots=True, kw_only=True)
class Code:
    """An authorisation code."""

    redirect_uri: str
    scopes: frozenset[str]
    given_at: datetime


@dataclass(slots=True, kw_only=True)
class Grant:
    """One consent: its refresh tokens and when the latest was given."""

    scopes: frozenset[str]
    refresh_token: str = field(default="", repr=False)
    earlier_tokens: list[str] = field(default_factory=list, repr=False)
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """An access token: what it may and when it was given."""

    scopes: frozenset[str]
    given_at: datetime


@dataclass(slots=True, kw_only=True)
class OAuth:
    """Everything the relay remembers about access."""

    seed: int
    made: int = 0
    codes: dict[str, Code] = field(default_factory=dict)
    grants: list[Grant] = field(default_factory=list)
    access: dict[str, Access] = field(default_factory=dict)

    def give_code(self, *, redirect_uri: str, scopes: frozenset[str], now: datetime) -> str:
        """Make a code; it holds `/`, `+` and `=`, which arrive percent-encoded."""
        code = f"{self._secret('code')[:40]}/+="
        self.codes[code] = Code(redirect_uri=redirect_uri, scopes=scopes, given_at=now)
        return code

    def redeem(self, code: str, *, redirect_uri: str, now: datetime, switches: Switches) -> dict[str, object]:
        """Give the first tokens for a code, once."""
        found = self.codes.pop(code, None)
        if found is None or now - found.given_at > CODE_LIFE or found.redirect_uri != redirect_uri:
            raise TokenError("invalid_grant")
        grant = Grant(scopes=found.scopes, given_at=now)
        self.grants.append(grant)
        return self._give(grant, now, switches)

    def refresh(self, token: str, *, now: datetime, switches: Switches) -> dict[str, object]:
        """Give new tokens for a refresh token (switch `old_refresh_token_dies`)."""
        grant = next((each for each in self.grants if token and token in _accepted(each, switches)), None)
        days = switches.number("refresh_token_days")
        if grant is None or (days and now - grant.given_at > timedelta(days=days)):
            raise TokenError("invalid_grant")
        # Using the newest one proves that it arrived: what came before it is over.
        grant.earlier_tokens = [token] if token == grant.refresh_token else [*grant.earlier_tokens, token]
        return self._give(grant, now, switches)

    def who(self, token: str, now: datetime, switches: Switches) -> Access | None:
        """Return what an access token may, or None when it is unknown or too old."""
        found = self.access.get(token)
        life = timedelta(seconds=switches.number("access_token_s"))
        return found if found and now - found.given_at < life else None

    def withdraw(self) -> None:
        """Take back every consent, as a user does who no longer wants the app: all its tokens die."""
        self.grants.clear()
        self.access.clear()

    def direct(self, scopes: frozenset[str], now: datetime) -> str:
        """Give an access token without a code, as the implicit flow does."""
        return self._access(scopes, now)

    def _give(self, grant: Grant, now: datetime, switches: Switches) -> dict[str, object]:
        grant.refresh_token = f"R{self._secret('refresh')}"
        grant.given_at = now
        given: dict[str, object] = {
            "access_token": self._access(grant.scopes, now),
            "token_type": "bearer",
            "refresh_token": grant.refresh_token,
        }
        if switches.on("expires_in_shown"):
            given["expires_in"] = switches.number("access_token_s")
        return given

    def _access(self, scopes: frozenset[str], now: datetime) -> str:
        token = f"A{self._secret('access')}"
        self.access[token] = Access(scopes=scopes, given_at=now)
        return token

    def _secret(self, purpose: str) -> str:
        self.made += 1
        digest = hashlib.sha512(f"{self.seed}/accountview/{purpose}/{self.made}".encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _accepted(grant: Grant, switches: Switches) -> set[str]:
    dies = switches.text("old_refresh_token_dies")
    earlier = {"issued": [], "used": grant.earlier_tokens[-1:], "never": grant.earlier_tokens}[dies]
    return {grant.refresh_token, *earlier}

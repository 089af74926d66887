"""A vendor, a store and a worker that share one time, with consent given."""

from dataclasses import dataclass, replace

import pytest
import requests
from cryptography.fernet import Fernet

from emulators.exactonline.app import ExactOnlineEmulator
from finance_hooks.store.tokens import StoredTokens
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import OAuthClient, authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from tests.store.conftest import StoreTime
from tests.transport.stepped_clock import SteppedClock

KEY = Fernet.generate_key().decode()
MINIMUM_AGE_S = 570
TOKEN_PATH = "/api/oauth2/token"


class WorkerKilledError(BaseException):
    """Ends a worker as a signal would, past every `except` of the project."""


@dataclass(slots=True, kw_only=True)
class Scene:
    """A vendor, a store and a worker that live in one time, which only the test moves."""

    emulator: ExactOnlineEmulator
    client: OAuthClient
    grants: Grants
    transport: Transport
    time: StoreTime

    def token(self, *, kill_at: str | None = None, outlives_s: float = 30, refused: str | None = None) -> str:
        def checkpoint(reached: str) -> None:
            if reached == kill_at:
                raise WorkerKilledError

        grants = replace(self.grants, checkpoint=checkpoint)
        return grants.access_token(self.client, self.transport, outlives_s=outlives_s, refused=refused)

    def killed(self, at: str) -> None:
        with pytest.raises(WorkerKilledError):
            self.token(kill_at=at)

    def consent(self) -> None:
        address = authorisation_address(self.client, "state-1")
        sent_back = requests.Session().get(address, allow_redirects=False, timeout=5).headers["Location"]
        code = read_callback(self.client, sent_back, "state-1")
        self.grants.exchange_code(self.client, self.transport, code, "state-1")

    def stored(self) -> StoredTokens:
        stored = self.grants.tokens.read(self.client.grant_key)
        assert stored is not None
        return stored

    def token_calls(self) -> int:
        return sum(call["path"] == TOKEN_PATH for call in self.emulator.calls.since(None))


@dataclass(slots=True)
class SharedClock(SteppedClock):
    """A clock whose sleeping moves the time of the scene."""

    time: StoreTime | None = None

    def advance(self, seconds: float) -> None:
        super(SharedClock, self).advance(seconds)
        if self.time:
            self.time.advance(seconds)

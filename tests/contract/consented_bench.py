"""A package whose user consents once: a store for tokens and budgets, and the consent given."""

from abc import abstractmethod
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import parse_qs, urlsplit

import requests
import sqlalchemy as sa
from cryptography.fernet import Fernet

from finance_hooks.store.budgets import BudgetStore
from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from finance_hooks.targets.base import TargetHook
from finance_hooks.transport.budget import Budget
from finance_hooks.transport.grants import Grants
from finance_hooks.transport.oauth import OAuthClient, authorisation_address, read_callback
from finance_hooks.transport.send import Transport
from finance_hooks.transport.session import open_session
from tests.contract.bench import Bench
from tests.contract.position import Position


class ConsentedHook(TargetHook, Protocol):
    """A hook that works with what a user once consented to."""

    @property
    def oauth_client(self) -> OAuthClient: ...

    @property
    def transport(self) -> Transport: ...


HookT = TypeVar("HookT", bound=ConsentedHook)


class ConsentedBench(Bench, Generic[HookT]):
    """A bench with a store beside it; `consent` is given at once unless the position has it denied.

    `token_life_s` is how long an access token lives at most.
    """

    secret: str
    token_life_s: int = 3600

    def __init__(self, store_url: str, position: Position) -> None:
        super().__init__(position)
        self._engine = store_engine(store_url)
        with self._engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE lease, token, budget"))
        self._extra = dict(position.connection)
        self._key = Fernet.generate_key().decode()
        self.connect()
        if position.switches.get("consent") != "deny":
            self.consent()

    def close(self) -> None:
        super().close()
        self._engine.dispose()

    @abstractmethod
    def lay(self, conn_id: str, secret: str, **extra: object) -> None:
        """Lay down a connection with this secret."""

    @abstractmethod
    def open_hook(self, conn_id: str, **parts: Any) -> HookT:
        """Make a hook of the parts a task hands over."""

    def connect(self, **extra: object) -> None:
        """Lay down the connection, with some fields of its own from now on."""
        self._extra |= extra
        self.lay(f"{self.slug}_bench", self.secret, **self._extra)

    def hook(self, *, transport: Transport | None = None, budget: Budget | None = None) -> HookT:
        return self._hook_of(f"{self.slug}_bench", transport, budget)

    def with_wrong_credentials(self) -> HookT:
        self.lay(f"{self.slug}_wrong", "not-the-secret", **self._extra)
        self.expire_token()
        self.clock.sleep(self.token_life_s)
        return self._hook_of(f"{self.slug}_wrong", None, None)

    def open_up(self) -> None:
        super().open_up()
        if self.position.switches.get("consent") == "deny":
            self.consent()

    def expire_token(self) -> None:
        self.emulator.oauth.access.clear()  # type: ignore[attr-defined] # what every system with consent has

    def grants(self) -> Grants:
        """Return where tokens come from."""
        tokens = TokenStore(self._engine, [self._key], now=self._now)
        return Grants(tokens=tokens, owner="the bench")

    def consent(self) -> None:
        """Open the page of consent as the user of the connection, and hand in what it answers."""
        hook = self.hook()
        address = authorisation_address(hook.oauth_client, "a state")
        answer = requests.Session().get(address, allow_redirects=False, timeout=10)
        code = read_callback(hook.oauth_client, answer.headers["Location"], "a state")
        assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["a state"]
        self.grants().exchange_code(hook.oauth_client, hook.transport, code, "a state")

    def _hook_of(self, conn_id: str, transport: Transport | None, budget: Budget | None) -> HookT:
        return self.open_hook(
            conn_id,
            transport=transport or Transport(session=open_session(), clock=self.clock),
            grants=self.grants(),
            budget=budget or Budget(BudgetStore(engine=self._engine, now=self._now), self.clock),
            cache=self.cache,
        )

    def _now(self, _connection: sa.Connection) -> datetime:
        return self.clock.now()

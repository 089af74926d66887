"""A store, and a time of its own that a test moves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.store.engine import store_engine
from finance_hooks.store.tokens import TokenStore
from tests.store.granted import GRANT, OLD_KEY, given, no_sleep
from tests.transport.stepped_clock import SteppedClock


@dataclass(slots=True)
class StoreTime:
    """Stands in for the database's clock."""

    at: datetime = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)

    def __call__(self, _connection: sa.Connection) -> datetime:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def engine(store_url: str) -> Iterator[sa.Engine]:
    engine = store_engine(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def time() -> StoreTime:
    return StoreTime()


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
def tokens(engine: sa.Engine, time: StoreTime) -> TokenStore:
    store = TokenStore(engine, [OLD_KEY], time)
    store.save_consent(GRANT, given(1), sleep=no_sleep)
    return store

"""Nights that run into the store which the pages read, and leave it as they found it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from finance_hooks.store.engine import store_engine
from finance_hooks.store.token_table import token
from tests.fixtures.connected_airflow import ConnectedAirflow
from tests.integration.chain.chain import Chain

LEFT_BEHIND = "TRUNCATE document, posting, event, finding, run, comparison, preflight, lease, budget CASCADE"


@contextmanager
def nights(connected: ConnectedAirflow, sync_id: str) -> Iterator[Chain]:
    """Open the chain of one administration; its package's tokens stand in for those of the connections."""
    engine = store_engine(connected.store_url)
    with engine.begin() as connection:
        given = [dict(row) for row in connection.execute(sa.select(token)).mappings()]
    with pytest.MonkeyPatch.context() as monkeypatch:
        chain = Chain(connected.store_url, sync_id, monkeypatch)
        try:
            yield chain
        finally:
            chain.close()
    with engine.begin() as connection:
        connection.execute(sa.text(LEFT_BEHIND))
        connection.execute(sa.delete(token))
        if given:
            connection.execute(sa.insert(token), given)
    engine.dispose()

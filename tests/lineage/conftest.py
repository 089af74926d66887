"""Nights of which lineage is told."""

from collections.abc import Iterator

import pytest
from airflow.sdk.definitions.context import Context
from airflow.sdk.execution_time.context import OutletEventAccessors

from tests.integration.chain.chain import Chain


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    yield chain
    chain.close()


@pytest.fixture
def context() -> Context:
    """Return as much of a task's context as assets need."""
    return Context(outlet_events=OutletEventAccessors())

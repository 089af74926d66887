"""A page of many administrations takes as many statements as a page of one."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.store.engine import store_engine
from finance_hooks.store.runs import start_run
from finance_hooks.web.limits import read_limits
from finance_hooks.web.nights import merge
from finance_hooks.web.nights_page import last_nights
from finance_hooks.web.reading import reading
from finance_hooks.web.reconciliation_page import read_lines
from tests.integration.cli.store_connection import store_connection
from tests.store.counting import counted
from tests.store.many_postings import book_many

NOW = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
SYNC_IDS = [f"link_{number}" for number in range(20)]


@pytest.fixture
def engine(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
    engine = store_engine(store_url)
    book_many(engine, 50, *SYNC_IDS)
    with engine.begin() as connection:
        for sync_id in SYNC_IDS:
            start_run(connection, sync_id, "night", at=NOW - timedelta(days=1))
    yield engine
    engine.dispose()


def statements(engine: sa.Engine, act: Callable[[], object]) -> int:
    """Count the statements of an act."""
    with counted(engine) as made:
        act()
    return len(made.statements)


def test_reconciliation(engine: sa.Engine) -> None:
    one = statements(engine, lambda: read_lines(SYNC_IDS[:1]))
    many = statements(engine, lambda: read_lines(SYNC_IDS))

    assert set(read_lines(SYNC_IDS)) == set(SYNC_IDS)
    assert one == many == 3


def test_nights(engine: sa.Engine) -> None:
    def last(sync_ids: list[str]) -> int:
        with reading() as connection:
            return len(last_nights(connection, {one: merge([], [], sync_id=one) for one in sync_ids}))

    assert last(SYNC_IDS) == 20
    assert statements(engine, lambda: last(SYNC_IDS[:1])) == statements(engine, lambda: last(SYNC_IDS)) == 3


def test_limits_of_connections_that_are_not_there_are_said_to_be_unknown(engine: sa.Engine) -> None:
    rows = [row for row in read_administrations() if row.administration]

    limits = read_limits(rows)

    assert [one.sync_id for one in limits] == [row.sync_id for row in rows]
    assert all(one.why and not one.rooms for one in limits)
    assert statements(engine, lambda: read_limits(rows[:1])) == statements(engine, lambda: read_limits(rows))

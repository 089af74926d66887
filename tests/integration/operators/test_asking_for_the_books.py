"""A task that is refused the books: a night waits a moment for a backfill's batch, a backfill makes way."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
from airflow.sdk.exceptions import AirflowRescheduleException

from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.operators.load import LoadEntriesOperator
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.sync_operator import NIGHT_WAITS_S
from finance_hooks.posting.work import Work
from finance_hooks.store import leases
from finance_hooks.store.engine import store_engine
from finance_hooks.store.leases import Lease, LeaseWish
from tests.integration.posting.books import SteppedClock

BOOKS = LeaseWish(name="books:127.0.0.1/1234567", owner="a backfill", ttl=timedelta(seconds=120))
AGAIN_S = (29, 36)


class Moments(SteppedClock):
    """A clock on which the holder gives the books back during the first sleep, if it does at all."""

    def __init__(self, engine: sa.Engine, held: Lease | None) -> None:
        super().__init__()
        self.engine = engine
        self.held = held
        self.slept_s = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept_s += seconds
        self.advance(seconds)
        if self.held is not None:
            with self.engine.begin() as connection:
                leases.release(connection, self.held)
            self.held = None


@pytest.fixture
def resources(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Resources:
    """Return what a task of exact_nl works with; nothing listens at its addresses."""
    store = sa.make_url(store_url)
    kept = {
        "FINANCE_STORE": {
            "conn_type": "postgres",
            "host": store.host,
            "port": store.port,
            "login": store.username,
            "password": store.password,
            "schema": store.database,
            "extra": {"token_key": "yCkLZpNTpDTWuPYPdAm8f5mIpDmoGQLJ4tRv0KBbZQY="},
        },
        "EXACTONLINE_NL": {"conn_type": "finance_exactonline", "host": "http://127.0.0.1:9"},
    }
    for conn_id, fields in kept.items():
        monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id}", json.dumps(fields))
    found = next(row.administration for row in read_administrations() if row.sync_id == "exact_nl")
    assert found is not None
    return Resources(found)


def lend(engine: sa.Engine) -> Lease:
    with engine.begin() as connection:
        lent = leases.acquire(connection, BOOKS)
    assert isinstance(lent, Lease)
    return lent


def ask(resources: Resources, clock: SteppedClock, run_type: str) -> int:
    """Ask for the books as the load of a run does, and return the generation it got."""
    run = SimpleNamespace(run_type=run_type)
    context: Any = {"ti": SimpleNamespace(dag_id="sync_exact_nl"), "dag_run": run}
    work = Work(administration=resources.administration, engine=resources.engine, run_id="a run", clock=clock)
    operator = LoadEntriesOperator(task_id="load", sync_id="exact_nl")
    with operator.books(work, resources, context) as (_hook, lease):
        return lease.generation


def test_night_waits_in_its_task_until_the_holder_gives_the_books_back(
    resources: Resources, store_url: str
) -> None:
    engine = store_engine(store_url)
    clock = Moments(engine, lend(engine))

    generation = ask(resources, clock, "scheduled")

    assert generation == 2
    assert 0 < clock.slept_s < 1


@pytest.mark.parametrize(("run_type", "waits_s"), [("scheduled", NIGHT_WAITS_S), ("backfill", 0)])
def test_task_that_does_not_get_the_books_is_rescheduled_and_its_slot_goes_to_others(
    resources: Resources, store_url: str, run_type: str, waits_s: float
) -> None:
    engine = store_engine(store_url)
    lend(engine)
    clock = Moments(engine, None)

    with pytest.raises(AirflowRescheduleException) as refused:
        ask(resources, clock, run_type)

    pause_s = (refused.value.reschedule_date - datetime.now(UTC)).total_seconds()
    assert AGAIN_S[0] < pause_s < AGAIN_S[1]
    assert waits_s - 1.1 < clock.slept_s <= waits_s

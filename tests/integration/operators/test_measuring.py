"""What a run left is measured by Airflow's own metrics, over a real socket of StatsD."""

import socket
from collections.abc import Iterator

import pytest
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics import stats_utils

from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.operators.measuring import measure
from finance_hooks.operators.resources import Resources
from local.ports import LOOPBACK
from tests.integration.operators.conftest import SYNC_ID
from tests.integration.posting.night import Night

UNMAPPED = (Reason(code=ReasonCode.JOURNAL_UNMAPPED, document="F-1"),)
QUIET_S = 1.0
TAGGED = "airflow.finance.documents,administration=exact_nl,state"


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind((LOOPBACK, 0))
        listener.settimeout(QUIET_S)
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_ON", "True")
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_HOST", LOOPBACK)
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_PORT", str(listener.getsockname()[1]))
        monkeypatch.setenv("AIRFLOW__METRICS__STATSD_INFLUXDB_ENABLED", "True")
        initialize()
        yield listener
        monkeypatch.undo()
        initialize()


def initialize() -> None:
    """Choose where metrics go, as Airflow does before a task runs."""
    stats.initialize(factory=stats_utils.get_stats_factory(), export_legacy_names=True)


def heard(listener: socket.socket) -> dict[str, str]:
    """Return every gauge that was sent, until nothing more comes."""
    found: dict[str, str] = {}
    while True:
        try:
            datagram = listener.recv(65536).decode()
        except TimeoutError:
            return found
        for line in datagram.splitlines():
            name, _, value = line.partition(":")
            found[name] = value


def measured(night: Night) -> None:
    measure(night.work("run"), Resources(night.administration))


def test_run_is_measured_under_names_that_say_everything_and_with_tags(
    exact_night: Night, without_consent: None, listener: socket.socket
) -> None:
    del without_consent
    exact_night.offer("F-1", reasons=UNMAPPED)
    exact_night.offer("F-2")
    exact_night.load()
    exact_night.clock.advance(3600)
    exact_night.reconcile_and_conclude()

    measured(exact_night)

    gauges = heard(listener)
    assert gauges["airflow.finance.exact_nl.documents.booked"] == "1|g"
    assert gauges["airflow.finance.exact_nl.documents.parked"] == "1|g"
    assert gauges["airflow.finance.exact_nl.difference_cents"] == "0|g"
    assert gauges["airflow.finance.exact_nl.oldest_parked_s"] == "3600|g"
    assert gauges[f"{TAGGED}=booked"] == "1|g"
    assert gauges[f"{TAGGED}=parked"] == "1|g"
    assert gauges["airflow.finance.exact_nl.calls_left.60s"] == "60|g"
    assert gauges["airflow.finance.exact_nl.calls_left.86400s"] == "5000|g"


def test_negative_difference_is_a_level_and_no_step(exact_night: Night, listener: socket.socket) -> None:
    exact_night.offer("F-1")
    exact_night.books.answering = [lambda books, entry: books.book(entry, gross_in_books=entry.gross + 1)]
    exact_night.load()
    exact_night.reconcile_and_conclude()

    measured(exact_night)

    gauges = heard(listener)
    # StatsD takes a signed number for a step, so the client sets the level to nothing first.
    assert gauges["airflow.finance.exact_nl.difference_cents"] == "-100|g"


def test_package_without_a_connection_keeps_nobody_from_measuring_the_rest(
    exact_night: Night, listener: socket.socket
) -> None:
    exact_night.reconcile_and_conclude()

    measured(exact_night)

    gauges = heard(listener)
    assert gauges["airflow.finance.exact_nl.documents.booked"] == "0|g"
    assert not any("calls_left" in name for name in gauges)


def test_run_that_was_not_concluded_is_not_measured_and_raises_nothing(
    exact_night: Night, listener: socket.socket
) -> None:
    measured(exact_night)
    exact_night.url = exact_night.url.replace("finance_test_store", "finance_test_no_store")
    measured(exact_night)

    assert heard(listener) == {}
    assert exact_night.administration.sync_id == SYNC_ID

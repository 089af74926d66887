"""Nights that upload: booked once, to the cent, or named, whatever happens on the way."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

import pytest
import sqlalchemy as sa

from finance_hooks.model.errors import TemporaryFailure
from tests.integration.chain.chain import Chain, everything_booked_once
from tests.integration.chain.source_changes import SourceChanges

COUNT = 60


@pytest.fixture
def silent(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    """Return the chain before the source issued anything."""
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.exact.connect(xml_upload_from=20)
    yield chain
    chain.close()


@pytest.fixture
def chain(silent: Chain) -> Chain:
    silent.generate(COUNT)
    return silent


def uploads(chain: Chain) -> int:
    return sum(call["path"].endswith("XMLUpload.aspx") for call in chain.bench.calls())


def test_night_that_uploads_books_everything_once(chain: Chain) -> None:
    report = chain.night()

    everything_booked_once(chain, report, COUNT)
    assert uploads(chain) == 1


def test_second_night_finds_nothing_to_send(chain: Chain) -> None:
    chain.night()
    chain.forget_documents()

    report = chain.night("again")

    assert report.documents == COUNT
    assert report.difference == 0
    assert set(chain.times_booked().values()) == {1}
    assert uploads(chain) == 1


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"effect": "lost_answer"}, id="answer lost after booking"),
        pytest.param({"effect": "reset"}, id="reset before booking"),
        pytest.param({"effect": "late_booking", "delay_s": 200}, id="booked after the answer was given up"),
        pytest.param({"effect": "html"}, id="maintenance page with 200"),
        pytest.param({"effect": "truncated"}, id="half an answer"),
        pytest.param({"effect": "status", "status": 503, "when": "after"}, id="503 after booking"),
        pytest.param({"effect": "throttle", "delay_s": 30}, id="429"),
    ],
)
def test_fault_on_the_upload_neither_doubles_nor_loses(chain: Chain, fault: dict[str, object]) -> None:
    chain.prepare()
    chain.bench.place(method="POST", path="*/docs/XMLUpload.aspx", **fault)

    with suppress(TemporaryFailure):
        chain.load()
    chain.clear_faults()
    chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)


def test_upload_that_is_broken_off_halfway_is_completed_from_the_books(chain: Chain) -> None:
    chain.prepare()
    chain.bench.switch(xml_record_ms=6_000)
    with suppress(TemporaryFailure):
        chain.load()
    chain.bench.switch(xml_record_ms=50)

    chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)
    assert uploads(chain) == 2


def test_bookings_that_show_late_are_not_sent_again(chain: Chain) -> None:
    chain.prepare()
    chain.bench.switch(sync_lag_s=60)
    chain.bench.place(method="POST", path="*/docs/XMLUpload.aspx", effect="lost_answer")

    chain.load_until_done()
    chain.clock.sleep(60)

    everything_booked_once(chain, chain.conclude(), COUNT)
    assert uploads(chain) == 1


def test_documents_of_a_closed_period_are_parked_in_exacts_words_and_the_others_booked(chain: Chain) -> None:
    chain.close_period(2026, 10)

    report = chain.night()

    booked = [entry["period"] for entry in chain.bench.books()]
    assert set(booked) == {"2026/11"}
    assert chain.reason_codes() == {"period_closed": COUNT - len(booked)}
    assert chain.states() == {"booked": len(booked), "parked": COUNT - len(booked)}
    assert 0 < len(booked) < COUNT
    assert report.unknown == 0


@pytest.mark.parametrize("messages", ["in_order", "reversed", "short"])
def test_documents_refused_for_different_reasons_are_each_parked_for_their_own(
    silent: Chain, messages: str
) -> None:
    silent.bench.switch(xml_messages=messages, closed_periods="2026/9 2026/10")
    source = SourceChanges(silent)
    days = [date(2026, 9, 20), date(2026, 10, 20)] * 2
    months = {source.issue("salesinvoices", day): f"{day:%Y-%m}" for day in days}
    for _ in range(20):
        source.issue("salesinvoices")

    report = silent.night()

    assert _parked_for(silent) == {number: ("period_closed", month) for number, month in months.items()}
    assert silent.states() == {"booked": 20, "parked": 4}
    assert (report.unknown, set(silent.times_booked().values())) == (0, {1})
    assert uploads(silent) == 1


def _parked_for(chain: Chain) -> dict[str, tuple[str, str]]:
    """Return code and value of the only reason of each parked document."""
    chosen = sa.text(
        "SELECT d.number, p.reasons FROM posting p JOIN document d USING (document_id)"
        " WHERE p.state = 'parked'"
    )
    with chain.engine.begin() as connection:
        rows = connection.execute(chosen).all()
    reasons = {row.number: reason for row in rows for (reason,) in [row.reasons]}
    return {number: (reason["code"], reason["value"]) for number, reason in reasons.items()}

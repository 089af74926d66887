"""Whatever happens on the way, every document is booked once, to the cent, or named."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from finance_hooks.model.errors import TemporaryFailure
from finance_hooks.posting.load import load
from finance_hooks.store.held_lease import HeldLease
from finance_hooks.targets.base import TargetHook
from tests.integration.chain.chain import Chain, everything_booked_once

COUNT = 30


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield chain
    chain.close()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"effect": "lost_answer"}, id="answer lost after booking"),
        pytest.param({"effect": "reset"}, id="reset before booking"),
        pytest.param({"effect": "reset", "when": "after"}, id="reset after booking"),
        pytest.param({"effect": "late_booking", "delay_s": 200}, id="booked after the answer was given up"),
        pytest.param({"effect": "html"}, id="maintenance page with 200"),
        pytest.param({"effect": "html", "when": "after"}, id="maintenance page after booking"),
        pytest.param({"effect": "truncated"}, id="half an answer"),
        pytest.param({"effect": "truncated", "length": "full"}, id="half an answer that promised more"),
        pytest.param({"effect": "status", "status": 503, "when": "after"}, id="503 after booking"),
        pytest.param({"effect": "status", "status": 500, "body": ""}, id="500 without a word"),
        pytest.param({"effect": "throttle", "delay_s": 30}, id="429"),
        pytest.param({"effect": "token_expired", "times": 1}, id="token expired in mid-run"),
    ],
)
def test_fault_on_one_post_in_five_neither_doubles_nor_loses(chain: Chain, fault: dict[str, object]) -> None:
    chain.bench.place(**{"times": None, "probability": 0.2, "seed": 7, **fault})
    chain.prepare()

    with suppress(TemporaryFailure):
        chain.load()
    assert any(call["fault"] for call in chain.bench.control("calls")["calls"])
    chain.clear_faults()
    chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)


def test_faults_that_go_on_all_night_are_survived(chain: Chain) -> None:
    for seed, effect in enumerate(("lost_answer", "reset", "html", "truncated", "late_booking")):
        chain.bench.place(effect=effect, times=None, probability=0.06, seed=seed, delay_s=100)
    chain.prepare()

    happened = chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)
    assert happened["tries"] > 1


def test_expired_access_token_is_refreshed_and_no_document_suffers(chain: Chain) -> None:
    chain.prepare()
    chain.bench.expire_token()

    chain.load_until_done()

    everything_booked_once(chain, chain.conclude(), COUNT)


def test_task_that_runs_twice_at_once_books_once(chain: Chain) -> None:
    chain.prepare()
    work = chain.work("night")

    def both(hook: TargetHook, lease: HeldLease) -> dict[str, int]:
        with pytest.raises(TemporaryFailure, match="in use"):
            chain.load()
        return load(work, hook, lease)

    chain.with_books(both)

    everything_booked_once(chain, chain.conclude(), COUNT)


def test_worker_frozen_past_its_lease_sends_nothing_when_it_goes_on(chain: Chain) -> None:
    chain.prepare()
    frozen: list[int] = []

    def freeze_once(moment: str) -> None:
        if moment == "claimed" and not frozen:
            frozen.append(chain.bench.posting_calls())
            chain.clock.lease = None
            chain.clock.emulated.advance(chain.lease_ttl.total_seconds() + 1)
            chain.load_until_done("other")

    chain.checkpoint = freeze_once
    chain.load()

    assert frozen == [0]
    assert chain.bench.posting_calls() == COUNT
    everything_booked_once(chain, chain.conclude(), COUNT)


def test_closed_period_parks_its_documents_and_books_the_others(chain: Chain) -> None:
    chain.prepare()
    chain.close_period(2026, 10)

    chain.load_until_done()
    report = chain.conclude()

    dated_in_october = [entry for entry in chain.expected() if entry["date"] < "2026-11-01"]
    october, kinds = len(dated_in_october), len({entry["journal"] for entry in dated_in_october})
    assert (report.parked, report.booked) == (october, COUNT - october)
    assert chain.reason_codes() == {"period_closed": october}
    assert chain.bench.posting_calls() == COUNT - october + kinds
    assert report.difference == 0


def test_reads_that_lag_behind_are_waited_for_and_raise_no_alarm(chain: Chain) -> None:
    chain.clock.sleep(90)
    chain.bench.switch(sync_lag_s=90)
    chain.prepare()
    chain.load_until_done()

    with pytest.raises(TemporaryFailure, match="not yet seen"):
        chain.conclude()
    chain.clock.sleep(90)

    everything_booked_once(chain, chain.conclude(), COUNT)


def test_validation_refusals_park_with_what_exact_said(chain: Chain) -> None:
    body = '{"error":{"code":"","message":{"lang":"","value":"Ongeldige referentie: Kostenplaats"}}}'
    chain.bench.place(effect="status", status=500, body=body, times=3)
    chain.prepare()

    chain.load_until_done()
    report = chain.conclude()

    assert (report.parked, report.booked) == (3, COUNT - 3)
    assert report.difference == 0
    assert all("Ongeldige referentie: Kostenplaats" in reason["sentences"][0] for reason in report.reasons)


def test_calls_per_document_stay_below_the_bound(chain: Chain) -> None:
    chain.prepare()

    chain.load_until_done()

    assert chain.bench.posting_calls() == COUNT


def test_store_that_forgot_everything_finds_its_bookings_again(chain: Chain) -> None:
    chain.night()
    chain.forget_documents()

    chain.prepare("after the restore")
    happened = chain.load_until_done("after the restore")

    everything_booked_once(chain, chain.conclude("after the restore"), COUNT)
    assert happened["found"] == COUNT
    assert chain.bench.posting_calls() == COUNT

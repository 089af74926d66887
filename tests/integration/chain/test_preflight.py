"""Preflight stands between extract and transform: what it finds is parked, and what is cured goes on."""

from collections.abc import Iterator

import pytest

from finance_hooks.mapping.tables import read_tables
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.preflight_fault import FaultCode
from finance_hooks.posting.preflight import last_checked
from tests.contract.chart_hands import Change, hands_of
from tests.integration.chain.chain import Chain
from tests.integration.chain.offering import SYNC_IDS

COUNT = 12


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    yield chain
    chain.close()


def change(chain: Chain, part: str, code: str, what: Change) -> None:
    administration = chain.administration
    act = hands_of(administration.target)
    assert act(chain.exact.emulator, administration.target_administration, part, code, what)


def faults(chain: Chain) -> list[tuple[FaultCode, str]]:
    found = last_checked(chain.work("night")).faults
    return [(fault.code, fault.value) for fault in found if not fault.is_condition]


def calls(chain: Chain) -> int:
    return sum(1 for _ in chain.bench.calls())


@pytest.mark.parametrize("sync_id", SYNC_IDS)
def test_after_a_clean_preflight_no_package_answers_that_it_does_not_know_a_code(
    sync_id: str, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.generate(COUNT)

    counts = chain.prepare()
    chain.load_until_done()

    answers = {call["status"] for call in chain.bench.calls() if call["method"] == "POST"}
    states, reasons = chain.states(), chain.reason_codes()
    chain.close()
    assert counts["faults"] == 0
    assert counts["rows"] > 50
    assert (states, dict(reasons)) == ({"booked": COUNT}, {})
    assert all(status is not None and status < 400 for status in answers)


def test_document_is_parked_with_the_fault_and_goes_on_by_itself_once_that_is_gone(chain: Chain) -> None:
    change(chain, "journals", "70", Change.BLOCK)
    first = chain.night("first")
    blocked = first.parked

    assert 0 < blocked < COUNT
    assert set(chain.reason_codes()) == {"code_blocked"}
    assert all("exactonline/journals.csv:" in reason["sentences"][0] for reason in first.reasons)
    assert faults(chain) == [(FaultCode.CODE_BLOCKED, "70")] * 2

    journals = chain.exact.emulator.divisions[1234567].tables["financial/Journals"].values()
    next(row for row in journals if row["Code"] == "70")["IsBlocked"] = False
    second = chain.night("second")

    assert faults(chain) == []
    assert (second.parked, second.booked, chain.states()) == (0, blocked, {"booked": COUNT})


def test_nothing_is_sent_for_a_document_that_is_parked_by_preflight(chain: Chain) -> None:
    for journal in ("60", "61", "65", "70", "75", "90"):
        change(chain, "journals", journal, Change.RENAME)

    report = chain.night()

    assert (report.booked, report.parked) == (0, COUNT)
    assert chain.bench.posting_calls() == 0


def test_night_with_nothing_to_prepare_makes_no_call(chain: Chain) -> None:
    chain.night("first")
    before = calls(chain)

    counts = chain.prepare("second")

    assert calls(chain) == before
    assert "faults" not in counts


def test_chart_that_cannot_be_read_is_a_failed_read_and_never_an_empty_chart(chain: Chain) -> None:
    change(chain, "journals", "70", Change.BLOCK)
    chain.prepare("first")
    known = faults(chain)
    chain.bench.place(method="GET", path="*/financial/Journals", effect="status", status=503, times=None)

    with pytest.raises(TemporaryFailure):
        chain.prepare("second")

    assert faults(chain) == known != []


def test_everything_the_connection_may_not_read_is_named_at_once(chain: Chain) -> None:
    for path in ("*/hrm/Costcenters", "*/vat/VATCodes"):
        chain.bench.place(method="GET", path=path, effect="status", status=403, times=None)

    with pytest.raises(ConfigurationError) as raised:
        chain.prepare()

    assert "vat codes: " in str(raised.value)
    assert "cost centres: " in str(raised.value)


def test_limit_that_lasts_leaves_the_chart_to_a_later_run(chain: Chain) -> None:
    chain.prepare("first")
    chain.bench.place(method="GET", path="*/financial/Journals", effect="throttle", delay_s=7200, times=None)

    counts = chain.prepare("second")

    assert counts["chart_not_read"] == 1
    assert chain.states() == {"pending": COUNT}


def test_backfill_makes_do_with_a_chart_of_today(chain: Chain) -> None:
    work = chain.work("night")
    tables = read_tables(chain.administration)
    chain.prepare("first")
    before = calls(chain)

    chain.is_backfill = True
    assert chain.preflight(work, tables)["faults"] == 0
    assert calls(chain) == before

    chain.is_backfill = False
    chain.preflight(work, tables)
    assert calls(chain) > before

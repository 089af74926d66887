"""Where a PDF cannot be attached, its booking stands, the others are attached, and somebody hears of it."""

import json
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.transport.budget import Budget
from tests.integration.chain.attaching import (
    COUNT,
    bench,
    fault_on_attaching,
    files,
    opened,
    place_in_source,
    rows,
    sales,
)
from tests.integration.chain.telling import Telling
from tests.integration.cli.store_connection import store_connection


@pytest.mark.parametrize(
    ("content", "state", "why"),
    [
        (None, "missing", "21QUBZ has no PDF of the document"),
        (b"<html>please log in</html>", "refused", "the file is no PDF"),
        (b"%PDF-1.4" + b"0" * 7_000_001, "refused", "the file is larger than 7,000,000 bytes"),
    ],
    ids=["missing", "no PDF", "too large"],
)
def test_a_file_that_will_not_do_is_a_warning_and_offered_again_next_night(
    attaching_in_exact: Telling, content: bytes | None, state: str, why: str
) -> None:
    name = place_in_source(attaching_in_exact, content)

    report = attaching_in_exact.night("first")
    stands = rows(attaching_in_exact)[name]
    attaching_in_exact.chain.source_emulator.documents.files.clear()
    attaching_in_exact.chain.clock.sleep(86_400)
    second = attaching_in_exact.night("second")

    assert (stands.state, stands.why) == (state, why)
    assert [warning["warnings"] for warning in report.warnings] == [[f"PDF {state}: {why}"]]
    assert report.red == ()
    assert report.parked == report.difference == 0
    assert (second.attached, second.warnings) == (1, ())
    assert len(files(attaching_in_exact)) == len(sales(attaching_in_exact))


def test_what_the_package_refuses_leaves_the_booking_and_the_other_files_alone(attaching: Telling) -> None:
    body = '{"error":{"message":{"value":"Niet toegestaan: Bijlage"}},"externalMessage":"Bijlage te groot"}'
    fault_on_attaching(attaching, effect="status", status=500, body=body)

    report = attaching.night()

    assert attaching.attached == {"attached": len(sales(attaching)) - 1, "refused": 1}
    assert report.red == ()
    assert report.booked == COUNT
    assert report.difference == 0


def test_a_right_that_is_missing_fails_the_step_and_nothing_else(attaching: Telling) -> None:
    bench(attaching.chain).shut_files()
    attaching.chain.prepare()
    attaching.chain.load_until_done()

    with pytest.raises(ConfigurationError):
        attaching.attach()
    report = attaching.chain.conclude()

    assert report.red == ()
    assert report.booked == COUNT
    assert report.difference == 0
    assert {row.state for row in rows(attaching).values()} <= {"pending"}


def test_a_source_that_cannot_be_reached_fails_the_step_and_is_caught_up(attaching: Telling) -> None:
    attaching.chain.prepare()
    attaching.chain.load_until_done()
    fault = {"method": "GET", "path": "*/pdf", "effect": "status", "status": 503, "times": 1}
    requests.Session().post(f"{attaching.chain.source_server.url}/_emulator/faults", json=fault, timeout=10)

    with pytest.raises(TemporaryFailure):
        attaching.attach()

    assert attaching.attach() == {"attached": len(sales(attaching))}


def test_a_file_that_the_source_always_fails_at_does_not_keep_back_the_others(
    attaching_in_exact: Telling,
) -> None:
    attaching_in_exact.chain.prepare()
    attaching_in_exact.chain.load_until_done()
    name = place_in_source(attaching_in_exact, b"%PDF-1.4")
    fault = {"method": "GET", "path": f"*/{name}/pdf", "effect": "status", "status": 500, "times": 9}
    url = attaching_in_exact.chain.source_server.url
    requests.Session().post(f"{url}/_emulator/faults", json=fault, timeout=10)

    with pytest.raises(TemporaryFailure, match="500"):
        attaching_in_exact.attach()
    again = attaching_in_exact.attach()

    assert again == {"attached": len(sales(attaching_in_exact)) - 1, "missing": 1}
    assert "500" in rows(attaching_in_exact)[name].why
    assert attaching_in_exact.chain.conclude().red == ()


def test_files_give_way_to_the_reserve_of_calls(
    attaching_in_exact: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    attaching_in_exact.chain.prepare()
    attaching_in_exact.chain.load_until_done()
    used = sum(1 for _ in attaching_in_exact.chain.bench.calls())
    attaching_in_exact.chain.bench.control("limits", {"scale": 1})
    # All but the reserve of the day is used: 3500 calls less those that were made.
    with attaching_in_exact.chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE budget SET used = 3500 WHERE window_s = 86400"))

    def frugal(lease: Any) -> Any:
        del lease
        counted = BudgetStore(engine=attaching_in_exact.chain.engine, now=attaching_in_exact.chain.now)
        return attaching_in_exact.chain.bench.hook(
            budget=Budget(counted, attaching_in_exact.chain.clock, is_backfill=True)
        )

    monkeypatch.setattr(attaching_in_exact.chain, "hook", frugal)

    assert attaching_in_exact.attach() == {"left": len(sales(attaching_in_exact))}
    assert sum(1 for _ in attaching_in_exact.chain.bench.calls()) == used
    assert rows(attaching_in_exact) == {}


def test_nothing_is_attached_while_sending_is_stopped(attaching_in_exact: Telling) -> None:
    attaching_in_exact.chain.prepare()
    attaching_in_exact.chain.load_until_done()
    with attaching_in_exact.chain.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO sending_stop VALUES ('*', now(), 'somebody', 'a look')"))

    assert attaching_in_exact.attach() == {"left": len(sales(attaching_in_exact))}
    assert files(attaching_in_exact) == []


def test_a_user_who_does_not_see_what_was_attached_attaches_no_more(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attaching = opened(store_url, "afas_nl", monkeypatch)
    attaching.chain.bench.switch(hidden_rows="Profit_Subjects")
    attaching.chain.prepare()
    attaching.chain.load_until_done()

    with pytest.raises(ConfigurationError, match="does not see it"):
        attaching.attach()

    assert len(files(attaching)) == 1
    attaching.chain.close()


def test_what_is_not_attached_is_listed(
    attaching_in_exact: Telling,
    store_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = place_in_source(attaching_in_exact, None)
    attaching_in_exact.night()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url))
    capsys.readouterr()

    assert main(["attachments", "exact_nl", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert main(["attachments"]) == 0
    said = capsys.readouterr().out

    number = next(row["InvoiceNumber"] for row in sales(attaching_in_exact) if str(row["Id"]) == name)
    assert (listed["document"], listed["state"]) == (number, "missing")
    assert "1 PDFs are not attached." in said

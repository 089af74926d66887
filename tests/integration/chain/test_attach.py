"""The PDF of every sale is attached once, after the booking, and nothing about it touches the booking."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import sqlalchemy as sa

from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.store.budgets import BudgetStore
from finance_hooks.transport.budget import Budget
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.exactonline.exact_bench import ExactBench
from tests.integration.chain.chain import Chain
from tests.integration.chain.telling import Telling

COUNT = 5


class Crash(BaseException):
    """The worker dies."""


def opened(store_url: str, sync_id: str, monkeypatch: pytest.MonkeyPatch) -> Telling:
    chain = Chain(store_url, sync_id, monkeypatch)
    chain.generate(COUNT)
    bench(chain).attach_pdfs()
    return Telling(chain, monkeypatch, mode="none")


def bench(chain: Chain) -> ExactBench | AfasBench:
    assert isinstance(chain.bench, ExactBench | AfasBench)
    return chain.bench


@pytest.fixture(params=["exact_nl", "afas_nl"])
def telling(
    request: pytest.FixtureRequest, store_url: str, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Telling]:
    telling = opened(store_url, request.param, monkeypatch)
    yield telling
    telling.chain.close()


@pytest.fixture
def exact(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Telling]:
    telling = opened(store_url, "exact_nl", monkeypatch)
    yield telling
    telling.chain.close()


def sales(telling: Telling) -> list[dict[str, Any]]:
    organisation = telling.chain.administration.organisation
    rows = telling.chain.source_emulator.documents.rows["salesinvoices"].values()
    return [row for row in rows if row["Organisation"] == organisation]


def files(telling: Telling) -> list[str]:
    return sorted(name for name, _ in bench(telling.chain).files())


def rows(telling: Telling) -> dict[str, Any]:
    chosen = sa.text(
        "SELECT d.source_document_id AS id, a.* FROM attachment a JOIN posting USING (posting_id)"
        " JOIN document d USING (document_id)"
    )
    with telling.chain.engine.begin() as connection:
        return {row.id: row for row in connection.execute(chosen)}


def place_in_source(telling: Telling, content: bytes | None) -> str:
    """Give the first sale another file, or none; return its id."""
    name = str(sales(telling)[0]["Id"])
    telling.chain.source_emulator.documents.files[name] = content
    return name


def fault_on_attaching(telling: Telling, **fault: object) -> None:
    place = bench(telling.chain)
    place.place(**place.last_attaching_call, **fault)


def test_every_sale_gets_its_pdf_once_and_a_second_night_attaches_nothing(telling: Telling) -> None:
    expected = sorted(f"{row['InvoiceNumber']}.pdf" for row in sales(telling))

    first = telling.night("first")
    calls = sum(1 for _ in telling.chain.bench.calls())
    telling.chain.clock.sleep(86_400)
    again = telling.attach("second")

    assert files(telling) == expected
    assert (first.attached, again) == (len(expected), {})
    assert first.red == ()
    assert sum(1 for _ in telling.chain.bench.calls()) == calls
    assert {row.state for row in rows(telling).values()} == {"attached"}
    assert all(len(row.sha256) == 64 and row.size_bytes > 0 for row in rows(telling).values())


def test_a_lost_answer_is_looked_up_and_not_attached_again(telling: Telling) -> None:
    fault_on_attaching(telling, effect="lost_answer")

    report = telling.night("first")
    lost = [row for row in rows(telling).values() if row.state == "unknown"]
    telling.chain.clock.sleep(86_400)
    telling.night("second")

    assert (len(lost), report.red) == (1, ())
    assert any("unknown" in text for warning in report.warnings for text in warning["warnings"])
    assert len(files(telling)) == len(set(files(telling))) == len(sales(telling))
    assert telling.attached == {"found": 1}


def test_what_may_still_be_under_way_is_not_sent_again_before_the_settle_time(telling: Telling) -> None:
    fault_on_attaching(telling, effect="reset")
    telling.night("first")

    soon = telling.attach("soon")
    telling.chain.clock.sleep(telling.chain.settings.settle_s + 1)
    later = telling.attach("later")

    assert (soon, later) == ({"unknown": 1}, {"attached": 1})
    assert len(files(telling)) == len(sales(telling))


@pytest.mark.parametrize("where", ["attaching", "attached"])
def test_a_worker_that_dies_leaves_nothing_attached_twice(telling: Telling, where: str) -> None:
    def crash(name: str) -> None:
        if name == where:
            raise Crash

    telling.chain.prepare()
    telling.chain.load_until_done()
    telling.chain.checkpoint = crash
    with pytest.raises(Crash):
        telling.attach()
    telling.chain.checkpoint = lambda _name: None
    telling.chain.clock.sleep(86_400)

    telling.attach("second")

    assert len(files(telling)) == len(set(files(telling))) == len(sales(telling))


def test_a_restored_store_finds_what_is_attached(telling: Telling) -> None:
    telling.night("first")
    telling.chain.forget_documents()

    telling.night("second")

    assert telling.attached == {"found": len(sales(telling))}
    assert len(files(telling)) == len(sales(telling))


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
    exact: Telling, content: bytes | None, state: str, why: str
) -> None:
    name = place_in_source(exact, content)

    report = exact.night("first")
    stands = rows(exact)[name]
    exact.chain.source_emulator.documents.files.clear()
    exact.chain.clock.sleep(86_400)
    second = exact.night("second")

    assert (stands.state, stands.why) == (state, why)
    assert [warning["warnings"] for warning in report.warnings] == [[f"PDF {state}: {why}"]]
    assert (report.red, report.parked, report.difference) == ((), 0, 0)
    assert (second.attached, second.warnings) == (1, ())
    assert len(files(exact)) == len(sales(exact))


def test_what_the_package_refuses_leaves_the_booking_and_the_other_files_alone(telling: Telling) -> None:
    body = '{"error":{"message":{"value":"Niet toegestaan: Bijlage"}},"externalMessage":"Bijlage te groot"}'
    fault_on_attaching(telling, effect="status", status=500, body=body)

    report = telling.night()

    assert telling.attached == {"attached": len(sales(telling)) - 1, "refused": 1}
    assert (report.booked, report.red, report.difference) == (COUNT, (), 0)


def test_a_right_that_is_missing_fails_the_step_and_nothing_else(telling: Telling) -> None:
    bench(telling.chain).shut_files()
    telling.chain.prepare()
    telling.chain.load_until_done()

    with pytest.raises(ConfigurationError):
        telling.attach()
    report = telling.chain.conclude()

    assert (report.booked, report.difference, report.red) == (COUNT, 0, ())
    assert {row.state for row in rows(telling).values()} <= {"pending"}


def test_a_source_that_cannot_be_reached_fails_the_step_and_is_caught_up(telling: Telling) -> None:
    telling.chain.prepare()
    telling.chain.load_until_done()
    fault = {"method": "GET", "path": "*/pdf", "effect": "status", "status": 503, "times": 1}
    requests.Session().post(f"{telling.chain.source_server.url}/_emulator/faults", json=fault, timeout=10)

    with pytest.raises(TemporaryFailure):
        telling.attach()

    assert telling.attach() == {"attached": len(sales(telling))}


def test_files_give_way_to_the_reserve_of_calls(exact: Telling, monkeypatch: pytest.MonkeyPatch) -> None:
    exact.chain.prepare()
    exact.chain.load_until_done()
    used = sum(1 for _ in exact.chain.bench.calls())
    exact.chain.bench.control("limits", {"scale": 1})
    # All but the reserve of the day is used: 3500 calls less those that were made.
    with exact.chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE budget SET used = 3500 WHERE window_s = 86400"))

    def frugal(lease: Any) -> Any:
        del lease
        counted = BudgetStore(engine=exact.chain.engine, now=exact.chain.now)
        return exact.chain.bench.hook(budget=Budget(counted, exact.chain.clock, is_backfill=True))

    monkeypatch.setattr(exact.chain, "hook", frugal)

    assert exact.attach() == {"left": len(sales(exact))}
    assert sum(1 for _ in exact.chain.bench.calls()) == used
    assert rows(exact) == {}


def test_nothing_is_attached_while_sending_is_stopped(exact: Telling) -> None:
    exact.chain.prepare()
    exact.chain.load_until_done()
    with exact.chain.engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO sending_stop VALUES ('*', now(), 'somebody', 'a look')"))

    assert exact.attach() == {"left": len(sales(exact))}
    assert files(exact) == []


def test_a_user_who_does_not_see_what_was_attached_attaches_no_more(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = opened(store_url, "afas_nl", monkeypatch)
    telling.chain.bench.switch(hidden_rows="Profit_Subjects")
    telling.chain.prepare()
    telling.chain.load_until_done()

    with pytest.raises(ConfigurationError, match="does not see it"):
        telling.attach()

    assert len(files(telling)) == 1
    telling.chain.close()

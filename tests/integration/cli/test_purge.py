"""The command and the task that purge, and what `where` says of a purged document afterwards."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from finance_hooks.cli.__main__ import main
from finance_hooks.operators.keep_store import KeepStoreOperator
from finance_hooks.posting.keep import keep
from finance_hooks.store.provenance import find_provenance
from tests.integration.chain.chain import Chain
from tests.integration.chain.keeping import COUNT, purge, rows
from tests.integration.cli.store_connection import store_connection


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "exact_nl", monkeypatch)
    chain.generate(COUNT)
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, keep_years="2"))
    yield chain
    chain.close()


def test_where_says_since_when_the_body_is_gone(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    chain.night()
    (found, *_) = rows(chain, "SELECT reference FROM posting")
    keep(chain.engine, purge())

    assert main(["where", found.reference]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert main(["where", found.reference, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)

    with chain.engine.begin() as connection:
        (known,) = find_provenance(connection, found.reference)
    assert known.purged_at is not None
    assert f"the document as received was purged on {known.purged_at:%Y-%m-%d}" in shown
    assert (told["source"], told["purged_at"]) == (None, str(known.purged_at))
    assert [one["name"] for one in told["history"]][-1] == "booked"
    assert told["legs"]


def test_purge_is_an_event_with_who_why_and_how_much(chain: Chain) -> None:
    chain.night()

    keep(chain.engine, purge(years=3))

    (noted,) = rows(chain, "SELECT run_id, detail FROM event WHERE name = 'purged'")
    assert noted.run_id == "purge"
    assert noted.detail == {
        "who": "Anja",
        "why": "kept long enough",
        "years": {"*": 3},
        "on": "2040-01-02",
        "documents": COUNT,
        "versions": COUNT,
        "postings": COUNT,
    }


def test_command_says_what_would_go_then_purges_it_and_then_nothing_is_due(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.night()
    with chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE document SET document_date = document_date - 4000"))
    capsys.readouterr()

    assert main(["purge", "--dry-run", "--json"]) == 0
    previewed = json.loads(capsys.readouterr().out)
    assert main(["purge", "--dry-run"]) == 0
    assert f"would purge {COUNT} documents" in capsys.readouterr().out
    assert main(["purge", "--json", "--by", "Bo"]) == 0
    purged = json.loads(capsys.readouterr().out)
    assert main(["purge", "--json"]) == 1

    assert (previewed["dry_run"], previewed["purged"]["documents"], previewed["kept"]) == (True, COUNT, {})
    assert (purged["dry_run"], purged["purged"]["documents"]) == (False, COUNT)
    assert [row.detail["who"] for row in rows(chain, "SELECT detail FROM event WHERE name = 'purged'")] == [
        "Bo"
    ]


def test_task_purges_by_the_years_of_the_connection(chain: Chain) -> None:
    chain.night()
    with chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE document SET document_date = document_date - interval '3 years'"))
    task = KeepStoreOperator(task_id="keep_store")
    context: Any = {"run_id": "monthly", "ti": type("Instance", (), {"dag_id": "keep_store"})}

    assert task.execute(context)["documents"] == COUNT
    assert task.execute(context).get("documents", 0) == 0

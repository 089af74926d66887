"""The tasks beside the bookings open their own way out, and make no call where there is nothing to do."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest
from cryptography.fernet import Fernet

from finance_hooks.operators.attach import AttachFilesOperator
from finance_hooks.operators.resources import Resources
from finance_hooks.operators.write_back import TellSourceOperator
from tests.integration.chain.attaching import COUNT, bench, files, opened, sales
from tests.integration.chain.telling import Telling
from tests.integration.cli.store_connection import store_connection

CONTEXT = cast(
    "Any",
    {"ti": SimpleNamespace(dag_id="sync_afas_nl"), "dag_run": SimpleNamespace(run_type="scheduled")},
)


@pytest.fixture
def booked(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Telling]:
    booked = opened(store_url, "afas_nl", monkeypatch)
    booked.mode = "batch"
    booked.source()  # lays down the connection in this mode
    conn_id = booked.chain.administration.target_conn_id.upper()
    monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id}", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    monkeypatch.setenv(
        "AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=Fernet.generate_key().decode())
    )
    booked.chain.prepare()
    booked.chain.load_until_done()
    yield booked
    booked.chain.close()


def test_files_are_attached_by_the_task_and_by_no_second_one(booked: Telling) -> None:
    task = AttachFilesOperator(task_id="attach", sync_id="afas_nl")
    resources = Resources(booked.chain.administration)

    counts = task.step(booked.chain.work("night"), resources, CONTEXT)
    again = task.step(booked.chain.work("night"), resources, CONTEXT)

    assert (counts, again) == ({"attached": len(sales(booked))}, {})
    assert len(files(booked)) == len(sales(booked))


def test_a_connection_that_wants_no_files_costs_no_call(booked: Telling) -> None:
    place = bench(booked.chain)
    place.attach_pdfs(wanted=False)
    conn_id = booked.chain.administration.target_conn_id.upper()
    booked.monkeypatch.setenv(f"AIRFLOW_CONN_{conn_id}", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    before = sum(1 for _ in place.calls())

    task = AttachFilesOperator(task_id="attach", sync_id="afas_nl")
    counts = task.step(booked.chain.work("night"), Resources(booked.chain.administration), CONTEXT)

    assert counts == {}
    assert sum(1 for _ in place.calls()) == before


def test_the_source_is_told_by_the_task_and_by_no_second_one(booked: Telling) -> None:
    task = TellSourceOperator(task_id="write_back", sync_id="afas_nl")
    resources = Resources(booked.chain.administration)

    counts = task.step(booked.chain.work("night"), resources, CONTEXT)
    again = task.step(booked.chain.work("night"), resources, CONTEXT)

    assert (counts, again) == ({"accepted": COUNT}, {})
    assert set(booked.statuses().values()) == {"Exported"}


def test_a_source_that_cannot_be_told_is_not_asked(booked: Telling) -> None:
    booked.mode = "none"
    booked.source()

    task = TellSourceOperator(task_id="write_back", sync_id="afas_nl")
    counts = task.step(booked.chain.work("night"), Resources(booked.chain.administration), CONTEXT)

    assert counts == {}
    assert booked.calls("POST", "/exportresults") == []

"""`python -m emulators` as a user starts it."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 20
WRITER_RESTS_S = 1


@contextmanager
def emulators_running(*arguments: str) -> Iterator[tuple[dict[str, str], subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "emulators", "--system", "qubz", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        try:
            assert running.stdout is not None
            yield json.loads(running.stdout.readline()), running
        finally:
            running.kill()


def documents(addresses: dict[str, str]) -> list[dict[str, Any]]:
    answer = requests.get(
        f"{addresses['qubz']}/rest/financeexport/v1/salesinvoices",
        auth=("finance", "finance-secret"),
        timeout=TIMEOUT_S,
    )
    found: list[dict[str, Any]] = answer.json()["Items"]
    return found


def test_it_prints_one_object_serves_the_demo_and_stops_on_sigterm(tmp_path: Path) -> None:
    port_file = tmp_path / "addresses.json"
    with emulators_running("--port-file", str(port_file), "--today", "2026-11-06") as (addresses, running):
        found = documents(addresses)
        running.send_signal(signal.SIGTERM)
        status = running.wait(TIMEOUT_S)

    assert list(addresses) == ["qubz"]
    assert json.loads(port_file.read_text()) == addresses
    assert "2026100123" in {row["InvoiceNumber"] for row in found}
    assert status == 0


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_restart_has_the_same_books(tmp_path: Path, ending: signal.Signals) -> None:
    with emulators_running("--directory", str(tmp_path), "--documents", "5") as (addresses, running):
        changed = requests.patch(
            f"{addresses['qubz']}/rest/financeexport/v1/salesinvoices/900101",
            json={"ExportStatus": "Exported", "ExternalId": "a1", "ExternalNumber": "26700123"},
            auth=("finance", "finance-secret"),
            timeout=TIMEOUT_S,
        )
        before = documents(addresses)
        time.sleep(WRITER_RESTS_S)
        running.send_signal(ending)
        running.wait(TIMEOUT_S)

    with emulators_running("--directory", str(tmp_path), "--documents", "5") as (addresses, _running):
        after = documents(addresses)

    assert changed.status_code == 204
    assert after == before


def test_what_was_answered_by_durable_books_survives_a_kill_at_any_moment(tmp_path: Path) -> None:
    kept = ("--directory", str(tmp_path), "--documents", "300", "--durable")
    with emulators_running(*kept) as (addresses, running):
        for number in range(3):
            changed = requests.patch(
                f"{addresses['qubz']}/rest/financeexport/v1/salesinvoices/900101",
                json={"ExportStatus": "Exported", "ExternalId": f"a{number}", "ExternalNumber": "26700123"},
                auth=("finance", "finance-secret"),
                timeout=TIMEOUT_S,
            )
        running.send_signal(signal.SIGKILL)
        running.wait(TIMEOUT_S)

    with emulators_running(*kept) as (addresses, _running):
        after = documents(addresses)

    assert changed.status_code == 204
    assert [row["ExternalId"] for row in after if str(row["Id"]) == "900101"] == ["a2"]

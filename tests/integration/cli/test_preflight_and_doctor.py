"""Commands `preflight` and `doctor`: every administration is looked at, and no package is changed."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from finance_hooks.cli.__main__ import main
from finance_hooks.mapping.folder import MAPPINGS
from tests.contract.chart_hands import Change, hands_of
from tests.integration.chain.chain import Chain
from tests.integration.cli.store_connection import store_connection

SYNC_ID = "afas_nl"
A_MINUTE_S = 60


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, SYNC_ID, monkeypatch)
    # The commands live by the machine's clock, and so must the periods of the books.
    emulator = chain.bench.server.emulator
    emulator.clock.set(datetime.now(UTC))
    emulator.clear()
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=key))
    monkeypatch.setenv("AIRFLOW_CONN_AFAS_NL", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    yield chain
    chain.close()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, Any]:
    capsys.readouterr()
    code = main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    capsys.readouterr()
    main(list(arguments))
    return capsys.readouterr().out


def change(chain: Chain, part: str, code: str, what: Change) -> None:
    administration = chain.administration
    act = hands_of(administration.target)
    emulator = chain.bench.server.emulator
    assert act(emulator, administration.target_administration, part, code, what)


def health(findings: list[dict[str, str]]) -> dict[str, str]:
    return {one["name"]: one["health"] for one in findings}


def changes_of_the_package(chain: Chain) -> list[str]:
    return [
        call["path"]
        for call in chain.bench.calls()
        if call["method"] == "POST" and "FiEntries" in call["path"]
    ]


@pytest.mark.usefixtures("chain")
def test_preflight_of_tables_that_fit_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, (told,) = run(capsys, "preflight", SYNC_ID)

    assert (code, told["faults"], told["error"]) == (0, [], None)
    assert told["conditions"] > 0
    assert said(capsys, "preflight", SYNC_ID) == "afas_nl: 0 faults\n"


def test_preflight_names_file_line_and_remedy_of_every_fault_and_keeps_them(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    change(chain, "journals", "80", Change.BLOCK)
    change(chain, "vat_codes", "3", Change.DELETE)

    code, (told,) = run(capsys, "preflight", SYNC_ID, "--language", "en")

    assert code == 1
    assert [(one["code"], one["file"], one["line"], one["value"]) for one in told["faults"]] == [
        ("code_blocked", "afas/journals.csv", 8, "80"),
        ("code_unknown", "afas/vat_codes.csv", 4, "3"),
    ]
    assert told["faults"][0]["sentence"].endswith("correct the row or unblock the code in the package.")
    assert "afas_nl: 2 faults\n  - afas/journals.csv, regel 8" in said(capsys, "preflight", SYNC_ID)
    with chain.engine.begin() as connection:
        kept = connection.execute(sa.text("SELECT sync_id, faults FROM preflight")).one()
    assert (kept.sync_id, len([one for one in kept.faults if one["code"].startswith("code_")])) == (
        SYNC_ID,
        2,
    )


@pytest.mark.usefixtures("chain")
def test_administration_that_cannot_be_read_hides_no_other(capsys: pytest.CaptureFixture[str]) -> None:
    code, told = run(capsys, "preflight", "nobody", SYNC_ID)

    assert code == 2
    assert told[0]["error"] == "administrations.csv has no row nobody."
    assert (told[1]["administration"], told[1]["error"]) == (SYNC_ID, None)
    assert "nobody: not checked: " in said(capsys, "preflight", "nobody")


def test_doctor_finds_everything_in_order_within_a_minute_and_changes_nothing(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.perf_counter()
    code, (told,) = run(capsys, "doctor", SYNC_ID)

    assert time.perf_counter() - started < A_MINUTE_S
    assert (code, told["wrong"]) == (0, False), told
    assert list(health(told["findings"])) == [
        "store",
        "installation",
        "mapping tables",
        "source",
        "connection, token, rights",
        "limits left",
        "administration",
        "period of today",
        "journals",
        "preflight",
    ]
    assert changes_of_the_package(chain) == []
    with chain.engine.begin() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM preflight")).scalar_one() == 0


def test_doctor_says_what_is_wrong_and_what_to_do(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    change(chain, "journals", "80", Change.BLOCK)

    code, (told,) = run(capsys, "doctor", SYNC_ID)

    assert (code, told["wrong"]) == (1, True)
    assert health(told["findings"])["journals"] == "wrong"
    assert health(told["findings"])["period of today"] == "ok"
    assert "afas_nl\n  ok      store: " in said(capsys, "doctor", SYNC_ID)


def test_doctor_names_a_right_that_is_missing(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    chain.bench.place(
        method="GET", path="*/connectors/Profit_Journals", effect="status", status=401, times=None
    )

    code, (told,) = run(capsys, "doctor", SYNC_ID)

    wrong = next(one for one in told["findings"] if one["health"] == "wrong")
    assert code == 1
    assert wrong["name"].startswith("connection")
    assert "Profit_Journals" in wrong["said"]


@pytest.mark.usefixtures("chain")
def test_doctor_says_that_a_row_is_wrong_or_missing(capsys: pytest.CaptureFixture[str]) -> None:
    code, (told,) = run(capsys, "doctor", "nobody")

    assert code == 1
    assert told["findings"][0]["said"] == "administrations.csv has no row nobody."


@pytest.mark.usefixtures("chain")
def test_doctor_of_all_names_the_row_that_belongs_to_no_administration(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "mappings"
    shutil.copytree(MAPPINGS, folder)
    monkeypatch.setenv("FINANCE_MAPPINGS", str(folder))
    _, whole = run(capsys, "doctor")
    with (folder / "qubz" / "article_accounts.csv").open("a", encoding="utf-8") as articles:
        articles.write("300O,LED,,8000,\n")

    code, broken = run(capsys, "doctor")

    assert [(one["administration"], one["wrong"]) for one in (whole[-1], broken[-1])] == [
        ("*", False),
        ("*", True),
    ]
    (files,) = broken[-1]["findings"]
    assert (code, files["name"]) == (1, "mapping files")
    assert "300O: organisation 300O has no row in administrations.csv" in files["quoted"]
    # None of them would stop for it.
    tables = [health(one["findings"]).get("mapping tables") for one in broken[:-1]]
    assert "wrong" not in tables


@pytest.mark.usefixtures("chain")
def test_doctor_says_that_sending_is_stopped(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "stop", SYNC_ID, "--why", "jaarafsluiting", "--by", "Anja")

    _, (told,) = run(capsys, "doctor", SYNC_ID)

    installation = next(one for one in told["findings"] if one["name"] == "installation")
    assert "sending is stopped by Anja: jaarafsluiting" in installation["said"]


def test_doctor_says_that_the_store_lacks_migrations(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    with chain.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0003'"))

    code, (told,) = run(capsys, "doctor", SYNC_ID)

    assert code == 1
    assert [(one["name"], one["health"]) for one in told["findings"]] == [("store", "wrong")]


@pytest.mark.usefixtures("chain")
def test_doctor_speaks_dutch_when_asked_to(capsys: pytest.CaptureFixture[str]) -> None:
    code, (told,) = run(capsys, "doctor", SYNC_ID, "--language", "nl")
    shown = said(capsys, "doctor", SYNC_ID, "--language", "nl")

    assert code == 0
    assert health(told["findings"])["period of today"] == "ok"
    assert "goed    store: antwoordt en heeft elke migratie" in shown
    assert "goed    mappingtabellen: hun bestanden zijn in orde" in shown
    assert "goed    verbinding, token, rechten: de verbinding werkt. Gevonden, in het Engels: AFAS" in shown


def test_doctor_says_in_dutch_what_is_wrong_and_what_to_do(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    change(chain, "journals", "80", Change.BLOCK)

    shown = said(capsys, "doctor", SYNC_ID, "--language", "nl")
    nobody = said(capsys, "doctor", "nobody", "--language", "nl")

    assert "fout    dagboeken: 1 fouten. afas/journals.csv, regel 8" in shown
    assert "hier gaat iets mis. De melding, in het Engels: administrations.csv has no row nobody." in nobody

"""The command `plan` says what the next run would do, in every format, and changes nothing."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from finance_hooks.cli.__main__ import main
from finance_hooks.operators.plan_files import keep_plan
from finance_hooks.posting.planned import Place
from tests.integration.chain.chain import Chain
from tests.integration.cli.store_connection import store_connection
from tests.integration.plan.comparing import Comparison

COUNT = 6


@pytest.fixture
def afas(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Comparison]:
    chain = Chain(store_url, "afas_nl", monkeypatch)
    monkeypatch.setenv(
        "AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=Fernet.generate_key().decode())
    )
    monkeypatch.setenv("AIRFLOW_CONN_AFAS_NL", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    monkeypatch.setenv("COLUMNS", "250")
    chain.generate(COUNT)
    yield Comparison(chain)
    chain.close()


def dates(chain: Chain) -> list[str]:
    return ["--from", f"{chain.today:%Y}-01-01", "--to", str(chain.today)]


def test_json_tells_what_the_night_does(afas: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["plan", "afas_nl", *dates(afas.chain), "--json"])
    (told,) = json.loads(capsys.readouterr().out)
    afas.plan()
    night = afas.night()

    assert code == 0
    assert told["places"]["would_book"] == len(night.sent) == COUNT
    assert told["calls"]["count"] == night.calls
    assert told["books_why_not"] is None
    assert {line["reference"] for line in told["lines"]} == {entry.reference for entry in night.sent.values()}


def test_csv_and_tables_tell_the_same(afas: Comparison, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["plan", "afas_nl", *dates(afas.chain), "--format"]

    codes = [main([*asked, "csv"])]
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    codes.append(main([*asked, "table"]))
    shown = capsys.readouterr().out

    assert codes == [0, 0]
    assert {row["place"] for row in rows} == {Place.BOOK.value}
    assert journals_shown(shown) == debit_and_credit_by_journal(rows)
    assert afas.chain.states() == {}


def journals_shown(shown: str) -> dict[str, tuple[Decimal, Decimal]]:
    _, _, table = shown.partition("would be booked per journal")
    table, _, _ = table.partition("would be booked per VAT code")
    cells = [re.findall(r"[^│\s]+", row) for row in table.splitlines() if row.startswith("│")]
    return {row[0]: (Decimal(row[-2]), Decimal(row[-1])) for row in cells}


def debit_and_credit_by_journal(rows: list[dict[str, str]]) -> dict[str, tuple[Decimal, Decimal]]:
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for row in rows:
        debit, credit = found.get(row["journal"], (Decimal(), Decimal()))
        found[row["journal"]] = (debit + Decimal(row["debit"]), credit + Decimal(row["credit"]))
    return found


def test_without_asking_the_books_no_call_is_made(
    afas: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["plan", "afas_nl", *dates(afas.chain), "--no-ask-books", "--json"])
    (told,) = json.loads(capsys.readouterr().out)

    assert code == 0
    assert told["books_why_not"] == "this plan was told not to ask them"
    assert told["places"]["would_book"] == COUNT
    assert told["calls"]["made_by_this_plan"] == 0
    assert list(afas.chain.bench.calls()) == []


def test_books_that_cannot_be_asked_are_named_and_the_plan_goes_by_the_rest(
    afas: Comparison, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_AFAS_NL")

    code = main(["plan", "afas_nl", *dates(afas.chain), "--json"])
    (told,) = json.loads(capsys.readouterr().out)

    assert code == 1
    assert "afas_nl" in told["books_why_not"]
    assert told["places"]["would_book"] == COUNT


def test_administration_that_is_not_there_is_an_error(
    afas: Comparison, capsys: pytest.CaptureFixture[str]
) -> None:
    assert afas.chain.sync_id == "afas_nl"
    assert main(["plan", "nobody", "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["kind"] == "configuration"


def test_plan_is_kept_as_json_and_csv_where_the_environment_says(
    afas: Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FINANCE_PLANS", (tmp_path / "plans").as_uri())

    places = keep_plan(afas.plan(), "nl")

    assert [place.rpartition(".")[2] for place in places] == ["json", "csv"]
    (written,) = (tmp_path / "plans").glob("afas_nl-*.json")
    assert json.loads(written.read_text(encoding="utf-8"))["places"]["would_book"] == COUNT

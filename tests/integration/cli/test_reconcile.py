"""Any period is proved from the command line, and a month gets a statement to sign."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from emulators.audit_file_style import Style
from finance_hooks.cli.__main__ import main
from tests.integration.chain.both_ways import issue_a_year, live_a_year, write_files
from tests.integration.chain.chain import Chain
from tests.integration.cli.store_connection import store_connection

COUNT = 40


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    chain = Chain(store_url, "afas_nl", monkeypatch)
    issue_a_year(chain, COUNT, seed=3)
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=key))
    monkeypatch.setenv("AIRFLOW_CONN_AFAS_NL", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    # An Airflow that this process started for other tests may have mapping files of its own.
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    yield chain
    chain.close()


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    capsys.readouterr()
    assert main(list(arguments)) == code
    return capsys.readouterr().out


def test_period_is_proved_by_the_books_and_by_an_audit_file(
    chain: Chain, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    live_a_year(chain, hands=("by hand",))
    files = write_files(chain, tmp_path, Style(version="4.0"))
    given = [part for path in files for part in ("--audit-file", str(path))]
    before = chain.bench.books()

    by_books = json.loads(
        told(capsys, "reconcile", "afas_nl", "--from", "2026-01", "--to", "2026-12", "--json")
    )
    by_files = json.loads(
        told(capsys, "reconcile", "afas_nl", "--from", "2026-01", "--to", "2026-12", "--json", *given)
    )
    said = told(capsys, "reconcile", "afas_nl", *given)
    rows = list(csv.DictReader(io.StringIO(told(capsys, "reconcile", "afas_nl", "--csv", *given))))

    assert by_books["agrees"]
    assert by_books["difference"] == "0.00"
    assert {name: by_books[name] for name in ("documents", "source_gross", "books_gross")} == {
        name: by_files[name] for name in ("documents", "source_gross", "books_gross")
    }
    assert sum(one["not_ours"] for one in by_books["journals"]) == 1
    assert "afas_nl: agrees" in said
    assert "not ours: " in said
    assert {row["what"] for row in rows} >= {"documents", "gross", "vat", "box_vat", "parties", "not_ours"}
    assert chain.bench.books() == before


def test_difference_is_named_and_gives_exit_code_1(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    worked = live_a_year(chain, hands=("deleted", "another amount"))
    chain.clock.sleep(chain.settings.settle_s + 1)

    said = told(capsys, "reconcile", "afas_nl", "--from", "2026-09", "--to", "2026-12", code=1)

    for document in worked.done:
        assert document in said
    assert "afas_nl: DIFFERS" in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--from", "october"), "is no month (2026-10), day (2026-10-31) or fiscal period (2026/10)"),
        (("--from", "2026-13"), "is no month"),
        (("--to", "2026-10"), "Say from where on too, with --from."),
        (("--from", "2026-10", "--to", "2026/9"), "not one of each"),
        (("--from", "2026-10", "--to", "2026-09"), "2026-09 lies before 2026-10."),
    ],
)
def test_span_that_is_none_is_said(
    chain: Chain, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    assert chain.sync_id == "afas_nl"
    capsys.readouterr()

    assert main(["reconcile", "afas_nl", *asked]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_statement_of_a_month_is_written_and_remembered(
    chain: Chain, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    live_a_year(chain)
    told(capsys, "hold", _parked(chain), "--why", "klant belt morgen", "--by", "Anja")

    asked = ["2026-10", "--out", str(tmp_path), "--by", "Els", "--language", language]
    said = told(capsys, "statement", "afas_nl", *asked, code=1)

    assert "afas_nl 2026-10: DIFFERS" in said
    pdf = (tmp_path / "statement-afas_nl-2026-10.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    figures = (tmp_path / "statement-afas_nl-2026-10.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(figures.decode("utf-8-sig"))))
    assert {row["what"] for row in rows} >= {"documents", "gross", "box_base", "parked", "decision held"}
    with chain.engine.begin() as connection:
        (kept,) = connection.execute(sa.text("SELECT * FROM statement")).all()
    assert (kept.made_by, kept.agrees, str(kept.month)) == ("Els", False, "2026-10-01")
    if out := os.environ.get("KEEP_STATEMENTS"):
        (Path(out) / f"{language}.pdf").write_bytes(pdf)


def _parked(chain: Chain) -> str:
    chosen = sa.text(
        "SELECT d.number FROM posting p JOIN document d USING (document_id)"
        " WHERE p.state = 'parked' AND d.number IS NOT NULL"
        " AND d.document_date BETWEEN '2026-10-01' AND '2026-10-31'"
        " ORDER BY p.posting_id LIMIT 1"
    )
    with chain.engine.begin() as connection:
        return str(connection.execute(chosen).scalar_one())

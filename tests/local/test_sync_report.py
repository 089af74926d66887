import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from local.airflow_api import TaskState
from local.sync import failures
from local.sync_report import (
    AdministrationReport,
    complaints,
    print_report,
    report_file,
    summary,
    write_report,
)


def journal(difference: str) -> dict[str, str | int]:
    return {
        "journal": "70",
        "fiscal_year": 2026,
        "period": 11,
        "documents": 5,
        "source_gross": "121.00",
        "books_gross": "121.00",
        "debit": "121.00",
        "credit": "121.00",
        "difference": difference,
        "not_ours": 3,
    }


def administration(sync_id: str = "100_nl") -> AdministrationReport:
    return {
        "sync_id": sync_id,
        "organisation": "100",
        "target": "exactonline",
        "country": "NL",
        "target_administration": "123456",
        "documents": 7,
        "booked": 4,
        "already_booked": 1,
        "parked": 1,
        "waiting": 1,
        "unknown": 0,
        "delivered": 0,
        "before_start": 2,
        "not_ours": 3,
        "source_gross": "121.00",
        "books_gross": "121.00",
        "parked_gross": "60.50",
        "difference": "0.00",
        "reasons": [
            {
                "document": "sales invoice V-17",
                "codes": ["vat_code_unmapped"],
                "sentences": ["Btw-code [X9] heeft geen regel."],
            }
        ],
        "journals": [journal("0.00")],
        "findings": [],
        "warnings": [],
        "moved": [],
        "corrections": [],
    }


def test_run_with_parked_and_waiting_documents_is_right() -> None:
    assert complaints([administration()], expected=["100_nl"]) == []


def test_red_conclude_alone_is_no_failure() -> None:
    tasks = [
        TaskState(dag_id="sync_100_nl", task_id="load", state="success"),
        TaskState(dag_id="sync_100_nl", task_id="conclude", state="failed"),
    ]

    assert failures(tasks) == []


@pytest.mark.parametrize("state", ["failed", "upstream_failed"])
def test_failed_stage_makes_the_run_wrong(state: str) -> None:
    assert failures([TaskState(dag_id="sync_100_nl", task_id="extract", state=state)]) == [
        f"sync_100_nl: task extract is {state}"
    ]


def test_document_without_an_outcome_makes_the_run_wrong() -> None:
    row = administration() | {"documents": 8}

    assert complaints([row], expected=[]) == ["100_nl: 8 documents, 7 accounted for"]


def test_unknown_outcome_makes_the_run_wrong() -> None:
    row = administration() | {"unknown": 1, "waiting": 0}

    assert complaints([row], expected=[]) == ["100_nl: the outcome of 1 documents is unknown"]


@pytest.mark.parametrize("difference", ["0.01", "-0.01"])
def test_one_cent_makes_the_run_wrong(difference: str) -> None:
    row = administration() | {"difference": difference}

    assert complaints([row], expected=[]) == [f"100_nl: source and books differ by {difference}"]


def test_journals_that_differ_in_opposite_ways_make_the_run_wrong() -> None:
    row = administration()
    row["journals"] = [journal("5.00"), journal("-5.00")]

    assert complaints([row], expected=[]) == [
        "100_nl: journal 70 differs by 5.00",
        "100_nl: journal 70 differs by -5.00",
    ]


def test_administration_without_a_report_makes_the_run_wrong() -> None:
    assert complaints([administration()], expected=["100_nl", "200_be"]) == ["200_be: there is no report"]


def test_opposite_differences_do_not_cancel_out() -> None:
    rows = [administration() | {"difference": "1.00"}, administration("200_be") | {"difference": "-1.00"}]

    assert report_file(rows, seconds=1)["difference"] == "2.00"


def test_file_holds_the_totals_and_the_agreed_fields(tmp_path: Path) -> None:
    path = tmp_path / "sync-report.json"

    write_report(path, report_file([administration(), administration("200_be")], seconds=12.34))

    report = json.loads(path.read_text(encoding="utf-8"))
    rows = report.pop("administrations")
    assert report == {
        "seconds": 12.3,
        "documents": 14,
        "booked": 8,
        "already_booked": 2,
        "parked": 2,
        "waiting": 2,
        "unknown": 0,
        "delivered": 0,
        "difference": "0.00",
    }
    assert [row["sync_id"] for row in rows] == ["100_nl", "200_be"]
    assert set(rows[0]) == set(administration()) - {"journals", "warnings"}


def test_printed_report_names_each_parked_document_with_its_reasons() -> None:
    console = Console(file=io.StringIO(), record=True, width=200)

    print_report([administration()], console=console)

    printed = console.export_text()
    assert "sales invoice V-17" in printed
    assert "Btw-code [X9] heeft geen regel." in printed
    assert "121.00" in printed


def test_second_run_says_that_it_booked_nothing() -> None:
    row = administration() | {"booked": 0, "already_booked": 5}

    assert summary(report_file([row], seconds=1)) == "Nothing new to book: 5 documents were booked before."


def test_moved_and_corrected_documents_are_printed() -> None:
    row = administration()
    row["moved"] = [{"document": "V-17", "from": "2026-09-30", "to": "2026-10-01"}]
    row["corrections"] = [{"document": "V-18", "purpose": "reverse", "n": 1, "place": "booked"}]
    console = Console(file=io.StringIO(), record=True, width=200)

    print_report([row], console=console)

    printed = console.export_text()
    assert "moved: V-17 2026-09-30 -> 2026-10-01" in printed
    assert "correction: V-18 reverse 1, booked" in printed

"""A document that uses a faulty row gets the fault as its reason and loses its entry; others keep theirs."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.mapping.map_documents import MappedDocument
from finance_hooks.model.document import Document
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.preflight_fault import FaultCode, PreflightFault
from finance_hooks.posting.preflight_reasons import add_faults
from tests.mapping.examples import a_document, a_line, map_all, vat_of, write_folder
from tests.mapping.map_one import a_memorial
from tests.posting.charts import a_chart, checked, code, with_code, without_code

TWO_LINES = a_document(
    [a_line(1, "8010", "40.00"), a_line(2, "8000", "60.00", cost_centre="INZ")], [vat_of("VH21", "21.00")]
)


def mapped(
    folder: Path, document: Document, rows: Mapping[str, Iterable[str]] | None = None
) -> MappedDocument:
    return map_all(write_folder(folder, rows), [document])[0]


def with_faults(folder: Path, document: Document, **changed: Any) -> MappedDocument:
    one = mapped(folder, document)
    return add_faults(one, checked(folder, a_chart(**changed)))


def test_document_that_uses_the_row_is_parked_with_the_fault(tmp_path: Path) -> None:
    found = with_faults(tmp_path, TWO_LINES, **without_code("ledger_accounts", "8000"))

    (reason,) = found.reasons
    assert found.entry is None
    assert found.would_be == mapped(tmp_path, TWO_LINES).entry
    assert (reason.code, reason.line, reason.field, reason.value) == (
        ReasonCode.CODE_REFUSED,
        2,
        "target_account",
        "8000",
    )
    assert reason.detail == "books/ledger_accounts.csv:9: the package does not know this code"


def test_detail_of_a_fault_stands_in_the_reason(tmp_path: Path) -> None:
    found = with_faults(
        tmp_path, TWO_LINES, **with_code("ledger_accounts", code("8000", unusable_why="a project"))
    )

    assert (found.reasons[0].detail or "").endswith("cannot book on this account: a project")


def test_document_that_does_not_use_the_row_keeps_its_entry(tmp_path: Path) -> None:
    found = with_faults(tmp_path, TWO_LINES, **without_code("ledger_accounts", "8020"))

    assert found == mapped(tmp_path, TWO_LINES)


def test_document_that_is_parked_already_gets_the_fault_too(tmp_path: Path) -> None:
    document = a_document([a_line(1, "8999", "60.00", cost_centre="INZ"), a_line(2, "8000", "40.00")])

    found = with_faults(tmp_path, document, **without_code("cost_centres", "INZ"))

    assert [(reason.code, reason.line) for reason in found.reasons] == [
        (ReasonCode.LEDGER_ACCOUNT_UNMAPPED, 1),
        (ReasonCode.CODE_REFUSED, None),
    ]


@pytest.mark.parametrize(("on", "parked"), [(date(2026, 7, 31), False), (date(2026, 8, 1), True)])
def test_fault_of_some_dates_parks_the_documents_of_those(tmp_path: Path, on: date, parked: bool) -> None:
    document = a_document(document_date=on)
    ends = code("INZ", valid_until=date(2026, 7, 31))

    found = with_faults(tmp_path, document, **with_code("cost_centres", ends))

    assert (found.entry is None) is parked


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ({"needs_cost_centre": True}, None),
        ({"takes_cost_centre": False}, 2),
        ({"takes_vat": False}, 2),
    ],
)
def test_condition_parks_only_lines_that_break_it(
    tmp_path: Path, rule: dict[str, bool], line: int | None
) -> None:
    found = with_faults(tmp_path, TWO_LINES, **with_code("ledger_accounts", code("8000", **rule)))

    assert [reason.line for reason in found.reasons] == ([] if line is None else [line])


def test_line_without_the_cost_centre_that_its_account_requires_parks(tmp_path: Path) -> None:
    found = with_faults(
        tmp_path, TWO_LINES, **with_code("ledger_accounts", code("8010", needs_cost_centre=True))
    )

    assert [(reason.code, reason.line) for reason in found.reasons] == [(ReasonCode.FIELD_REFUSED, 1)]


def test_line_of_a_party_stands_on_the_partys_account(tmp_path: Path) -> None:
    memorial = a_memorial(("1300", "100.00"), ("8000", "-100.00"))
    lines = (memorial.lines[0], memorial.lines[1])
    with_party = a_memorial(("1300", "100.00"), ("8000", "-100.00"))
    object.__setattr__(with_party, "lines", (a_line(1, "1300", "100.00", None, party="10045"), lines[1]))

    changed = with_code("ledger_accounts", code("1300", needs_cost_centre=True))

    assert with_faults(tmp_path, memorial, **changed).entry is None
    assert with_faults(tmp_path, with_party, **changed).entry is not None


def test_administration_of_another_country_parks_everything(tmp_path: Path) -> None:
    (reason,) = with_faults(tmp_path, TWO_LINES, country="BE").reasons

    assert (reason.code, reason.detail) == (
        ReasonCode.TARGET_CONFIGURATION,
        "administrations.csv: the administration in the package is of another country: the package says BE",
    )


def test_closed_period_of_today_parks_nothing_by_itself(tmp_path: Path) -> None:
    assert with_faults(tmp_path, TWO_LINES, periods=()).entry is not None


def test_fault_that_mapping_names_itself_is_not_named_twice(tmp_path: Path) -> None:
    rows = {"qubz/article_accounts.csv": ["100,LED,,8999,"]}
    document = a_document([a_line(1, None, "100.00", article="LED")])
    one = mapped(tmp_path, document, rows)

    found = add_faults(one, checked(tmp_path, a_chart()))

    assert [reason.code for reason in found.reasons] == [ReasonCode.LEDGER_ACCOUNT_UNMAPPED]


def test_row_that_was_corrected_since_is_no_longer_faulty(tmp_path: Path) -> None:
    one = mapped(tmp_path, TWO_LINES)
    stale = PreflightFault(
        code=FaultCode.CODE_UNKNOWN,
        administration="nl",
        file="books/ledger_accounts.csv",
        line=9,
        column="target_account",
        value="8888",
        content="what stood there before",
    )

    assert add_faults(one, [stale]) == one

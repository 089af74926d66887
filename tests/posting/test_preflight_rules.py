"""Every row is held against the chart, and every fault is named with file, line and what stands there."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.preflight_fault import FaultCode
from tests.mapping.examples import ROWS, write_folder
from tests.posting.charts import (
    JUNE,
    PURCHASE,
    SALES,
    a_chart,
    by_code,
    checked,
    code,
    with_code,
    without_code,
)

Found = tuple[FaultCode, str, int | None, str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path)


def found(folder: Path, **changed: Any) -> list[Found]:
    return [(one.code, one.file, one.line, one.value) for one in checked(folder, a_chart(**changed))]


def test_tables_that_fit_have_no_faults(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize(
    ("part", "name", "file", "line"),
    [
        ("journals", "MEM", "books/journals.csv", 7),
        ("ledger_accounts", "1350", "books/ledger_accounts.csv", 3),
        ("ledger_accounts", "1655", "books/vat_codes.csv", 8),
        ("vat_codes", "VH21", "books/vat_codes.csv", 2),
        ("cost_centres", "VERW", "books/cost_centres.csv", 3),
        ("cost_units", "REST", "books/cost_units.csv", 2),
        ("payment_terms", "30", "books/payment_terms.csv", 2),
    ],
)
def test_code_that_is_unknown_or_blocked_is_named(
    folder: Path, part: str, name: str, file: str, line: int
) -> None:
    whole = getattr(a_chart(), part)
    blocked = replace(whole[name], blocked=True)

    # A part that is empty altogether is said to be so.
    assert (FaultCode.CODE_UNKNOWN, file, line, name) in found(folder, **without_code(part, name))
    assert (FaultCode.CODE_BLOCKED, file, line, name) in found(folder, **with_code(part, blocked))


def test_part_that_shows_nothing_at_all_is_a_matter_of_rights(folder: Path) -> None:
    (fault,) = checked(folder, a_chart(payment_terms={}))

    assert fault.detail == "it shows no payment terms at all: check the rights"


def test_part_that_the_package_does_not_list_is_no_fault(folder: Path) -> None:
    unlisted = frozenset({"payment_terms", "periods"})

    assert found(folder, payment_terms={}, periods=(), cost_units=None, unlisted=unlisted) == []


def test_all_faults_are_named_in_one_pass(folder: Path) -> None:
    faults = found(folder, journals={}, cost_centres={}, vat_codes={})

    assert len(faults) == len(ROWS["books/journals.csv"]) + 2 + len(ROWS["books/vat_codes.csv"])


def test_code_that_ends_concerns_the_documents_after_it(folder: Path) -> None:
    ends = code("INZ", valid_until=date(2026, 7, 31))

    (fault,) = checked(folder, a_chart(**with_code("cost_centres", ends)))

    assert (fault.code, fault.dated_from, fault.dated_until) == (
        FaultCode.CODE_BLOCKED,
        date(2026, 8, 1),
        None,
    )


def test_code_that_ends_after_its_row_is_in_order(folder: Path) -> None:
    write_folder(folder, {"books/cost_centres.csv": ["*,INZ,,2026-07-31,INZ,"]})
    ends = code("INZ", valid_until=date(2026, 7, 31))

    assert found(folder, **with_code("cost_centres", ends)) == []


@pytest.mark.parametrize(
    ("serves", "said"),
    [(PURCHASE, "it takes purchase"), (frozenset[EntryKind](), "it takes no entries of ours")],
)
def test_journal_of_the_wrong_kind_is_named(folder: Path, serves: frozenset[EntryKind], said: str) -> None:
    faults = checked(folder, a_chart(**with_code("journals", code("VRK", serves=serves))))

    assert [(one.code, one.line) for one in faults] == [
        (FaultCode.JOURNAL_KIND, 2),
        (FaultCode.JOURNAL_KIND, 3),
    ]
    assert (faults[0].detail or "").startswith(said)


def test_journal_of_an_unknown_kind_is_no_fault(folder: Path) -> None:
    assert found(folder, **with_code("journals", code("VRK"))) == []


def test_journal_that_numbers_itself_is_named(folder: Path) -> None:
    numbering = code("MEM", numbers_itself=True)

    assert found(folder, **with_code("journals", numbering)) == [
        (FaultCode.JOURNAL_NUMBERS_ITSELF, "books/journals.csv", 7, "MEM")
    ]


@pytest.mark.parametrize(("currency", "faults"), [("USD", 1), ("EUR", 0)])
def test_journal_of_another_currency_is_named(folder: Path, currency: str, faults: int) -> None:
    rows = [*ROWS["books/journals.csv"], f"nl,sales_invoice/{currency},,,VRK,"]
    write_folder(folder, {"books/journals.csv": rows})
    euros = code("VRK", serves=SALES, only_currency="EUR")

    named = found(folder, **with_code("journals", euros))

    assert [one[0] for one in named] == [FaultCode.JOURNAL_CURRENCY] * faults


def test_account_on_which_nothing_of_ours_can_be_booked_is_named(folder: Path) -> None:
    (fault,) = checked(
        folder, a_chart(**with_code("ledger_accounts", code("8000", unusable_why="a project")))
    )

    assert (fault.code, fault.detail, fault.is_condition) == (FaultCode.CODE_UNUSABLE, "a project", False)


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"takes_vat": False}, FaultCode.VAT_NOT_ALLOWED),
        ({"takes_cost_centre": False}, FaultCode.COST_CENTRE_NOT_ALLOWED),
        ({"needs_cost_centre": True}, FaultCode.COST_CENTRE_REQUIRED),
    ],
)
def test_rule_of_an_account_is_a_condition(folder: Path, rule: dict[str, bool], fault: FaultCode) -> None:
    (one,) = checked(folder, a_chart(**with_code("ledger_accounts", code("8000", **rule))))

    assert (one.code, one.is_condition) == (fault, True)


def test_cost_centre_that_goes_with_no_account_of_the_table_is_named(folder: Path) -> None:
    apart = code("INZ", combines_with=frozenset({"9999"}))
    together = code("INZ", combines_with=frozenset({"8000"}))

    assert found(folder, **with_code("cost_centres", apart)) == [
        (FaultCode.COMBINATION_MISSING, "books/cost_centres.csv", 2, "INZ")
    ]
    assert found(folder, **with_code("cost_centres", together)) == []


def test_account_that_no_cost_centre_of_the_table_goes_with_is_named(folder: Path) -> None:
    centres = by_code(*(code(name, combines_with=frozenset({"8010"})) for name in ("INZ", "VERW")))
    needing = with_code("ledger_accounts", code("8000", needs_cost_centre=True))

    faults = found(folder, cost_centres=centres, **needing)

    assert [one[0] for one in faults] == [FaultCode.COST_CENTRE_REQUIRED, FaultCode.COMBINATION_MISSING]


def test_party_named_in_a_row_must_exist_and_be_of_its_side(folder: Path) -> None:
    rows = [*ROWS["books/parties.csv"], "nl,1,debtor,10045,", "nl,2,creditor,10045,", "nl,3,debtor,999,"]
    write_folder(folder, {"books/parties.csv": rows})

    assert found(folder) == [
        (FaultCode.PARTY_SIDE, "books/parties.csv", 5, "10045"),
        (FaultCode.CODE_UNKNOWN, "books/parties.csv", 6, "999"),
    ]
    assert found(folder, **with_code("parties", code("10045")))[0][0] is FaultCode.CODE_UNKNOWN


def test_article_whose_account_is_not_mapped_is_named(folder: Path) -> None:
    write_folder(folder, {"qubz/article_accounts.csv": ["100,LED,,8999,"]})

    assert found(folder) == [(FaultCode.SOURCE_ACCOUNT_UNMAPPED, "qubz/article_accounts.csv", 2, "8999")]


@pytest.mark.parametrize(
    ("changed", "fault", "value"),
    [
        ({"country": "BE"}, FaultCode.COUNTRY_DIFFERS, "NL"),
        ({"periods": ()}, FaultCode.PERIOD_MISSING, "2026-06-15"),
        ({"periods": (replace(JUNE, is_open=False),)}, FaultCode.PERIOD_CLOSED, "2026-06"),
        (without_code("ledger_accounts", "4990"), FaultCode.CODE_UNKNOWN, "4990"),
    ],
)
def test_administration_itself_is_held_against_the_package(
    folder: Path, changed: dict[str, Any], fault: FaultCode, value: str
) -> None:
    assert found(folder, **changed) == [(fault, "administrations.csv", 2, value)]


def test_package_that_does_not_tell_country_or_closed_periods_is_no_fault(folder: Path) -> None:
    assert found(folder, country="", periods=(replace(JUNE, is_open=None),)) == []
    assert checked(folder, a_chart(), exchange_difference_account=None) == ()

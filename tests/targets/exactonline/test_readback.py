from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import Period
from finance_hooks.targets.exactonline.readback import read_bookings, write_filters

REFERENCE = "QUX3OSCWJH5"


def row(entry_id: str, number: int, account: str, amount: str, **others: Any) -> dict[str, Any]:
    """Make one line of the ledger as Exact shows it: codes padded, debit positive."""
    return {
        "ID": f"{entry_id}-{number}-{account}",
        "EntryID": entry_id,
        "EntryNumber": 26700042,
        "LineNumber": number,
        "JournalCode": "70",
        "Type": 20,
        "Date": "/Date(1792022400000)/",
        "FinancialYear": 2026,
        "FinancialPeriod": 10,
        "AccountCode": "             10045",
        "YourRef": "F2026-0042",
        "Description": None,
        "GLAccountCode": account,
        "AmountDC": Decimal(amount),
        "AmountFC": Decimal(amount),
        "Currency": "EUR",
        "VATCode": None,
        "VATType": "S",
        "CostCenter": None,
        **others,
    }


SALE = [
    row("a", 1, "80501", "-300", VATCode="4  ", VATType="V", CostCenter="INZ", Description="Lediging"),
    row("a", 2, "16221", "-16.5", VATCode="4  ", VATType="A"),
    row("a", 0, "13011", "316.50000000000006", Description=f"Oktober [{REFERENCE}]"),
]


def test_sale_is_read_with_reference_number_party_and_totals() -> None:
    (booked,) = read_bookings(SALE)

    assert (booked.id, booked.entry_number, booked.journal) == ("a", "26700042", "70")
    assert booked.kind is EntryKind.SALES
    assert booked.references == {REFERENCE}
    assert (booked.number, booked.party) == ("F2026-0042", "10045")
    assert (booked.entry_date, booked.period) == (date(2026, 10, 15), Period(fiscal_year=2026, number=10))
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "EUR",
        Decimal("316.50"),
        Decimal("316.50"),
    )


def test_lines_say_debit_credit_and_which_of_them_are_vat() -> None:
    (booked,) = read_bookings(SALE)

    lines = [
        (each.ledger_account, each.debit, each.credit, each.vat_code, each.is_vat, each.cost_centre)
        for each in booked.lines
    ]
    assert lines == [
        ("13011", Decimal("316.50"), Decimal("0.00"), None, False, None),
        ("80501", Decimal("0.00"), Decimal("300.00"), "4", False, "INZ"),
        ("16221", Decimal("0.00"), Decimal("16.50"), "4", True, None),
    ]


@pytest.mark.parametrize(
    ("transaction_type", "party_amount", "kind", "gross"),
    [
        (20, "121", EntryKind.SALES, "121.00"),
        (21, "-121", EntryKind.SALES, "-121.00"),
        (30, "-121", EntryKind.PURCHASE, "121.00"),
        (31, "121", EntryKind.PURCHASE, "-121.00"),
    ],
)
def test_gross_has_the_sign_of_the_document(
    transaction_type: int, party_amount: str, kind: EntryKind, gross: str
) -> None:
    rows = [
        row("a", 0, "13011", party_amount, Type=transaction_type),
        row("a", 1, "80501", str(-Decimal(party_amount)), Type=transaction_type),
    ]

    (booked,) = read_bookings(rows)

    assert (booked.kind, booked.gross) == (kind, Decimal(gross))


def test_memorial_counts_its_debit_and_has_no_party_or_number() -> None:
    shared: dict[str, Any] = {"Type": 90, "JournalCode": "90", "YourRef": None, "AccountCode": None}
    rows = [
        row("m", 1, "14305", "1250", Description=f"Oktober [{REFERENCE}]", **shared),
        row("m", 2, "80590", "-1250", Description=f"Oktober [{REFERENCE}]", **shared),
    ]

    (booked,) = read_bookings(rows)

    assert booked.kind is EntryKind.MEMORIAL
    assert (booked.gross, booked.party, booked.number) == (Decimal("1250.00"), None, None)
    assert booked.references == {REFERENCE}


def test_foreign_currency_is_read_in_both_currencies() -> None:
    rows = [
        row("a", 0, "13011", "92", AmountFC=Decimal(100), Currency="USD"),
        row("a", 1, "80340", "-92", AmountFC=Decimal(-100), Currency="USD"),
    ]

    (booked,) = read_bookings(rows)

    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "USD",
        Decimal("100.00"),
        Decimal("92.00"),
    )


def test_line_that_comes_on_two_pages_counts_once() -> None:
    (booked,) = read_bookings([*SALE, SALE[2]])

    assert booked.gross == Decimal("316.50")
    assert len(booked.lines) == 3


def test_lines_of_bookings_may_come_mixed() -> None:
    other = [row("b", 0, "13011", "10"), row("b", 1, "80501", "-10")]

    booked = list(read_bookings([SALE[0], other[0], SALE[1], other[1], SALE[2]]))

    assert [(each.id, each.gross) for each in booked] == [("a", Decimal("316.50")), ("b", Decimal("10.00"))]


def test_line_without_its_entry_is_an_error_not_a_gap() -> None:
    broken = dict(SALE[0])
    del broken["EntryID"]

    with pytest.raises(KeyError):
        list(read_bookings([broken]))
    with pytest.raises(ValueError, match="no date"):
        list(read_bookings([SALE[0] | {"Date": None}]))


def test_one_call_covers_all_journals_and_neighbouring_periods() -> None:
    periods = [Period(fiscal_year=2026, number=number) for number in (10, 9, 10)]

    (text,) = write_filters({"70", "O'1"}, periods)

    assert text == (
        "((FinancialYear eq 2026 and FinancialPeriod eq 9) or"
        " (FinancialYear eq 2026 and FinancialPeriod eq 10)) and"
        " (JournalCode eq '70' or JournalCode eq 'O''1')"
    )


def test_many_periods_are_asked_in_several_calls_within_the_address_limit() -> None:
    periods = [
        Period(fiscal_year=year, number=number) for year in (2024, 2025, 2026) for number in range(1, 13)
    ]

    filters = write_filters([f"{number:03}" for number in range(20)], periods)

    assert len(filters) == 2
    assert all(len(text) < 3000 for text in filters)

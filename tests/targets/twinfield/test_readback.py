from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.targets.twinfield.readback import (
    ACCOUNT,
    AMOUNT,
    AMOUNT_IN_BOOKS,
    CURRENCY,
    DATE,
    DESCRIPTION,
    INVOICE_NUMBER,
    JOURNAL,
    NUMBER,
    PERIOD,
    SECOND,
    SECOND_TYPE,
    VAT_CODE,
    Row,
    read_bookings,
)
from tests.targets.twinfield.sample_chart import make_chart

REFERENCE = "QUX3OSCWJH5"


def row(number: str, line: int, account: str, amount: str, **others: str) -> Row:
    """Make one line of the ledger as Twinfield shows it: debit positive."""
    return {
        PERIOD: "2026/10",
        JOURNAL: "VRK",
        NUMBER: number,
        DATE: "20261015",
        CURRENCY: "EUR",
        ACCOUNT: account,
        AMOUNT: amount,
        AMOUNT_IN_BOOKS: amount,
        INVOICE_NUMBER: "F2026-0042",
        "line": str(line),
        **others,
    }


def party(code: str) -> dict[str, str]:
    return {SECOND: code, SECOND_TYPE: "DEB" if code.startswith("D") else "CRD"}


SALE = [
    row(
        "1",
        2,
        "8210",
        "-300",
        **{VAT_CODE: "VH", SECOND: "KP10", SECOND_TYPE: "KPL", DESCRIPTION: "Lediging"},
    ),
    row("1", 3, "1530", "-16.50", **{VAT_CODE: "VH"}),
    row("1", 1, "1300", "316.50", **party("D10045"), **{DESCRIPTION: f"Oktober [{REFERENCE}]"}),
]


def read(rows: Sequence[Row], *journals: str) -> list[BookedEntry]:
    return list(read_bookings(rows, journals or {"VRK"}, make_chart()))


def test_sale_is_read_with_reference_number_party_and_totals() -> None:
    (booked,) = read(SALE)

    assert (booked.id, booked.entry_number, booked.journal) == ("VRK/1", "1", "VRK")
    assert booked.kind is EntryKind.SALES
    assert booked.references == {REFERENCE}
    assert (booked.number, booked.party) == ("F2026-0042", "D10045")
    assert (booked.entry_date, booked.period) == (date(2026, 10, 15), Period(fiscal_year=2026, number=10))
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "EUR",
        Decimal("316.50"),
        Decimal("316.50"),
    )


def test_lines_say_debit_credit_and_which_of_them_are_vat() -> None:
    (booked,) = read(SALE)

    assert [
        (
            each.ledger_account,
            each.debit,
            each.credit,
            each.vat_code,
            each.is_vat,
            each.cost_centre,
            each.party,
        )
        for each in booked.lines
    ] == [
        ("1300", Decimal("316.50"), Decimal("0.00"), None, False, None, "D10045"),
        ("8210", Decimal("0.00"), Decimal("300.00"), "VH", False, "KP10", None),
        ("1530", Decimal("0.00"), Decimal("16.50"), "VH", True, None, None),
    ]


@pytest.mark.parametrize(
    ("journal", "relation", "amount", "kind", "gross"),
    [
        ("VRK", "D10045", "121", EntryKind.SALES, "121.00"),
        ("VRK", "D10045", "-121", EntryKind.SALES, "-121.00"),
        ("INK", "C70020", "-121", EntryKind.PURCHASE, "121.00"),
        ("INK", "C70020", "121", EntryKind.PURCHASE, "-121.00"),
    ],
)
def test_gross_has_the_sign_of_the_document(
    journal: str, relation: str, amount: str, kind: EntryKind, gross: str
) -> None:
    rows = [
        row("1", 1, "1300", amount, **party(relation), **{JOURNAL: journal}),
        row("1", 2, "8210", str(-Decimal(amount)), **{JOURNAL: journal}),
    ]

    (booked,) = read(rows, journal)

    assert (booked.kind, booked.gross, booked.party) == (kind, Decimal(gross), relation)


@pytest.mark.parametrize("journal", ["MEMO", "UNKNOWN"])
def test_memorial_counts_its_debit_and_has_no_party_or_number(journal: str) -> None:
    rows = [
        row("1", 1, "1300", "1250", **party("D20007"), **{JOURNAL: journal, DESCRIPTION: f"[{REFERENCE}]"}),
        row("1", 2, "8290", "-1250", **{JOURNAL: journal}),
    ]

    (booked,) = read(rows, journal)

    assert booked.kind is EntryKind.MEMORIAL
    assert (booked.gross, booked.party, booked.number) == (Decimal("1250.00"), None, None)
    assert booked.references == {REFERENCE}
    assert booked.lines[0].party == "D20007"


def test_reference_is_found_in_free_texts_too() -> None:
    (booked,) = read([row("1", 1, "1300", "1", **{"fin.trs.line.freetext2": f"[{REFERENCE}]"})])

    assert booked.references == {REFERENCE}


def test_foreign_currency_is_read_in_both_currencies() -> None:
    rows = [
        row("1", 1, "1300", "100", **party("D40010"), **{AMOUNT_IN_BOOKS: "92", CURRENCY: "USD"}),
        row("1", 2, "8330", "-100", **{AMOUNT_IN_BOOKS: "-92", CURRENCY: "USD"}),
    ]

    (booked,) = read(rows)

    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "USD",
        Decimal("100.00"),
        Decimal("92.00"),
    )
    assert booked.lines[0].debit == Decimal("92.00")


def test_relation_is_told_from_cost_centre_by_the_chart_where_the_type_is_not_shown() -> None:
    rows = [row("1", 1, "1300", "10", **{SECOND: "D99"}), row("1", 2, "8210", "-10", **{SECOND: "KP10"})]

    (booked,) = read(rows)

    assert (booked.party, booked.gross) == ("D99", Decimal("10.00"))
    assert booked.lines[1].cost_centre == "KP10"


def test_entry_without_a_relation_counts_its_first_line() -> None:
    (booked,) = read([row("1", 1, "1300", "10"), row("1", 2, "8210", "-10")])

    assert (booked.party, booked.gross) == (None, Decimal("10.00"))


def test_line_on_a_vat_account_without_a_code_is_no_vat() -> None:
    (booked,) = read([row("1", 1, "1300", "10"), row("1", 2, "1530", "-10")])

    assert [each.is_vat for each in booked.lines] == [False, False]


def test_only_the_journals_asked_for_are_kept_and_a_line_counts_once() -> None:
    other = [row("1", 1, "1100", "5", **{JOURNAL: "BNK"}), row("2", 1, "1300", "7", **{INVOICE_NUMBER: ""})]

    booked = read([*SALE, *other, SALE[0]])

    assert [(each.id, len(each.lines), each.number) for each in booked] == [
        ("VRK/1", 3, "F2026-0042"),
        ("VRK/2", 1, None),
    ]


def test_line_without_its_entry_is_an_error_not_a_gap() -> None:
    broken = {name: text for name, text in SALE[0].items() if name != NUMBER}

    with pytest.raises(KeyError):
        read([broken])
    with pytest.raises(ValueError, match="invalid literal"):
        read([{**SALE[0], DATE: ""}])


def test_account_that_is_new_since_the_chart_was_read_is_kept() -> None:
    chart = replace(make_chart(), ledger_accounts={})

    (booked,) = read_bookings(SALE, {"VRK"}, chart)

    assert [each.ledger_account for each in booked.lines] == ["1300", "8210", "1530"]

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Period
from finance_hooks.targets.accountview.conventions import Conventions, Side
from finance_hooks.targets.accountview.pages import ReadPage
from finance_hooks.targets.accountview.readback import BookYear, kind_of, read_bookings, read_period
from tests.targets.accountview.page_rows import REFERENCE, SALE, header, ledger_row, line
from tests.targets.accountview.sample_company import sample_company

COMPANY = sample_company()
YEAR = BookYear(company=COMPANY, fiscal_year=2026, conventions=Conventions())
PAGE = ReadPage(header=header(), lines=[line()])


def one(pages: list[ReadPage], rows: list[dict[str, Any]], year: BookYear = YEAR) -> BookedEntry:
    (booked,) = read_bookings(year, pages, rows)
    return booked


def legs(booked: BookedEntry) -> list[tuple[str, Decimal, bool]]:
    return [(each.ledger_account, each.debit - each.credit, each.is_vat) for each in booked.lines]


SALE_LEGS = [
    ("1210", Decimal("121.00"), False),
    ("8110", Decimal("-100.00"), False),
    ("1610", Decimal("-21.00"), True),
]


@pytest.mark.parametrize(("pages", "rows"), [([PAGE], SALE), ([PAGE, PAGE], []), ([], SALE)])
def test_sale_is_read_the_same_whether_posted_stored_or_gone_from_the_pages(
    pages: list[ReadPage], rows: list[dict[str, Any]]
) -> None:
    booked = one(pages, rows)

    assert (booked.id, booked.entry_number, booked.journal) == ("2026/VRK/17", "17", "VRK")
    assert booked.kind is EntryKind.SALES
    assert booked.references == {REFERENCE}
    assert (booked.number, booked.party) == ("F2026-0042", "10045")
    assert (booked.entry_date, booked.period) == (date(2026, 10, 15), Period(fiscal_year=2026, number=10))
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "EUR",
        Decimal("121.00"),
        Decimal("121.00"),
    )
    assert legs(booked) == SALE_LEGS
    assert [each.cost_centre for each in booked.lines] == [None, "INZ", None]


def test_ledger_counts_where_page_and_ledger_disagree() -> None:
    rows = [{**SALE[0], "AMOUNT": Decimal("120.99")}, SALE[1], {**SALE[2], "AMOUNT": Decimal("-20.99")}]

    assert one([PAGE], rows).gross == Decimal("120.99")


def test_ledger_whose_credit_is_positive_is_turned_round() -> None:
    turned = [{**row, "AMOUNT": -row["AMOUNT"]} for row in SALE]
    year = BookYear(
        company=COMPANY, fiscal_year=2026, conventions=Conventions(transactions_positive=Side.CREDIT)
    )

    assert legs(one([PAGE], turned, year)) == SALE_LEGS


def test_page_of_amounts_that_include_vat_is_read_without() -> None:
    page = ReadPage(header=header(GROSS_FLG=True), lines=[line(AMOUNT=Decimal(121))])

    assert legs(one([page], [])) == SALE_LEGS


@pytest.mark.parametrize(("side", "sign"), [(Side.DEBIT, 1), (Side.CREDIT, -1)])
def test_stored_purchase_shifts_vat_to_both_sides_whichever_side_is_positive(side: Side, sign: int) -> None:
    page = ReadPage(
        header=header(DJ_CODE="IZF", SUB_NR="70007"),
        lines=[line(ACCT_NR="7110", AMOUNT=100 * sign, VAT_CODE="14", VAT_AMT=21 * sign)],
    )
    year = BookYear(company=COMPANY, fiscal_year=2026, conventions=Conventions(purchase_positive=side))

    booked = one([page], [], year)

    assert booked.kind is EntryKind.PURCHASE
    assert booked.gross == Decimal("100.00")
    assert legs(booked) == [
        ("1510", Decimal("-100.00"), False),
        ("7110", Decimal("100.00"), False),
        ("1620", Decimal("21.00"), True),
        ("1612", Decimal("-21.00"), True),
    ]


def test_memorial_has_neither_number_nor_party_and_its_gross_is_its_debit() -> None:
    page = ReadPage(
        header=header(DJ_CODE="MEM", SUB_NR=None, INV_NR=None),
        lines=[
            line(ACCT_NR="1250", AMOUNT=Decimal("60.50"), VAT_CODE=None, VAT_AMT=0),
            line(ACCT_NR="1210", AMOUNT=Decimal("-60.50"), VAT_CODE=None, VAT_AMT=0, SUB_NR="10045"),
        ],
    )

    booked = one([page], [])

    assert (booked.kind, booked.number, booked.party) == (EntryKind.MEMORIAL, None, None)
    assert booked.gross == booked.gross_in_books == Decimal("60.50")
    assert booked.lines[1].party == "10045"


@pytest.mark.parametrize("posted", [True, False])
def test_foreign_page_is_read_in_its_own_currency_and_in_that_of_the_books(posted: bool) -> None:
    page = ReadPage(
        header=header(DJ_CODE="VRV", CUR_CODE="USD", CUR_AMT=Decimal("1000.00")),
        lines=[line(ACCT_NR="8330", AMOUNT=920, VAT_CODE="7", VAT_AMT=0, CUR_AMT=1000)],
    )
    usd = {"DJ_CODE": "VRV", "CUR_CODE": "USD"}
    rows = [
        ledger_row("1210", "920.00", CUR_AMT=1000, **usd),
        ledger_row("8330", "-920.00", CUR_AMT=-1000, **usd),
    ]

    booked = one([page], rows if posted else [])

    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        "USD",
        Decimal("1000.00"),
        Decimal("920.00"),
    )


def test_code_of_vat_that_is_gone_from_the_chart_makes_no_leg() -> None:
    page = ReadPage(header=header(DJ_CODE="XXX"), lines=[line(VAT_CODE="99")])

    booked = one([page], [])

    assert [account for account, _, _ in legs(booked)] == ["", "8110"]


@pytest.mark.parametrize(
    ("journal", "party", "kind"),
    [
        ("VRK", None, EntryKind.SALES),
        ("INK", "10045", EntryKind.PURCHASE),
        ("VRX", "10045", EntryKind.SALES),
        ("VRX", "70007", EntryKind.PURCHASE),
        ("VRX", "99002", EntryKind.SALES),
        ("VRX", None, EntryKind.MEMORIAL),
        ("???", "nobody", EntryKind.MEMORIAL),
    ],
)
def test_kind_is_that_of_the_journal_else_told_by_the_relation(
    journal: str, party: str | None, kind: EntryKind
) -> None:
    assert kind_of(COMPANY, journal, party) is kind


@pytest.mark.parametrize(
    ("value", "number"), [(10, 10), (Decimal("10.0"), 10), ("26010", 10), (26001, 1), (0, 0)]
)
def test_period_is_read_whether_or_not_it_names_its_year(value: object, number: int) -> None:
    assert read_period(value) == number


def test_page_without_a_date_is_no_answer() -> None:
    with pytest.raises(ValueError, match="no date"):
        one([ReadPage(header=header(TRN_DATE=""), lines=[])], [])

"""How a line gets its codes, by the row of its own administration and its document date."""

from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import a_document, a_line, vat_of
from tests.mapping.map_one import MapOne, entry_of, reasons_of, without


@pytest.mark.parametrize(
    ("fields", "account"),
    [
        ({"ledger_account": "8030", "article": "LED"}, "8030"),
        ({"article": "LED", "activity": "HUUR"}, "8020"),
        ({"article": "LED", "activity": "ANDERS"}, "8000"),
        ({"article": "ANDERS", "activity": "HUUR"}, "8010"),
    ],
)
def test_account_comes_from_the_line_else_article_else_activity(
    map_one: MapOne, fields: dict[str, str], account: str
) -> None:
    line = a_line(1, None, "100.00", **fields)

    entry = entry_of(map_one, a_document([line], [vat_of("VH21", "21.00")]))

    assert entry.lines[0].ledger_account == account


def test_line_without_any_account_parks(map_one: MapOne) -> None:
    line = a_line(1, None, "100.00", article="ONBEKEND")

    mapped = map_one(a_document([line], [vat_of("VH21", "21.00")]))

    assert [(reason.code, reason.line, reason.field, reason.value) for reason in mapped.reasons] == [
        (ReasonCode.LEDGER_ACCOUNT_ABSENT, 1, "article", "ONBEKEND")
    ]


@pytest.mark.parametrize(
    ("name", "start", "code"),
    [
        ("books/journals.csv", "nl,sales_invoice", ReasonCode.JOURNAL_UNMAPPED),
        ("books/ledger_accounts.csv", "nl,8000", ReasonCode.LEDGER_ACCOUNT_UNMAPPED),
        ("books/vat_codes.csv", "nl,VH21", ReasonCode.VAT_CODE_UNMAPPED),
        ("books/parties.csv", "*,*,debtor", ReasonCode.PARTY_UNMAPPED),
        ("books/cost_centres.csv", "*,INZ", ReasonCode.COST_CENTRE_UNMAPPED),
        ("books/payment_terms.csv", "*,30", ReasonCode.PAYMENT_TERM_UNMAPPED),
    ],
)
def test_code_without_a_row_parks(map_one: MapOne, name: str, start: str, code: ReasonCode) -> None:
    assert reasons_of(map_one, a_document(), without(name, start)) == [code]


def test_document_that_parks_says_where_its_entry_would_stand(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document())

    no_account = map_one(a_document(), without("books/ledger_accounts.csv", "nl,8000"))
    no_journal = map_one(a_document(), without("books/journals.csv", "nl,sales_invoice"))

    for would_be, journal in ((no_account.would_be, entry.journal), (no_journal.would_be, "")):
        assert (would_be.journal, would_be.fiscal_year, would_be.period) == (
            journal,
            entry.fiscal_year,
            entry.period,
        )


def test_unmapped_cost_unit_parks(map_one: MapOne) -> None:
    line = a_line(1, "8000", "100.00", cost_unit="GLAS")

    assert reasons_of(map_one, a_document([line])) == [ReasonCode.COST_CENTRE_UNMAPPED]


def test_every_missing_code_is_named_once_with_its_first_line(map_one: MapOne) -> None:
    lines = [
        a_line(1, "9001", "10.00", "XX", cost_centre="A"),
        a_line(2, "9002", "10.00", "XX", cost_centre="A"),
        a_line(3, "9001", "10.00", "YY", cost_centre="B"),
    ]

    mapped = map_one(a_document(lines, [vat_of("XX", "0"), vat_of("YY", "0")]))

    assert [(reason.value, reason.line) for reason in mapped.reasons if "unmapped" in reason.code] == [
        ("9001", 1),
        ("XX", 1),
        ("A", 1),
        ("9002", 2),
        ("YY", 3),
        ("B", 3),
    ]


def test_own_row_wins_over_the_row_for_all(map_one: MapOne) -> None:
    rows = {"books/ledger_accounts.csv": ["*,8000,,,111,", "nl,8000,,,222,"]}

    assert entry_of(map_one, a_document(), rows).lines[0].ledger_account == "222"


def test_row_for_all_holds_where_the_own_row_is_not_valid(map_one: MapOne) -> None:
    rows = {"books/ledger_accounts.csv": ["*,8000,,,111,", "nl,8000,2027-01-01,,222,"]}

    assert entry_of(map_one, a_document(), rows).lines[0].ledger_account == "111"


@pytest.mark.parametrize(
    ("on", "account"), [(date(2026, 6, 30), "111"), (date(2026, 7, 1), "222"), (date(2026, 12, 31), "222")]
)
def test_document_date_picks_the_row(map_one: MapOne, on: date, account: str) -> None:
    rows = {"books/ledger_accounts.csv": ["nl,8000,,2026-06-30,111,", "nl,8000,2026-07-01,2026-12-31,222,"]}

    assert entry_of(map_one, a_document(document_date=on), rows).lines[0].ledger_account == account


def test_date_outside_every_range_parks(map_one: MapOne) -> None:
    rows = {"books/ledger_accounts.csv": ["nl,8000,2026-11-01,,111,"]}

    assert reasons_of(map_one, a_document(), rows) == [ReasonCode.LEDGER_ACCOUNT_UNMAPPED]


def test_journal_of_the_currency_wins_over_the_journal_of_the_type(map_one: MapOne) -> None:
    rows = {"books/journals.csv": ["nl,sales_invoice/USD,,,VAL,", "nl,sales_invoice,,,VRK,"]}
    dollars = a_document(currency="USD", exchange_rate=Decimal("0.92"))

    assert entry_of(map_one, dollars, rows).journal == "VAL"
    assert entry_of(map_one, a_document(), rows).journal == "VRK"

"""A document becomes one whole entry in the target's codes, or is parked with every reason."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finance_hooks.mapping import map_documents as map_documents_module
from finance_hooks.model.document import Document, DocumentType, Treatment, VatDirection
from finance_hooks.model.document_warning import WarningCode
from finance_hooks.model.entry import Entry
from finance_hooks.model.keys import make_reference
from finance_hooks.model.money import ZERO
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.conftest import MapOne
from tests.mapping.examples import (
    ADMINISTRATION_ROW,
    ROWS,
    Limits,
    a_document,
    a_line,
    a_party,
    a_vat_code,
    an_organisation,
    map_all,
    some_masters,
    vat_of,
    write_folder,
)

CLOSED = ADMINISTRATION_ROW.replace(",,,park", ",,2026-10-31,park")
NEXT_OPEN = ADMINISTRATION_ROW.replace(",,,park", ",,2026-10-31,next_open")


def without(name: str, start: str) -> dict[str, list[str]]:
    return {name: [row for row in ROWS[name] if not row.startswith(start)]}


def a_memorial(*lines: tuple[str, str], **fields: str) -> Document:
    made = [a_line(number, account, amount, None) for number, (account, amount) in enumerate(lines, start=1)]
    return a_document(made, (), DocumentType.MEMORIAL, **fields)


def entry_of(map_one: MapOne, document: Document, rows: Mapping[str, Iterable[str]] | None = None) -> Entry:
    mapped = map_one(document, rows)
    assert mapped.reasons == ()
    assert mapped.entry is not None
    return mapped.entry


def reasons_of(
    map_one: MapOne, document: Document, rows: Mapping[str, Iterable[str]] | None = None
) -> list[ReasonCode]:
    mapped = map_one(document, rows)
    assert mapped.entry is None
    return [reason.code for reason in mapped.reasons]


def test_entry_carries_everything_of_the_document(map_one: MapOne) -> None:
    document = a_document(g_account_amount=Decimal("40.00"))

    entry = entry_of(map_one, document)

    assert entry.posting_key == str(document.key)
    assert entry.reference == make_reference(str(document.key))
    assert (entry.administration, entry.journal, entry.party) == ("1234567", "VRK", "10045")
    assert (entry.number, entry.currency, entry.rate, entry.payment_term) == ("2026100123", "EUR", None, "30")
    assert (entry.entry_date, entry.due_date) == (date(2026, 10, 31), date(2026, 11, 30))
    assert (entry.fiscal_year, entry.period) == (2026, 10)
    assert (entry.gross, entry.vat, entry.gross_in_books) == (
        Decimal("121.00"),
        Decimal("21.00"),
        Decimal("121.00"),
    )
    assert entry.g_account_amount == Decimal("40.00")


def test_leg_names_its_source_line_and_mapping_rows(map_one: MapOne) -> None:
    line = a_line(7, None, "100.00", article="LED", cost_centre="INZ", cost_unit="REST")

    mapped = map_one(a_document([line], [vat_of("VH21", "21.00")]))

    assert mapped.entry is not None
    leg = mapped.entry.lines[0]
    assert (leg.number, leg.source_lines) == (1, (7,))
    assert (leg.ledger_account, leg.vat_code, leg.vat_account) == ("8000", "VH21", "1650")
    assert (leg.cost_centre, leg.cost_unit, leg.reverse_charge_account) == ("INZ", "REST", None)
    assert leg.mapping_rows == (
        "qubz/article_accounts.csv:2",
        "books/ledger_accounts.csv:9",
        "books/vat_codes.csv:2",
        "books/cost_centres.csv:2",
        "books/cost_units.csv:2",
    )
    assert {"books/journals.csv:2", "books/parties.csv:2", "books/payment_terms.csv:2"} <= set(
        mapped.mapping_rows
    )


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

    assert [(reason.code, reason.line, reason.value) for reason in mapped.reasons] == [
        (ReasonCode.LEDGER_ACCOUNT_ABSENT, 1, "ONBEKEND")
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


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("reduced,,,", "treatment: books/vat_codes.csv:2 says reduced, the source says standard"),
        (",purchase,,", "direction: books/vat_codes.csv:2 says purchase, the source says sales"),
        (",,9,", "rate: books/vat_codes.csv:2 says 9, the source says 21"),
        (",,,BE", "country: books/vat_codes.csv:2 says BE, the source says NL"),
    ],
)
def test_vat_row_at_odds_with_the_source_parks_and_says_why(
    map_one: MapOne, condition: str, named: str
) -> None:
    mapped = map_one(a_document(), {"books/vat_codes.csv": [f"nl,VH21,,,{condition},VH21,,,,"]})

    assert [reason.code for reason in mapped.reasons] == [ReasonCode.VAT_CODE_UNMAPPED]
    assert named in (mapped.reasons[0].detail or "")


def test_row_with_a_rate_needs_a_rate_in_the_source(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8060", "27.60", "VBTN")], [vat_of("VBTN", "0.00")])

    mapped = map_one(document, {"books/vat_codes.csv": ["nl,VBTN,,,,,0,,VBTN,,,,"]})

    assert "the source says nothing" in (mapped.reasons[0].detail or "")


def test_line_charged_at_another_rate_than_its_row_parks(map_one: MapOne) -> None:
    mapped = map_one(a_document([a_line(3, "8000", "100.00", rate=Decimal("9.0"))]))

    assert [(reason.code, reason.line) for reason in mapped.reasons] == [(ReasonCode.VAT_CODE_UNMAPPED, 3)]
    assert "rate: books/vat_codes.csv:2 says 21, the line says 9" in (mapped.reasons[0].detail or "")


def test_empty_conditions_agree_with_anything(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(), {"books/vat_codes.csv": ["nl,VH21,,,,,,,4,,,,"]})

    assert entry.lines[0].vat_code == "4"


def test_one_source_code_can_be_told_apart_by_direction(map_one: MapOne) -> None:
    rows = {"books/vat_codes.csv": ["nl,VERL,,,,sales,,,5,,,,", "nl,VERL,,,,purchase,,,20,,,,"]}
    code = a_vat_code("VERL", Treatment.REVERSE_CHARGE_DOMESTIC, None, "21")
    masters = some_masters(vat_codes={"VERL": code})
    lines, vat = [a_line(1, "8100", "100.00", "VERL")], [vat_of("VERL", "0.00")]

    sale = map_one(a_document(lines, vat), rows, masters=masters)
    bought = map_one(a_document(lines, vat, DocumentType.PURCHASE_INVOICE), rows, masters=masters)

    assert sale.entry is not None
    assert bought.entry is not None
    assert (sale.entry.lines[0].vat_code, bought.entry.lines[0].vat_code) == ("5", "20")


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("VH21", [ReasonCode.VAT_CODE_UNKNOWN]),
        ("XX", [ReasonCode.VAT_CODE_UNMAPPED, ReasonCode.VAT_CODE_UNKNOWN]),
    ],
)
def test_vat_code_unknown_to_the_source_parks(map_one: MapOne, code: str, reasons: list[ReasonCode]) -> None:
    document = a_document([a_line(1, "8000", "100.00", code)], [vat_of(code, "21.00")])

    mapped = map_one(document, masters=some_masters(vat_codes={}))

    assert [reason.code for reason in mapped.reasons] == reasons


def test_invoice_line_without_vat_code_parks(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8000", "100.00", None)], [vat_of("VH21", "0.00")])

    assert reasons_of(map_one, document) == [ReasonCode.FIELD_MISSING]


def test_vat_is_spread_by_largest_remainder(map_one: MapOne) -> None:
    lines = [a_line(number, "8000", "0.05") for number in range(1, 4)]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "0.04")]))

    assert [leg.vat_amount for leg in entry.lines] == [Decimal("0.02"), Decimal("0.01"), Decimal("0.01")]
    assert entry.vat == Decimal("0.04")


def test_code_stated_once_per_rate_is_spread_within_each_rate(map_one: MapOne) -> None:
    rows = {"books/vat_codes.csv": ["nl,VH21,,,,,,,VH21,,,,"]}
    lines = [
        a_line(1, "8000", "100.00", rate=Decimal(9)),
        a_line(2, "8000", "100.00", rate=Decimal(21)),
        a_line(3, "8000", "100.00"),
    ]
    vat = [vat_of("VH21", "9.00", rate="9"), vat_of("VH21", "42.00", rate="21")]

    entry = entry_of(map_one, a_document(lines, vat), rows)

    assert [leg.vat_amount for leg in entry.lines] == [Decimal("9.00"), Decimal("21.00"), Decimal("21.00")]


@pytest.mark.parametrize(
    "vat",
    [
        [vat_of("VH21", "21.00"), vat_of("VL9", "9.00")],
        [vat_of("VH21", "21.00", rate="21"), vat_of("VH21", "21.00", rate="21")],
        [vat_of("VL9", "0.00")],
    ],
)
def test_vat_that_fits_no_line_or_line_without_vat_parks(map_one: MapOne, vat: list[object]) -> None:
    assert reasons_of(map_one, a_document(vat=vat)) == [ReasonCode.VAT_DISAGREES]  # type: ignore[arg-type]


def test_stated_zero_for_no_line_is_nothing(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(vat=[vat_of("VH21", "21.00"), vat_of("VL9", "0.00")]))

    assert entry.vat == Decimal("21.00")


@pytest.mark.parametrize("name", ["total_gross", "total_vat", "total_net"])
def test_total_that_its_lines_do_not_make_parks(map_one: MapOne, name: str) -> None:
    totals: dict[str, Any] = {name: Decimal("99.99")}

    mapped = map_one(a_document(**totals))

    assert [(reason.code, reason.field, reason.value) for reason in mapped.reasons] == [
        (ReasonCode.TOTALS_DISAGREE, name, "99.99")
    ]


def test_fraction_of_a_cent_parks(map_one: MapOne) -> None:
    document = a_document([a_line(1, "8000", "100.005")])

    mapped = map_one(replace(document, total_gross=Decimal("121.01")))

    assert [(reason.code, reason.field) for reason in mapped.reasons] == [
        (ReasonCode.FIELD_UNREADABLE, "amount")
    ]


def test_document_without_lines_parks(map_one: MapOne) -> None:
    document = replace(a_document(), lines=(), vat_amounts=())

    assert reasons_of(map_one, document) == [ReasonCode.FIELD_MISSING]


def test_line_of_nothing_stays(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "100.00"), a_line(2, "8010", "0.00", description="gratis")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "21.00")]))

    assert [(leg.amount, leg.vat_amount) for leg in entry.lines] == [
        (Decimal("100.00"), Decimal("21.00")),
        (ZERO, ZERO),
    ]


def test_credit_keeps_its_negative_amounts(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "-18.75"), a_line(2, "8030", "-0.84")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "-4.11")], DocumentType.SALES_CREDIT_NOTE))

    assert (entry.gross, entry.vat) == (Decimal("-23.70"), Decimal("-4.11"))
    assert [leg.vat_amount for leg in entry.lines] == [Decimal("-3.93"), Decimal("-0.18")]


def test_purchase_uses_the_suppliers_number(map_one: MapOne) -> None:
    document = a_document(
        [a_line(1, "7100", "100.00", "IH21")],
        [vat_of("IH21", "21.00")],
        DocumentType.PURCHASE_INVOICE,
        party="70020",
        supplier_number="VB-77120",
    )

    entry = entry_of(map_one, document)

    assert (entry.number, entry.party, entry.journal) == ("VB-77120", "70020", "INK")


def test_row_of_one_party_wins_over_the_rule(map_one: MapOne) -> None:
    rows = {"books/parties.csv": ["*,*,debtor,{number},", "nl,*,debtor,D{number:0>8},", "*,10045,debtor,X1,"]}

    assert entry_of(map_one, a_document(), rows).party == "X1"
    assert entry_of(map_one, a_document(party="20007"), rows).party == "D00020007"


@pytest.mark.parametrize(
    ("party", "code", "detail"),
    [
        ("55555", ReasonCode.PARTY_UNKNOWN, None),
        ("70020", ReasonCode.PARTY_UNMAPPED, "no debtor number, administration nl"),
        (None, ReasonCode.FIELD_MISSING, None),
    ],
)
def test_party_that_cannot_be_found_parks(
    map_one: MapOne, party: str | None, code: ReasonCode, detail: str | None
) -> None:
    mapped = map_one(a_document(party=party))

    assert [(reason.code, reason.value, reason.detail) for reason in mapped.reasons] == [
        (code, party, detail)
    ]


def test_row_of_its_own_serves_a_party_the_source_does_not_show(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_document(party="55555"), {"books/parties.csv": ["nl,55555,debtor,D5,"]})

    assert (entry.party, entry.description) == ("D5", "2026100123")


def test_memorial_is_debit_minus_credit_and_its_gross_the_sum_of_debit(map_one: MapOne) -> None:
    entry = entry_of(map_one, a_memorial(("1350", "1250.00"), ("8010", "20.00"), ("8090", "-1270.00")))

    assert [leg.amount for leg in entry.lines] == [Decimal("1250.00"), Decimal("20.00"), Decimal("-1270.00")]
    assert (entry.gross, entry.vat, entry.party) == (Decimal("1270.00"), ZERO, None)


def test_unbalanced_memorial_parks(map_one: MapOne) -> None:
    document = a_memorial(("1350", "1250.00"), ("8090", "-1249.99"))

    assert reasons_of(map_one, document) == [ReasonCode.MEMORIAL_UNBALANCED]


@pytest.mark.parametrize(("party", "target"), [("10045", "10045"), ("70020", "70020"), (None, None)])
def test_memorial_line_may_name_a_party(map_one: MapOne, party: str | None, target: str | None) -> None:
    lines = [a_line(1, "1300", "5.00", None, party=party), a_line(2, "8090", "-5.00", None)]

    entry = entry_of(map_one, a_document(lines, document_type=DocumentType.MEMORIAL))

    assert [leg.party for leg in entry.lines] == [target, None]


@pytest.mark.parametrize(
    ("party", "code", "detail"),
    [
        ("20007", ReasonCode.PARTY_UNMAPPED, "debtor or creditor is not said: 20007 or 70007"),
        ("99999", ReasonCode.PARTY_UNMAPPED, "neither debtor nor creditor"),
        ("55555", ReasonCode.PARTY_UNKNOWN, None),
    ],
)
def test_memorial_line_with_an_unclear_party_parks(
    map_one: MapOne, party: str, code: ReasonCode, detail: str | None
) -> None:
    lines = [a_line(1, "1300", "5.00", None, party=party), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL))

    assert [(reason.code, reason.line, reason.detail) for reason in mapped.reasons] == [(code, 1, detail)]


def test_memorial_party_with_one_code_on_both_sides_is_clear(map_one: MapOne) -> None:
    masters = some_masters(parties={"1": a_party("1", "500", "500")})
    lines = [a_line(1, "1300", "5.00", None, party="1"), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL), masters=masters)

    assert mapped.entry is not None
    assert mapped.entry.lines[0].party == "500"


@pytest.mark.parametrize("direction", [VatDirection.SALES, None])
def test_memorial_line_takes_the_direction_of_its_vat_code(
    map_one: MapOne, direction: VatDirection | None
) -> None:
    masters = some_masters(vat_codes={"VH21": a_vat_code("VH21", Treatment.STANDARD, direction, "21")})
    lines = [a_line(1, "8000", "5.00", "VH21"), a_line(2, "8090", "-5.00", None)]

    mapped = map_one(a_document(lines, document_type=DocumentType.MEMORIAL), masters=masters)

    assert (mapped.entry is not None) == (direction is VatDirection.SALES)


def test_foreign_currency_is_told_in_the_currency_of_the_books(map_one: MapOne) -> None:
    document = a_document(
        [a_line(1, "8000", "10.01")], [vat_of("VH21", "2.10")], currency="USD", exchange_rate=Decimal("0.925")
    )

    entry = entry_of(map_one, document)

    assert (entry.currency, entry.rate, entry.gross) == ("USD", Decimal("0.925"), Decimal("12.11"))
    assert entry.gross_in_books == Decimal("11.20")


@pytest.mark.parametrize("rate", [None, Decimal(0), Decimal(-1)])
def test_foreign_currency_without_a_rate_parks(map_one: MapOne, rate: Decimal | None) -> None:
    assert reasons_of(map_one, a_document(currency="USD", exchange_rate=rate)) == [
        ReasonCode.EXCHANGE_RATE_MISSING
    ]


@pytest.mark.parametrize(("on", "parks"), [(date(2026, 10, 31), True), (date(2026, 11, 1), False)])
def test_document_in_closed_books_parks(map_one: MapOne, on: date, *, parks: bool) -> None:
    mapped = map_one(a_document(document_date=on), {"administrations.csv": [CLOSED]})

    assert [reason.code for reason in mapped.reasons] == ([ReasonCode.BOOKS_CLOSED] if parks else [])


def test_next_open_books_on_the_first_open_day_and_says_so(map_one: MapOne) -> None:
    mapped = map_one(
        a_document(document_date=date(2026, 9, 3), period=9), {"administrations.csv": [NEXT_OPEN]}
    )

    assert mapped.entry is not None
    assert (mapped.entry.entry_date, mapped.entry.fiscal_year, mapped.entry.period) == (
        date(2026, 11, 1),
        2026,
        11,
    )
    assert mapped.entry.description == "2026100123 Relatie 10045 (2026-09-03)"
    assert mapped.entry.lines[0].description == "Regel 1"
    assert [(warning.code, warning.value) for warning in mapped.warnings] == [
        (WarningCode.BOOKED_ON_OPEN_DAY, "2026-09-03")
    ]


def test_next_open_chooses_rows_by_the_document_date(map_one: MapOne) -> None:
    rows = {
        "administrations.csv": [NEXT_OPEN],
        "books/ledger_accounts.csv": ["nl,8000,,2026-10-31,111,", "nl,8000,2026-11-01,,222,"],
    }

    assert entry_of(map_one, a_document(), rows).lines[0].ledger_account == "111"


def test_next_open_memorial_says_the_date_on_every_line(map_one: MapOne) -> None:
    document = a_memorial(("1350", "5.00"), ("8090", "-5.00"), description="Correctie")

    entry = entry_of(map_one, document, {"administrations.csv": [NEXT_OPEN]})

    assert [leg.description for leg in entry.lines] == ["Regel 1 (2026-10-31)", "Regel 2 (2026-10-31)"]


@pytest.mark.parametrize(
    ("document_year", "start_month", "expected"),
    [(2026, 1, (2027, 1)), (2026, 7, (2026, 7)), (2027, 7, (2027, 7)), (None, 7, (2026, 7))],
)
def test_shifted_year_is_counted_as_the_document_counts(
    map_one: MapOne, document_year: int | None, start_month: int, expected: tuple[int, int]
) -> None:
    closed = ADMINISTRATION_ROW.replace(",,,park", ",,2026-12-31,next_open")
    masters = some_masters(organisation=an_organisation(fiscal_year_start_month=start_month))

    mapped = map_one(
        a_document(fiscal_year=document_year, period=None), {"administrations.csv": [closed]}, masters=masters
    )

    assert mapped.entry is not None
    assert (mapped.entry.fiscal_year, mapped.entry.period) == expected


@pytest.mark.parametrize(("period", "expected"), [(13, 13), (None, 4)])
def test_period_of_the_source_wins(map_one: MapOne, period: int | None, expected: int) -> None:
    masters = some_masters(organisation=an_organisation(fiscal_year_start_month=7))

    mapped = map_one(a_document(period=period), masters=masters)

    assert mapped.entry is not None
    assert (mapped.entry.fiscal_year, mapped.entry.period) == (2026, expected)


@pytest.mark.parametrize(
    ("description", "written"),
    [
        ("", "2026100123 Relatie 10045"),
        ("  ", "2026100123 Relatie 10045"),
        ("Contract C-2201", "Contract C-2201"),
        ("één\r\ntwee\u2028drie\x00", "één twee drie"),
        ("x" * 99, "x" * 46),
        ("x" * 45 + " y", "x" * 45),
    ],
)
def test_description_leaves_room_for_the_reference(map_one: MapOne, description: str, written: str) -> None:
    assert entry_of(map_one, a_document(description=description)).description == written


def test_line_without_a_text_takes_that_of_the_entry(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "100.00", description=" ")]

    entry = entry_of(map_one, a_document(lines, [vat_of("VH21", "21.00")], description="Contract"))

    assert entry.lines[0].description == "Contract"


@pytest.mark.parametrize("count", [999, 1000])
def test_lines_within_the_limit_stay_as_they_are(map_one: MapOne, count: int) -> None:
    lines = [a_line(number, "8000", "1.00") for number in range(1, count + 1)]

    mapped = map_one(a_document(lines, [vat_of("VH21", str(count * Decimal("0.21")))]))

    assert mapped.entry is not None
    assert len(mapped.entry.lines) == count
    assert mapped.warnings == ()


def test_lines_over_the_limit_are_added_up_where_equal(map_one: MapOne) -> None:
    lines = [
        a_line(1, "8000", "1.00", cost_centre="INZ"),
        a_line(2, "8000", "2.00", cost_centre="VERW"),
        a_line(3, "8000", "-0.25", cost_centre="INZ"),
        a_line(4, "8010", "4.00", "VL9", cost_centre="INZ"),
    ]
    document = a_document(lines, [vat_of("VH21", "0.58"), vat_of("VL9", "0.36")], description="Verzamel")

    mapped = map_one(document, limits=Limits(lines_max=3))

    assert mapped.entry is not None
    legs = mapped.entry.lines
    assert [(leg.number, leg.amount, leg.source_lines, leg.description) for leg in legs] == [
        (1, Decimal("0.75"), (1, 3), "Verzamel"),
        (2, Decimal("2.00"), (2,), "Regel 2"),
        (3, Decimal("4.00"), (4,), "Regel 4"),
    ]
    assert (mapped.entry.gross, mapped.entry.vat) == (document.total_gross, document.total_vat)
    assert [warning.code for warning in mapped.warnings] == [WarningCode.LINES_ADDED_UP]


def test_debit_and_credit_of_a_memorial_are_not_added_up_together(map_one: MapOne) -> None:
    document = a_memorial(("1350", "5.00"), ("1350", "-2.00"), ("1350", "1.00"), ("8090", "-4.00"))

    mapped = map_one(document, limits=Limits(lines_max=3))

    assert mapped.entry is not None
    assert [leg.amount for leg in mapped.entry.lines] == [Decimal("6.00"), Decimal("-2.00"), Decimal("-4.00")]
    assert mapped.entry.gross == Decimal("6.00")


def test_lines_still_over_the_limit_park(map_one: MapOne) -> None:
    lines = [a_line(1, "8000", "1.00"), a_line(2, "8010", "2.00"), a_line(3, "8020", "3.00")]

    mapped = map_one(a_document(lines, [vat_of("VH21", "1.26")]), limits=Limits(lines_max=2))

    assert mapped.entry is None
    assert [(reason.code, reason.value) for reason in mapped.reasons] == [(ReasonCode.TOO_MANY_LINES, "3")]


def test_digest_follows_what_the_rows_say_not_where_they_stand(map_one: MapOne) -> None:
    accounts = ROWS["books/ledger_accounts.csv"]
    moved = {"books/ledger_accounts.csv": ["nl,1,,,1,", *accounts]}
    annotated = {"books/ledger_accounts.csv": [f"{row}a note" for row in accounts]}
    changed = {"books/ledger_accounts.csv": [row.replace(",,,8000,", ",,,9000,") for row in accounts]}

    digest = map_one(a_document()).mapping_digest

    assert map_one(a_document(), moved).mapping_digest == digest
    assert map_one(a_document(), annotated).mapping_digest == digest
    assert map_one(a_document(), changed).mapping_digest != digest


def test_batches_keep_order_and_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [a_document(number=f"{number}") for number in range(7)]
    write_folder(tmp_path)
    at_once = map_all(tmp_path, documents)

    monkeypatch.setattr(map_documents_module, "BATCH_LINES", 2)

    assert map_all(tmp_path, documents) == at_once
    assert [mapped.document.number for mapped in at_once] == [str(number) for number in range(7)]


def test_nothing_to_map_gives_nothing(folder: Path) -> None:
    assert map_all(folder, []) == []

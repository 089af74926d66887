from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.targets.afas.chart import AfasChart
from finance_hooks.targets.afas.identifiers import make_voucher
from finance_hooks.targets.afas.legs import LegKind, make_legs
from finance_hooks.targets.afas.lookup import Found, find_entry
from finance_hooks.targets.afas.lookup import write_conditions as conditions_of
from finance_hooks.targets.afas.readback import read_bookings, write_conditions
from tests.targets.afas.sample_chart import chart_of, lists, sample_chart
from tests.targets.afas.samples import OTHERS, SAMPLES

ALL = {**SAMPLES, **OTHERS}
COLLECTIVE = {LegKind.DEBTOR: "1300", LegKind.CREDITOR: "1600"}
S1, P3 = SAMPLES["S1"], SAMPLES["P3"]
Rows = list[dict[str, Any]]


def rows_of(entry: Entry, *, by_relation: bool = False, own: bool = False, number: int = 48001) -> Rows:
    """Return the rows of a booked entry, as AFAS's own connector or one of the customer's shows them."""
    rows = []
    for place, leg in enumerate(make_legs(entry, sample_chart()), start=1):
        on_party = leg.kind is not LegKind.LEDGER_ACCOUNT
        row: dict[str, Any] = {
            "UnitId": int(entry.administration),
            "EntryNo": number,
            "SeqNo": place,
            "Year": entry.fiscal_year,
            "Period": entry.period,
            "JournalId": entry.journal,
            "AccountNo": COLLECTIVE[leg.kind] if on_party and not by_relation else leg.account,
            "AmtDebit": max(leg.amount, Decimal(0)),
            "AmtCredit": max(-leg.amount, Decimal(0)),
            "EntryDate": f"{entry.entry_date}T00:00:00Z",
            "InvoiceId": leg.invoice_id,
            "VoucherNo": make_voucher(entry),
            "VatCode": leg.vat_code,
            "Description": leg.text,
        }
        if own:
            is_foreign = leg.is_invoice and entry.rate is not None
            gross = entry.gross if entry.kind is EntryKind.SALES else -entry.gross
            row |= {
                "RelationId": leg.account if on_party else None,
                "CurrencyId": entry.currency if is_foreign else "EUR",
                "AmtDebitCurr": max(gross, Decimal(0)) if is_foreign else None,
                "AmtCreditCurr": max(-gross, Decimal(0)) if is_foreign else None,
                "InvoiceReference": entry.number if leg.is_invoice else None,
                "DimAx1": dict(leg.dimensions).get("1"),
            }
        rows.append(row)
    return rows


def changed(rows: Rows, **changes: object) -> Rows:
    return [{**row, **changes} for row in rows]


def read(rows: Rows, chart: AfasChart | None = None) -> BookedEntry:
    (booked,) = read_bookings(rows, chart or sample_chart())
    return booked


@pytest.mark.parametrize("entry", ALL.values(), ids=ALL)
@pytest.mark.parametrize("shape", [{}, {"by_relation": True}, {"own": True}], ids=str)
def test_entry_of_ours_is_read_back_as_it_was_sent(entry: Entry, shape: dict[str, bool]) -> None:
    booked = read(rows_of(entry, **shape), sample_chart(entry.administration))

    assert (booked.id, booked.entry_number) == (f"2026/{entry.journal}/48001", "48001")
    assert (booked.kind, booked.journal, booked.entry_date) == (
        entry.kind,
        entry.journal,
        date(2026, 10, 15),
    )
    assert booked.references == {entry.reference}
    assert (booked.currency, booked.gross, booked.gross_in_books) == (
        entry.currency,
        entry.gross,
        entry.gross_in_books,
    )
    assert (booked.number, booked.party) == (entry.number, entry.party)
    assert booked.period == Period(fiscal_year=2026, number=10)
    accounts = {line.ledger_account for line in booked.lines}
    assert {line.ledger_account for line in entry.lines} <= accounts


def test_vat_stands_on_the_accounts_that_are_for_vat() -> None:
    vat = [line for line in read(rows_of(S1)).lines if line.is_vat]

    assert [(line.ledger_account, line.vat_code, line.credit) for line in vat] == [
        ("1510", "1", Decimal("72.65"))
    ]


def test_connector_of_the_customer_s_own_shows_cost_centres_and_parties() -> None:
    first, second, *_ = read(rows_of(S1, own=True)).lines

    assert (first.party, first.cost_centre) == ("10045", None)
    assert (second.party, second.cost_centre) == (None, "INZ")


def test_long_number_is_whole_where_the_reference_is_shown() -> None:
    entry = replace(P3, number="N" * 32)

    assert read(rows_of(entry, own=True)).number == "N" * 32
    assert read(rows_of(entry)).number == "N" * 20


def test_booking_of_somebody_else_is_an_invoice_without_a_party() -> None:
    rows = changed(rows_of(S1), VoucherNo="2026-0815", Description="Verkoop", InvoiceId="F1")

    booked = read(rows)

    assert (booked.kind, booked.number, booked.party, booked.gross, booked.currency) == (
        EntryKind.SALES,
        "F1",
        None,
        S1.gross,
        "EUR",
    )
    assert booked.references == frozenset()


def test_booking_of_somebody_else_has_a_party_where_it_is_shown() -> None:
    rows = changed(rows_of(OTHERS["foreign currency"], own=True), VoucherNo=None, Description=None)

    booked = read(rows)

    assert (booked.party, booked.currency, booked.gross) == ("40010", "USD", Decimal("966.67"))


def test_text_that_somebody_else_wrote_in_our_manner_is_not_believed() -> None:
    rows = changed(rows_of(OTHERS["foreign currency"]), VoucherNo="2026-0815")

    assert (read(rows).party, read(rows).currency) == (None, "EUR")


def test_our_own_text_that_was_changed_leaves_the_party_open() -> None:
    assert read(changed(rows_of(S1), Description="Andere tekst")).party is None


def test_booking_with_no_line_on_a_party_is_a_memorial_whatever_its_number() -> None:
    rows = changed(rows_of(SAMPLES["J1"]), InvoiceId="12", VoucherNo="2026-0815")

    booked = read(rows)

    assert (booked.kind, booked.number, booked.gross) == (EntryKind.MEMORIAL, "2026-0815", Decimal("1250.00"))


def test_booking_on_debtor_and_creditor_at_once_is_a_memorial() -> None:
    sale, purchase = rows_of(S1)[0], rows_of(P3)[0]
    rows = [sale, {**purchase, "SeqNo": 2, "JournalId": "20"}]

    assert read(changed(rows, VoucherNo="2026-0815")).kind is EntryKind.MEMORIAL


@pytest.mark.parametrize(("name", "kind"), [("S1", EntryKind.SALES), ("P3", EntryKind.PURCHASE)])
def test_number_that_is_debtor_and_creditor_counts_as_what_its_side_says(name: str, kind: EntryKind) -> None:
    rows = rows_of(ALL[name], by_relation=True)
    rows[0]["AccountNo"] = "99002"

    assert read(rows).kind is kind


def test_account_that_the_chart_does_not_know_is_shown_as_it_is() -> None:
    rows = [*rows_of(S1), {**rows_of(S1)[-1], "SeqNo": 9, "AccountNo": "unknown", "Description": None}]

    line = read(rows).lines[-1]

    assert (line.ledger_account, line.is_vat, line.description) == ("unknown", False, "")


def test_lines_are_put_in_order_and_one_that_comes_twice_counts_once() -> None:
    rows = rows_of(S1)

    booked = read([*reversed(rows), rows[0]])

    assert [line.ledger_account for line in booked.lines] == [row["AccountNo"] for row in rows]


def test_entries_of_the_same_number_in_other_journals_and_years_stay_apart() -> None:
    rows = [*rows_of(S1), *rows_of(P3), *changed(rows_of(S1), Year=2025)]

    found = [booked.id for booked in read_bookings(rows, sample_chart())]

    assert found == ["2026/20/48001", "2026/10/48001", "2025/20/48001"]


def test_line_of_another_administration_is_not_as_expected() -> None:
    with pytest.raises(ValueError, match="administration 2"):
        read(changed(rows_of(S1), UnitId=2))


def test_entry_without_a_date_is_not_as_expected() -> None:
    with pytest.raises(ValueError, match="48001"):
        read(changed(rows_of(S1), EntryDate=None))


def test_creditor_s_collective_account_is_known_by_the_chart() -> None:
    accounts = [row for row in lists()["ledger_accounts"] if row["Account"] != "1600"]
    other = {**lists()["ledger_accounts"][0], "Account": "1600", "CollectAccountType": None}

    chart = chart_of({**lists(), "ledger_accounts": [*accounts, other]})

    assert read(rows_of(P3), chart).kind is EntryKind.MEMORIAL


def test_every_journal_and_period_is_asked_for_once() -> None:
    october, november = (Period(fiscal_year=2026, number=number) for number in (10, 11))

    asked = write_conditions("1", ["20", "10", "20"], [november, october, november])

    assert [[value for _, value in alternative] for alternative in asked] == [
        ["1", "10", "2026", "10"],
        ["1", "10", "2026", "11"],
        ["1", "20", "2026", "10"],
        ["1", "20", "2026", "11"],
    ]


def test_one_entry_is_looked_up_by_its_whole_voucher_number() -> None:
    assert conditions_of(S1) == [
        ("UnitId", "1"),
        ("JournalId", "20"),
        ("VoucherNo", f"{S1.reference} F2026-0042"),
    ]


def test_entry_that_was_looked_up_is_found_by_our_own_voucher_number_only() -> None:
    assert find_entry(rows_of(S1), S1) == Found(id="2026/20/48001", number="48001")
    assert find_entry(rows_of(S1), P3) is None
    assert find_entry(changed(rows_of(S1), UnitId=2), S1) is None
    assert find_entry([], S1) is None

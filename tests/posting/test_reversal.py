"""A reversal takes back every amount of what was sent, under a name of its own, in an open period."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance_hooks.model.administration import ClosedPeriodPolicy
from finance_hooks.model.document import EntryKind
from finance_hooks.model.keys import make_reference
from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.posting.reversal import date_reversal, mark_again, mark_number, reverse_entry
from tests.integration.posting.books import SETTINGS
from tests.integration.posting.night import ADMINISTRATION
from tests.posting.entries import ENTRY

KEY = ENTRY.posting_key.replace("|book|", "|reverse|")
REVERSAL = reverse_entry(ENTRY, KEY, n=1, settings=SETTINGS)
ROOM = 46


def test_reversal_has_the_opposite_amounts_on_the_same_accounts_codes_and_party() -> None:
    assert (REVERSAL.gross, REVERSAL.vat, REVERSAL.gross_in_books) == (-ENTRY.gross, -ENTRY.vat, -ENTRY.gross)
    assert (REVERSAL.party, REVERSAL.journal, REVERSAL.rate) == (ENTRY.party, ENTRY.journal, ENTRY.rate)
    for line, was in zip(REVERSAL.lines, ENTRY.lines, strict=True):
        assert line == replace(
            was,
            amount=-was.amount,
            vat_amount=-was.vat_amount,
            reverse_charge_amount=-was.reverse_charge_amount,
        )


def test_reversal_stands_on_the_same_day_under_a_reference_and_number_of_its_own() -> None:
    assert (REVERSAL.posting_key, REVERSAL.reference) == (KEY, make_reference(KEY))
    assert (REVERSAL.entry_date, REVERSAL.period) == (ENTRY.entry_date, ENTRY.period)
    assert REVERSAL.number == "2026100123-R1"
    assert REVERSAL.description == "storno 2026100123 Contract C-2201"


def test_total_of_a_memorial_stays_its_sum_of_debit() -> None:
    memorial = replace(ENTRY, kind=EntryKind.MEMORIAL)

    reversal = reverse_entry(memorial, KEY, n=2, settings=SETTINGS)

    assert (reversal.gross, reversal.gross_in_books) == (ENTRY.gross, ENTRY.gross)
    assert (reversal.lines[0].amount, reversal.number) == (Decimal("-345.95"), "2026100123-R2")


def test_number_is_cut_to_the_length_of_the_package_and_told_apart_by_the_reference() -> None:
    short = replace(SETTINGS, number_length=12)

    number = mark_number(ENTRY, "-R1", "QABCDEFGHIJ", short)

    assert number == "202610-ABCDE"
    assert mark_number(ENTRY, "-R1", "QZYXWVUTSRQ", short) != number


def test_long_number_of_a_supplier_stays_whole_where_the_package_takes_it() -> None:
    settings = replace(SETTINGS, number_length=12, takes_long_purchase_numbers=True)

    assert mark_number(replace(ENTRY, kind=EntryKind.PURCHASE), "-2", "Q", settings) == "2026100123-2"
    long = replace(ENTRY, kind=EntryKind.PURCHASE, number="L-2026-100123")
    assert mark_number(long, "-2", "Q", settings) == "L-2026-100123-2"


def test_new_booking_after_a_reversal_has_a_number_of_its_own() -> None:
    assert mark_again(ENTRY, n=2, settings=SETTINGS) == replace(ENTRY, number="2026100123-2")


def test_reversal_keeps_its_day_unless_the_bookkeeper_closed_it() -> None:
    open_since = replace(ADMINISTRATION, books_closed_until=date(2026, 10, 30))

    assert date_reversal(REVERSAL, ADMINISTRATION, 1, ROOM) == (REVERSAL, ())
    assert date_reversal(REVERSAL, open_since, 1, ROOM) == (REVERSAL, ())


def test_reversal_of_a_closed_day_is_parked_by_policy() -> None:
    closed = replace(ADMINISTRATION, books_closed_until=date(2026, 12, 31))

    entry, (reason,) = date_reversal(REVERSAL, closed, 1, ROOM)

    assert entry == REVERSAL
    assert (reason.code, reason.value) == (ReasonCode.BOOKS_CLOSED, "2026-10-31")


def test_reversal_of_a_closed_day_moves_to_the_first_open_one_by_policy() -> None:
    closed = replace(
        ADMINISTRATION,
        books_closed_until=date(2026, 12, 31),
        closed_period_policy=ClosedPeriodPolicy.NEXT_OPEN,
    )

    entry, reasons = date_reversal(REVERSAL, closed, 1, ROOM)

    assert (entry.entry_date, entry.fiscal_year, entry.period) == (date(2027, 1, 1), 2027, 1)
    assert (entry.moved_from, reasons) == (date(2026, 10, 31), ())


def test_broken_book_year_counts_on_from_the_year_the_document_was_booked_in() -> None:
    closed = replace(
        ADMINISTRATION,
        books_closed_until=date(2027, 6, 30),
        closed_period_policy=ClosedPeriodPolicy.NEXT_OPEN,
    )
    in_broken_year = replace(REVERSAL, fiscal_year=2027, period=4)

    entry, _ = date_reversal(in_broken_year, closed, 7, ROOM)

    assert (entry.entry_date, entry.fiscal_year, entry.period) == (date(2027, 7, 1), 2028, 1)

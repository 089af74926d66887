"""Entries and bookings for the tests of posting, alike unless a test says otherwise."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, EntryLine, Period

ENTRY = Entry(
    posting_key="21qubz/100/sales_invoice/900101/1|exactonline:1234567|book|1",
    reference="QABCDEFGHIJ",
    kind=EntryKind.SALES,
    administration="1234567",
    journal="70",
    number="2026100123",
    entry_date=date(2026, 10, 31),
    due_date=date(2026, 11, 30),
    fiscal_year=2026,
    period=10,
    party="10045",
    description="Contract C-2201",
    currency="EUR",
    rate=None,
    payment_term="30",
    gross=Decimal("418.60"),
    vat=Decimal("72.65"),
    gross_in_books=Decimal("418.60"),
    g_account_amount=Decimal("0.00"),
    lines=(
        EntryLine(
            number=1,
            ledger_account="8000",
            amount=Decimal("345.95"),
            description="Lediging",
            vat_code="4",
            vat_amount=Decimal("72.65"),
        ),
    ),
)


def line(account: str, amount: str, *, vat_code: str | None = None, is_vat: bool = False) -> BookedLine:
    """Make a leg as read back; a positive amount is debit."""
    signed = Decimal(amount)
    return BookedLine(
        ledger_account=account,
        debit=max(signed, Decimal(0)),
        credit=max(-signed, Decimal(0)),
        vat_code=vat_code,
        is_vat=is_vat,
        cost_centre=None,
        party=None,
        description="",
    )


BOOKED = BookedEntry(
    id="id-1",
    entry_number="26700001",
    journal="70",
    kind=EntryKind.SALES,
    references=frozenset({"QABCDEFGHIJ"}),
    number="2026100123",
    entry_date=date(2026, 10, 31),
    period=Period(fiscal_year=2026, number=10),
    party="10045",
    currency="EUR",
    gross=Decimal("418.60"),
    gross_in_books=Decimal("418.60"),
    lines=(
        line("1300", "418.60"),
        line("8000", "-345.95", vat_code="4"),
        line("1650", "-72.65", vat_code="4", is_vat=True),
    ),
)


def booked(**changes: Any) -> BookedEntry:
    """Return the booking of the entry with changes; by hand means without our reference."""
    return replace(BOOKED, **changes)


def by_hand(**changes: Any) -> BookedEntry:
    """Return a booking that a person made: the same but for the reference."""
    return replace(BOOKED, **{"id": "by-hand", "references": frozenset(), **changes})

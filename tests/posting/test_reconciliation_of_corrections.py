"""Reversed bookings and their reversals come to nothing; what has gone must not be in the books."""

from dataclasses import replace
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.keys import Purpose
from finance_hooks.model.money import ZERO
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.comparison import Comparison, Reading, empty
from finance_hooks.posting.reconciliation import Fault, compare_document
from finance_hooks.posting.reversal import reverse_entry
from finance_hooks.store.findings import FindingKind
from finance_hooks.store.proof import Standing
from tests.integration.posting.books import SETTINGS
from tests.posting.entries import BOOKED, ENTRY, line
from tests.posting.standings import standing

OCTOBER = Period(fiscal_year=2026, number=10)


def placed(entry: Entry, **changes: object) -> Standing:
    one = standing(PostingState.BOOKED, "418.60")
    return replace(one, entry=entry, period=OCTOBER, **changes)  # type: ignore[arg-type]


def compared(*pairs: tuple[Standing, tuple[BookedEntry, ...]]) -> tuple[Comparison, list[Fault]]:
    table = {("70", OCTOBER): empty("70", OCTOBER)}
    faults = [fault for one, found in pairs for fault in compare_document(table, one, found, Reading())]
    return table["70", OCTOBER], faults


def test_booking_that_has_gone_is_neither_expected_nor_missed() -> None:
    comparison, faults = compared((placed(ENTRY, is_gone=True), ()))

    assert (comparison.documents, comparison.source_gross, comparison.agrees, faults) == (0, ZERO, True, [])


def test_booking_that_has_gone_and_is_back_is_one_too_many() -> None:
    comparison, (fault,) = compared((placed(ENTRY, is_gone=True), (BOOKED,)))

    assert (fault.kind, fault.subject) == (FindingKind.BOOKED_TWICE, BOOKED.id)
    assert comparison.difference == -BOOKED.gross_in_books


def test_memorial_and_its_reversal_come_to_nothing() -> None:
    legs = (line("8000", "100.00"), line("8010", "-100.00"))
    first = replace(ENTRY.lines[0], ledger_account="8000", amount=Decimal("100.00"), vat_code=None)
    memorial = replace(
        ENTRY,
        kind=EntryKind.MEMORIAL,
        party=None,
        gross=Decimal("100.00"),
        vat=ZERO,
        gross_in_books=Decimal("100.00"),
        lines=(
            replace(first, vat_amount=ZERO),
            replace(first, number=2, ledger_account="8010", amount=Decimal("-100.00"), vat_amount=ZERO),
        ),
    )
    reversal = reverse_entry(memorial, ENTRY.posting_key, n=1, settings=SETTINGS)
    booked = replace(
        BOOKED,
        kind=EntryKind.MEMORIAL,
        party=None,
        gross=Decimal("100.00"),
        gross_in_books=Decimal("100.00"),
        lines=legs,
    )
    back = replace(
        booked, id="id-2", lines=tuple(replace(leg, debit=leg.credit, credit=leg.debit) for leg in legs)
    )

    comparison, faults = compared(
        (placed(memorial, is_undone=True), (booked,)),
        (placed(reversal, purpose=Purpose.REVERSE), (back,)),
    )

    assert faults == []
    assert (comparison.source_gross, comparison.books_gross, comparison.store_gross) == (ZERO, ZERO, ZERO)
    assert (comparison.documents, comparison.entries, comparison.agrees) == (2, 2, True)

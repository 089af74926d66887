"""A report counts documents, not postings, and says what was reversed and what was moved."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance_hooks.model.keys import Purpose
from finance_hooks.model.money import ZERO
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.reversal import reverse_entry
from tests.integration.posting.books import SETTINGS
from tests.posting.entries import ENTRY
from tests.posting.standings import journal, report_of, standing

REVERSAL = reverse_entry(ENTRY, ENTRY.posting_key, n=1, settings=SETTINGS)
P = PostingState


def test_document_that_was_corrected_counts_once() -> None:
    report = report_of(
        standing(P.BOOKED, "90.00", posting_id=1, is_latest=False, is_undone=True, entry=ENTRY),
        standing(P.BOOKED, "90.00", posting_id=2, is_latest=False, purpose=Purpose.REVERSE, entry=REVERSAL),
        standing(P.BOOKED, "90.00", posting_id=3, n=2),
        documents=1,
        comparisons=(journal("90.00"),),
    )

    assert (report.documents, report.booked, report.red) == (1, 1, ())
    assert (report.source_gross, report.difference) == (Decimal("90.00"), Decimal("0.00"))
    assert [(one["purpose"], one["n"], one["place"]) for one in report.corrections] == [
        ("reverse", 1, "booked"),
        ("book", 2, "booked"),
    ]


def test_document_that_was_taken_back_stands_in_no_place() -> None:
    report = report_of(
        standing(P.BOOKED, "90.00", is_latest=False, is_undone=True, entry=ENTRY),
        standing(P.BOOKED, "90.00", purpose=Purpose.REVERSE, entry=REVERSAL),
        documents=0,
        withdrawn=1,
        comparisons=(journal("0.00"),),
    )

    assert (report.booked, report.withdrawn, report.difference, report.red) == (0, 1, ZERO, ())


def test_reversal_that_may_or_may_not_be_booked_is_red_though_a_new_booking_waits() -> None:
    report = report_of(
        standing(P.UNKNOWN, is_latest=False, purpose=Purpose.REVERSE, entry=REVERSAL),
        standing(P.PENDING, n=2),
        documents=1,
    )

    assert (report.waiting, report.unknown) == (1, 0)
    assert report.red == ("1 documents may or may not be booked",)


def test_reversal_that_is_parked_is_named_with_its_reason() -> None:
    report = report_of(
        standing(P.PARKED, is_latest=False, purpose=Purpose.REVERSE, entry=REVERSAL),
        standing(P.PENDING, n=2),
        documents=1,
    )

    assert (report.parked, report.waiting) == (0, 1)
    assert report.reasons[0]["codes"] == ["vat_code_unmapped"]


def test_moved_entry_is_listed_with_its_own_day_and_the_one_it_stands_on() -> None:
    moved = replace(ENTRY, moved_from=date(2026, 9, 30))

    report = report_of(standing(P.BOOKED, entry=moved), standing(P.BOOKED, entry=ENTRY))

    assert report.moved == (
        {
            "document": "1",
            "number": "2026100123",
            "from": "2026-09-30",
            "to": "2026-10-31",
            "state": "booked",
        },
    )

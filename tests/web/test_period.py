"""What the page of one journal and period says of its figures and its documents."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from finance_hooks.model.keys import Purpose
from finance_hooks.model.posting_state import PostingState
from finance_hooks.posting.comparison import Comparison, NotOurs, comparison_to_plain
from finance_hooks.store.period_documents import Cursor, Differing
from finance_hooks.web.period import (
    Pair,
    list_document,
    read_comparison,
    read_cursor,
    tell_differing,
    write_cursor,
)
from tests.posting.entries import ENTRY
from tests.posting.standings import standing

AT = datetime(2026, 11, 29, 3, 0, tzinfo=UTC)
STANDING = standing(
    PostingState.BOOKED,
    "121.00",
    posting_id=7,
    document="2026-1",
    target_entry_number="26700001",
    booked_at=AT,
)


def both(sent: str, booked: str) -> tuple[Decimal, Decimal]:
    return Decimal(sent), Decimal(booked)


def other(number: str, reference: str | None) -> NotOurs:
    return NotOurs(
        number=number,
        document=None,
        entry_date=date(2026, 11, 3),
        party=None,
        debit=Decimal("12.10"),
        description="by hand",
        reference=reference,
    )


def test_comparison_is_read_with_every_code_box_and_party_on_both_sides() -> None:
    comparison = Comparison(
        journal="70",
        fiscal_year=2026,
        period=11,
        documents=2,
        entries=3,
        source_gross=Decimal("121.00"),
        store_gross=Decimal("121.00"),
        books_gross=Decimal("120.99"),
        vat={"2": both("21.00", "20.99")},
        vat_base={"2": both("100.00", "100.00"), "9": both("5.00", "5.00")},
        box_vat={"1a": both("21.00", "21.00")},
        parties={"10": both("121.00", "120.99"), "11": both("1.00", "1.00")},
        not_ours=2,
        not_ours_entries=[other("1", None), other("2", "QABC")],
    )

    read = read_comparison(comparison_to_plain(comparison, AT))

    assert (read.compared_at, read.documents, read.entries, read.not_ours) == (AT, 2, 3, 2)
    assert read.gross.difference == Decimal("0.01")
    assert [(one.code, one.agrees) for one in read.vat] == [("2", False), ("9", True)]
    assert read.vat[1].pairs[1] == Pair(sent=Decimal("0.00"), booked=Decimal("0.00"))
    assert [(one.code, len(one.pairs), one.agrees) for one in read.boxes] == [("1a", 2, True)]
    assert [one.code for one in read.parties] == ["10"]
    assert read.open == Pair(sent=Decimal("122.00"), booked=Decimal("121.99"))


def test_booking_of_ours_that_was_forgotten_stands_before_what_others_booked() -> None:
    comparison = Comparison(
        journal="70",
        fiscal_year=2026,
        period=11,
        not_ours=2,
        not_ours_entries=[other("1", None), other("2", "QABC")],
    )

    read = read_comparison(comparison_to_plain(comparison, AT))

    assert [(one.number, one.reference) for one in read.others] == [("2", "QABC"), ("1", None)]


def test_document_says_what_the_source_and_what_the_store_say() -> None:
    listed = list_document(replace(STANDING, entry=ENTRY))

    assert (listed.document, listed.reference, listed.entry_number) == ("2026-1", "QABCDEFGHIJ", "26700001")
    assert (listed.source, listed.store) == (Decimal("121.00"), ENTRY.gross_in_books)
    assert (listed.state, listed.booked_at, listed.notes) == (PostingState.BOOKED, AT, ())


def test_document_whose_entry_is_not_there_has_no_amount_of_the_store() -> None:
    assert list_document(STANDING).store is None


def test_document_that_need_not_stand_there_any_more_counts_for_nothing_and_says_so() -> None:
    gone = list_document(replace(STANDING, is_gone=True))
    reversed_since = list_document(replace(STANDING, is_undone=True))
    reversal = list_document(replace(STANDING, purpose=Purpose.REVERSE, n=2))

    assert (gone.source, gone.notes) == (Decimal("0.00"), ("period.gone",))
    assert reversed_since.notes == ("period.undone",)
    assert reversal.notes == ("period.reversal", "period.later")


def test_booking_that_differs_is_told_in_both_languages() -> None:
    differences = [{"what": "day", "sent": "2026-11-02", "booked": "2026-11-03"}]
    differing = Differing(
        kind="amount_differs",
        document="2026-1",
        reference="QABC",
        first_found_at=AT,
        detail={"differences": differences},
    )

    assert tell_differing(differing, "nl") == "anders geboekt; datum verstuurd 02-11-2026, geboekt 03-11-2026"
    assert tell_differing(differing, "en") == "booked otherwise; day sent 02-11-2026, booked 03-11-2026"
    assert tell_differing(replace(differing, kind="missing_in_books", detail={}), "nl") == "niet in de boeken"


@pytest.mark.parametrize("booked_at", [AT, None])
def test_page_goes_on_after_the_line_that_its_address_names(booked_at: datetime | None) -> None:
    cursor = read_cursor(write_cursor(replace(STANDING, booked_at=booked_at)))

    assert cursor == Cursor(booked_at=booked_at, posting_id=7)


@pytest.mark.parametrize("text", ["", "x", "7@yesterday", "@2026-11-29", "-7@", f"{10**18}@"])
def test_address_that_names_no_line_begins_at_the_beginning(text: str) -> None:
    assert read_cursor(text) is None

"""Source and books of a journal and period are summed by code, box and party, and others' bookings listed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, Entry, EntryLine, Period
from finance_hooks.posting.compare import Told
from finance_hooks.posting.comparison import (
    Comparison,
    NotOurs,
    Reading,
    comparison_to_plain,
    empty,
    not_ours,
)
from finance_hooks.posting.vat_boxes import ReturnBoxes
from tests.posting.entries import BOOKED, ENTRY, booked, by_hand, line

ALWAYS = ("0000-00-00", "9999-99-99")
BOXES = ReturnBoxes(
    country="NL",
    rows={("4", "sales"): [(*ALWAYS, ("1a",))], ("6", "purchase"): [(*ALWAYS, ("2a", "5b"))]},
)
OCTOBER = Period(fiscal_year=2026, number=10)
AT = datetime(2026, 11, 6, 4, tzinfo=UTC)


def compared(entry: Entry, *found: BookedEntry, reading: Reading | None = None) -> Comparison:
    comparison = empty("70", OCTOBER)
    comparison.add(entry.gross_in_books, entry, found, reading or Reading(boxes=BOXES))
    return comparison


def test_invoice_that_is_booked_as_sent_agrees_in_every_sum() -> None:
    found = compared(ENTRY, BOOKED)

    assert found.agrees
    assert (found.source_gross, found.store_gross, found.books_gross) == (Decimal("418.60"),) * 3
    assert (found.debit, found.credit) == (Decimal("418.60"), Decimal("418.60"))
    assert found.vat == {"4": (Decimal("72.65"), Decimal("72.65"))}
    assert found.box_base == {"1a": (Decimal("345.95"), Decimal("345.95"))}
    assert found.box_vat == {"1a": (Decimal("72.65"), Decimal("72.65"))}
    assert found.parties == {"10045": (Decimal("418.60"), Decimal("418.60"))}


def test_missing_booking_is_a_difference_in_every_sum() -> None:
    found = compared(ENTRY)

    assert not found.agrees
    assert (found.documents, found.entries, found.difference) == (1, 0, Decimal("418.60"))
    assert found.box_vat == {"1a": (Decimal("72.65"), Decimal(0))}


def test_double_counts_twice_in_the_books() -> None:
    found = compared(ENTRY, BOOKED, booked(id="id-2"))

    assert (found.entries, found.difference) == (2, Decimal("-418.60"))
    assert found.parties == {"10045": (Decimal("418.60"), Decimal("837.20"))}


def test_vat_code_that_somebody_changed_differs_in_its_box_though_the_total_agrees() -> None:
    legs = (
        line("1300", "418.60"),
        line("8000", "-345.95", vat_code="2"),
        line("1650", "-72.65", vat_code="2", is_vat=True),
    )

    found = compared(ENTRY, booked(lines=legs))

    assert found.difference == 0
    assert not found.agrees
    assert found.box_vat == {"1a": (Decimal("72.65"), Decimal(0))}


def test_what_a_reading_does_not_tell_is_taken_as_sent() -> None:
    untold = booked(lines=(line("1300", "418.60"), line("8000", "-345.95"), line("1650", "-72.65")))

    assert compared(ENTRY, untold, reading=Reading(boxes=BOXES, told=Told(vat=False))).agrees
    assert not compared(ENTRY, untold).agrees


def test_rounding_of_shifted_vat_by_the_package_is_named_and_no_difference() -> None:
    entry = replace(
        ENTRY,
        kind=EntryKind.PURCHASE,
        gross=Decimal("100.00"),
        gross_in_books=Decimal("100.00"),
        lines=(
            EntryLine(
                number=1,
                ledger_account="7000",
                amount=Decimal("100.00"),
                description="",
                vat_code="6",
                reverse_charge_amount=Decimal("21.00"),
            ),
        ),
    )
    found = booked(
        kind=EntryKind.PURCHASE,
        gross=Decimal("100.00"),
        gross_in_books=Decimal("100.00"),
        lines=(
            line("1600", "-100.00"),
            line("7000", "100.00", vat_code="6"),
            line("1660", "21.01", vat_code="6", is_vat=True),
            line("1655", "-21.01", vat_code="6", is_vat=True),
        ),
    )

    comparison = compared(entry, found)

    assert comparison.agrees
    assert comparison.vat_rounding == Decimal("0.01")
    assert comparison.box_vat == {name: (Decimal("21.01"), Decimal("21.01")) for name in ("2a", "5b")}
    assert comparison.parties == {"10045": (Decimal("-100.00"), Decimal("-100.00"))}


def test_memorial_on_a_sales_code_lowers_or_raises_its_box_by_its_side() -> None:
    entry = replace(
        ENTRY,
        kind=EntryKind.MEMORIAL,
        party=None,
        lines=(
            EntryLine(
                number=1, ledger_account="8000", amount=Decimal("-10.00"), description="", vat_code="4"
            ),
            EntryLine(number=2, ledger_account="2000", amount=Decimal("10.00"), description=""),
        ),
        gross=Decimal("10.00"),
        gross_in_books=Decimal("10.00"),
    )
    found = booked(
        kind=EntryKind.MEMORIAL,
        party=None,
        gross=Decimal("10.00"),
        gross_in_books=Decimal("10.00"),
        lines=(line("8000", "-10.00", vat_code="4"), line("2000", "10.00")),
    )

    comparison = compared(entry, found)

    assert comparison.agrees
    assert comparison.box_base == {"1a": (Decimal("10.00"), Decimal("10.00"))}


def test_booking_of_somebody_else_is_listed_and_changes_no_sum() -> None:
    found = compared(ENTRY, BOOKED)

    found.add_other(not_ours(by_hand(number="1")))

    assert found.agrees
    assert found.not_ours == 1
    assert found.not_ours_entries == [
        NotOurs(
            number="26700001",
            document="1",
            entry_date=date(2026, 10, 31),
            party="10045",
            debit=Decimal("418.60"),
            description="",
        )
    ]


def test_booking_that_was_forgotten_is_listed_before_those_of_others() -> None:
    found = compared(ENTRY, BOOKED)
    found.add_other(not_ours(by_hand(entry_number="1")))
    found.add_other(not_ours(by_hand(entry_number="2", references=frozenset({"QABCDEFGHIJ"}))))

    plain = comparison_to_plain(found, AT, listed=1)

    assert [one["reference"] for one in plain["not_ours_entries"]] == ["QABCDEFGHIJ"]


def test_report_of_a_night_lists_the_first_others_and_the_parties_that_differ() -> None:
    found = compared(ENTRY, booked(party="10046"))
    for number in range(3):
        found.add_other(not_ours(by_hand(entry_number=str(3 - number))))

    short, whole = comparison_to_plain(found, AT, listed=2), comparison_to_plain(found, AT, listed=None)
    agreeing = comparison_to_plain(compared(ENTRY, BOOKED), AT)

    assert [one["number"] for one in short["not_ours_entries"]] == ["1", "2"]
    assert (short["not_ours"], len(whole["not_ours_entries"])) == (3, 3)
    assert short["parties"] == whole["parties"] == {"10045": ["418.60", "0.00"], "10046": ["0.00", "418.60"]}
    assert (agreeing["parties"], agreeing["open"]) == ({}, ["418.60", "418.60"])
    assert (agreeing["difference"], agreeing["compared_at"]) == ("0.00", AT.isoformat())
    assert agreeing["vat"] == {"4": ["72.65", "72.65"]}

"""A booking is compared with what was sent, to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import BookedEntry, EntryLine, Period
from finance_hooks.model.outcome import Totals
from finance_hooks.posting.compare import (
    Difference,
    Told,
    compare,
    compare_totals,
    conversion_residue,
    describe,
)
from tests.posting.entries import BOOKED, ENTRY, booked, line


def test_booking_as_it_was_sent_has_no_difference() -> None:
    assert compare(ENTRY, BOOKED) == ()


def test_every_amount_that_differs_is_named() -> None:
    changed = booked(
        gross=Decimal("418.61"),
        gross_in_books=Decimal("418.61"),
        lines=(
            line("1300", "418.61"),
            line("8010", "-345.95", vat_code="4"),
            line("1650", "-72.66", vat_code="4", is_vat=True),
        ),
    )

    found = compare(ENTRY, changed)

    assert {difference.what for difference in found} == {
        "gross",
        "gross in the books' currency",
        "VAT 4",
        "ledger account 8000",
    }
    assert Difference(what="VAT 4", sent=Decimal("72.65"), booked=Decimal("72.66")) in found


def test_reverse_charge_nets_to_nothing_on_its_code() -> None:
    entry = replace(
        ENTRY,
        kind=EntryKind.PURCHASE,
        gross=Decimal("1957.60"),
        gross_in_books=Decimal("1957.60"),
        lines=(
            EntryLine(
                number=1,
                ledger_account="7000",
                amount=Decimal("1957.60"),
                description="",
                vat_code="6",
                reverse_charge_amount=Decimal("411.10"),
            ),
        ),
    )
    found = booked(
        kind=EntryKind.PURCHASE,
        gross=Decimal("1957.60"),
        gross_in_books=Decimal("1957.60"),
        lines=(
            line("1600", "-1957.60"),
            line("7000", "1957.60", vat_code="6"),
            line("1660", "411.10", vat_code="6", is_vat=True),
            line("1655", "-411.10", vat_code="6", is_vat=True),
        ),
    )

    assert compare(entry, found) == ()


def test_foreign_currency_is_compared_by_its_totals_only() -> None:
    entry = replace(ENTRY, currency="USD", rate=Decimal("0.92"), gross_in_books=Decimal("385.11"))
    found = booked(currency="USD", gross_in_books=Decimal("385.11"), lines=(line("8000", "-318.27"),))

    assert compare(entry, found) == ()


def test_conversion_residue_is_a_cent_a_leg_at_most_and_none_without_conversion() -> None:
    entry = replace(ENTRY, currency="USD", rate=Decimal("0.92"), gross_in_books=Decimal("385.11"))

    assert conversion_residue(entry, Decimal("385.14")) == Decimal("0.03")
    assert conversion_residue(entry, Decimal("385.08")) == Decimal("-0.03")
    assert conversion_residue(entry, Decimal("385.15")) == 0
    assert conversion_residue(ENTRY, Decimal("418.61")) == 0
    assert compare_totals(entry, Totals(gross_in_books=Decimal("385.14"))) == ()


def test_totals_that_an_answer_does_not_state_are_not_compared() -> None:
    assert compare_totals(ENTRY, Totals()) == ()
    assert compare_totals(ENTRY, Totals(vat=Decimal("72.66"))) == (
        Difference(what="VAT", sent=Decimal("72.65"), booked=Decimal("72.66")),
    )


def test_wrong_rate_is_a_difference_not_residue() -> None:
    entry = replace(ENTRY, currency="USD", rate=Decimal("0.92"), gross_in_books=Decimal("385.11"))
    found = booked(currency="USD", gross_in_books=Decimal("385.11"), lines=(line("8000", "-318.27"),))

    assert compare(entry, replace(found, gross_in_books=Decimal("455.00"))) == (
        Difference(what="gross in the books' currency", sent=Decimal("385.11"), booked=Decimal("455.00")),
    )


def test_line_outside_vat_counts_for_its_ledger_account_only() -> None:
    free = EntryLine(number=2, ledger_account="8090", amount=Decimal("10.00"), description="")
    entry = replace(
        ENTRY, gross=Decimal("428.60"), gross_in_books=Decimal("428.60"), lines=(*ENTRY.lines, free)
    )
    total = Decimal("428.60")
    found = booked(gross=total, gross_in_books=total, lines=(*BOOKED.lines, line("8090", "-10.00")))

    assert compare(entry, found) == ()


def test_differences_are_described_as_text_to_the_cent() -> None:
    different = Difference(what="VAT 4", sent=Decimal("72.65"), booked=Decimal("72.60"))

    assert describe([different]) == {"differences": [{"what": "VAT 4", "sent": "72.65", "booked": "72.60"}]}


def test_journal_day_period_and_party_are_compared_too() -> None:
    moved = booked(
        journal="75",
        entry_date=date(2026, 11, 1),
        period=Period(fiscal_year=2026, number=11),
        party="10046",
    )

    assert compare(ENTRY, moved) == (
        Difference(what="journal", sent="70", booked="75"),
        Difference(what="day", sent="2026-10-31", booked="2026-11-01"),
        Difference(what="period", sent="2026/10", booked="2026/11"),
        Difference(what="party", sent="10045", booked="10046"),
    )


def test_what_a_reading_does_not_tell_is_no_difference() -> None:
    legs = (line("1300", "418.60"), line("8000", "-345.95"), line("1650", "-72.65"))

    untold = booked(party=None, gross=Decimal("1.00"), lines=legs)

    assert compare(ENTRY, untold, Told(vat=False, gross=False)) == ()
    assert {one.what for one in compare(ENTRY, untold)} == {"gross", "VAT 4"}


def test_shifted_vat_is_compared_on_both_sides_but_for_rounding() -> None:
    entry = replace(
        ENTRY,
        kind=EntryKind.PURCHASE,
        lines=(
            EntryLine(
                number=1,
                ledger_account="7000",
                amount=Decimal("418.60"),
                description="",
                vat_code="6",
                reverse_charge_amount=Decimal("87.91"),
            ),
        ),
    )

    def shifted(amount: str) -> BookedEntry:
        legs = (
            line("1600", "-418.60"),
            line("7000", "418.60", vat_code="6"),
            line("1660", amount, vat_code="6", is_vat=True),
            line("1655", f"-{amount}", vat_code="6", is_vat=True),
        )
        return booked(kind=EntryKind.PURCHASE, lines=legs)

    untold = booked(kind=EntryKind.PURCHASE, lines=(line("7000", "418.60", vat_code="6"),))

    assert compare(entry, shifted("87.92")) == ()
    assert compare(entry, untold) == ()
    assert compare(entry, shifted("80.00")) == (
        Difference(what="shifted VAT 6", sent=Decimal("87.91"), booked=Decimal("80.00")),
    )

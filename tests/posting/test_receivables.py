"""What our entries leave open is summed per party, positive when they owe us."""

from dataclasses import replace
from decimal import Decimal

from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import EntryLine
from finance_hooks.posting.receivables import booked_open, sent_open
from tests.posting.entries import BOOKED, ENTRY, booked, line

MEMORIAL = replace(
    ENTRY,
    kind=EntryKind.MEMORIAL,
    party=None,
    lines=(
        EntryLine(number=1, ledger_account="1300", amount=Decimal("-10.00"), description="", party="10045"),
        EntryLine(number=2, ledger_account="8000", amount=Decimal("10.00"), description=""),
    ),
)


def test_sale_is_owed_to_us_and_purchase_by_us() -> None:
    purchase = replace(ENTRY, kind=EntryKind.PURCHASE)

    assert sent_open(ENTRY) == {"10045": Decimal("418.60")}
    assert sent_open(purchase) == {"10045": Decimal("-418.60")}
    assert booked_open(BOOKED, {}) == {"10045": Decimal("418.60")}
    assert sent_open(replace(ENTRY, party=None)) == {}


def test_party_that_the_package_does_not_name_is_taken_as_sent() -> None:
    assert booked_open(booked(party=None), sent_open(ENTRY)) == {"10045": Decimal("418.60")}
    assert booked_open(booked(party=None), {}) == {}


def test_memorial_settles_what_its_lines_say() -> None:
    sent = sent_open(MEMORIAL)
    told = booked(
        kind=EntryKind.MEMORIAL, lines=(replace(line("1300", "-10.00"), party="10045"), line("8000", "10.00"))
    )

    assert sent == {"10045": Decimal("-10.00")}
    assert booked_open(told, sent) == sent
    assert booked_open(booked(kind=EntryKind.MEMORIAL), sent) == sent

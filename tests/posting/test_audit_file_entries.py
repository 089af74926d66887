"""A booking of an audit file is read as the package would tell it, whatever the file leaves out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from emulators.audit_file_style import Style
from finance_hooks.model.document import EntryKind
from finance_hooks.model.entry import EntryLine
from finance_hooks.posting.audit_file_entries import as_booked, as_other, folded
from finance_hooks.posting.compare import Told, compare
from tests.posting.audit_files import SALE, leg, read, seen, written
from tests.posting.entries import ENTRY

BOTH_RATES = replace(
    ENTRY,
    gross=Decimal("527.60"),
    gross_in_books=Decimal("527.60"),
    vat=Decimal("81.65"),
    lines=(
        *ENTRY.lines,
        EntryLine(
            number=2,
            ledger_account="8010",
            amount=Decimal("100.00"),
            description="",
            vat_code="2",
            vat_amount=Decimal("9.00"),
        ),
    ),
)
TWO_CODES = SALE | {
    "lines": [
        leg("1300", "527.60", "0.00", party="10045"),
        leg("8000", "0.00", "345.95", vat_code="4"),
        leg("8010", "0.00", "100.00", vat_code="2"),
        leg("1650", "0.00", "72.65", vat_code="4", is_vat=True),
        leg("1650", "0.00", "9.00", vat_code="2", is_vat=True),
    ]
}


@pytest.mark.parametrize(
    "style",
    [
        Style(),
        Style(version="4.0"),
        Style(zeros=2),
        Style(signed=True),
        Style(vat_on="base"),
        Style(vat_accounts=False),
        Style(offset_accounts=True),
        Style(party_on_every_leg=True),
        Style(typed_on="2026-11-02"),
    ],
    ids=["3.2", "4.0", "zeros", "signed", "base", "no accounts", "offset", "all legs", "typed later"],
)
def test_ways_of_packages_make_no_difference(tmp_path: Path, style: Style) -> None:
    found = seen(tmp_path, style)

    assert compare(ENTRY, found.booked) == ()
    assert (found.tells_vat, found.tells_gross) == (True, True)
    assert (found.booked.party, found.booked.journal) == ("10045", "70")
    assert found.booked.gross_in_books == Decimal("418.60")


def test_amounts_are_compared_in_a_file_without_vat_codes(tmp_path: Path) -> None:
    style = Style(vat_on="nothing")

    found = seen(tmp_path, style)
    wrong = seen(tmp_path, style, replace(ENTRY, lines=(replace(ENTRY.lines[0], amount=Decimal("300.00")),)))

    assert not found.tells_vat
    assert compare(ENTRY, found.booked, Told(vat=False)) == ()
    assert [one.what for one in compare(ENTRY, wrong.booked, Told(vat=False)) if "account" in one.what] == []
    (different,) = compare(
        replace(ENTRY, lines=(replace(ENTRY.lines[0], amount=Decimal("300.00")),)),
        wrong.booked,
        Told(vat=False),
    )
    assert different.what == "ledger account 8000"


def test_vat_leg_without_code_has_that_of_its_account_or_none_when_there_are_two(tmp_path: Path) -> None:
    one, two = (
        seen(tmp_path, Style(vat_on="base")),
        seen(tmp_path, Style(vat_on="base"), BOTH_RATES, TWO_CODES),
    )

    assert one.tells_vat
    assert not two.tells_vat
    assert [line.vat_code for line in two.booked.lines] == [None, "4", "2", None, None]


def test_leg_with_two_vat_codes_does_not_tell_either(tmp_path: Path) -> None:
    file = written(tmp_path, Style())
    (transaction,) = file.transactions()
    lines = [replace(line, vat_codes=("4", "2")) if line.vat_codes else line for line in transaction.lines]

    found = as_booked(
        replace(transaction, lines=tuple(lines)),
        ENTRY,
        fiscal_year=2026,
        vat_accounts=file.vat_accounts,
        currency="EUR",
    )

    assert not found.tells_vat


def test_without_parties_the_leg_that_nothing_was_sent_on_is_the_party_s(tmp_path: Path) -> None:
    nameless = SALE | {"lines": [line | {"party": None} for line in SALE["lines"]]}

    found = seen(tmp_path, Style(), sale=nameless)

    assert found.booked.gross_in_books == Decimal("418.60")
    assert found.booked.party is None
    assert compare(ENTRY, found.booked) == ()


def test_foreign_total_is_told_by_the_party_s_leg_only(tmp_path: Path) -> None:
    entry = replace(
        ENTRY,
        currency="USD",
        rate=Decimal("0.92"),
        gross_in_books=Decimal("385.11"),
        lines=(replace(ENTRY.lines[0], vat_code=None, amount=Decimal("418.60"), vat_amount=Decimal(0)),),
    )
    dollars = SALE | {
        "currency": "USD",
        "lines": [
            leg("1300", "385.11", "0.00", in_currency="418.60", party="10045"),
            leg("8000", "0.00", "385.11", in_currency="-418.60"),
        ],
    }

    told, untold = (
        seen(tmp_path, Style(), entry, dollars),
        seen(tmp_path, Style(currency=False), entry, dollars),
    )

    assert (told.booked.gross, told.booked.currency, told.tells_gross) == (Decimal("418.60"), "USD", True)
    assert not untold.tells_gross
    assert compare(entry, told.booked) == compare(entry, untold.booked, Told(gross=False)) == ()


def test_reverse_charge_accounts_of_the_mapping_are_vat_too(tmp_path: Path) -> None:
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
                vat_account="1520",
                reverse_charge_amount=Decimal("21.00"),
                reverse_charge_account="1535",
            ),
        ),
    )
    purchase = SALE | {
        "lines": [
            leg("1600", "0.00", "100.00", party="10045"),
            leg("7000", "100.00", "0.00", vat_code="6"),
            leg("1520", "21.00", "0.00", vat_code="6", is_vat=True),
            leg("1535", "0.00", "21.00", vat_code="6", is_vat=True),
        ]
    }

    found = seen(tmp_path, Style(vat_accounts=False), entry, purchase)

    assert compare(entry, found.booked) == ()
    assert found.booked.gross_in_books == Decimal("100.00")


def test_memorial_has_no_party_and_is_as_large_as_its_debit(tmp_path: Path) -> None:
    entry = replace(ENTRY, kind=EntryKind.MEMORIAL, party=None)

    found = seen(tmp_path, Style(), entry)

    assert (found.booked.party, found.booked.gross_in_books) == (None, Decimal("418.60"))


def test_booking_of_somebody_else_is_described(tmp_path: Path) -> None:
    (transaction,) = read(tmp_path, Style())

    other = as_other(transaction)
    silent = as_other(replace(transaction, text="", lines=()))

    assert (other.number, other.document, other.party) == ("26700001", "2026100123", "10045")
    assert (other.entry_date, other.debit) == (date(2026, 10, 31), Decimal("418.60"))
    assert other.description == "Contract C-2201 [QABCDEFGHIJ]"
    assert (silent.document, silent.party, silent.description) == (None, None, "")
    assert (other.reference, silent.reference) == ("QABCDEFGHIJ", None)
    assert as_other(transaction, frozenset({"QABCDEFGHIJ"})).reference is None


@pytest.mark.parametrize(("text", "is_sure"), [("QUALITATIVE", False), ("QUALITATIV2", True)])
def test_word_in_capitals_is_not_surely_a_reference(tmp_path: Path, text: str, is_sure: bool) -> None:
    (transaction,) = read(tmp_path, Style())
    worded = replace(transaction, text=f"Onderzoek {text}", lines=())

    assert (worded.references, worded.sure_references) == ((text,), frozenset({text} if is_sure else ()))


def test_padding_of_codes_is_folded() -> None:
    assert (folded(" 0070"), folded("000"), folded("Ab0")) == ("70", "0", "ab0")

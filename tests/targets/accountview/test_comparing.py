from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finance_hooks.model.entry import BookedEntry, BookedLine, Entry, Period
from finance_hooks.model.money import ZERO
from finance_hooks.model.outcome import Totals
from finance_hooks.targets.accountview.comparing import (
    find_misplacements,
    find_misreadings,
    read_totals,
    totals_of_answer,
    totals_of_books,
)
from finance_hooks.targets.accountview.conventions import Conventions, Side
from tests.targets.accountview.samples import OTHERS, SAMPLES

S1, P1, P3, J1 = SAMPLES["S1"], SAMPLES["P1"], SAMPLES["P3"], SAMPLES["J1"]
FOREIGN, SHIFTED_BACK = OTHERS["foreign currency"], OTHERS["self-billed credit note"]
USUAL = Conventions()


def leg(account: str, amount: Decimal, vat_code: str | None = None, *, is_vat: bool = False) -> BookedLine:
    return BookedLine(
        ledger_account=account,
        debit=max(amount, ZERO),
        credit=max(-amount, ZERO),
        vat_code=vat_code,
        is_vat=is_vat,
        cost_centre=None,
        party=None,
        description="",
    )


def booked(entry: Entry, *, sign: int = 1, shifted: str = "0", **changes: Any) -> BookedEntry:
    side = sign * (-1 if entry.kind == "sales" else 1)
    rate = entry.rate or Decimal(1)
    lines = [leg(line.ledger_account, side * line.amount * rate, line.vat_code) for line in entry.lines]
    moved = Decimal(shifted)
    if moved:
        lines += [leg("1620", moved, "14", is_vat=True), leg("1612", -moved, "14", is_vat=True)]
    found = BookedEntry(
        id="1",
        entry_number="1",
        journal=entry.journal,
        kind=entry.kind,
        references=frozenset(),
        number=None if entry.kind == "memorial" else entry.number,
        entry_date=entry.entry_date,
        period=Period(fiscal_year=entry.fiscal_year, number=entry.period),
        party=entry.party,
        currency=entry.currency,
        gross=sign * entry.gross,
        gross_in_books=sign * entry.gross_in_books,
        lines=tuple(lines),
    )
    return replace(found, **changes)


def test_booking_as_sent_is_neither_misplaced_nor_misread() -> None:
    for entry in (S1, SAMPLES["S3"], P3, J1, FOREIGN):
        assert find_misplacements(entry, booked(entry)) == ()
        assert find_misreadings(entry, booked(entry)) == ()
    assert find_misreadings(P1, booked(P1, shifted="411.10")) == ()
    assert find_misreadings(SHIFTED_BACK, booked(SHIFTED_BACK, shifted="-21.00")) == ()


def test_codes_in_capitals_are_the_same_codes() -> None:
    entry = replace(P3, number="avi-1", party="70020a")

    assert find_misplacements(entry, booked(entry, number="AVI-1", party="70020A")) == ()


@pytest.mark.parametrize("changes", [{"number": "AVI-1b"}, {"party": "70020a"}])
def test_spelling_neither_as_sent_nor_in_capitals_is_another_code(changes: dict[str, Any]) -> None:
    entry = replace(P3, number="AVI-1B", party="70020A")

    assert len(find_misplacements(entry, booked(entry, **changes))) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"entry_date": date(2026, 10, 14)}, "date 2026-10-14 instead of 2026-10-15"),
        ({"period": Period(fiscal_year=2026, number=9)}, "period 9 instead of 10"),
        ({"party": "10046"}, "party 10046 instead of 10045"),
        ({"number": None}, "number None instead of F2026-0042"),
        ({"currency": "USD"}, "currency USD instead of EUR"),
    ],
)
def test_what_stands_elsewhere_is_named(changes: dict[str, Any], words: str) -> None:
    assert find_misplacements(S1, booked(S1, **changes)) == (words,)


@pytest.mark.parametrize(
    ("entry", "setting"),
    [
        (S1, "transactions_positive"),
        (P3, "purchase_positive"),
        (J1, "memorial_positive"),
        (FOREIGN, "transactions_positive"),
    ],
)
def test_sides_the_other_way_round_name_the_setting(entry: Entry, setting: str) -> None:
    (why,) = find_misreadings(entry, booked(entry, sign=-1))

    assert setting in why
    assert totals_of_books(entry, booked(entry, sign=-1)).gross == -entry.gross or entry is J1


def test_memorial_the_other_way_round_tells_it_by_the_sign_of_its_total() -> None:
    turned = replace(booked(J1, sign=-1), gross=J1.gross, gross_in_books=J1.gross)

    assert totals_of_books(J1, turned).gross == -J1.gross
    assert totals_of_books(J1, booked(J1)).gross == J1.gross


def test_account_with_another_amount_is_named() -> None:
    found = booked(S1)
    found = replace(found, lines=(leg("8110", Decimal("-150.01")), *found.lines[1:]))

    assert find_misreadings(S1, found) == ("account 8110 has -150.01 instead of -150.00",)


def test_rate_read_the_other_way_round_names_the_setting() -> None:
    (why,) = find_misreadings(FOREIGN, booked(FOREIGN, gross_in_books=Decimal("1086.96")))

    assert "rate_direction" in why
    assert find_misreadings(FOREIGN, booked(FOREIGN, gross_in_books=Decimal("920.03"))) == ()


def test_vat_that_was_not_shifted_names_the_setting_and_shows_in_the_totals() -> None:
    (why,) = find_misreadings(P1, booked(P1))

    assert "VAT of 0.00 stands on both sides instead of 411.10" in why
    assert totals_of_books(P1, booked(P1)).vat == Decimal("-411.10")
    assert totals_of_books(P1, booked(P1, shifted="411.10")).vat is None


@pytest.mark.parametrize(("side", "sign"), [(Side.DEBIT, 1), (Side.CREDIT, -1)])
def test_totals_of_the_answer_are_those_of_the_page_in_our_sign(side: Side, sign: int) -> None:
    header = {"PAGE_AMT": sign * Decimal("4127.75"), "PAGE_VAT": sign * Decimal("716.39"), "CUR_AMT": 0}

    totals = totals_of_answer(P3, header, Conventions(purchase_positive=side))

    assert totals == Totals(gross=P3.gross, vat=P3.vat, gross_in_books=P3.gross_in_books)


def test_totals_that_are_not_stated_stay_open() -> None:
    assert totals_of_answer(S1, {}, USUAL) == Totals()
    assert totals_of_answer(J1, {"PAGE_AMT": 0}, USUAL) == Totals()


def test_vat_is_not_compared_where_shifting_or_another_currency_blurs_it() -> None:
    header = {"PAGE_AMT": P1.gross, "PAGE_VAT": Decimal("411.10"), "CUR_AMT": 1000}

    assert totals_of_answer(P1, header, USUAL).vat is None
    foreign = totals_of_answer(FOREIGN, {**header, "PAGE_AMT": 920}, USUAL)
    assert (foreign.gross, foreign.vat, foreign.gross_in_books) == (Decimal(1000), None, Decimal(920))


def test_lines_give_the_totals_that_the_page_does_not_state() -> None:
    assert read_totals(S1, booked(S1), {}, USUAL) == Totals(gross=S1.gross, gross_in_books=S1.gross)
    assert read_totals(J1, booked(J1), {}, USUAL) == Totals(gross=J1.gross, gross_in_books=J1.gross)
    stated = read_totals(S1, booked(S1), {"PAGE_AMT": Decimal("418.61")}, USUAL)
    assert (stated.gross, stated.gross_in_books) == (Decimal("418.61"), Decimal("418.61"))


def test_entry_of_nothing_is_not_called_turned_round() -> None:
    nothing = replace(S1, lines=(replace(S1.lines[0], amount=ZERO),))

    assert find_misreadings(nothing, booked(nothing)) == ()


def test_vat_on_a_memorial_that_nobody_sent_is_named() -> None:
    found = booked(J1)
    found = replace(found, lines=(*found.lines, leg("1610", Decimal("-262.50"), "1", is_vat=True)))

    assert find_misreadings(J1, found) == ("VAT of -262.50 under code 1 stands though none was sent",)

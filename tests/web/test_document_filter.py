"""What people fill in is read as they meant it, and what cannot be is named."""

from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.model.posting_state import PostingState
from finance_hooks.store.sought_documents import Place, Sought
from finance_hooks.web.document_filter import (
    Asked,
    read_amount,
    read_asked,
    read_date,
    read_period,
    read_place,
    understand,
    write_place,
)

P = PostingState
BY_DATE = Sought(dated_from=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.234,56", "1234.56"),
        ("€ 1.234,5", "1234.5"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("1.5", "1.5"),
        ("418", "418"),
        ("-23,70", "23.70"),
        ("EUR 5", "5"),
        ("1,234.56", None),
        ("1.23,4", None),
        ("12,345", None),
        ("x", None),
        ("", None),
    ],
)
def test_amounts_are_read_the_dutch_way_or_with_a_point_before_the_cents(
    text: str, expected: str | None
) -> None:
    assert read_amount(text) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-31", date(2026, 10, 31)),
        ("31-10-2026", date(2026, 10, 31)),
        ("31-02-2026", None),
        ("", None),
    ],
)
def test_dates_are_read_as_browsers_and_people_write_them(text: str, expected: date | None) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026", (2026, None)),
        ("2026-10", (2026, 10)),
        ("2026/3", (2026, 3)),
        ("10-2026", None),
        ("26-10", None),
        ("", None),
    ],
)
def test_periods_are_a_year_or_a_year_with_a_number(
    text: str, expected: tuple[int, int | None] | None
) -> None:
    assert read_period(text) == expected


def test_form_is_read_without_spaces_and_without_what_cannot_be_printed() -> None:
    asked = read_asked({"number": "  2026\x00-1 ", "party": "x" * 200, "unknown": "y"})

    assert asked == Asked(number="2026-1", party="x" * 80)


def test_empty_form_asks_nothing() -> None:
    understood = understand(read_asked({}))

    assert (understood.sought, understood.faults) == (Sought(), ())


def test_every_box_is_understood() -> None:
    asked = Asked(
        number="2026-1",
        amount="1.000",
        amount_to="2.000",
        state="unclear",
        reason="vat_disagrees",
        dated_from="01-10-2026",
        dated_to="2026-10-31",
        period="2026-10",
    )

    assert understand(asked).sought == Sought(
        number="2026-1",
        gross_from=Decimal(1000),
        gross_to=Decimal(2000),
        states=(P.UNKNOWN, P.SENDING),
        reason=ReasonCode.VAT_DISAGREES,
        dated_from=date(2026, 10, 1),
        dated_to=date(2026, 10, 31),
        fiscal_year=2026,
        period=10,
    )


def test_one_amount_is_exactly_that_one_and_only_a_last_one_goes_up_to_it() -> None:
    exact, up_to = understand(Asked(amount="5")).sought, understand(Asked(amount_to="5")).sought

    assert (exact.gross_from, exact.gross_to) == (Decimal(5), Decimal(5))
    assert (up_to.gross_from, up_to.gross_to) == (None, Decimal(5))


def test_what_cannot_be_read_asks_nothing_and_is_named_once() -> None:
    understood = understand(
        Asked(
            amount="a",
            amount_to="b",
            dated_from="c",
            dated_to="d",
            period="e",
            state="no such state",
            reason="no such reason",
        )
    )

    assert understood.sought == Sought()
    assert understood.faults == (
        "documents.amount_fault",
        "documents.date_fault",
        "documents.period_fault",
    )


@pytest.mark.parametrize("dated_on", [None, date(2026, 10, 31)])
def test_place_is_read_as_it_was_written(dated_on: date | None) -> None:
    place = Place(dated_on=dated_on, document_id=12, posting_id=34)

    assert read_place(write_place(place), Sought()) == place


@pytest.mark.parametrize("text", [None, "", "12_34", "_12", "_12_34; DROP", "_" + "9" * 30 + "_1"])
def test_what_is_no_place_is_none(text: str | None) -> None:
    assert read_place(text, Sought()) is None


def test_place_without_a_date_is_none_where_dates_decide() -> None:
    assert read_place("_12_34", BY_DATE) is None
    assert read_place("2026-13-45_12_34", BY_DATE) is None
    assert read_place("2026-10-31_12_34", BY_DATE) is not None

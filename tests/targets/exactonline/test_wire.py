from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.targets.exactonline.wire import (
    division_of,
    read_amount,
    read_date,
    read_message,
    read_page,
    read_row,
    read_text,
    write_text,
)


@pytest.mark.parametrize(
    "body",
    [b'{"d":[{"Code":"4  "}]}', b'{"d":{"results":[{"Code":"4  "}]}}'],
    ids=["bare list", "results"],
)
def test_last_page_is_read_in_both_shapes(body: bytes) -> None:
    page = read_page(body)

    assert page.rows == [{"Code": "4  "}]
    assert page.next_url is None


def test_next_page_is_kept_as_it_stands() -> None:
    page = read_page(b'{"d":{"results":[],"__next":"https://x/api?$skiptoken=guid\'0f\'"}}')

    assert page.next_url == "https://x/api?$skiptoken=guid'0f'"


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b'{"d":{"results":[{"Co', b'{"d":5}', b"[]", b'{"e":1}']
)
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own error is one too
        read_page(body)


def test_list_is_no_single_entity() -> None:
    with pytest.raises(ValueError, match="no single entity"):
        read_row(b'{"d":[]}')


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"error":{"code":"","message":{"lang":"","value":" Verplicht: Dagboek "}}}', "Verplicht: Dagboek"),
        (b'{"error":{"message":{"value":""}}}', None),
        (b'{"error":"x"}', None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_message_is_read_where_there_is_one(body: bytes, message: str | None) -> None:
    assert read_message(body) == message


@pytest.mark.parametrize(
    ("value", "text"), [("            10045", "10045"), ("4  ", "4"), ("   ", None), (None, None), (7, "7")]
)
def test_padding_is_taken_off(value: object, text: str | None) -> None:
    assert read_text(value) == text


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (Decimal("72.65000000000001"), "72.65"),
        (100, "100.00"),
        ("12.5", "12.50"),
        (None, "0.00"),
        (Decimal("-0.005"), "-0.01"),
    ],
)
def test_amount_is_read_to_the_cent(value: object, amount: str) -> None:
    assert read_amount(value) == Decimal(amount)


def test_dates_are_the_days_at_utc_midnight() -> None:
    assert read_date("/Date(1774915200000)/") == date(2026, 3, 31)
    assert read_date(None) is None
    assert read_date("2026-03-31") is None


def test_quotes_in_literals_are_doubled() -> None:
    assert write_text("O'Brien") == "'O''Brien'"


def test_division_is_read_from_field_or_address() -> None:
    address = "https://start.exactonline.nl/api/v1/1234567/salesentry/SalesEntries(guid'0f')"

    assert division_of({"__metadata": {"uri": address}}) == "1234567"
    assert division_of({"__metadata": {"uri": address}, "Division": 7}) == "7"
    assert division_of({}) is None

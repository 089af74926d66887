import json
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.targets.afas.wire import (
    Message,
    find_keys,
    read_amount,
    read_date,
    read_message,
    read_page,
    read_retry_after,
    read_text,
    read_truth,
    write_filter,
)


def test_page_holds_its_rows_with_exact_amounts() -> None:
    page = read_page(b'{"skip":0,"take":2,"rows":[{"AmtDebit":121.10}]}')

    assert page.rows == [{"AmtDebit": Decimal("121.10")}]


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b'{"rows":[{"a"', b"[]", b'{"rows":5}', b'{"rows":[5]}', b'{"take":1}']
)
def test_what_holds_no_rows_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - JSON's own error is one too
        read_page(body)


def test_message_keeps_words_and_log_reference_without_prefix() -> None:
    body = b'{"externalMessage":"General message: Dagboek is weg.","profitLogReference":"0AF"}'

    message = read_message(body)

    assert message == Message(text="Dagboek is weg.", log_reference="0AF")
    assert str(message) == "Dagboek is weg. (log 0AF)"


def test_message_of_another_shape_is_read_too() -> None:
    assert str(read_message(b'{"message":"Invalid json"}')) == "Invalid json"


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"[]", b'{"externalMessage":""}', b'{"externalMessage":5}', b"{}"]
)
def test_body_without_words_says_nothing(body: bytes) -> None:
    assert read_message(body) is None


@pytest.mark.parametrize(("body", "wait_s"), [(b'{"retry_after":7200}', 7200), (b'{"retry_after":"60"}', 60)])
def test_wait_is_read_from_the_body(body: bytes, wait_s: int) -> None:
    assert read_retry_after(body) == wait_s


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"retry_after":null}', b'{"retry_after":"soon"}', b"<html>"]
)
def test_body_that_names_no_wait_says_none(body: bytes) -> None:
    assert read_retry_after(body) is None


@pytest.mark.parametrize(
    "content",
    [
        {"results": {"FiEntryPar": {"UnId": "1", "EnNo": "48301", "InId": "SI-42"}}},
        {"FiEntryPar": {"EnNo": 48301}},
        {"results": {"FiEntries": [{"enno": "48301", "InID": "SI-42"}]}},
    ],
)
def test_key_is_found_wherever_it_stands(content: object) -> None:
    assert list(find_keys(content, "EnNo")) == ["48301"]


@pytest.mark.parametrize("content", [{}, [], "EnNo", None, {"EnNo": None}, {"EnNo": " "}, {"EnNo": {"a": 1}}])
def test_key_that_is_not_there_is_not_found(content: object) -> None:
    assert list(find_keys(content, "EnNo")) == []


def test_filter_asks_for_any_of_the_alternatives_with_all_their_conditions() -> None:
    written = json.loads(write_filter([[("UnitId", "1"), ("VoucherNo", 'a,b;"c"')], [("UnitId", "2")]]))

    first, second = written["Filters"]["Filter"]
    assert first["Field"] == [
        {"@FieldId": "UnitId", "@OperatorType": "1", "#text": "1"},
        {"@FieldId": "VoucherNo", "@OperatorType": "1", "#text": 'a,b;"c"'},
    ]
    assert [condition["#text"] for condition in second["Field"]] == ["2"]


@pytest.mark.parametrize(("value", "text"), [("a ", "a"), (5, "5"), ("", None), (" ", None), (None, None)])
def test_empty_texts_are_none(value: object, text: str | None) -> None:
    assert read_text(value) == text


def test_amount_is_exact_and_null_is_zero() -> None:
    assert read_amount(Decimal("121.1")) == Decimal("121.10")
    assert read_amount(None) == 0


def test_day_is_the_dutch_one_whatever_the_z_says() -> None:
    assert read_date("2026-01-31T00:00:00Z") == date(2026, 1, 31)
    assert read_date("2026-03-29T02:30:00Z") == date(2026, 3, 29)
    assert read_date(None) is None


@pytest.mark.parametrize(
    ("value", "truth"),
    [(True, True), ("1", True), ("True", True), (1, True), (False, False), ("0", False), (None, False)],
)
def test_yes_and_no_come_in_any_shape(value: object, truth: bool) -> None:
    assert read_truth(value) is truth

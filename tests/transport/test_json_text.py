"""JSON from outside is read exactly, and nothing that stands in it stops whoever reads it."""

import json
from decimal import Decimal

import pytest

from finance_hooks.transport.json_text import DEPTH_MAX, TOO_DEEP, read_answer, read_json


@pytest.mark.parametrize("digits", ["1e99999999999999999999", "0.1e-99999999999999999999", "9" * 5_000])
def test_number_that_no_decimal_can_hold_is_kept_as_text(digits: str) -> None:
    assert read_json(f"[{digits}]".encode()) == [digits]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_what_json_does_not_know_as_a_number_is_kept_as_text(word: str) -> None:
    assert read_json(f"[{word}, 0.10]".encode()) == [word, Decimal("0.10")]


def test_what_is_nested_too_deeply_is_kept_as_one_text_and_the_rows_beside_it_as_they_are() -> None:
    deep = "[" * 500 + "]" * 500
    read = read_json(f'{{"rows": [{{"Id": 1}}, {{"Id": {deep}}}]}}'.encode())

    assert isinstance(read, dict)
    assert read["rows"][0] == {"Id": 1}
    assert json.dumps(read["rows"][1]).count("[") == DEPTH_MAX - 2
    assert TOO_DEEP in json.dumps(read)


def test_objects_are_cut_where_they_are_nested_too_deeply() -> None:
    read = read_json(('{"a":' * 100 + "1" + "}" * 100).encode())

    assert json.dumps(read).count("{") == DEPTH_MAX + 1
    assert json.dumps(read).count(TOO_DEEP) == 1


@pytest.mark.parametrize("body", [b"[" * 100_000, b"[" * 5_000 + b"]" * 5_000, b"\xff", b"", b"<html>"])
def test_what_is_no_json_is_a_value_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(body)


def test_texts_that_no_database_takes_are_replaced_in_answers_and_kept_of_the_source() -> None:
    body = b'{"a\\u0000": ["x\\ud800y", "\\ud83d\\uddd1", 1, null, true]}'

    assert read_answer(body) == {"a\ufffd": ["x\ufffdy", "\U0001f5d1", 1, None, True]}
    assert read_json(body) == {"a\x00": ["x\ud800y", "\U0001f5d1", 1, None, True]}

"""A pattern says how a party's number is written."""

import pytest

from finance_hooks.mapping.party_pattern import parse_party_pattern


@pytest.mark.parametrize(
    ("pattern", "number", "written"),
    [
        ("{number}", "10045", "10045"),
        ("D{number:>6}", "10045", "D 10045"),
        ("{number:0>8}", "10045", "00010045"),
        ("K{number:0>8}-NL", "10045", "K00010045-NL"),
        ("{number:0>4}", "10045", "10045"),
    ],
)
def test_pattern_adds_prefix_padding_and_suffix(pattern: str, number: str, written: str) -> None:
    parsed = parse_party_pattern(pattern)

    assert parsed is not None
    assert parsed.write(number) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10045",
        "{}",
        "{name}",
        "{number.real}",
        "{number!r}",
        "{number:0<8}",
        "{number:0>21}",
        "{number}{number}",
        "{{number}}",
    ],
)
def test_anything_else_is_no_pattern(text: str) -> None:
    assert parse_party_pattern(text) is None

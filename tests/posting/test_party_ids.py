"""Numbers that the state gives compare however they are written, and only when they are valid."""

import pytest

from finance_hooks.posting.party_ids import name_key, registration_key, vat_key


@pytest.mark.parametrize(
    ("number", "country", "key"),
    [
        ("NL111222333B01", "NL", "NL111222333B01"),
        ("nl 1112.22.333.b01", "NL", "NL111222333B01"),
        ("111222333B01", "NL", "NL111222333B01"),
        ("NL111222334B01", "NL", None),
        ("BE 0456.789.034", "BE", "BE0456789034"),
        ("0456789034", "BE", "BE0456789034"),
        ("BE0456789035", "BE", None),
        ("DE123456788", "NL", "DE123456788"),
        ("123456788", "DE", "DE123456788"),
        ("094259216", "GR", "EL094259216"),
        ("US123", "US", None),
        ("", "NL", None),
        (None, "NL", None),
    ],
)
def test_valid_vat_numbers_are_written_one_way(number: str | None, country: str, key: str | None) -> None:
    assert vat_key(number, country) == key


@pytest.mark.parametrize(
    ("number", "country", "key"),
    [
        ("87654321", "NL", "KVK87654321"),
        ("8765 4321", "nl", "KVK87654321"),
        ("8765432", "NL", None),
        ("00000000", "NL", None),
        ("HRB12345", "DE", None),
        ("0456.789.034", "BE", "BE0456789034"),
        ("0456.789.035", "BE", None),
        (None, "BE", None),
    ],
)
def test_valid_registration_numbers_are_written_one_way(
    number: str | None, country: str, key: str | None
) -> None:
    assert registration_key(number, country) == key


def test_names_differ_by_letters_and_digits_only() -> None:
    assert name_key("Hotel Zicht op Zee B.V.") == name_key("HOTEL ZICHT OP ZEE BV")
    assert name_key("Hotel Zicht") != name_key("Hotel Zicht 2")

from decimal import Decimal

import pytest

from finance_hooks.targets.json_body import write_json


def test_amounts_stand_in_a_body_with_their_own_digits() -> None:
    body = write_json(
        {"AmountFC": Decimal("72.60"), "Lines": [{"AmountFC": Decimal("-0.84")}], "Zero": Decimal("0.00")}
    )

    assert body == '{"AmountFC":72.60,"Lines":[{"AmountFC":-0.84}],"Zero":0.00}'


def test_large_amount_is_written_without_exponent() -> None:
    assert write_json(Decimal("1E+6")) == "1000000"


def test_texts_keep_their_accents_and_quotes() -> None:
    assert write_json({"Description": 'Café "De Hoek"'}) == '{"Description":"Café \\"De Hoek\\""}'


def test_binary_number_is_not_written() -> None:
    with pytest.raises(TypeError, match="float"):
        write_json({"AmountFC": 0.1})

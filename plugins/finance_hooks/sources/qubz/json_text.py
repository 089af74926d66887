"""Read and write JSON without ever touching a binary float."""

import json
from decimal import Decimal

DIGITS_MAX = 4000
"""Longer whole numbers are kept as text, since Python refuses to read them; no field needs them."""


def read_json(body: bytes) -> object:
    """Parse JSON with exact numbers; ValueError when the text is no JSON.

    NaN and Infinity, which JSON does not know, are kept as text, so that the field that holds one is
    refused and the documents beside it are not.
    """
    try:
        parsed: object = json.loads(body, parse_float=Decimal, parse_int=_whole, parse_constant=str)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    return parsed


def write_json(value: object) -> bytes:
    """Write what `read_json` read, keys sorted and ASCII only: equal content gives equal bytes."""
    return _write(value).encode("ascii")


def _write(value: object) -> str:
    if isinstance(value, dict):
        pairs = (f"{json.dumps(str(key))}:{_write(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_write(part) for part in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value)


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= DIGITS_MAX else digits

"""Write JSON of the source as it is kept: exact numbers, equal content as equal bytes."""

import json
from decimal import Decimal
from json.encoder import encode_basestring_ascii


def write_json(value: object) -> bytes:
    """Write what was read as JSON, keys sorted and ASCII only: equal content gives equal bytes."""
    return _write(value).encode("ascii")


def _write(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, dict):
        pairs = (f"{encode_basestring_ascii(str(key))}:{_write(value[key])}" for key in sorted(value))
        return "{" + ",".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ",".join(_write(part) for part in value) + "]"
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value)

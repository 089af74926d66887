"""Write a JSON body in which amounts keep their own digits."""

import json
from collections.abc import Mapping
from decimal import Decimal


def write_json(value: object) -> str:
    """Write a body; amounts stand in it as the Decimal's own digits. TypeError for what JSON cannot hold."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(key)}:{write_json(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(write_json(part) for part in value) + "]"
    if value is None or isinstance(value, bool | int | str):
        return json.dumps(value, ensure_ascii=False)
    raise TypeError(f"{type(value).__name__} has no place in a body")

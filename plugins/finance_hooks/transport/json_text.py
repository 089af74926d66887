"""Read JSON from outside without a binary float, whatever it holds: no text of it can stop a run."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

DIGITS_MAX = 4000
"""Longer whole numbers are kept as text, since Python refuses to read them; no field needs them."""
DEPTH_MAX = 30
"""What is nested deeper is kept as one text, since everything that walks through it would have to count."""
TOO_DEEP = "nested too deeply"
Holder = dict[str, object] | list[object]
REPLACEMENT = "\ufffd"
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database takes as text: NUL, and half of a pair."""
SUSPICIOUS = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])|\xed[\xa0-\xbf]|\x00")
"""How such a character is written in JSON; it is looked for once, and not in every text of an answer."""


def read_json(body: bytes) -> object:
    """Parse JSON with exact numbers; ValueError when the text is no JSON.

    What cannot be a value of ours (NaN, Infinity, a number without end, what is nested too deeply) is kept as
    text, so that the field that holds it is refused and the documents beside it are not.
    """
    try:
        parsed: object = json.loads(body, parse_float=_fraction, parse_int=_whole, parse_constant=str)
    except RecursionError as error:
        raise ValueError(TOO_DEEP) from error
    return _cut(parsed)


def read_answer(body: bytes) -> object:
    """Parse JSON that a package answered, as `read_json` does; what no database takes becomes U+FFFD."""
    parsed = read_json(body)
    return _storable(parsed) if SUSPICIOUS.search(body) else parsed


def storable(text: str) -> str:
    """Replace what no database takes as text."""
    return UNSTORABLE.sub(REPLACEMENT, text)


def _fraction(digits: str) -> Decimal | str:
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= DIGITS_MAX else digits


def _cut(parsed: object) -> object:
    """Replace what is nested too deeply, level by level: nothing here calls itself."""
    level: list[Holder] = [parsed] if isinstance(parsed, dict | list) else []
    for _ in range(DEPTH_MAX):
        level = [part for holder in level for part in _parts(holder) if isinstance(part, dict | list)]
        if not level:
            return parsed
    for holder in level:
        if isinstance(holder, dict):
            holder.update(dict.fromkeys(holder, TOO_DEEP))
        else:
            holder[:] = [TOO_DEEP]
    return parsed


def _parts(holder: Holder) -> Iterable[object]:
    return holder.values() if isinstance(holder, dict) else holder


def _storable(value: object) -> object:
    if isinstance(value, str):
        return storable(value) if UNSTORABLE.search(value) else value
    if isinstance(value, dict):
        return {_storable(name): _storable(part) for name, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value

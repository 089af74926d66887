"""Say of a parser what it is given, what it may raise, and what may come out of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from itertools import chain
from typing import Any

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that no database takes as text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parser:
    """One parser: `parse` is given bytes; `promised` are what its callers turn into a reason or a failure.

    `samples` are good inputs. What comes out must be storable: text without NUL and lone surrogates, numbers
    that are finite.
    """

    name: str
    parse: Callable[[bytes], object]
    samples: tuple[bytes, ...]
    promised: tuple[type[Exception], ...] = ()

    def try_out(self, content: bytes) -> object:
        """Parse, and return what came out or what was raised as promised; anything else is raised."""
        try:
            result = self.parse(content)
        except self.promised as promised:
            return promised
        for value in values_in(result):
            if isinstance(value, str) and _NO_TEXT.search(value):
                raise AssertionError(f"what came out cannot be stored: {value!r}")
            if isinstance(value, Decimal | float) and not Decimal(value).is_finite():
                raise AssertionError(f"what came out is no number: {value}")
        return result


def values_in(result: object) -> Iterable[object]:
    """Yield every text and number that something holds, however deep."""
    left: list[object] = [result]
    while left:
        value = left.pop()
        if is_dataclass(value) and not isinstance(value, type):
            left += [getattr(value, field.name) for field in fields(value)]
        elif isinstance(value, Mapping):
            left += chain.from_iterable(value.items())
        elif isinstance(value, list | tuple | set | frozenset):
            left += value
        elif isinstance(value, str | Decimal | float):
            yield value


def all_of(*parts: Callable[[], Any], promised: tuple[type[Exception], ...]) -> list[object]:
    """Try several ways of reading the same input; each may fail as promised, whatever the others do."""
    found: list[object] = []
    for part in parts:
        try:
            found.append(part())
        except promised:
            continue
    return found

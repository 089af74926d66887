"""Put our reference into the texts of an entry and find it again."""

import re
from collections.abc import Iterable

from finance_hooks.model.keys import write_reference
from finance_hooks.model.printable import cut, printable

_REFERENCE = re.compile(r"\[(Q[A-Z2-7]{10})\]")
_SPACES = re.compile(r"\s+")


def describe(text: str, reference: str, length: int) -> str:
    """Cut a text so that it ends with ` [Q…]` and keeps to the package's length."""
    mark = write_reference(reference)
    return f"{shorten(text, length - len(mark) - 1)} {mark}".strip()


def shorten(text: str, length: int) -> str:
    """Put a text on one line and cut it."""
    return cut(_SPACES.sub(" ", printable(text)).strip(), length).rstrip()


def find_references(texts: Iterable[str | None]) -> frozenset[str]:
    """Find our references in texts, whatever a person wrote around them."""
    return frozenset(found for text in texts if text for found in _REFERENCE.findall(text))

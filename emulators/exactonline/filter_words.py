"""The words of a filter: literals of OData 2, names, brackets.

Sources: vendor's query string options page; WCF Data Services (texts with positions; names of literals in any
case, as leapforce-libraries/go_exactonline_new sends `DateTime'…'`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from emulators.exactonline.books import Row
from emulators.exactonline.errors import bad_query

TOKEN = re.compile(
    r"\s*(?:(?P<guid>(?i:guid)'(?P<guid_text>[^']*)')"
    r"|(?P<date>(?i:datetime)'(?P<date_text>[^']*)')"
    r"|(?P<string>'(?:[^']|'')*')"
    r"|(?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[LlMmDdFf]?)"
    r"|(?P<word>[A-Za-z_][\w/]*)"
    r"|(?P<mark>[(),]))"
)
GUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a filter: its kind, how to read it from a row, and the fields it names."""

    kind: str
    read: Callable[[Row], Any]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the filter with its place."""

    kind: str
    text: str
    position: int


def tokens(text: str) -> list[Token]:
    """Cut a filter into words."""
    found = []
    place = 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None:
            raise bad_query()
        kind = next(name for name in ("guid", "date", "string", "number", "word", "mark") if match[name])
        content = match[f"{kind}_text"] if kind in {"guid", "date"} else match[kind]
        found.append(Token(kind, content, match.start(kind)))
        place = match.end()
    return found


def literal(token: Token, *, date_only: bool) -> Node:
    """Read a literal."""
    if token.kind == "guid":
        if not GUID.fullmatch(token.text):
            raise bad_query(f"Unrecognized 'Edm.Guid' literal at position {token.position}.")
        return constant("guid", token.text.lower())
    if token.kind == "date":
        return constant("date", _moment(token, date_only=date_only))
    if token.kind == "string":
        return constant("string", token.text[1:-1].replace("''", "'"))
    if token.text[-1] in "Ll":
        return constant("int64", int(token.text[:-1]))
    number = Decimal(token.text.rstrip("MmDdFf"))
    whole = number == number.to_integral_value() and token.text.lstrip("-").isdigit()
    return constant("int" if whole else "double", number)


def read_moment(text: str, position: int = 0) -> datetime:
    """Read the inside of a datetime literal."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise bad_query(f"Unrecognized 'Edm.DateTime' literal at position {position}.") from error


def _moment(token: Token, *, date_only: bool) -> datetime:
    if not date_only and "T" not in token.text:
        raise bad_query(f"Unrecognized 'Edm.DateTime' literal at position {token.position}.")
    return read_moment(token.text, token.position)


def constant(kind: str, content: Any) -> Node:  # noqa: ANN401 - any literal
    """Make a part that is the same for every row."""
    return Node(kind, lambda _row: content)

"""The part of OData's $filter that Mendix supports for comparisons.

Source: docs.mendix.com/refguide/supported-odata-operations/ (eq ne gt ge lt le, and, or, parentheses; an
enumeration needs its qualified type: `ExportStatus eq Finance.ExportStatus'Ready'`).
"""

import operator
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from emulators.qubz.errors import ServiceError
from emulators.qubz.resources import DATE_FIELDS, INSTANT_FIELDS

Row = Mapping[str, Any]
Test = Callable[[Row], bool]

TOKEN = re.compile(
    r"\s*(?:(?P<instant>\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?)"
    r"|(?P<member>[A-Za-z]\w*(?:\.\w+)+'(?:[^']|'')*')|(?P<text>'(?:[^']|'')*')"
    r"|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_]\w*)|(?P<bracket>[()]))"
)
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
CONSTANTS = {"true": True, "false": False, "null": None}
ENUM_FIELDS = frozenset({"ExportStatus", "Status", "DocumentType", "Direction", "Treatment", "Kind", "Type"})


def parse_filter(text: str) -> Test:
    """Turn a $filter into a test of one row; 400 when it is not understood."""
    return _Parser(_tokens(text)).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, position = [], 0
    text = text.strip()
    while position < len(text):
        found = TOKEN.match(text, position)
        if found is None or found.lastgroup is None:
            raise ServiceError(400, f"cannot read $filter at: {text[position:]}")
        tokens.append((found.lastgroup, found.group(found.lastgroup)))
        position = found.end()
    return tokens


class _Parser:
    """A recursive descent over the tokens: or, and, comparison."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self._position = 0

    def whole(self) -> Test:
        test = self._either()
        if self._position < len(self._tokens):
            raise ServiceError(400, f"cannot read $filter at: {self._tokens[self._position][1]}")
        return test

    def _either(self) -> Test:
        tests = [self._both()]
        while self._took("or"):
            tests.append(self._both())
        return lambda row: any(test(row) for test in tests)

    def _both(self) -> Test:
        tests = [self._single()]
        while self._took("and"):
            tests.append(self._single())
        return lambda row: all(test(row) for test in tests)

    def _single(self) -> Test:
        if self._took("("):
            test = self._either()
            if not self._took(")"):
                raise ServiceError(400, "$filter lacks a closing bracket")
            return test
        return _comparison(self._next("word"), self._next("word"), self._next())

    def _took(self, word: str) -> bool:
        if self._position < len(self._tokens) and self._tokens[self._position][1] == word:
            self._position += 1
            return True
        return False

    def _next(self, kind: str | None = None) -> tuple[str, str]:
        if self._position >= len(self._tokens):
            raise ServiceError(400, "$filter ends too early")
        token = self._tokens[self._position]
        if kind and token[0] != kind:
            raise ServiceError(400, f"$filter has {token[1]} where a {kind} is due")
        self._position += 1
        return token


def _comparison(field: tuple[str, str], comparison: tuple[str, str], literal: tuple[str, str]) -> Test:
    name = field[1]
    if comparison[1] not in COMPARISONS:
        raise ServiceError(400, f"$filter knows no {comparison[1]}")
    if name in ENUM_FIELDS and literal[0] == "text":
        raise ServiceError(400, f"{name} is an enumeration: qualify the member with its type")
    compare, wanted = COMPARISONS[comparison[1]], _value(name, *literal)

    def test(row: Row) -> bool:
        value = row.get(name)
        if value is None or wanted is None:
            same = value is wanted
            return same if compare is operator.eq else compare is operator.ne and not same
        try:
            return compare(value, wanted)
        except TypeError:
            return False

    return test


def _value(name: str, kind: str, text: str) -> object:
    if kind == "instant":
        return _instant(name, text)
    if kind == "number":
        return Decimal(text)
    if kind == "word" and text in CONSTANTS:
        return CONSTANTS[text]
    if kind in {"text", "member"}:
        return text[text.index("'") + 1 : -1].replace("''", "'")
    raise ServiceError(400, f"$filter cannot compare with {text}")


def _instant(name: str, text: str) -> date | datetime:
    instant = datetime.fromisoformat(text)
    if name in DATE_FIELDS:
        return instant.date()
    if name in INSTANT_FIELDS and instant.tzinfo:
        return instant
    return instant.replace(tzinfo=UTC)

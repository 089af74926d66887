"""Filters of a GetConnector: the fifteen operators over texts, numbers and times.

Source: docs.afas.help/profit/nl/get-connector and operatortypes in docs.afas.help/apidoc/nl/Mutaties.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from emulators.afas.connectors import Field
from emulators.afas.errors import Refused
from emulators.switches import Switches

EMPTY, NOT_EMPTY, QUICK = 8, 9, 15
WILD = frozenset({6, 10, 11, 12, 13, 14})
TRUE, FALSE = frozenset({"1", "true"}), frozenset({"0", "false"})

Test = Callable[[Any, Any], bool]
COMPARE: dict[int, Test] = {
    1: lambda own, asked: bool(own == asked),
    2: lambda own, asked: bool(own >= asked),
    3: lambda own, asked: bool(own <= asked),
    4: lambda own, asked: bool(own > asked),
    5: lambda own, asked: bool(own < asked),
    7: lambda own, asked: bool(own != asked),
}
SEARCH: dict[int, Callable[[str, str], bool]] = {
    6: lambda own, asked: asked in own,
    10: lambda own, asked: own.startswith(asked),
    11: lambda own, asked: asked not in own,
    12: lambda own, asked: not own.startswith(asked),
    13: lambda own, asked: own.endswith(asked),
    14: lambda own, asked: not own.endswith(asked),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One condition of a filter: field, operator, value as text."""

    field: Field
    operator: int
    value: str

    def test(self, switches: Switches) -> Callable[[Mapping[str, Any]], bool]:
        """Turn it into a test on rows; raise Refused when the value does not fit the field."""
        name, fold = self.field.id, _folding(switches)
        if self.operator in {EMPTY, NOT_EMPTY}:
            return lambda row: (row.get(name) in {None, ""}) is (self.operator == EMPTY)
        if self.operator == QUICK:
            return _quick(self, switches)
        if self.operator in SEARCH:
            find, searched = SEARCH[self.operator], fold(_searched(self, switches))
            return lambda row: find(fold(_text(row.get(name))), searched)
        compare, asked = COMPARE[self.operator], comparable(self.field, self.value, switches)
        # A database's null equals nothing; only "is not equal to" keeps its row.
        keeps_null = self.operator == 7
        return lambda row: keeps_null if row.get(name) is None else compare(_own(row[name], fold), asked)


def comparable(field: Field, text: str, switches: Switches) -> object:
    """Turn the text of a filter into a value of the field's kind."""
    try:
        return _parsed(field.kind, text, switches)
    except (ValueError, InvalidOperation) as error:
        raise Refused("type_mismatch") from error


def _parsed(kind: str, text: str, switches: Switches) -> object:
    if kind in {"int", "decimal"}:
        return Decimal(text)
    if kind == "boolean":
        if text.lower() not in TRUE | FALSE:
            raise ValueError(text)
        return text.lower() in TRUE
    if kind in {"date", "datetime"}:
        if text.endswith("Z") and switches.text("zulu_filters") == "refused":
            raise ValueError(text)
        return datetime.fromisoformat(text).replace(tzinfo=None)
    return _folding(switches)(text)


def _own(own: object, fold: Callable[[str], str]) -> object:
    if isinstance(own, str):
        return fold(own)
    if isinstance(own, date) and not isinstance(own, datetime):
        return datetime(own.year, own.month, own.day)  # noqa: DTZ001 - Dutch local time, as AFAS keeps it
    return own


def _text(own: object) -> str:
    if own is None:
        return ""
    return own.isoformat() if isinstance(own, date) else str(own)


def _folding(switches: Switches) -> Callable[[str], str]:
    """Return how texts are compared: without blanks at the end, and without case unless told otherwise."""
    if switches.text("text_case") == "sensitive":
        return lambda text: text.rstrip(" ")
    return lambda text: text.rstrip(" ").casefold()


def _searched(condition: Condition, switches: Switches) -> str:
    if switches.text("percent_wildcards") == "stripped":
        return condition.value.strip("%")
    return condition.value


def _quick(condition: Condition, switches: Switches) -> Callable[[Mapping[str, Any]], bool]:
    """Apply Profit's search syntax: `a..b` is a range, anything else is looked for within."""
    name, fold = condition.field.id, _folding(switches)
    low, dots, high = condition.value.partition("..")
    if not dots:
        searched = fold(condition.value.strip("*"))
        return lambda row: row.get(name) is not None and searched in fold(_text(row[name]))
    least: Any = comparable(condition.field, low, switches)
    most: Any = comparable(condition.field, high, switches)
    return lambda row: row.get(name) is not None and least <= _own(row[name], fold) <= most
